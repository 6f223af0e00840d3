// @ts-check
/** A map wider than its frame opens on where it begins, not on its left edge; or on the step that the address names. */

/** Frames that have shown their beginning: whoever has moved a map since keeps it where it is. */
const shown = new WeakSet();

/** @param {ParentNode} root */
export function bringToLife(root) {
  for (const frame of root.querySelectorAll(".map-frame")) {
    if (frame.closest("[data-walk], .hb-walk")) continue; // the walker shows where one stands
    const named = frame.querySelector(".map-node:target");
    if (named) center(frame, named);
    if (named || shown.has(frame)) continue;
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      if (shown.has(frame)) return;
      center(frame, frame.querySelector(".map-start") ?? frame.querySelector("[data-node]"));
    }).observe(frame);
  }
}

/** @param {Element} frame @param {Element | null} step */
function center(frame, step) {
  shown.add(frame);
  if (!step || frame.scrollWidth <= frame.clientWidth) return;
  const [node, view] = [step.getBoundingClientRect(), frame.getBoundingClientRect()];
  frame.scrollLeft += node.left + node.width / 2 - (view.left + view.width / 2);
}
