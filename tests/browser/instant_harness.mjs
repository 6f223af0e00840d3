// Looks answers up under Node with the very scripts of the pages: node instant_harness.mjs SCRIPTS LOOKUPS REQUESTS REPLIES
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [scripts, lookups, requests, replies] = process.argv.slice(2);
const { deadline, workdays } = await import(pathToFileURL(join(scripts, "instant-deadline.js")).href);
const { reply } = await import(pathToFileURL(join(scripts, "instant-data.js")).href);
const { Instant } = await import(pathToFileURL(join(scripts, "instant.js")).href);
const plain = JSON.parse(readFileSync(lookups, "utf8"));
const tools = new Map();
const ask = {
  decide: (/** @type {any} */ request) => {
    if (!tools.has(request.tool)) tools.set(request.tool, new Instant(plain[`tool-${request.tool}`]));
    return tools.get(request.tool).decide(request);
  },
  deadline: (/** @type {any} */ request) => reply(() => deadline(plain[`deadline-${request.id}`], request)),
  workdays: (/** @type {any} */ request) => reply(() => workdays(plain["workdays-workdays"], request)),
};
const found = [];
for (const line of readFileSync(requests, "utf8").split("\n")) {
  if (!line) continue;
  const request = JSON.parse(line);
  found.push(JSON.stringify(ask[/** @type {keyof ask} */ (request.do ?? "decide")](request)));
}
writeFileSync(replies, `${found.join("\n")}\n`);
