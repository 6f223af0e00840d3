/**
 * Puts requests to the shipped files under Node, so that a test can compare the answers with CPython's and Chromium's.
 *
 *   node node_harness.mjs SITE REQUESTS.json REPLIES.json
 *
 * SITE holds assets-manifest.json and assets/javascripts/. REQUESTS.json is a list of JSON texts; REPLIES.json becomes
 * {"rules_hash": …, "modules": [every module that Python then had], "printed": […], "replies": [JSON text, …],
 * "again": [the same texts, from a second start with the first one's memory]}.
 */

import { readFileSync, writeFileSync } from "node:fs";
import * as fs from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [site, requestsFile, repliesFile] = process.argv.slice(2).map((argument) => path.resolve(argument));

// In a browser the page says that these files are modules; Node would ask the nearest package.json, whichever that is.
const scripts = pathToFileURL(path.join(site, "assets/javascripts/")).href;
registerHooks({
  load(url, context, next) {
    const isModule = url.startsWith(scripts) || url.endsWith("/pyodide.js");
    return next(url, isModule ? { ...context, format: "module" } : context);
  },
});

// Under Node Pyodide fetches packages that only sockets and subprocesses need, unless it finds a `require`.
globalThis.require = (/** @type {string} */ name) => ({ fs })[name];

const manifest = JSON.parse(readFileSync(path.join(site, "assets-manifest.json"), "utf8"));
const runtime = path.join(site, manifest.runtime.path);
const rules = path.join(site, manifest.rules.path);
const { loadPyodide } = await import(pathToFileURL(path.join(runtime, "pyodide.js")).href);
const { startPython } = await import(`${scripts}python.js`);

const printed = [];
let pyodide, memory;
const options = {
  loadPyodide: async (config) => (pyodide = await loadPyodide(config)),
  indexURL: runtime,
  engine: Promise.resolve(new Uint8Array(readFileSync(path.join(rules, manifest.rules.engine)))),
  rules: Promise.resolve(readFileSync(path.join(rules, manifest.rules.rules), "utf8")),
  onOutput: (line) => printed.push(line),
};
const python = await startPython({ ...options, onSnapshot: (bytes) => (memory = bytes) });
const requests = JSON.parse(readFileSync(requestsFile, "utf8"));
const replies = requests.map((request) => python.handle(request));
const modules = [...pyodide.pyimport("sys").modules.keys()].sort();
const second = await startPython({ ...options, rules: Promise.resolve(""), snapshot: memory });
const again = second.fromSnapshot ? requests.map((request) => second.handle(request)) : null;
writeFileSync(repliesFile, JSON.stringify({ rules_hash: python.rulesHash, modules, printed, replies, again }));
process.exit(0);
