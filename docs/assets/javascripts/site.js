// @ts-check
/** The page's one entry: brings forms to life on each page, however the reader came to it. */
import { followCases } from "./cases.js";
import { landAfterSearch, mendFrame, putAwayBubbles, showOffline } from "./frame.js";
import { takeFromAddress } from "./memory.js";
import { keepForOffline } from "./offline.js";

/** What is brought to life by which script, fetched where there is such a thing (build_scripts/site/lighten.py reads this list). */
const LIVE = Object.freeze({
  "tool": "form[data-tool]",
  "walker": "form[data-walk]",
  "deadline": "form[data-deadline]",
  "workdays": "form[data-workdays]",
  "draw": "[data-draw]",
  "filter": "[data-filter]",
  "maps": ".map-frame",
  "print": ".map",
});

function mount() {
  const linked = takeFromAddress();
  for (const [name, selector] of Object.entries(LIVE)) {
    if (document.querySelector(selector)) import(`./${name}.js`).then((script) => script.bringToLife(document, linked));
  }
  landAfterSearch();
  mendFrame();
}

// Modules run once the page is parsed. The theme's document$ speaks again after each instant navigation.
mount();
followCases();
keepForOffline();
const pages = /** @type {any} */ (window).document$;
pages?.subscribe?.(mount);
window.addEventListener("hashchange", mount);
document.addEventListener("keydown", putAwayBubbles);
window.addEventListener("online", showOffline);
window.addEventListener("offline", showOffline);
