// @ts-check
/**
 * Days as numbers from 1 January 1970, and what stands for them in tables of the build (build_scripts/site/lookup_days.py).
 * Which day a deadline ends on, Python has counted; here it is only looked up.
 */

const DAY = 86_400_000;

/** The number of a day; null where there is no such day. @param {string} iso "2011-04-21" */
export function dayNumber(iso) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const when = new Date(0);
  when.setUTCFullYear(year, month - 1, day);
  const real = year > 0 && when.getUTCMonth() === month - 1 && when.getUTCDate() === day;
  return real ? Math.round(when.getTime() / DAY) : null;
}

/** "2011-04-21" @param {number} number */
export const isoDay = (number) => new Date(number * DAY).toISOString().slice(0, 10);

/** Tables that were read already: a value's place for each day. @type {WeakMap<object, Uint16Array>} */
const read = new WeakMap();

/** The value of a table for a day; undefined beyond its days. @param {{from: number, values: any[], days: string}} table @param {number} day */
export function valueOf(table, day) {
  let places = read.get(table);
  if (!places) read.set(table, (places = placesOf(table.days)));
  const at = day - table.from;
  return at >= 0 && at < places.length ? table.values[places[at]] : undefined;
}

/** "A5BC" → 0 0 0 0 0 1 2 @param {string} text */
function placesOf(text) {
  const places = [];
  for (const [, letter, count] of text.matchAll(/([^\d])(\d*)/g)) {
    const code = letter.charCodeAt(0);
    const place = code >= 0x100 ? code - 0x100 : code >= 97 ? code - 97 + 26 : code - 65;
    for (let left = Number(count || 1); left; left--) places.push(place);
  }
  return Uint16Array.from(places);
}

/** How far clocks stand ahead of UTC; null where they never show the time, undefined where the table ends. @param {any} clocks @param {number} day @param {number} minute */
export function ahead(clocks, day, minute) {
  if (!clocks || day < clocks.from || day > clocks.to) return undefined;
  let shape = null;
  let begun = -1;
  for (const [changed, place] of clocks.changes) if (changed <= day) [shape, begun] = [clocks.shapes[place], changed];
  if (!shape) return clocks.begins;
  return begun < day ? shape[shape.length - 1][1] : pieceAt(shape, minute)[1];
}

/** @param {any[]} pieces each beginning with its first minute @param {number} minute */
const pieceAt = (pieces, minute) => pieces.filter(([from]) => from <= minute).pop();

/** "2011-04-21T14:30:00+01:00" @param {number} day @param {number} minute @param {number} hours ahead of UTC @param {string} [seconds] */
export function isoMoment(day, minute, hours, seconds = "00") {
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return `${isoDay(day)}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:${seconds}+${two(hours)}:00`;
}

/**
 * A deadline from its table: {lastDay, lastMoment, target}, {outside: the day that lies beyond the calendar's years}, or null where
 * the table does not say.
 * @param {any} table @param {any} clocks @param {{day: number, minute?: number}} start
 * @returns {{lastDay: number, lastMoment: string, target: string | null} | {outside: number} | null}
 */
export function deadlineFrom(table, clocks, start) {
  if (table.hours && start.minute === undefined) return null;
  const value = valueOf(table, start.day);
  if (value === undefined) return { outside: start.day };
  if (value.outside !== undefined) return { outside: start.day + value.outside };
  const [, end, target] = pieceAt(value, start.minute ?? 0);
  if (!end) return null;
  if (end.outside !== undefined) return { outside: start.day + end.outside };
  const moment = (/** @type {number[]} */ [days, minutes, hours]) => minutes === undefined
    ? isoMoment(start.day + days, 24 * 60 - 1, ahead(clocks, start.day + days, 24 * 60 - 1) ?? 0, "59")
    : isoMoment(start.day + days, (start.minute ?? 0) + minutes, hours);
  return { lastDay: start.day + end[0], lastMoment: moment(end), target: target && moment(target) };
}
