// The first answer as any page would get it: Pyodide's package as it is, in a worker, then the engine's sources and the rules.
const setting = await (await fetch("setting.json")).json();
const worker = new Worker(new URL("../runtime/stock/stock_worker.js", import.meta.url), { type: "module" });
worker.addEventListener("message", ({ data }) => {
  globalThis.measured = { milliseconds: performance.now(), reply: JSON.parse(data) };
});
worker.addEventListener("error", (event) => { globalThis.measured = { milliseconds: -1, reply: { ok: false, error: event.message } }; });
worker.postMessage({ ...setting.stock, request: JSON.stringify(setting.request) });
