// @ts-check
/** What the theme leaves undone for keyboard and screen reader, and the line about being offline. */

/** Call on each page. */
export function mendFrame() {
  // The theme gives its search a dialog's role without a name.
  document.querySelector(".md-search[role=dialog]:not([aria-label])")?.setAttribute("aria-label", "Search");
  // The theme puts wide tables into frames that scroll, but only a pointer can reach them. It does so after this call.
  setTimeout(() => {
    for (const frame of document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])")) {
      frame.setAttribute("tabindex", "0");
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", frame.querySelector("caption")?.textContent ?? "Table");
    }
  });
  // For paper: the theme writes every address out in full, so a style sheet cannot tell which lead elsewhere.
  for (const link of document.querySelectorAll('.md-typeset a[href^="http"]')) {
    link.toggleAttribute("data-elsewhere", /** @type {HTMLAnchorElement} */ (link).origin !== location.origin);
  }
  showOffline();
}

/** @type {string | null} */
let wanted = null;

/** Note where a click leads, before the theme loads that page. */
export function noteTheWay(/** @type {MouseEvent} */ event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const here = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  wanted = link instanceof HTMLAnchorElement && here ? link.href : null;
}

/** Whoever scrolled just before the click is left where they were by the theme, which takes that for a step back. Call on each page. */
export function landWhereTheClickLed() {
  if (wanted === location.href) requestAnimationFrame(() => { if (location.hash) placeInAddress()?.scrollIntoView(); else scrollTo(0, 0); });
  wanted = null;
}

function placeInAddress() {
  return document.getElementById(decodeURIComponent(location.hash.slice(1)));
}

/** The line in the footer that says what still works without a network. */
export function showOffline() {
  document.querySelector("[data-offline-hint]")?.toggleAttribute("hidden", navigator.onLine !== false);
}

/**
 * On a phone the open search holds the page still, and the theme loses the place to which a result leads. Go there once the page
 * moves again. Can go when a result on a phone is reached without it (tests/browser/test_search.py).
 */
export function landAfterSearch() {
  const { body } = document;
  if (!location.hash || !body.hasAttribute("data-md-scrolllock")) return;
  const observer = new MutationObserver(() => {
    if (body.hasAttribute("data-md-scrolllock")) return;
    observer.disconnect();
    requestAnimationFrame(() => placeInAddress()?.scrollIntoView());
  });
  observer.observe(body, { attributes: true, attributeFilter: ["data-md-scrolllock"] });
}
