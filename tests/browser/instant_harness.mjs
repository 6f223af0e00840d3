// Looks answers up under Node with the very scripts of the pages: node instant_harness.mjs SCRIPTS LOOKUPS REQUESTS REPLIES
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [scripts, lookups, requests, replies] = process.argv.slice(2);
const { Instant } = await import(pathToFileURL(join(scripts, "instant.js")).href);
const tools = new Map(Object.entries(JSON.parse(readFileSync(lookups, "utf8"))).map(([name, plain]) => [name, new Instant(plain)]));
const found = [];
for (const line of readFileSync(requests, "utf8").split("\n")) {
  if (!line) continue;
  const { tool, ...request } = JSON.parse(line);
  found.push(JSON.stringify(tools.get(tool).decide(request)));
}
writeFileSync(replies, `${found.join("\n")}\n`);
