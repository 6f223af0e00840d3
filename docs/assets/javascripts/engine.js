// @ts-check
/**
 * The page's side of the worker: starts it when something is first asked, tells how far it is, and makes every failure
 * end in a state that can be shown. No rule is in here; requests and replies pass through as they are.
 *
 *   const engine = createEngine({ baseUrl });            // baseUrl: the folder that assets-manifest.json is in
 *   engine.onState((state) => show(state));
 *   const reply = await engine.ask({ do: "decide", … }); // {ok: true, answer, text} or {ok: false, error}
 *
 * @typedef {object} State
 * @property {"idle" | "loading" | "ready" | "failed"} phase
 * @property {"download" | "python" | "rules" | null} step what a loading engine is doing
 * @property {number} loaded bytes so far, of `total`
 * @property {number} total
 * @property {boolean} slow loading has taken so long that the reader should be told of the decision table
 * @property {import("./failures.js").Reason | null} reason why it failed
 * @property {string} detail for those who look after the site
 * @property {string | null} rulesHash of the rules that answer, once ready
 * @property {boolean} fromSnapshot Python was not started anew, but read as an earlier start had left it
 *
 * @typedef {object} Engine
 * @property {State} state
 * @property {(listener: (state: State) => void) => () => void} onState calls at once and at every change; returns
 *   what ends it
 * @property {() => Promise<void>} start for when a tool comes into view; harmless when started already
 * @property {(request: object) => Promise<any>} ask rejects with an EngineError
 * @property {() => Promise<void>} retry a new worker in place of one that failed
 */

import { EngineError, asEngineError } from "./failures.js";

export { EngineError, FAILURES } from "./failures.js";

const FORMAT = "handbook.assets/1";

/** @type {State} */
const IDLE = Object.freeze({
  phase: "idle",
  step: null,
  loaded: 0,
  total: 0,
  slow: false,
  reason: null,
  detail: "",
  rulesHash: null,
  fromSnapshot: false,
});

/** One engine an address, however many tools are on the page. @type {Map<string, Engine>} */
const engines = new Map();

/**
 * @param {object} options
 * @param {string | URL} options.baseUrl the folder that assets-manifest.json is in
 * @param {string | null} [options.rulesHash] the page's own; the engine refuses to answer by other rules
 * @param {string | URL} [options.workerUrl]
 * @param {number} [options.quietLimit] milliseconds in which a start must show some progress
 * @param {number} [options.answerLimit] milliseconds in which an answer must come
 * @param {number} [options.slowAfter] milliseconds after which a start counts as slow
 * @returns {Engine} the same one for the same address
 */
export function createEngine(options) {
  const address = new URL(options.baseUrl, globalThis.location?.href).href;
  const base = address.endsWith("/") ? address : `${address}/`;
  let engine = engines.get(base);
  if (!engine) engines.set(base, (engine = newEngine({ ...options, baseUrl: base })));
  return engine;
}

