// Makes classic scripts of ES modules with esbuild. Reads a list of esbuild's options as JSON, prints what came of each:
// {"text"} or {"error"}. `only` is ours: the modules that may go in. An import by a pattern finds every script below its folder;
// those that are none of ours are taken as having nothing in them.
import { readFileSync } from "node:fs";
import { build, stop } from "esbuild-wasm";

/** @param {string[] | undefined} only */
const nothingBut = (only) => ({
  name: "nothing-but",
  setup(/** @type {any} */ builder) {
    if (only) builder.onLoad({ filter: /./ }, (/** @type {any} */ file) => (only.includes(file.path) ? null : { contents: "" }));
  },
});

const made = [];
for (const { only, ...options } of JSON.parse(readFileSync(0, "utf-8"))) {
  try {
    const done = await build({ ...options, plugins: [nothingBut(only)], write: false, logLevel: "silent" });
    const said = done.warnings.map((one) => `${one.location?.file}:${one.location?.line}: ${one.text}`);
    made.push(said.length ? { error: said.join("\n") } : { text: done.outputFiles[0].text });
  } catch (error) {
    made.push({ error: String(error.message) });
  }
}
process.stdout.write(JSON.stringify(made));
await stop();
