// @ts-check
/**
 * A map on paper: as large as can be read, cut between its steps where it is taller than a page, and whole again afterwards.
 *
 * The style sheet alone would let a page end cut through a step. Every part of a cut map is a drawing of its own with the steps,
 * ways and words that lie in it, so that links in a PDF lead to the part that holds a step.
 */

/** What a page holds within the margins of print.css, in CSS pixels, with room for a heading and the legend: [width, height]. */
const ON_END = [685, 860];
const ON_SIDE = [1010, 560];
/** Words of 14 px are read down to this scale (about 6 points); a map may shrink so far to stay on one page. */
const SMALLEST = 0.6;
/** A cut map is printed no larger than this: larger costs pages and is read no better. */
const CUT = 0.8;
/** Scales are whole multiples of this, so that maps share the outlines of their letters: a third of a book's bytes otherwise. */
const STEP = 0.05;
/** A part ends at a gap between steps if there is one in this last share of the page. */
const LAST_SHARE = 0.45;

/** Every map that is in parts, with what stood there before. @type {{ whole: Element, parts: Element[] }[]} */
const inParts = [];

addEventListener("beforeprint", fitMaps);
addEventListener("afterprint", wholeMaps);

/** Nothing to do but to be there when the page is printed. */
export function bringToLife() {}

/** Fit every map of the page to paper. */
export function fitMaps() {
  wholeMaps();
  for (const map of document.querySelectorAll("svg.map[viewBox]:not(.map-small)")) fit(/** @type {SVGSVGElement} */ (map));
}

/** Put every map back as it was. */
export function wholeMaps() {
  for (const { whole, parts } of inParts.splice(0)) {
    parts[0]?.replaceWith(whole);
    for (const part of parts.slice(1)) part.remove();
  }
}

/** @param {SVGSVGElement} map */
function fit(map) {
  const [, , width, height] = (map.getAttribute("viewBox") ?? "").split(" ").map(Number);
  const [pageWidth, pageHeight] = map.closest(".map-figure--wide") ? ON_SIDE : ON_END;
  const across = stepped(Math.min(1, pageWidth / width));
  const whole = stepped(Math.min(across, pageHeight / height));
  if (whole >= Math.min(SMALLEST, across)) return replace(map, [sized(map.cloneNode(true), width, height, 0, height, whole)]);
  const scale = Math.min(across, CUT);
  const cuts = cutsOf(map, height, pageHeight / scale);
  replace(map, cuts.flatMap(([top, bottom], index) => {
    const part = sized(partOf(map, top, bottom, index > 0), width, height, top, bottom, scale);
    if (index + 1 === cuts.length) return [part];
    const more = document.createElement("p");
    more.className = "map-more";
    more.textContent = "The map goes on overleaf.";
    return [part, more];
  }));
}

/** @param {number} scale */
const stepped = (scale) => Math.max(STEP, Math.floor(scale / STEP + 1e-9) * STEP);

/** @param {SVGSVGElement} map @param {Element[]} parts */
function replace(map, parts) {
  map.replaceWith(...parts);
  inParts.push({ whole: map, parts });
}

/** @param {Node} node @param {number} width @param {number} height @param {number} top @param {number} bottom @param {number} scale */
function sized(node, width, height, top, bottom, scale) {
  const svg = /** @type {SVGSVGElement} */ (node);
  svg.setAttribute("viewBox", `0 ${top} ${width} ${bottom - top}`);
  svg.style.width = `${Math.floor(width * scale)}px`;
  svg.style.height = `${Math.floor((bottom - top) * scale)}px`;
  return svg;
}

/** Where to cut: [top, bottom] of each part, between steps and words wherever that can be. @param {SVGSVGElement} map @param {number} height @param {number} page */
function cutsOf(map, height, page) {
  const taken = [...map.querySelectorAll(".map-node .map-shape, .map-way-label, .map-stage-title")].map(reach);
  const cuts = [];
  for (let top = 0; top < height; ) {
    let bottom = height;
    if (top + page < height) {
      bottom = top + page;
      for (let at = top + page; at > top + page * LAST_SHARE; at -= 2) {
        if (taken.some(([from, to]) => from < at && at < to)) continue;
        bottom = at;
        break;
      }
    }
    cuts.push([top, bottom]);
    top = bottom;
  }
  return cuts;
}

/** @param {Element} element @returns {[number, number]} from the top of the map */
function reach(element) {
  const box = /** @type {SVGGraphicsElement} */ (element).getBBox();
  return [box.y - 3, box.y + box.height + 3];
}

/** The map with what lies between two heights. @param {SVGSVGElement} map @param {number} top @param {number} bottom @param {boolean} again */
function partOf(map, top, bottom, again) {
  const part = /** @type {SVGSVGElement} */ (map.cloneNode(true));
  const originals = [...map.querySelectorAll(".map-node, .map-edge, .map-stage, .map-stage-title")];
  const copies = [...part.querySelectorAll(".map-node, .map-edge, .map-stage, .map-stage-title")];
  originals.forEach((original, index) => {
    const [from, to] = reach(original);
    if (to <= top || from >= bottom) return copies[index].remove();
    // A way or a stage lies in several parts; an identifier can be had once only.
    if (from < top) for (const one of [copies[index], ...copies[index].querySelectorAll("[id]")]) one.removeAttribute("id");
  });
  if (again) {
    for (const name of ["id", "aria-labelledby", "aria-describedby"]) part.removeAttribute(name);
    for (const one of part.querySelectorAll(":scope > :is(title, desc)")) one.remove();
    part.setAttribute("aria-hidden", "true");
  }
  return part;
}

