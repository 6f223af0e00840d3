// @ts-check
/**
 * What was cleared is cleared in the pages that Back leads to as well.
 *
 * Where the site is loaded page by page, the browser keeps pages frozen for Back, with all that was entered in them. A
 * frozen page that has a message waiting is let go by the browser, or hears of it when it is shown again and then begins
 * anew. Pages that are in use, in another tab, take no notice.
 */

import { h } from "./dom.js";

const CHANNEL = "handbook-cleared";
const HEARD_WITHIN_MS = 2000;

const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(CHANNEL) : null;

/** Whether this page is frozen, or was a moment ago. */
let frozen = false;

window.addEventListener("pagehide", () => { frozen = true; });
window.addEventListener("pageshow", () => setTimeout(() => { frozen = false; }, HEARD_WITHIN_MS));
channel?.addEventListener("message", () => { if (frozen) location.reload(); });

/**
 * The button that empties a form which has no case in memory, and takes its answer away.
 * @param {import("./form.js").LiveForm} page @param {() => void} settle what the form shows when it is empty
 */
export const startAgain = (page, settle) => h("div", { class: "hb-afterwards" }, h("button", { type: "button", class: "hb-button", onclick: () => {
  page.form.reset();
  page.touched.clear();
  page.markProblems([], false);
  page.noAnswer();
  settle();
  tellCleared();
  page.goTo("from");
} }, "Start again"));

/** Say that what was entered has been cleared. Nothing of it is in the message. */
export const tellCleared = () => channel?.postMessage("cleared");