/** @param {Parameters<typeof createEngine>[0]} options @returns {Engine} */
function newEngine({
  baseUrl,
  rulesHash = null,
  workerUrl = new URL("./worker.js", import.meta.url),
  quietLimit = 90_000,
  answerLimit = 30_000,
  slowAfter = 8_000,
}) {
  /** @type {State} */
  let state = IDLE;
  /** @type {Set<(state: State) => void>} */
  const listeners = new Set();
  /** @type {Run | null} */
  let run = null;

  /** @param {Partial<State>} change */
  function become(change) {
    state = Object.freeze({ ...state, ...change });
    for (const listener of [...listeners]) {
      // What one listener does wrong is reported, and the others hear of the state all the same.
      try { listener(state); } catch (error) { queueMicrotask(() => { throw error; }); }
    }
  }

  function startOnce() {
    // A failure stays until the reader tries again, or every question asked would start another download.
    if (state.phase === "failed") return unsaid(Promise.reject(new EngineError(state.reason, state.detail)));
    return run ? run.ready : startAnew(false);
  }

  /** @param {boolean} fresh */
  function startAnew(fresh) {
    const limits = { quietLimit, answerLimit, slowAfter };
    run = new Run({ baseUrl: String(baseUrl), rulesHash, workerUrl, fresh, limits, become });
    // Only now, so that a listener that asks at the first change finds this run and does not start another.
    run.begin();
    return unsaid(run.ready);
  }

  return {
    get state() {
      return state;
    },
    onState(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    start: startOnce,
    async ask(request) {
      await startOnce();
      return run.ask(request);
    },
    retry() {
      return state.phase === "failed" ? startAnew(true) : startOnce();
    },
  };
}

/**
 * A promise whose failure need not be handled by everyone who was given it, since the state tells of it.
 *
 * @template T
 * @param {Promise<T>} promise
 */
function unsaid(promise) {
  promise.catch(() => {});
  return promise;
}

/**
 * What a run needs to know.
 *
 * @typedef {object} Settings
 * @property {string} baseUrl
 * @property {string | null} rulesHash
 * @property {string | URL} workerUrl
 * @property {boolean} fresh
 * @property {{quietLimit: number, answerLimit: number, slowAfter: number}} limits
 * @property {(change: Partial<State>) => void} become
 */

/** One worker from its start to its end. */
class Run {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Map<number, {resolve: (reply: any) => void, reject: (error: Error) => void, timer: number}>} */
  #open = new Map();
  #nextId = 1;
  #ended = false;
  #spoke = false;
  #settings;
  /** @type {number | undefined} */
  #quietTimer;
  /** @type {number | undefined} */
  #slowTimer;
  /** @type {(nothing?: any) => void} */
  #resolveReady;
  /** @type {(error: EngineError) => void} */
  #rejectReady;

  /** @param {Settings} settings */
  constructor(settings) {
    this.#settings = settings;
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
  }

  begin() {
    this.#become({ ...IDLE, phase: "loading", step: "download" });
    this.#slowTimer = setTimeout(() => this.#become({ slow: true }), this.#settings.limits.slowAfter);
    this.#stillAlive();
    this.#start().catch((error) => this.#fail(asEngineError(error, "python")));
  }

  /** @param {object} request */
  ask(request) {
    if (this.#ended) return Promise.reject(new EngineError("crashed"));
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      const timer = setTimeout(() => this.#fail(new EngineError("no_answer")), this.#settings.limits.answerLimit);
      this.#open.set(id, { resolve, reject, timer });
      this.#worker?.postMessage({ type: "request", id, request: JSON.stringify(request) });
    });
  }

  async #start() {
    const { baseUrl, rulesHash, workerUrl, fresh } = this.#settings;
    if (typeof WebAssembly !== "object") throw new EngineError("no_wasm");
    if (typeof Worker !== "function") throw new EngineError("no_worker");
    // The worker's own scripts load while the manifest does.
    const worker = newWorker(workerUrl);
    this.#worker = worker;
    worker.addEventListener("message", (event) => this.#receive(event.data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      // One that never spoke did not even begin: an old browser, a policy, or a script that is not there.
      this.#fail(new EngineError(this.#spoke ? "crashed" : "no_worker", event.message ?? ""));
    });
    const manifest = await readManifest(baseUrl);
    if (rulesHash !== null && manifest.rules_hash !== rulesHash) {
      throw new EngineError("stale", `page ${rulesHash}, site ${manifest.rules_hash}`);
    }
    if (!this.#ended) worker.postMessage({ type: "start", assets: { ...assetsOf(manifest, baseUrl), fresh } });
  }

  #receive(message) {
    if (this.#ended) return;
    this.#spoke = true;
    switch (message.type) {
      case "progress":
        this.#stillAlive();
        this.#become({ step: message.step, loaded: message.loaded, total: message.total });
        break;
      case "ready":
        this.#stopTimers();
        this.#become({ phase: "ready", step: null, slow: false, rulesHash: message.rulesHash, fromSnapshot: message.fromSnapshot });
        this.#resolveReady();
        break;
      case "answer":
        this.#close(message.id)?.resolve(JSON.parse(message.reply));
        break;
      case "failed": {
        const error = new EngineError(message.reason, message.detail);
        if (message.id === null) this.#fail(error);
        else this.#close(message.id)?.reject(error);
      }
    }
  }

  /** @param {Partial<State>} change */
  #become(change) {
    this.#settings.become(change);
  }

  /** @param {number} id */
  #close(id) {
    const request = this.#open.get(id);
    if (request) clearTimeout(request.timer);
    this.#open.delete(id);
    return request;
  }

  /** Anything heard from the start puts its end off: a slow line is no failure while bytes arrive. */
  #stillAlive() {
    clearTimeout(this.#quietTimer);
    this.#quietTimer = setTimeout(() => this.#fail(new EngineError("time_out")), this.#settings.limits.quietLimit);
  }

  #stopTimers() {
    clearTimeout(this.#quietTimer);
    clearTimeout(this.#slowTimer);
  }

  /** @param {EngineError} error */
  #fail(error) {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopTimers();
    this.#worker?.terminate();
    this.#become({ phase: "failed", step: null, slow: false, reason: error.reason, detail: error.detail });
    this.#rejectReady(error);
    for (const id of [...this.#open.keys()]) this.#close(id)?.reject(error);
  }
}

/** @param {string | URL} url */
function newWorker(url) {
  try {
    return new Worker(url, { type: "module", name: "handbook" });
  } catch (error) {
    throw new EngineError("no_worker", String(error));
  }
}

/** @param {string} baseUrl */
async function readManifest(baseUrl) {
  const url = new URL("assets-manifest.json", baseUrl).href;
  // Asked of the server each time: it says which of the immutable folders is today's.
  const response = await fetch(url, { cache: "no-cache" }).catch((error) => {
    throw new EngineError("offline", String(error));
  });
  if (!response.ok) throw new EngineError("missing", `${response.status} ${url}`);
  const manifest = await response.json().catch((error) => {
    throw new EngineError("wrong_file", `${url}: ${error}`);
  });
  if (manifest.format !== FORMAT) throw new EngineError("stale", `${url}: ${manifest.format}`);
  return manifest;
}

/**
 * @param {any} manifest
 * @param {string} baseUrl
 * @returns {Omit<import("./worker.js").Assets, "fresh">}
 */
function assetsOf(manifest, baseUrl) {
  const { runtime, rules } = manifest;
  const folder = new URL(rules.path, baseUrl);
  const counted = { ...runtime.files, ...rules.files };
  // These two come as scripts, whose bytes nobody can count on their way.
  delete counted["pyodide.js"];
  delete counted["pyodide.asm.js"];
  return {
    base: baseUrl,
    runtime: new URL(runtime.path, baseUrl).href,
    engine: new URL(rules.engine, folder).href,
    rules: new URL(rules.rules, folder).href,
    rulesHash: manifest.rules_hash,
    sizes: counted,
    total: Object.values(counted).reduce((sum, size) => sum + size, 0),
  };
}
