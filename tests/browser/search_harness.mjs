/**
 * Runs the search worker of the built site itself, as the page does, and says what the result list would show.
 *
 *   node search_harness.mjs SITE QUERIES.json RESULTS.json
 *
 * RESULTS.json becomes a list, a query each, of groups in the order shown: [location, …] of what can be seen of a page's group
 * without unfolding "more on this page": first the page itself, then its best places.
 */

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";

const [site, queriesFile, resultsFile] = process.argv.slice(2).map((argument) => path.resolve(argument));
const workers = path.join(site, "assets/javascripts/workers");
const name = readdirSync(workers).find((file) => /^search\.[0-9a-f]+\.min\.js$/.test(file));

let hear, answered;
const world = {
  addEventListener: (kind, listener) => { if (kind === "message") hear = listener; },
  postMessage: (message) => answered(message),
  console,
};
world.self = world.window = world.globalThis = world;
vm.runInNewContext(readFileSync(path.join(workers, name), "utf8"), world);
const ask = (message) => new Promise((resolve) => { answered = resolve; hear({ data: message }); });

// The messages are those of the theme: 0 set up, 1 ready, 2 query, 3 result.
const { config, docs } = JSON.parse(readFileSync(path.join(site, "search/search_index.json"), "utf8"));
await ask({ type: 0, data: { config, docs, options: { suggest: false } } });
const results = [];
for (const query of JSON.parse(readFileSync(queriesFile, "utf8"))) {
  const { data } = await ask({ type: 2, data: query });
  results.push(data.items.slice(0, 10).map(seen));
}
writeFileSync(resultsFile, JSON.stringify(results));

/** What the theme's template shows of a group at once: the page, and its places that score as high as the first. */
function seen(group) {
  const places = [...group];
  const [page] = places.splice(places.findIndex((one) => !one.location.includes("#")), 1);
  const folded = places.findIndex((one) => one.score < group[0].score);
  return [page, ...places.slice(0, folded === -1 ? places.length : folded)].map((one) => one.location);
}
