// @ts-check
/**
 * The worker that runs Python. These messages pass, and no others:
 *
 *   page → worker   {type: "start", assets}               once, first; `assets` is an Assets
 *                   {type: "request", id, request}        after "ready"; `request` is JSON text for browser.handle
 *   worker → page   {type: "progress", step, loaded, total}
 *                                                         bytes, unpacked; step is "download", "python" or "rules"
 *                   {type: "ready", rulesHash, fromSnapshot}
 *                   {type: "answer", id, reply}           `reply` is the JSON text that browser.handle gave
 *                   {type: "failed", id, reason, detail}  id is null where the whole worker failed and is of no use
 *
 * @typedef {object} Assets addresses, and the size of them all
 * @property {string} base the site's folder
 * @property {string} runtime the runtime's folder, with a slash at its end
 * @property {string} engine the engine's archive
 * @property {string} rules rules.json
 * @property {string} rulesHash what the rules must have
 * @property {Record<string, number>} sizes bytes of each file, unpacked, by its name
 * @property {number} total of them all
 * @property {boolean} fresh after a failure: let the server confirm what the browser kept
 */

import { EngineError, asEngineError } from "./failures.js";
import { compileAhead, forgetKept, probeWebAssembly, watchDownloads } from "./loading.js";
import { startPython } from "./python.js";
import { canKeepSnapshots, forgetSnapshot, keepSnapshot, keptSnapshot } from "./snapshot.js";

// Progress is told at most this often, in milliseconds: it is for the eye.
const PROGRESS_EVERY = 100;

// A snapshot is kept only some time after the first answer, which would wait for it.
const KEEP_AFTER = 1_500;

// What Python printed last; it says most when the start fails.
const OUTPUT_KEPT = 20;

/** @type {Awaited<ReturnType<typeof startPython>> | null} */
let python = null;

/** @type {Assets | null} what it was started from */
let startedFrom = null;

self.addEventListener("message", (event) => {
  const message = event.data;
  if (message.type === "start") start(message.assets);
  else if (message.type === "request") answer(message.id, message.request);
});

/** @param {Assets} assets */
async function start(assets) {
  /** @type {string[]} */
  const output = [];
  startedFrom = assets;
  try {
    probeWebAssembly();
    if (assets.fresh) await Promise.all([forgetKept([assets.runtime, assets.engine, assets.rules]), forgetSnapshot(assets)]);
    const progress = progressTo(assets.total);
    const trouble = watchDownloads(progress.bytes, assets);
    const started = await Promise.race([trouble, load(assets, output, progress)]);
    if (started.rulesHash !== assets.rulesHash) {
      throw new EngineError("stale", `rules ${started.rulesHash}, expected ${assets.rulesHash}`);
    }
    python = started;
    self.postMessage({ type: "ready", rulesHash: started.rulesHash, fromSnapshot: started.fromSnapshot });
  } catch (error) {
    const failure = asEngineError(error, "python");
    const detail = [failure.detail, ...output].join("\n").trim();
    self.postMessage({ type: "failed", id: null, reason: failure.reason, detail });
  }
}

/**
 * @param {Assets} assets
 * @param {string[]} output
 * @param {ReturnType<typeof progressTo>} progress
 */
async function load(assets, output, progress) {
  progress.enter("download");
  compileAhead(`${assets.runtime}pyodide.asm.wasm`);
  const kept = keptSnapshot(assets);
  const engine = fetch(assets.engine).then(async (response) => new Uint8Array(await response.arrayBuffer()));
  const rules = fetch(assets.rules).then((response) => response.text());
  // Whoever watches the downloads reports what fails; until then nobody waits for these two.
  for (const early of [engine, rules]) early.catch(() => {});
  // The larger script is asked for now, so that it arrives while the loader does; Pyodide imports it again and then
  // has it at once.
  const script = importScript(`${assets.runtime}pyodide.asm.js`);
  script.catch(() => {});
  const { loadPyodide } = await importScript(`${assets.runtime}pyodide.js`);
  const options = {
    loadPyodide,
    indexURL: assets.runtime,
    engine,
    rules,
    onOutput: (/** @type {string} */ line) => {
      output.push(line);
      if (output.length > OUTPUT_KEPT) output.shift();
    },
    onPython: () => progress.enter("rules"),
    // Now, before anything is asked; written later, when nobody waits.
    onSnapshot: canKeepSnapshots()
      ? (/** @type {Uint8Array} */ bytes) => setTimeout(keepSnapshot, KEEP_AFTER, assets, bytes)
      : undefined,
  };
  const snapshot = await kept;
  const started = startPython({ ...options, snapshot }).catch((error) => {
    if (!snapshot) throw error;
    forgetSnapshot(assets);
    return startPython({ ...options, onSnapshot: undefined });
  });
  await Promise.race([started, script]);
  return started;
}

/** @param {string} url */
function importScript(url) {
  return import(url).catch((error) => {
    throw new EngineError("offline", String(error));
  });
}

/**
 * @param {number} id
 * @param {string} request
 */
function answer(id, request) {
  try {
    if (!python) throw new EngineError("python", "asked before the start");
    self.postMessage({ type: "answer", id, reply: python.handle(request) });
  } catch (error) {
    // A Python error leaves Python able to go on; anything else has broken it.
    const survived = error?.constructor?.name === "PythonError" || error instanceof EngineError;
    // Should it have come from a snapshot, the next start does without.
    if (!survived && startedFrom) forgetSnapshot(startedFrom);
    const reason = survived ? asEngineError(error, "internal").reason : "crashed";
    self.postMessage({ type: "failed", id: survived ? id : null, reason, detail: String(error?.message ?? error) });
  }
}

/** @param {number} total */
function progressTo(total) {
  let loaded = 0;
  let step = "download";
  let told = 0;
  const tell = () => {
    told = performance.now();
    self.postMessage({ type: "progress", step, loaded: Math.min(loaded, total), total });
  };
  /** @param {"download" | "python" | "rules"} next */
  function enter(next) {
    step = next;
    tell();
  }
  /** @param {number} count */
  function bytes(count) {
    loaded += count;
    if (step === "download" && loaded >= total) enter("python");
    else if (performance.now() - told > PROGRESS_EVERY) tell();
  }
  return { enter, bytes };
}
