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
 * @returns {Promise<{rulesHash: string, handle: (request: string) => string}>}
 */
export async function startPython({ loadPyodide, indexURL, engine, rules, onOutput = () => {}, onPython = () => {} }) {
  const python = await loadPyodide({
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
  const started = JSON.parse(door.start(await rules));
  if (!started.ok) throw new EngineError("rules", JSON.stringify(started.error ?? started));
  return { rulesHash: started.rules_hash, handle: (request) => door.handle(request) };
}
