// @ts-check
/** The days of a period, each with its number or the reason why it was skipped. */
import { h } from "./dom.js";
import { count, shortDay } from "./words.js";

/**
 * @typedef {{date: string, number?: number, hours?: number}} Counted
 * @typedef {{date: string, why: string}} Skipped
 */

/**
 * @param {string | null} from the starting day or moment, shown first where it is not itself counted
 * @param {Counted[]} counted @param {Skipped[]} skipped
 * @returns {HTMLElement}
 */
export function dayList(from, counted, skipped) {
  const rows = [
    ...counted.map((one) => ({ date: one.date, mark: mark(one), why: words(one, skipped), skipped: false })),
    ...onlySkipped(counted, skipped).map((one) => ({ date: one.date, mark: "–", why: `Skipped: ${one.why}`, skipped: true })),
  ].sort((a, b) => (a.date < b.date ? -1 : 1));
  const start = from?.slice(0, 10);
  const startShown = start && !rows.some((row) => row.date === start);
  const backwards = start !== undefined && rows.length > 0 && rows[rows.length - 1].date < start;
  if (backwards) rows.reverse();
  const items = rows.map((row) => h("li", { class: row.skipped ? "hb-day hb-day--skipped" : "hb-day" },
    h("span", { class: "hb-day__mark", "aria-hidden": "true" }, row.mark),
    h("span", { class: "hb-day__date" }, shortDay(row.date)),
    h("span", { class: "hb-day__why" }, row.why)));
  if (startShown) {
    items.unshift(h("li", { class: "hb-day hb-day--start" },
      h("span", { class: "hb-day__mark", "aria-hidden": "true" }, "•"),
      h("span", { class: "hb-day__date" }, shortDay(start)),
      h("span", { class: "hb-day__why" }, "The start: not counted")));
  }
  return h("ol", { class: "hb-days" }, ...items);
}

/** @param {Counted} one */
const mark = (one) => (one.hours !== undefined ? `${one.hours} h` : String(one.number ?? ""));

/**
 * Hours run through days that are no working days; such a day is counted and named for what it is.
 * @param {Counted} one @param {Skipped[]} skipped
 */
function words(one, skipped) {
  if (one.hours === undefined) return `Day ${one.number}`;
  const named = skipped.find((other) => other.date === one.date);
  return `${count(one.hours, "hour")} counted${named ? ` (${named.why})` : ""}`;
}

/**
 * The days that were left out altogether.
 * @param {Counted[]} counted @param {Skipped[]} skipped
 */
export const onlySkipped = (counted, skipped) => skipped.filter((one) => !counted.some((other) => other.date === one.date));
