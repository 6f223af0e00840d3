// Takes comments and needless room out of scripts and style sheets with esbuild. Reads {name: text} as JSON, prints {name: text}.
import { readFileSync } from "node:fs";
import { stop, transform } from "esbuild-wasm";

const made = {};
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf-8")))) {
  const loader = name.endsWith(".css") ? "css" : "js";
  made[name] = (await transform(text, { loader, minify: true, charset: "utf8", legalComments: "none", sourcefile: name })).code;
}
process.stdout.write(JSON.stringify(made));
await stop();
