// @ts-check
/** The page's one entry: brings forms to life on each page, however the reader came to it. */
import { missingScript, sameEdition } from "./edition.js";
import { landAfterSearch, landWhereTheClickLed, mendFrame, noteTheWay, showOffline } from "./frame.js";
import { takeFromAddress } from "./memory.js";

/** What is brought to life by which script, fetched where there is such a thing (build_scripts/site/lighten.py reads this list). */
const LIVE = Object.freeze(/** @type {[string, () => Promise<any>][]} */ ([
  ["form[data-tool]", () => import("./tool.js")],
  ["form[data-walk]", () => import("./walker.js")],
  ["form[data-deadline]", () => import("./deadline.js")],
  ["form[data-workdays]", () => import("./workdays.js")],
  ["[data-draw]", () => import("./draw.js")],
  ["[data-filter]", () => import("./filter.js")],
  [".map-frame", () => import("./maps.js")],
  [".map", () => import("./print.js")],
  ["abbr", () => import("./bubbles.js")],
  ["[data-self-test]", () => import("./selftest.js")],
  ["a[data-case]", () => import("./cases.js")],
]));

/** Whether areas.js is wanted: a page without a chosen area is spared it. */
let areas = false;

function mountAreas() {
  areas ||= new URLSearchParams(location.search).has("area");
  if (areas) import("./areas.js").then((script) => script.layAreas()).catch(missingScript);
}

/** The links of a page lead to what areas say; a plain click on one chooses the area. @param {MouseEvent} event */
function chooseArea(event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-area-choice]") : null;
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation(); // the theme would take a link to the page one is on for a jump back
  areas = true;
  import("./areas.js").then((script) => script.choose(link)).catch(missingScript);
}

async function mount() {
  if (!sameEdition()) return;
  const mark = takeFromAddress(); // before anything else
  const links = mark && await import("./links.js").catch(() => null);
  const linked = mark ? links?.readCase(mark) ?? { tool: "", answers: {}, damaged: true } : null;
  mountAreas();
  for (const [selector, fetched] of LIVE) {
    if (document.querySelector(selector)) fetched().catch(missingScript).then((script) => script?.bringToLife(document, linked));
  }
  if (linked) links?.tellWhereNobodyTakesIt(linked);
  landAfterSearch();
  landWhereTheClickLed();
  mendFrame();
}

// Modules run once the page is parsed, and this one before the theme's script, which is large: the first answer does not wait for it.
mount();
document.addEventListener("click", chooseArea, { capture: true });
window.addEventListener("popstate", mountAreas);
// Once the theme's has run, its document$ speaks, and again after each instant navigation.
document.addEventListener("DOMContentLoaded", () => /** @type {any} */ (window).document$?.subscribe?.(mount));
window.addEventListener("hashchange", mount);
document.addEventListener("click", noteTheWay, true);
window.addEventListener("online", showOffline);
window.addEventListener("offline", showOffline);
