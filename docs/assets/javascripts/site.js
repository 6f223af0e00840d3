// @ts-check
/** The page's one entry: brings forms to life on each page, however the reader came to it. */
import { followCases } from "./cases.js";
import { mountDeadlines } from "./deadline.js";
import { mountDraws } from "./draw.js";
import { mountFilters } from "./filter.js";
import { landAfterSearch, mendFrame, putAwayBubbles, showOffline } from "./frame.js";
import { takeFromAddress } from "./memory.js";
import { showBeginnings } from "./maps.js";
import { keepForOffline } from "./offline.js";
import { mountTools } from "./tool.js";
import { mountWalks } from "./walker.js";
import { mountWorkdays } from "./workdays.js";

function mount() {
  const linked = takeFromAddress();
  mountTools(document, linked);
  mountWalks(document, linked);
  mountDeadlines(document);
  mountWorkdays(document);
  mountDraws(document);
  mountFilters(document);
  mendFrame();
  showBeginnings(document);
  landAfterSearch();
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
