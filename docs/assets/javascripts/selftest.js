// @ts-check
/** The self-test: looks at what the server sends, row by row of the table that build_scripts/site/pieces/self_test.py wrote. */
import { must } from "./dom.js";

const BASE = new URL("../../", import.meta.url);
const WORKER_MS = 10_000;
const A_DAY = 86_400;
const AN_HOUR = 3_600;
// The shortest module that there is.
const EMPTY_MODULE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** @typedef {{right: boolean, found: string}} Finding */

/** Look once, and again when asked. @param {ParentNode} root */
export function bringToLife(root) {
  const place = root.querySelector("[data-self-test]:not([data-live])");
  if (!(place instanceof HTMLElement)) return;
  place.setAttribute("data-live", "");
  const again = must(place, "[data-again]");
  again.addEventListener("click", () => look(place));
  again.hidden = false;
  look(place);
}

/** @param {HTMLElement} place */
async function look(place) {
  const verdict = must(place, "[data-verdict]");
  place.removeAttribute("data-done");
  verdict.textContent = "Looking …";
  const asked = new Asked();
  const rows = [...place.querySelectorAll("[data-look]")];
  const findings = await Promise.all(rows.map((row) => one(row, asked)));
  const wrong = findings.filter((finding) => !finding.right).length;
  verdict.textContent = wrong
    ? `${wrong} of ${rows.length} things are not as they should be. They are marked “not right” below, with what to do.`
    : `All ${rows.length} things are as they should be.`;
  place.setAttribute("data-done", "");
}

/** @param {Element} row @param {Asked} asked @returns {Promise<Finding>} */
async function one(row, asked) {
  const { look: how = "", file = "", expected = "", header = "" } = /** @type {HTMLElement} */ (row).dataset;
  const finding = await LOOKS[how](asked, file, expected, header).catch((error) => ({ right: false, found: String(error.message ?? error) }));
  row.setAttribute("data-right", finding.right ? "yes" : "no");
  must(row, "[data-found]").textContent = `${finding.right ? "Right" : "Not right"}: ${finding.found}`;
  return finding;
}

/** What the server answered; each file is asked for once, past every copy that the browser or the service worker keeps. */
class Asked {
  /** @type {Map<string, Promise<{status: number, headers: Headers, bytes: ArrayBuffer}>>} */
  #answers = new Map();

  /** @param {string} address */
  get(address) {
    const url = new URL(address, BASE).href;
    let answer = this.#answers.get(url);
    if (!answer) {
      answer = fetch(url, { cache: "no-store", redirect: "follow" })
        .catch(() => { throw new Error("no answer: the server cannot be reached, or a policy forbids asking it"); })
        .then(async (response) => ({ status: response.status, headers: response.headers, bytes: await response.arrayBuffer() }));
      this.#answers.set(url, answer);
    }
    return answer;
  }

  async list() {
    const { status, bytes } = await this.get("assets-manifest.json");
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      throw new Error(`the list of files, assets-manifest.json, cannot be read (status ${status})`);
    }
  }

  /** Where a file of the table is, and how long it must be, if that is known. @param {string} file @returns {Promise<[string, number | null]>} */
  async address(file) {
    const here = PLACES[file];
    if (here) return [here(), null];
    const { runtime, rules } = await this.list();
    const [folder, name] = file === "wasm" ? [runtime, "pyodide.asm.wasm"] : [rules, file === "rules" ? rules.rules : rules.engine];
    return [folder.path + name, folder.files[name]];
  }

  /** @param {string} file */
  async file(file) {
    const answer = await this.get((await this.address(file))[0]);
    if (answer.status !== 200) throw new Error(`status ${answer.status}`);
    return answer;
  }
}

