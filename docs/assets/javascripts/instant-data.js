// @ts-check
/** What all look-ups share: where their data come from, what they say when they refuse something, and the texts behind names. */
import { dayNumber, isoDay } from "./instant-days.js";
import { day as spoken } from "./words.js";

const FORMAT = "handbook.instant/1";

/** Where the site begins, seen from this file. */
const BASE = new URL("../../", import.meta.url);

/** @type {Map<string, Promise<any>>} */
const opened = new Map();

/**
 * The look-up of a form, once it is there; null where there is none, or one of other rules than the page's.
 * @template T
 * @param {HTMLElement} form @param {(plain: any) => T} make
 * @returns {Promise<T | null>}
 */
export function openPlain(form, make) {
  const { instant: path, rulesHash } = form.dataset;
  if (!path) return Promise.resolve(null);
  let one = opened.get(path);
  if (!one) {
    one = readPlain(path).then((plain) => (plain?.format === FORMAT && plain.rules_hash === rulesHash ? make(plain) : null)).catch(() => null);
    opened.set(path, one);
    // What could not be fetched may be there the next time.
    one.then((found) => { if (!found) opened.delete(path); });
  }
  return one;
}

/** The one place where data for looking up come from. @param {string} path below the site's beginning */
async function readPlain(path) {
  const response = await fetch(new URL(path, BASE).href);
  return response.ok ? response.json() : null;
}

/** Something that the engine would refuse, in its own words. */
export class Refusal extends Error {
  /** @param {Record<string, any>} error */
  constructor(error) {
    super(error.message);
    this.error = { kind: "answer", question: null, questions: error.question ? [error.question] : [], found: null, expected: null, hint: null, ...error };
  }
}

/** Something that is not in the tables: Python must say. */
export class NotHere extends Error {}

/**
 * A reply as the engine's door gives it; null where the tables do not say.
 * @param {() => any} answer
 * @returns {{ok: true, answer: any} | {ok: false, error: any} | null}
 */
export function reply(answer) {
  try {
    return { ok: true, answer: answer() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.error };
    if (error instanceof NotHere) return null;
    throw error;
  }
}

/** A day as its number. @param {any} plain @param {string} iso @param {string | null} question @param {string} [kind] of error */
export function readDay(plain, iso, question, kind = "answer") {
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) throw new NotHere();
  const number = dayNumber(iso);
  if (number === null) throw new Refusal({ kind, question, ...plain.words.no_day, found: iso });
  return number;
}

/** @param {any} refusal with a gap for the day @param {number} day */
export const filled = (refusal, day) => ({ ...refusal, message: refusal.message.replace("{day}", spoken(isoDay(day))) });

/** Whether a day lies in a period; days in ISO form compare as text. @param {{from: string | null, to: string | null}} period @param {string} iso */
export const inTime = ({ from, to }, iso) => (from === null || from <= iso) && (to === null || iso <= to);

/** @param {any} entry @param {string[]} keys */
export const pick = (entry, keys) => Object.fromEntries(keys.map((key) => [key, entry[key]]));

/** What areas say of the things that an answer speaks about. @param {any} plain @param {string[]} names of areas @param {Set<string>} things "kind name" */
export function said(plain, names, things) {
  const met = (/** @type {any[]} */ entries) => entries.map((one) => ({ ...one, at: one.at.filter((/** @type {any} */ at) => things.has(`${at.kind} ${at.id}`)) }))
    .filter((one) => one.at.length);
  return names.map((name) => {
    const area = plain.areas[name];
    return { ...area,
      changed: area.changed.filter((/** @type {any} */ one) => things.has(one.at.join(" "))).map((/** @type {any} */ one) => pick(one, ["how", "kind", "id", "title"])),
      notes: met(area.notes), contacts: met(area.contacts) };
  });
}

/** The sources and readings of an answer and of what areas say of it, each once, with their texts. @param {any} plain @param {any} answer @param {any[]} areas */
export function textsOf(plain, answer, areas) {
  const local = areas.flatMap((one) => [...(one.own_rules ? [one.own_rules] : []), ...one.notes, ...one.contacts]);
  const all = (/** @type {string} */ key) => new Set([...answer[key], ...local.flatMap((one) => one[key])]);
  return {
    cites: [...all("cites")].map((name) => plain.provisions[name]),
    readings: [...all("readings")].map((name) => plain.readings[name]),
  };
}
