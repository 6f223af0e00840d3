// @ts-check
/**
 * Offline use and new editions. Where the browser can (https, or this very machine), the service worker keeps the site's own files,
 * whole or not at all; the footer says whether it does and since when. Nothing else is kept. Where it cannot, everything else works.
 *
 * Two editions are never mixed: a page knows its own, and says so when another is in use. It is loaded anew by itself only where
 * nothing was entered.
 */
import { mine } from "./edition.js";
import { anythingKept } from "./memory.js";

const WORKER = new URL("../../sw.js", import.meta.url);
const ASK_AGAIN_MS = 3_600_000;
const START_MS = 2_000;
const START_AT_LATEST_MS = 60_000;

/** What the footer says. */
const NOT_KEPT = Object.freeze({
  plain: "Not kept for use without a network: browsers do that only where the address begins with https.",
  refused: "Not kept for use without a network: this browser does not allow it.",
  full: "Not kept for use without a network: this device has no room for it.",
  network: "Not kept for use without a network yet: not all of it could be fetched. It is tried again on the next page.",
  waiting: "Being copied to this device, for use without a network.",
});

/** @type {ServiceWorkerRegistration | null} */
let registration = null;
/** What was last said in the footer, for the next page's. */
let said = "";
/** Set once the reader asked for the newer edition. */
let reloading = false;

/** Ask the browser to keep the site, once the page has what it needs itself. */
export function keepForOffline() {
  if (!window.isSecureContext || !("serviceWorker" in navigator)) return say(NOT_KEPT.plain);
  const { serviceWorker } = navigator;
  const controlled = Boolean(serviceWorker.controller);
  serviceWorker.addEventListener("message", hear);
  serviceWorker.addEventListener("controllerchange", () => {
    if (reloading) location.reload();
    else tellStatus();
  });
  serviceWorker.startMessages();
  if (controlled) register();
  else afterTheEngine(register);
  document.addEventListener("visibilitychange", lookForNewer);
  window.addEventListener("online", lookForNewer);
}

/** A page of another edition than the scripts that run: loaded anew where nothing is lost, else the reader is told. */
export function anotherEdition() {
  if (anythingEntered()) offer();
  else location.reload();
}

/** The footer of a page that the theme put in without loading anew says what the last one said. */
export function sayAgain() {
  if (said) say(said);
}

async function register() {
  say(NOT_KEPT.waiting);
  try {
    registration = await navigator.serviceWorker.register(WORKER, { scope: new URL("./", WORKER).href, updateViaCache: "none" });
  } catch {
    return say(NOT_KEPT.refused);
  }
  if (!registration) return say(NOT_KEPT.refused); // blocked without a word, by an extension or a test
  registration.addEventListener("updatefound", () => watch(registration?.installing ?? null));
  watch(registration.installing);
  if (registration.waiting) offer();
  tellStatus();
}

/** @param {ServiceWorker | null} worker one that is being installed */
function watch(worker) {
  worker?.addEventListener("statechange", () => {
    if (worker.state === "installed" && navigator.serviceWorker.controller) offer();
    else if (worker.state === "activated") tellStatus();
  });
}

/** @param {MessageEvent} event */
function hear(event) {
  if (event.data?.type === "which") event.ports[0]?.postMessage(mine);
  else if (event.data?.type === "not-kept" && !navigator.serviceWorker.controller) say(event.data.why === "full" ? NOT_KEPT.full : NOT_KEPT.network);
}

/** Ask the worker in use for its copy, and say what it has. */
function tellStatus() {
  const { controller } = navigator.serviceWorker;
  if (!controller) return;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    if (data.version !== mine) return offer();
    const made = data.made && new Date(data.made).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
    say(data.whole ? `Kept whole on this device, for use without a network${made ? `; this copy was made on ${made}` : ""}.` : NOT_KEPT.network);
  };
  controller.postMessage({ type: "status" }, [port2]);
}

let asked = Date.now();

/** A page that stays open for days learns of newer editions too. */
function lookForNewer() {
  if (document.visibilityState !== "visible" || Date.now() - asked < ASK_AGAIN_MS) return;
  asked = Date.now();
  registration?.update().catch(() => undefined);
}

/** @param {string} words */
function say(words) {
  said = words;
  const place = document.querySelector("[data-kept]");
  if (place) place.textContent = words;
}

/**
 * Tell of the newer edition. It is the reader who takes it: whatever is entered would be gone. Made without other scripts, which
 * may not be there any more.
 */
export function offer() {
  if (document.querySelector("[data-newer]")) return;
  const bar = document.createElement("aside");
  bar.className = "hb-newer";
  bar.setAttribute("data-newer", "");
  bar.setAttribute("aria-label", "Newer edition");
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  bar.append(words, button("Reload", takeNewer), button("Later", () => bar.remove()));
  document.body.append(bar);
  // Filled once it stands there, so that screen readers speak it.
  setTimeout(() => words.append("A newer edition is there.", anythingEntered() ? " Reloading clears what is entered here." : ""));
}

/** @param {string} words @param {() => void} does */
function button(words, does) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", does);
  return made;
}

/** Whether the reader has entered anything, here or on a page of this site that Back would show. */
function anythingEntered() {
  const boxes = document.querySelectorAll("article input, article textarea");
  return anythingKept() || [...boxes].some((box) => box instanceof HTMLInputElement && /^(radio|checkbox)$/.test(box.type)
    ? box.checked !== box.defaultChecked : /** @type {HTMLInputElement} */ (box).value !== /** @type {HTMLInputElement} */ (box).defaultValue);
}

async function takeNewer() {
  reloading = true;
  const waiting = registration?.waiting ?? (await navigator.serviceWorker?.getRegistration(new URL("./", WORKER).href))?.waiting;
  if (waiting) waiting.postMessage({ type: "take-over" });
  else location.reload();
}

/** Not while a tool fetches what it needs: on a weak line the answer comes first. @param {() => void} then */
function afterTheEngine(then) {
  const started = Date.now();
  const look = () => {
    const busy = document.readyState !== "complete" || document.querySelector('[data-engine-state="loading"]');
    if (busy && Date.now() - started < START_AT_LATEST_MS) setTimeout(look, START_MS);
    else then();
  };
  setTimeout(look, START_MS);
}
