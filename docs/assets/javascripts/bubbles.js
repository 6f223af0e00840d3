// @ts-check
/** What an abbreviation means, in a bubble, for mouse and keyboard alike. Without this script the browser's own title says it. */
import { h } from "./dom.js";

/** Between the bubble, its mark and the edges of the screen, in CSS pixels. */
const ROOM = 6;

const bubble = h("div", { class: "hb-bubble", id: "hb-bubble", role: "tooltip", hidden: true });
/** @type {HTMLElement | null} */
let mark = null;

/** Call on each page. */
export function bringToLife() {
  putAway();
  if (bubble.isConnected) return;
  document.body.append(bubble);
  document.addEventListener("mouseover", follow);
  document.addEventListener("focusin", follow);
  document.addEventListener("focusout", () => mark?.matches(":hover") || putAway());
  document.addEventListener("keydown", (event) => event.key === "Escape" && putAway());
}

/** @param {Event} event */
function follow(event) {
  const at = event.target instanceof Element ? event.target : null;
  if (!at || bubble.contains(at)) return; // the pointer may go into the bubble
  const found = at.closest("abbr[title]");
  if (found instanceof HTMLElement) show(found);
  else if (mark && !mark.contains(at) && !mark.contains(document.activeElement)) putAway();
}

/** @param {HTMLElement} found */
function show(found) {
  putAway();
  mark = found;
  bubble.textContent = found.dataset.means = found.title;
  found.removeAttribute("title"); // or the browser would say it too
  found.firstElementChild?.setAttribute("aria-describedby", bubble.id);
  bubble.hidden = false;
  const { left, top, bottom } = found.getBoundingClientRect();
  const below = bottom + ROOM + bubble.offsetHeight < innerHeight;
  const widest = document.documentElement.clientWidth - bubble.offsetWidth - ROOM;
  bubble.style.left = `${scrollX + Math.max(ROOM, Math.min(left, widest))}px`;
  bubble.style.top = `${scrollY + (below ? bottom + ROOM : top - ROOM - bubble.offsetHeight)}px`;
}

function putAway() {
  bubble.hidden = true;
  if (!mark) return;
  mark.title = mark.dataset.means ?? "";
  mark.firstElementChild?.removeAttribute("aria-describedby");
  mark = null;
}
