// @ts-check
/** A map wider than its frame opens on where it begins, not on its left edge. */

/** @param {ParentNode} root */
export function showBeginnings(root) {
  for (const frame of root.querySelectorAll(".map-frame")) {
    if (frame.closest("[data-walk], .hb-walk")) continue; // the walker shows where one stands
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      center(frame);
    }).observe(frame);
  }
}

/** @param {Element} frame */
function center(frame) {
  if (frame.scrollWidth <= frame.clientWidth) return;
  const first = frame.querySelector(".map-start") ?? frame.querySelector("[data-node]");
  if (!first) return;
  const [node, view] = [first.getBoundingClientRect(), frame.getBoundingClientRect()];
  frame.scrollLeft += node.left + node.width / 2 - (view.left + view.width / 2);
}
