// As Pyodide's documentation shows it; engine and rules are fetched while Pyodide loads, which is kind to it.
import { loadPyodide } from "./pyodide.mjs";

self.addEventListener("message", async ({ data }) => {
  const fetched = [fetch(data.engine), fetch(data.rules)];
  const python = await loadPyodide();
  const [engine, rules] = await Promise.all(fetched);
  python.unpackArchive(await engine.arrayBuffer(), "zip");
  const door = python.pyimport("decision_logic.browser");
  door.start(await rules.text());
  self.postMessage(door.handle(data.request));
});
