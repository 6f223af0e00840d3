// @ts-check
/**
 * A file of the site, as it lies in a script: {kind: "text", data} as it is, {kind: "gzip", data} in base64. Pages opened from
 * a folder may load scripts and nothing else.
 *
 * @typedef {{kind: "text" | "gzip", data: string}} Packed
 */

const TYPES = { json: "application/json", wasm: "application/wasm", zip: "application/zip", js: "text/javascript" };

/**
 * What a download of the file would have given.
 * @param {string} url @param {Packed} packed @returns {Response}
 */
export function responseOf(url, { kind, data }) {
  const ending = /** @type {keyof typeof TYPES} */ (url.split(".").pop() ?? "");
  const headers = { "content-type": TYPES[ending] ?? "application/octet-stream" };
  // Of a response and not of a blob, which WebKit's workers cannot read here.
  const packed = kind === "text" ? null : /** @type {ReadableStream} */ (new Response(bytesOf(data)).body);
  const body = packed ? packed.pipeThrough(new DecompressionStream("gzip")) : data;
  return Object.defineProperty(new Response(body, { headers }), "url", { value: url });
}

/** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(base64) {
  const known = /** @type {any} */ (Uint8Array).fromBase64;
  return known ? known.call(Uint8Array, base64) : Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
