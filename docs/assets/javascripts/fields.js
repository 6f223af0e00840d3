// @ts-check
/**
 * Read and fill the fields of a form that build_scripts/site/forms.py wrote.
 *
 * A field is an element with data-field="NAME" and data-kind. Reading one gives {value} (undefined: not known),
 * or {problem} where the typing cannot be understood. Whether a date exists, or an answer is allowed, is Python's
 * to say: this file only brings typed text into the one shape that Python reads.
 */
import { nowInBritain } from "./words.js";

/**
 * @typedef {string | number | string[]} Value
 * @typedef {{value?: Value, problem?: string}} Reading
 */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** So many digits of a number are kept as they are typed. */
const MOST_DIGITS = 15;

/** @param {string} text "4", "04", "apr", "April" → 4; else null */
function monthNumber(text) {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const index = text.length < 3 ? -1 : MONTHS.indexOf(text.slice(0, 3).toLowerCase());
  return index < 0 ? null : index + 1;
}

/**
 * A date typed as one text: 2011-04-21, 21/4/2011, 21.4.2011, 21 April 2011.
 * @param {string} text
 * @returns {{day: string, month: string, year: string} | null}
 */
export function splitDate(text) {
  const parts = text.trim().replace(/,/g, " ").split(/[\s./-]+/).filter(Boolean);
  if (parts.length !== 3) return null;
  const [first, second, third] = parts;
  return /^\d{4}$/.test(first)
    ? { day: third, month: second, year: first }
    : { day: first, month: second, year: third };
}

/**
 * @param {{day: string, month: string, year: string}} typed
 * @returns {Reading}
 */
export function dateFrom(typed) {
  if (!typed.day && !typed.month && !typed.year) return {};
  const missing = /** @type {const} */ (["day", "month", "year"]).filter((part) => !typed[part]);
  if (missing.length) return { problem: `The date needs a ${missing.join(" and a ")} too.` };
  const month = monthNumber(typed.month);
  if (!/^\d{1,2}$/.test(typed.day) || month === null || !/^\d{4}$/.test(typed.year)) {
    return { problem: "Write the date as day, month and year in full, for example 21 4 2011." };
  }
  return { value: `${typed.year}-${String(month).padStart(2, "0")}-${typed.day.padStart(2, "0")}` };
}

/**
 * A time typed as 14:30, 14.30, 1430, 930 or 2.30pm.
 * @param {string} text
 * @returns {Reading}
 */
export function timeFrom(text) {
  const match = /^(\d{1,2})[:.\s]?(\d{2})\s*([ap])?\.?m?\.?$/i.exec(text.trim());
  if (!text.trim()) return {};
  let hour = match ? Number(match[1]) : 99;
  const half = match?.[3]?.toLowerCase();
  if (half && (hour < 1 || hour > 12)) hour = 99;
  else if (half) hour = (hour % 12) + (half === "p" ? 12 : 0);
  if (!match || hour > 23 || Number(match[2]) > 59) {
    return { problem: "Write the time as hours and minutes, for example 14:30 or 1430." };
  }
  return { value: `${String(hour).padStart(2, "0")}:${match[2]}` };
}

/** @param {Element} field @param {string} name @returns {HTMLInputElement | null} */
const part = (field, name) => field.querySelector(`input[data-part="${name}"]`);

/** @param {Element} field @param {string} name */
const typed = (field, name) => part(field, name)?.value.trim() ?? "";

/** @param {Element} field @returns {HTMLInputElement[]} */
const boxes = (field) => [...field.querySelectorAll("input[type=radio], input[type=checkbox]")]
  .filter((box) => box instanceof HTMLInputElement);

/** @param {Element} field @returns {Reading} */
function readDate(field) {
  const one = splitDate(typed(field, "day"));
  const date = one ?? { day: typed(field, "day"), month: typed(field, "month"), year: typed(field, "year") };
  return dateFrom(date);
}

/** @param {Element} field @returns {Reading} */
function readDateTime(field) {
  const date = readDate(field);
  const time = timeFrom(typed(field, "time"));
  if (date.problem || time.problem) return { problem: date.problem ?? time.problem };
  if (date.value === undefined && time.value === undefined) return {};
  if (time.value === undefined) return { problem: "This needs the time of day too, for example 14:30." };
  if (date.value === undefined) return { problem: "This needs the date too, for example 21 4 2011." };
  return { value: `${date.value}T${time.value}` };
}

/** @param {Element} field @returns {Reading} */
function readChecked(field) {
  const chosen = boxes(field).filter((box) => box.checked).map((box) => box.value);
  if (field.getAttribute("data-kind") !== "several_of") return chosen.length ? { value: chosen[0] } : {};
  if (chosen.includes("none_of_them")) return { value: [] };
  if (chosen.includes("not_known")) return { value: "not_known" };
  return chosen.length ? { value: chosen } : {};
}

