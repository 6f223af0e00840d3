// @ts-check
/**
 * What a page needs that was opened from a folder, where browsers fetch nothing and start workers from nothing but memory. It runs
 * before every other script, and these then work as they do on a server:
 *
 *   fetch(address)       the file comes from the script beside it: rules.json from rules.json.js
 *   new Worker(address)  the worker's text comes so too, and the worker is made from it; it asks this page for its files
 *
 * Links that scripts make to folders become links to the page in them, which a server would have found by itself.
 */
import { responseOf } from "./unpack.js";

/** @typedef {import("./unpack.js").Packed} Packed */

const BASE = new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;

/** What was asked for and is not there yet. @type {Map<string, {promise: Promise<Packed>, resolve: (packed: Packed) => void}>} */
const awaited = new Map();

/** Every script that holds a file calls this. @param {string} name @param {Packed["kind"]} kind @param {string} data */
function handbookFile(name, kind, data) {
  awaited.get(name)?.resolve({ kind, data });
}

/**
 * The file at an address of this folder.
 * @param {string} url @returns {Promise<Packed>}
 */
function load(url) {
  const name = decodeURI(url.slice(BASE.length));
  const open = awaited.get(name);
  if (open) return open.promise;
  const { promise, resolve, reject } = deferred();
  awaited.set(name, { promise, resolve });
  const script = document.createElement("script");
  const missing = () => reject(new TypeError(`${name} is not in this copy`));
  script.onerror = missing;
  script.onload = missing; // too late to matter where the script has delivered
  script.src = `${url}.js`;
  document.head.append(script);
  const done = () => { awaited.delete(name); script.remove(); };
  promise.then(done, done);
  return promise;
}

/** @returns {{promise: Promise<Packed>, resolve: (packed: Packed) => void, reject: (error: Error) => void}} */
function deferred() {
  /** @type {any} */
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

/** The address without what stands behind ? and #, if it lies in this folder. @param {unknown} asked @returns {string | null} */
function ours(asked) {
  const address = asked instanceof Request ? asked.url : String(asked);
  const url = new URL(address, document.baseURI).href.split(/[?#]/)[0];
  return url.startsWith(BASE) ? url : null;
}

const fetchElsewhere = window.fetch.bind(window);

/** @param {RequestInfo | URL} asked @param {RequestInit} [init] */
async function fetchHere(asked, init) {
  const url = ours(asked);
  return url === null ? fetchElsewhere(asked, init) : responseOf(url, await load(url));
}

const BrowserWorker = window.Worker;

/** A worker that is made from its text. Listen with addEventListener. */
class FileWorker extends EventTarget {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {[any, any][]} */
  #early = [];
  #ended = false;

  /** @param {string | URL} address @param {WorkerOptions} [options] */
  constructor(address, options) {
    super();
    this.#start(String(ours(address) ?? address), options?.name).catch((error) => this.#fail(String(error)));
  }

  /** @param {any} message @param {any} [transfer] */
  postMessage(message, transfer) {
    if (this.#worker) this.#worker.postMessage(message, transfer);
    else this.#early.push([message, transfer]);
  }

  terminate() {
    this.#ended = true;
    this.#worker?.terminate();
  }

  /** @param {string} url @param {string} [name] */
  async #start(url, name) {
    const text = await responseOf(url, await load(url)).text();
    if (this.#ended) return;
    const source = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const worker = new BrowserWorker(source, { name });
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => bring(data.id, data.url, port1);
    // The worker takes this one for itself, before what it runs can listen.
    worker.postMessage("handbook", [port2]);
    worker.addEventListener("message", ({ data }) => this.dispatchEvent(new MessageEvent("message", { data })));
    worker.addEventListener("error", (event) => {
      if (!this.#fail(event.message)) event.preventDefault();
    });
    this.#worker = worker;
    for (const [message, transfer] of this.#early) worker.postMessage(message, transfer);
    this.#early = [];
  }

  /** @param {string} message */
  #fail(message) {
    return this.dispatchEvent(new ErrorEvent("error", { message, cancelable: true }));
  }
}

/** What a worker asked for. @param {number} id @param {string} url @param {MessagePort} port */
function bring(id, url, port) {
  const found = ours(url) === null ? Promise.reject(new TypeError(`${url} is not in this folder`)) : load(url);
  found.then((packed) => port.postMessage({ id, packed }), (error) => port.postMessage({ id, error: String(error.message) }));
}

/** A link that is about to be used leads to a page. @param {Event} event */
function leadToPage(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || !link.pathname.endsWith("/") || ours(link.href) === null) return;
  link.pathname += "index.html";
}

// Nothing is kept for offline use: this copy is that already, and asking for it would be against the page's policy.
Reflect.deleteProperty(Navigator.prototype, "serviceWorker");
Object.assign(window, { handbookFile, fetch: fetchHere, Worker: FileWorker });
// Before the pointer, the keyboard or a menu of the browser takes the address.
for (const type of ["pointerdown", "focusin", "click", "contextmenu"]) document.addEventListener(type, leadToPage, true);