/** @type {Record<string, () => string>} */
const PLACES = {
  page: () => "./",
  script: () => new URL("worker.js", import.meta.url).href,
  style: () => document.querySelector('link[rel="stylesheet"][href*="look."]')?.getAttribute("href")?.replace(/^.*?(?=assets\/)/, "") ?? "assets/stylesheets/look.css",
  list: () => "assets-manifest.json",
  manifest: () => "manifest.webmanifest",
  svg: () => "assets/figures/icon.svg",
  png: () => "assets/figures/icon-192.png",
  sw: () => "sw.js",
};

/** @type {Record<string, (asked: Asked, file: string, expected: string, header: string) => Promise<Finding>>} */
const LOOKS = {
  async there(asked, file) {
    const [address, length] = await asked.address(file);
    const { status, bytes } = await asked.get(address);
    const wrong = status === 200 && length !== null && bytes.byteLength !== length;
    return { right: status === 200 && !wrong, found: `status ${status}${wrong ? `, ${bytes.byteLength} bytes in place of ${length}` : ""}` };
  },
  async lost(asked) {
    const { status } = await asked.get("no-such-folder/no-such-file.js");
    return { right: status === 404, found: `status ${status}` };
  },
  async type(asked, file, expected) {
    const found = (await asked.file(file)).headers.get("content-type");
    return { right: found?.split(";")[0].trim().toLowerCase() === expected, found: found ?? "no type" };
  },
  async header(asked, file, expected, header) {
    const found = (await asked.file(file)).headers.get(header);
    return { right: tidy(found) === tidy(expected), found: found ?? "not sent" };
  },
  async kept(asked, file, expected) {
    const found = (await asked.file(file)).headers.get("cache-control");
    const seconds = Number(/max-age=(\d+)/.exec(found ?? "")?.[1] ?? NaN);
    const asks = /no-cache|no-store/.test(found ?? "");
    return { right: expected === "long" ? !asks && seconds >= A_DAY : asks || seconds <= AN_HOUR, found: found ?? "no Cache-Control: browsers guess" };
  },
  async packed(asked, file) {
    const found = (await asked.file(file)).headers.get("content-encoding");
    return { right: /^(br|gzip|zstd)$/.test(found ?? ""), found: found ?? "not compressed" };
  },
  async wasm() {
    if (typeof WebAssembly !== "object") return { right: false, found: "this browser has none, or it is switched off" };
    try {
      new WebAssembly.Module(EMPTY_MODULE);
      return { right: true, found: "it runs" };
    } catch (error) {
      return { right: false, found: `it is forbidden (${error})` };
    }
  },
  async worker() {
    if (typeof Worker !== "function") return { right: false, found: "this browser has none" };
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    const found = await new Promise((resolve) => {
      worker.addEventListener("error", (event) => { event.preventDefault(); resolve("it does not start"); });
      // Asked for something before it was told to start, it says that it cannot: that is an answer.
      worker.addEventListener("message", () => resolve(""));
      worker.postMessage({ type: "request", id: 1, request: "{}" });
      setTimeout(resolve, WORKER_MS, "no answer in ten seconds");
    });
    worker.terminate();
    return { right: found === "", found: found || "it starts" };
  },
  async secure() {
    return { right: window.isSecureContext, found: window.isSecureContext ? "it is" : "the browser does not count this address as secure" };
  },
  async offline() {
    if (!("serviceWorker" in navigator)) return { right: false, found: window.isSecureContext ? "this browser has none" : "none, because the address is not secure" };
    const there = await navigator.serviceWorker.register(new URL("sw.js", BASE), { scope: BASE.href, updateViaCache: "none" }).then(() => "", (error) => `refused (${error.message})`);
    return { right: there === "", found: there || "registered" };
  },
  async edition(asked) {
    const page = document.querySelector("[data-page-rules-hash]")?.textContent?.trim();
    const { rules_hash: listed } = await asked.list();
    return { right: page === listed, found: page === listed ? `${page}` : `the page has ${page}, the list ${listed}` };
  },
};

/** @param {string | null} value */
const tidy = (value) => (value ?? "").replace(/\s+/g, " ").replace(/\s*;\s*$/, "").trim();
