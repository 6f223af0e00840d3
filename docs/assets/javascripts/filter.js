// @ts-check
/** A field that narrows a long list on the page to the entries that hold every word typed. */
import { h } from "./dom.js";

const live = new WeakSet();

/** Put the field wherever the page has a place for one. @param {ParentNode} root */
export function bringToLife(root) {
  for (const place of root.querySelectorAll("[data-filter]")) {
    if (!(place instanceof HTMLElement) || live.has(place)) continue;
    live.add(place);
    mount(place);
  }
}

/** @param {HTMLElement} place */
function mount(place) {
  const entries = [...document.querySelectorAll(place.dataset.filter ?? "")].map((element) => ({
    element,
    text: (element.textContent ?? "").toLowerCase(),
  }));
  const groups = [...new Set(entries.map((one) => one.element.parentElement))];
  const said = h("p", { class: "hb-note", role: "status" });
  const field = h("input", { class: "hb-input", type: "search", id: "hb-filter", autocomplete: "off", oninput: narrow });
  place.append(h("label", { for: "hb-filter" }, place.dataset.filterLabel ?? "Find"), field, said);

  function narrow() {
    const words = /** @type {HTMLInputElement} */ (field).value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, text } of entries) {
      const fits = words.every((word) => text.includes(word));
      element.toggleAttribute("hidden", !fits);
      if (fits) shown += 1;
    }
    for (const group of groups) {
      if (!group) continue;
      const empty = !group.querySelector(":scope > :not([hidden])");
      group.toggleAttribute("hidden", empty);
      group.previousElementSibling?.toggleAttribute("hidden", empty);
    }
    said.textContent = words.length ? `${shown} of ${entries.length}` : "";
  }
}
