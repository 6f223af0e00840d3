// @ts-check
/**
 * Watches Pyodide's downloads. Pyodide swallows some failures and then never settles: WebAssembly that does not
 * compile, and a standard library that does not arrive. So the two functions that it downloads through are wrapped,
 * in the worker alone, and the first thing to go wrong rejects a promise that the start is raced against.
 */

import { EngineError, asEngineError } from "./failures.js";

// The shortest module that there is: the magic number and the version.
const EMPTY_MODULE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** Throws where WebAssembly is missing, or where a policy forbids it. */
export function probeWebAssembly() {
  if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiateStreaming !== "function") {
    throw new EngineError("no_wasm");
  }
  try {
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (error) {
    throw new EngineError("wasm_blocked", String(error));
  }
}

/**
 * From now on every download of this worker is checked and counted.
 *
 * @param {(bytes: number) => void} onBytes called with the bytes of each piece that arrives
 * @param {object} expected
 * @param {boolean} expected.fresh ask the server whether what the browser keeps is right: it may keep the error of last time
 * @param {Record<string, number>} [expected.sizes] bytes of each file by its name: one that is cut short is told from a browser that
 *   cannot read it whole
 * @returns {Promise<never>} rejects with an EngineError at the first failure; never resolves
 */
export function watchDownloads(onBytes, { fresh, sizes = {} }) {
  /** @type {(error: EngineError) => void} */
  let fail;
  const trouble = /** @type {Promise<never>} */ (new Promise((_, reject) => (fail = reject)));
  // Whoever races it handles it; a failure after the race is over must not reach the console as unhandled.
  trouble.catch(() => {});

  const download = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const begun = ahead.get(String(input));
    if (begun) return begun.standsFor;
    try {
      const response = await download(input, fresh ? { ...init, cache: "no-cache" } : init);
      return counted(checked(response), onBytes, fail, sizes[response.url.split("/").pop() ?? ""]);
    } catch (error) {
      fail(asEngineError(error, "offline"));
      throw error;
    }
  };

  const compile = WebAssembly.instantiateStreaming.bind(WebAssembly);
  WebAssembly.instantiateStreaming = async (source, imports) => {
    try {
      const response = await source;
      for (const { standsFor, module } of ahead.values()) {
        if (response === standsFor) return { module: await module, instance: await WebAssembly.instantiate(await module, imports) };
      }
      if (mediaType(response) === "application/wasm") return await compile(response, imports);
      // Some servers do not know the type, and browsers then refuse to compile while downloading. The bytes are
      // right all the same, so they are compiled afterwards: slower, but the tool works.
      return await WebAssembly.instantiate(await wasmBytes(response), imports);
    } catch (error) {
      fail(asEngineError(error, reasonOf(error)));
      throw error;
    }
  };
  return trouble;
}

/** What is compiled while Pyodide's own scripts are still read. @type {Map<string, {standsFor: Response, module: Promise<WebAssembly.Module>}>} */
const ahead = new Map();

/**
 * Fetch and compile a file before Pyodide asks for it; it then gets what was compiled. After `watchDownloads`.
 *
 * @param {string} url as Pyodide will ask for it
 */
export function compileAhead(url) {
  const module = fetch(url, { credentials: "same-origin" }).then(async (response) =>
    mediaType(response) === "application/wasm" ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await wasmBytes(response)));
  // Whoever asks for it hears of a failure.
  module.catch(() => {});
  ahead.set(url, { standsFor: new Response(), module });
}

/**
 * What the service worker keeps may be what is damaged: it is to fetch these files anew.
 *
 * @param {string[]} addresses how the addresses of the files begin
 */
export async function forgetKept(addresses) {
  try {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) if (addresses.some((start) => url.startsWith(start))) await cache.delete(url, { ignoreVary: true });
    }
  } catch {
    // No such storage, or none that works: then nothing is kept there.
  }
}

/**
 * Why WebAssembly could not be made ready: a browser without a feature that Pyodide uses, or a broken download.
 *
 * @param {unknown} error
 * @returns {import("./failures.js").Reason}
 */
function reasonOf(error) {
  if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) return "no_wasm";
  return error instanceof TypeError ? "offline" : "python";
}

/** @param {Response} response */
function checked(response) {
  if (!response.ok) throw new EngineError("missing", `${response.status} ${response.url}`);
  // None of our files is a page, so a page is somebody else's: a sign-in page or an error page sent with status 200.
  if (mediaType(response) === "text/html") throw new EngineError("wrong_file", response.url);
  return response;
}

/** @param {Response} response */
async function wasmBytes(response) {
  const bytes = await response.arrayBuffer();
  const start = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
  if (start.length < 4 || start.some((byte, i) => byte !== EMPTY_MODULE[i])) {
    throw new EngineError("wrong_file", response.url);
  }
  return bytes;
}

/** @param {Response} response */
function mediaType(response) {
  return (response.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
}

/**
 * The same response, which tells of each piece that passes, of an end before its end, and of a file of another size.
 *
 * @param {Response} response
 * @param {(bytes: number) => void} onBytes
 * @param {(error: EngineError) => void} fail
 * @param {number | undefined} size the bytes that it should have
 */
function counted(response, onBytes, fail, size) {
  if (!response.body || typeof TransformStream !== "function") return response;
  let arrived = 0;
  const counter = new TransformStream({
    transform(piece, controller) {
      arrived += piece.byteLength;
      onBytes(piece.byteLength);
      controller.enqueue(piece);
    },
    flush() {
      // Before whoever reads it sees the end, and finds the fault in what was read.
      if (size !== undefined && arrived !== size) fail(new EngineError("damaged", `${arrived} of ${size} bytes: ${response.url}`));
    },
  });
  response.body.pipeTo(counter.writable).catch((error) => fail(asEngineError(error, "offline")));
  const { status, statusText, headers } = response;
  return new Response(counter.readable, { status, statusText, headers });
}
