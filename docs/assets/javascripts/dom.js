// @ts-check
/** A few helpers for building and finding elements. Text is always set as text: nothing here parses HTML. */

/** @typedef {Node | string | null | undefined | false | Child[]} Child */

/**
 * Build an element: h("p", {class: "x", hidden: true}, "text", otherElement).
 * A property whose name starts with "on" is a listener; true sets a bare attribute; null and false leave it out.
 * @param {string} tag
 * @param {Record<string, any> | null} [props]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** @param {Node} parent @param {Child[]} children */
function append(parent, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child);
    else if (child !== null && child !== undefined && child !== false) {
      parent.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    }
  }
}

/**
 * The element that must be there: a page without it breaks its contract with build_scripts/site/forms.py.
 * @param {ParentNode} root @param {string} selector
 * @returns {HTMLElement}
 */
export function must(root, selector) {
  const element = root.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`The page has no ${selector}`);
  return element;
}

/** Whether a change is being made that is measured as a whole. */
let held = false;

/**
 * Change the page without moving what the reader is using: whatever the change adds or takes away above `anchor`
 * is made up for by scrolling. Changes within a change are measured with it, once: each measure lays the whole page out.
 * @param {Element | null} anchor @param {() => void} change
 */
export function holdStill(anchor, change) {
  if (held) return change();
  const before = anchor?.getBoundingClientRect().top;
  held = true;
  try { change(); } finally { held = false; }
  if (!anchor?.isConnected || before === undefined) return;
  const moved = anchor.getBoundingClientRect().top - before;
  if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
}
