// @ts-check
/** A few helpers for building and finding elements. Text is always set as text: nothing here parses HTML. */

/** @typedef {Node | string | null | undefined | false | Child[]} Child */

/** What the listeners of h() do, beside their elements: an element that stays can be given what a new one in its place would do. @type {WeakMap<Element, Record<string, (event: any) => void>>} */
const acts = new WeakMap();

/** @param {Event} event */
const act = (event) => event.currentTarget instanceof Element && acts.get(event.currentTarget)?.[event.type]?.(event);

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
    if (name.startsWith("on")) {
      acts.set(element, { ...acts.get(element), [name.slice(2)]: value });
      element.addEventListener(name.slice(2), act);
    }
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

/** In whose place a node was not put into the page, since that stayed. @type {WeakMap<Node, Node>} */
const became = new WeakMap();

/**
 * The part of a page that is made of `given` and nothing else: the one that stands there, where it was made of the same.
 * @template {any[]} T
 * @param {Map<string, {key: string, made: HTMLElement | null}>} kept what stands in this place @param {string} name
 * @param {T} given plain data @param {(...given: T) => HTMLElement | null} make
 */
export function unlessSame(kept, name, given, make) {
  const [key, last] = [JSON.stringify(given), kept.get(name)];
  let made = last?.key === key ? last.made : undefined;
  while (made && became.has(made)) made = /** @type {HTMLElement} */ (became.get(made));
  if (made === undefined || (made && !made.isConnected)) made = make(...given);
  kept.set(name, { key, made });
  return made;
}

/**
 * Make the children of `parent` what `wanted` is, and leave alone all that stays as it is: it keeps the focus, does not flicker and is
 * not laid out again. The nodes of `wanted` are used up. In results only buttons have listeners, and those that stay act for the new.
 * @param {Node} parent @param {Node[]} wanted
 */
export function renew(parent, wanted) {
  const old = [...parent.childNodes];
  /** @type {Map<Node, Node>} */
  const equal = new Map();
  let from = 0;
  for (const one of wanted) {
    for (let at = from; at < old.length; at++) {
      if (old[at] !== one && !old[at].isEqualNode(one)) continue;
      equal.set(one, old[at]);
      from = at + 1;
      break;
    }
  }
  const kept = new Set(equal.values());
  from = 0;
  const now = wanted.map((one) => {
    let stays = equal.get(one);
    if (stays) {
      from = old.indexOf(stays) + 1;
      actFor(stays, one);
      if (stays !== one) became.set(one, stays);
      return stays;
    }
    // Of what would go at this place, the first of the same kind becomes the new.
    for (let at = from; !stays && at < old.length && !kept.has(old[at]); at++) {
      if (!alike(old[at], one)) continue;
      stays = old[at];
      from = at + 1;
      become(stays, one);
      became.set(one, stays);
    }
    return stays ?? one;
  });
  const staying = new Set(now);
  for (const one of old) if (!staying.has(one)) parent.removeChild(one);
  let at = parent.firstChild;
  for (const one of now) {
    if (one === at) at = at.nextSibling;
    else parent.insertBefore(one, at);
  }
}

/** What kind of thing an element is among its siblings: a part is known by its title, a fold by its key. @param {Element} one */
const kind = (one) => `${one.localName} ${one.classList[0]} ${one.getAttribute("data-fold") ?? (one.localName === "section" ? one.firstElementChild?.textContent : "")}`;

/** Whether one can become the other. @param {Node} old @param {Node} one */
const alike = (old, one) => (old instanceof Element && one instanceof Element ? kind(old) === kind(one) : old.nodeType === one.nodeType);

/** @param {Node} old @param {Node} one of the same kind */
function become(old, one) {
  if (!(old instanceof Element) || !(one instanceof Element)) {
    old.nodeValue = one.nodeValue;
    return;
  }
  const marked = old.hasAttribute("data-focus-visible-added"); // the theme's mark of the focus, and the class beside it
  for (const name of old.getAttributeNames()) if (!one.hasAttribute(name) && !marked) old.removeAttribute(name);
  for (const { name, value } of one.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  renew(old, [...one.childNodes]);
  actFor(old, one, false);
}

/** Let buttons that stay do what new ones in their place would do. @param {Node} old @param {Node} one @param {boolean} [within] what is within them too */
function actFor(old, one, within = true) {
  if (old === one || !(old instanceof Element) || !(one instanceof Element)) return;
  const buttons = (/** @type {Element} */ part) => [...(part.localName === "button" ? [part] : []), ...(within ? part.querySelectorAll("button") : [])];
  const given = buttons(one);
  for (const [number, button] of buttons(old).entries()) {
    const does = acts.get(given[number]) ?? {};
    acts.set(button, does);
    for (const type of Object.keys(does)) button.addEventListener(type, act);
  }
}

/** Whether a change is being made that is measured as a whole. */
let held = false;

/**
 * Change the page without moving what the reader is using: whatever the change adds or takes away above `anchor`
 * is made up for by scrolling. Changes within a change are measured with it, once: each measure lays the whole page out.
 * @template T
 * @param {Element | null} anchor @param {() => T} change
 * @returns {T} what the change gives
 */
export function holdStill(anchor, change) {
  if (held) return change();
  const before = anchor?.getBoundingClientRect().top;
  held = true;
  try {
    return change();
  } finally {
    held = false;
    if (anchor?.isConnected && before !== undefined) scrollBack(anchor, before);
  }
}

/** Where the anchor was, it is to be again: within what scrolls by itself, as the answer beside a form does, and then the page. @param {Element} anchor @param {number} before */
function scrollBack(anchor, before) {
  const moved = () => anchor.getBoundingClientRect().top - before;
  if (Math.abs(moved()) < 1) return;
  let panel = anchor.parentElement;
  while (panel && !(panel.scrollHeight > panel.clientHeight && /auto|scroll/.test(getComputedStyle(panel).overflowY))) panel = panel.parentElement;
  panel?.scrollBy({ top: moved(), behavior: "instant" });
  if (Math.abs(moved()) >= 1) window.scrollBy({ top: moved(), behavior: "instant" });
}
