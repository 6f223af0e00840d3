// @ts-check
/**
 * The chosen local area. It stands in the address (?area=essex) and nowhere else: links of this site carry it on, the page
 * shows what differs there and hides what is said of other areas, and forms begin with its place. What differs is written in
 * the page (build_scripts/site/choosing.py and pieces/areas.py); nothing of it is known here.
 */
import { forgetPlaces } from "./memory.js";

const NAME = "area";
const XLINK = "http://www.w3.org/1999/xlink";

/** Where the site begins, seen from this file. */
const BASE = new URL("../../", import.meta.url);

/** Spoken to forms when another area is chosen. */
export const CHANGED = "hb:area";

/**
 * @typedef {object} Area
 * @property {string} name as it stands in the address
 * @property {string} title
 * @property {string[]} shows the areas whose blocks are shown: itself, and those it lies in
 * @property {string[]} places the place to begin with, or those it lies in
 */

/** @type {Area | null} */
let chosen = null;

/** The bar, and the address, that the page was last brought into line with. @type {[Element | null, string]} */
let laid = [null, ""];

/** Links that come into the page while an area is chosen, such as search results, carry it too. */
const late = new MutationObserver((records) => {
  for (const record of records) for (const node of record.addedNodes) if (node instanceof Element) carry(node);
});

/** Bring the page into line with its address. Call on each page, and whenever the address has changed. */
export function layAreas() {
  const bar = document.querySelector("[data-area-bar]");
  laid = [bar, location.search];
  if (!(bar instanceof HTMLElement)) return;
  const before = chosen?.name ?? null;
  const asked = new URLSearchParams(location.search).get(NAME);
  chosen = areasOf(bar).find((area) => area.name === asked || area.shows[0] === asked) ?? null;
  showBar(bar, asked);
  showBlocks();
  carry(document);
  if (chosen) late.observe(document.body, { childList: true, subtree: true });
  else late.disconnect();
  if (before === (chosen?.name ?? null)) return;
  forgetPlaces();
  document.dispatchEvent(new CustomEvent(CHANGED));
}

/** Begin with the chosen area's place, or the nearest around it that the field offers. @param {Element | null} field of a place */
export function presetPlace(field) {
  const box = field?.querySelector("select");
  if (!box) return;
  // Forms may come to life before this page was looked at.
  if (laid[0] !== document.querySelector("[data-area-bar]") || laid[1] !== location.search) layAreas();
  const place = chosen?.places.find((one) => [...box.options].some((option) => option.value === one));
  if (place) box.value = place;
  else box.selectedIndex = 0;
}

/** @param {Element} bar @returns {Area[]} */
function areasOf(bar) {
  return [...bar.querySelectorAll('a[data-area-choice]:not([data-area-choice=""])')].map((link) => ({
    name: link.getAttribute("data-area-choice") ?? "",
    title: link.textContent ?? "",
    shows: (link.getAttribute("data-area-shows") ?? "").split(" "),
    places: (link.getAttribute("data-area-places") ?? "").split(" "),
  }));
}

/** @param {HTMLElement} bar @param {string | null} asked what the address names */
function showBar(bar, asked) {
  for (const link of bar.querySelectorAll("a[data-area-choice]")) {
    const name = link.getAttribute("data-area-choice") ?? "";
    link.setAttribute("href", withArea(location.pathname + location.search + location.hash, name));
    if (name === chosen?.name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  bar.querySelector("[data-area-none]")?.toggleAttribute("hidden", !chosen);
  bar.querySelector("[data-area-hint]")?.toggleAttribute("hidden", Boolean(chosen));
  bar.toggleAttribute("data-chosen", Boolean(chosen));
  const now = bar.querySelector("[data-area-now]");
  if (now) now.textContent = chosen?.title ?? (asked ? "none chosen (the address names one that is not here)" : "none chosen");
  const [kept, shown] = [bar.querySelector("[data-area-kept]"), bar.querySelector("[data-area-shown]")];
  for (const panel of bar.querySelectorAll("[data-area-panel]")) {
    const mine = chosen?.shows.includes(panel.getAttribute("data-area-panel") ?? "") ?? false;
    const home = mine ? shown : kept;
    if (panel.parentElement !== home) home?.append(panel);
    panel.toggleAttribute("hidden", Boolean(chosen) && !mine);
  }
}

/** Open what the chosen area says wherever it says something; hide what others say. */
function showBlocks() {
  for (const block of document.querySelectorAll("[data-areas]")) {
    const fold = block.querySelector("details");
    let any = false;
    for (const part of block.querySelectorAll("[data-area]")) {
      const mine = chosen?.shows.includes(part.getAttribute("data-area") ?? "") ?? false;
      part.toggleAttribute("hidden", Boolean(chosen) && !mine);
      any ||= mine;
    }
    block.toggleAttribute("hidden", Boolean(chosen) && !any);
    fold?.toggleAttribute("data-laid", any); // its line steps back: there is nothing more to unfold
    if (fold instanceof HTMLDetailsElement) fold.open = any;
  }
}

/** Choose what a link of the bar stands for. @param {Element} link */
export function choose(link) {
  const to = withArea(location.pathname + location.search + location.hash, link.getAttribute("data-area-choice") ?? "");
  if (new URL(to, location.href).href !== location.href) history.pushState(null, "", to);
  layAreas();
  const bar = link.closest("[data-area-bar]");
  const fold = bar?.querySelector("[data-area-fold]");
  fold?.removeAttribute("open");
  const summary = fold?.querySelector("summary");
  if (summary instanceof HTMLElement) summary.focus();
  const said = bar?.querySelector("[data-area-said]");
  if (said) said.textContent = chosen ? `This page now shows what differs in ${chosen.title}.` : "No area is chosen any more.";
}

/** Let the links below `root` carry the area, or none. @param {ParentNode} root */
function carry(root) {
  const name = chosen?.name ?? "";
  const links = [...root.querySelectorAll("a[href], link[rel=prev], link[rel=next]")];
  if (root instanceof Element && root.matches("a[href]")) links.push(root);
  for (const link of links) {
    const href = link.getAttribute("href");
    if (href && !link.hasAttribute("data-area-choice") && isPage(href)) put(link, null, "href", href, name);
  }
  for (const link of root.querySelectorAll("svg a")) {
    const href = link.getAttributeNS(XLINK, "href");
    if (href && isPage(href)) put(link, XLINK, "xlink:href", href, name);
  }
}

/** @param {Element} link @param {string | null} space @param {string} attribute @param {string} href @param {string} name */
function put(link, space, attribute, href, name) {
  const wanted = withArea(href, name);
  if (wanted !== href) link.setAttributeNS(space, attribute, wanted);
}

/** Whether an address is a page of this site, and not a place on this very page or a file. @param {string} href */
function isPage(href) {
  if (href.startsWith("#")) return false;
  const url = new URL(href, location.href);
  return url.origin === BASE.origin && url.pathname.startsWith(BASE.pathname) && /(\/|\.html|\/[^./]*)$/.test(url.pathname);
}

/** An address with the area in it, or without any; whatever else it has is kept. @param {string} href @param {string} name */
function withArea(href, name) {
  const [, path, query, hash] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(href) ?? ["", href, "", ""];
  const parts = (query ?? "").split("&").filter((one) => one && one.split("=")[0] !== NAME);
  if (name) parts.push(`${NAME}=${encodeURIComponent(name)}`);
  return `${path}${parts.length ? `?${parts.join("&")}` : ""}${hash ?? ""}`;
}
