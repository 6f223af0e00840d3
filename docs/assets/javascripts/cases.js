// @ts-check
/** Links of the trainers' page that open a tool with a case filled in and its answer untold. */
import { markFor } from "./links.js";

/**
 * The case is put behind the link's # only when the link is followed, and the tool's page takes it off at once.
 * Without scripts the link simply opens the tool.
 * @param {Event} event
 */
function fillIn(event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-case]") : null;
  if (!(link instanceof HTMLAnchorElement) || !link.dataset.case) return;
  const { tool, on, in: place, answers } = JSON.parse(link.dataset.case);
  link.hash = markFor(tool, { on: on ?? undefined, in: place ?? undefined, answers, quiet: true });
}

document.addEventListener("click", fillIn, { capture: true });
document.addEventListener("auxclick", fillIn, { capture: true });

/** Nothing to do but to be there: the links are found when they are followed. */
export function bringToLife() {}
