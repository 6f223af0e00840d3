// @ts-check
/**
 * Starts the handbook's engine on Pyodide. The worker runs this in browsers, and the tests run this very file under
 * Node, so that both take the same way from the shipped files to an answer.
 */

import { EngineError } from "./failures.js";

// Named in PYTHONPATH, so that Python finds the engine without a line of Python being run for it.
const ENGINE_PATH = "/decision_logic.zip";

/**
 * @param {object} options
 * @param {(config: object) => Promise<any>} options.loadPyodide from the runtime's pyodide.js
 * @param {string} options.indexURL the runtime's folder: an address, or a path under Node
 * @param {Promise<Uint8Array>} options.engine the engine's archive
 * @param {Promise<string>} options.rules the text of rules.json
 * @param {(line: string) => void} [options.onOutput] gets what Python prints: nothing, unless something is wrong
 * @param {() => void} [options.onPython] called when Python runs and the rules are read next
 * @param {Uint8Array | null} [options.snapshot] of Python's memory as an earlier start left it, in place of doing all that again
 * @param {(snapshot: Uint8Array) => void} [options.onSnapshot] gets one where there was none; without it none is taken
 * @returns {Promise<{rulesHash: string, fromSnapshot: boolean, handle: (request: string) => string}>}
 */
export async function startPython(options) {
  const { loadPyodide, indexURL, engine, rules, onOutput = () => {}, onPython = () => {}, snapshot = null, onSnapshot } = options;
  const python = await loadPyodide({
    ...(snapshot ? { _loadSnapshot: snapshot } : onSnapshot ? { _makeSnapshot: true } : {}),
    indexURL,
    env: { PYTHONPATH: ENGINE_PATH },
    stdout: onOutput,
    stderr: onOutput,
    // Runs before Python starts; a download that fails here is reported by whoever made the promise.
    fsInit: async (/** @type {any} */ FS) => {
      const archive = await engine.catch(() => null);
      if (archive) FS.writeFile(ENGINE_PATH, archive);
    },
  });
  onPython();
  const door = python.pyimport("decision_logic.browser");
  const started = JSON.parse(snapshot ? door.started() : door.start(await rules));
  if (!started.ok) throw new EngineError("rules", JSON.stringify(started.error ?? started));
  if (onSnapshot && !snapshot) {
    // A start that went well does not fail for what would only have made the next one quicker.
    try { onSnapshot(python.makeMemorySnapshot()); } catch { /* no memory for it */ }
  }
  return { rulesHash: started.rules_hash, fromSnapshot: Boolean(snapshot), handle: (request) => door.handle(request) };
}