/** @param {Element} field @returns {Reading} */
function readText(field) {
  const box = field.querySelector("input, select");
  const text = box instanceof HTMLInputElement || box instanceof HTMLSelectElement ? box.value.trim() : "";
  if (!text) return {};
  if (field.getAttribute("data-kind") !== "number") return { value: text };
  if (!/^[-−]?\d+(\.\d+)?$/.test(text)) return { problem: "Write a number in figures, for example 3." };
  // More digits than these a computer rounds, and 17.99… would count as 18.
  if (text.replace(/^[-−]?0*|\./g, "").length > MOST_DIGITS) return { problem: `Write the number with at most ${MOST_DIGITS} digits.` };
  return { value: Number(text.replace("−", "-")) };
}

/** @param {Element} field @returns {Reading} */
export function read(field) {
  switch (field.getAttribute("data-kind")) {
    case "date": return readDate(field);
    case "date_time": return readDateTime(field);
    case "number": case "choice": return readText(field);
    default: return readChecked(field);
  }
}

/** @param {Element} field @param {string} iso */
function fillDate(field, iso) {
  const date = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/.exec(iso);
  const values = { day: date ? String(Number(date[3])) : "", month: date ? String(Number(date[2])) : "",
    year: date?.[1] ?? "", time: date?.[4] ?? "" };
  for (const [name, value] of Object.entries(values)) {
    const input = part(field, name);
    if (input) input.value = value;
  }
}

/** Fill a field; undefined empties it. @param {Element} field @param {Value | undefined} value */
export function fill(field, value) {
  const kind = field.getAttribute("data-kind") ?? "";
  if (kind.startsWith("date")) return fillDate(field, typeof value === "string" ? value : "");
  if (kind === "number" || kind === "choice") {
    const box = field.querySelector("input, select");
    if (box instanceof HTMLInputElement || box instanceof HTMLSelectElement) box.value = String(value ?? "");
    return;
  }
  const wanted = Array.isArray(value) ? (value.length ? value : ["none_of_them"]) : [value];
  for (const box of boxes(field)) box.checked = wanted.includes(box.value);
}

/**
 * "None of these" and "Not known yet" exclude the other boxes of their question.
 * @param {EventTarget | null} target the box that has just changed
 */
export function settleExclusive(target) {
  if (!(target instanceof HTMLInputElement) || target.type !== "checkbox" || !target.checked) return;
  const field = target.closest("[data-field]");
  if (!field) return;
  const alone = target.hasAttribute("data-alone");
  for (const box of boxes(field)) {
    if (box !== target && (alone || box.hasAttribute("data-alone"))) box.checked = false;
  }
}

/** A whole date pasted or typed into the day box is spread over its three boxes. @param {Element} field */
export function spreadDate(field) {
  const date = splitDate(typed(field, "day"));
  if (!date) return;
  for (const name of /** @type {const} */ (["day", "month", "year"])) {
    const input = part(field, name);
    if (input) input.value = date[name];
  }
}

/**
 * What was entered before the scripts were there: on a weak line a reader can be quicker than they are.
 * @param {HTMLFormElement} form @returns {(() => void) | null} puts it back where it stood; null where nothing was entered
 */
export function enteredBefore(form) {
  const found = [...form.querySelectorAll("[data-field] input, [data-field] select")].map((box) => {
    if (box instanceof HTMLSelectElement) {
      const first = [...box.options].find((one) => one.defaultSelected) ?? box.options[0];
      const { value } = box;
      return value === first?.value ? null : () => { box.value = value; };
    }
    if (!(box instanceof HTMLInputElement)) return null;
    const { value, checked } = box;
    return value === box.defaultValue && checked === box.defaultChecked ? null : () => { box.value = value; box.checked = checked; };
  }).filter((one) => one !== null);
  return found.length ? () => found.forEach((put) => put()) : null;
}

/** Fill a date, or a date and time, with the present. @param {Element} field */
export function fillNow(field) {
  const { date, time } = nowInBritain();
  fillDate(field, `${date}T${time}`);
}

/** Where an error's link and the focus go: the first control of the field. @param {Element} field */
export function firstControl(field) {
  const checked = field.querySelector("input:checked");
  const control = checked ?? field.querySelector("input, select");
  return control instanceof HTMLElement ? control : null;
}

/**
 * Show or clear the message of one field. The message belongs to the field for assistive technology too.
 * @param {Element} field @param {string | null} message
 */
export function showProblem(field, message) {
  const place = field.querySelector("[data-error]");
  // Most fields are right and were right before: what is written anew is looked at anew by the browser.
  if (!(place instanceof HTMLElement) || (place.textContent === (message ?? "") && field.hasAttribute("data-wrong") === Boolean(message))) return;
  place.hidden = !message;
  place.textContent = message ?? "";
  field.toggleAttribute("data-wrong", Boolean(message));
  for (const input of field.querySelectorAll("input[data-part], input[type=text], select")) {
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}
