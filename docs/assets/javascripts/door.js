// @ts-check
/**
 * The one engine of this page, started when a form first comes into view and shared by all of them.
 *
 * engine.js is fetched only then, so that a page which is merely read costs nothing.
 */

/** Where the site begins, seen from this file: it works at any address and below any path. */
const BASE = new URL("../../", import.meta.url).href;

/** @type {Promise<import("./engine.js").Engine> | null} */
let engine = null;

/**
 * @param {string | null} rulesHash of the page that asks: other rules must not answer it
 * @returns {Promise<import("./engine.js").Engine>}
 */
export function theEngine(rulesHash) {
  if (!engine) {
    engine = import("./engine.js").then((module) => module.createEngine({ baseUrl: BASE, rulesHash }));
    // A file that could not be fetched may be there on the next try.
    engine.catch(() => { engine = null; });
  }
  return engine;
}

/** Call once when the element comes near the view. @param {Element} element @param {() => void} then */
export function whenInView(element, then) {
  if (!("IntersectionObserver" in window)) return then();
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    then();
  }, { rootMargin: "200px" });
  observer.observe(element);
}
