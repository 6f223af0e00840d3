// @ts-check
/**
 * One deadline, or a count of working days, looked up in tables of the build (build_scripts/site/lookup_deadlines.py). The replies
 * are Python's own without counted and skipped days and notes, and with `looked_up`: true.
 */
import { NotHere, Refusal, filled, openPlain, readDay, reply, said, textsOf } from "./instant-data.js";
import { ahead, deadlineFrom, isoDay, isoMoment, valueOf } from "./instant-days.js";

/** @param {HTMLElement} form of a deadline */
export const openDeadline = (form) => openPlain(form, (plain) => (/** @type {any} */ request) => reply(() => deadline(plain, request)));

/** @param {HTMLElement} form of the calculator */
export const openWorkdays = (form) => openPlain(form, (plain) => (/** @type {any} */ request) => reply(() => workdays(plain, request)));

/** @param {any} plain @param {{id: string, from: string, in: string | null}} request */
export function deadline(plain, { id, from, in: asked }) {
  const place = asked === null ? undefined : plain.places[asked];
  const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d))?$/.exec(from);
  if (!place || !found) throw new NotHere();
  const day = readDay(plain, found[1], null, "date");
  const minute = found[2] === undefined ? undefined : Number(found[2]) * 60 + Number(found[3]);
  const hours = minute === undefined ? 0 : Number(found[2]) < 24 && Number(found[3]) < 60 ? ahead(plain.clocks, day, minute) : undefined;
  if (hours === undefined || hours === null) throw new NotHere();
  const days = plain.days[place.days];
  const due = deadlineFrom(days, plain.clocks, { day, minute });
  if (due === null) throw new NotHere();
  if ("outside" in due) throw new Refusal({ kind: "date", ...filled(days.outside, due.outside), found: isoDay(due.outside) });
  const { title, length, force, counted_from } = place;
  const areas = said(plain, place.areas, new Set([`deadline ${id}`]));
  return {
    format: plain.answer_format, id, title, length, force, counted_from,
    from: minute === undefined ? from : isoMoment(day, minute, hours), in: asked, areas,
    target: due.target, last_day: isoDay(due.lastDay), last_moment: due.lastMoment, counted: [], skipped: [], notes: [],
    ...textsOf(plain, place, areas), rules_hash: plain.rules_hash, looked_up: true,
  };
}

/** @param {any} plain @param {{from: string, add?: number, to?: string, in: string | null}} request */
export function workdays(plain, { from, add, to, in: asked }) {
  const calendar = asked === null ? undefined : plain.calendars[plain.places[asked]];
  if (!calendar || (add !== undefined && (!Number.isInteger(add) || add === 0))) throw new NotHere();
  const [start, end] = [from, to].map((iso) => (iso === undefined ? undefined : readDay(plain, iso, null, "date")));
  const within = (/** @type {number} */ day) => {
    if (day < calendar.on.from || day > calendar.to) throw new Refusal({ kind: "date", ...filled(calendar.outside, day), found: isoDay(day) });
    return day;
  };
  let day = within(/** @type {number} */ (start));
  if (end !== undefined) within(end);
  const step = (end ?? day + (add ?? 0)) >= day ? 1 : -1;
  let count = 0;
  while (end === undefined ? count !== add : day !== end) {
    day = within(day + step);
    count += valueOf(step > 0 ? calendar.on : calendar.back, day);
  }
  return {
    format: plain.answer_format, from, in: asked, calendar: calendar.title, date: isoDay(day), working_days: count,
    counted: [], skipped: [], convention: plain.convention, rules_hash: plain.rules_hash, looked_up: true,
  };
}
