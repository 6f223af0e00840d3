// @ts-check
/** Dates, times and lists in words. How things are said, never what is due. */

const DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
});

/** @param {string} iso @param {Intl.DateTimeFormat} format */
function spoken(iso, format) {
  const parsed = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) ? iso : format.format(parsed).replace(/^(\p{L}+),/u, "$1");
}

/** "Wednesday 4 May 2011" @param {string} iso a date, or a date and time */
export const day = (iso) => spoken(iso, DAY);

/** "Wed 4 May 2011" @param {string} iso */
export const shortDay = (iso) => spoken(iso, SHORT_DAY);

/**
 * "10:00 on Friday 22 April 2011". The local time is read off the text itself, so the device's own
 * time zone cannot shift it; the last second of a day is called its end.
 * @param {string} iso date and time, with or without offset
 */
export function moment(iso) {
  const time = /T(\d\d:\d\d)(:\d\d)?/.exec(iso);
  if (!time) return day(iso);
  if (time[0] === "T23:59:59") return `the end of ${day(iso)}`;
  return `${time[1]} on ${day(iso)}`;
}

/** "a, b and c" @param {string[]} items @param {string} [last] the word before the last item */
export function list(items, last = "and") {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items[items.length - 1]}`;
}

/** "1 day", "2 days" @param {number} count @param {string} one @param {string} [many] */
export const count = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const NOW = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London", year: "numeric", month: "2-digit", day: "2-digit",
  hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

/** Today and the time now where the handbook applies, whatever the device's own zone. */
export function nowInBritain() {
  const parts = Object.fromEntries(NOW.formatToParts(new Date()).map((part) => [part.type, part.value]));
  return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}
