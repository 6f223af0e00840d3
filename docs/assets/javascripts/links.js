// @ts-check
/**
 * Links that carry a case: the answers stand behind the #, which no browser sends to a server, under the names that
 * the rules give to the questions.
 *
 *   #case-of=identification&on-date=2011-04-21&in-place=england&by-rules=664863a094d42df6&volunteered=yes&link-check=0d9f3c1a
 *
 * What belongs to the link and not to the case has a hyphen in its name, which no question has. A list has a comma
 * after each of its items. The last entry is a check over all before it, so that a link which was cut on its way is
 * known for what it is and is not taken for one with fewer answers.
 */
import { h } from "./dom.js";

/** @typedef {import("./memory.js").Case} Case */
/** @typedef {Case & {tool: string, rules?: string, held?: [string, string][]}} Linked what a link brought; `held` is what can be read of a damaged one */

/** How much of what a link holds is told where it finds no place: it may be anything. */
const TOLD = { items: 20, letters: 80 };

/**
 * What comes behind the # of a link that opens a tool with a case filled in.
 * @param {string} tool @param {Case} theCase @param {string} [rules] the rules hash of the page that makes the link
 * @returns {string}
 */
export function markFor(tool, theCase, rules) {
  const { on, in: place, answers, quiet } = theCase;
  const about = { "case-of": tool, "on-date": on, "in-place": place, "by-rules": rules, "as-training": quiet ? "yes" : undefined };
  const entries = [...Object.entries(about), ...Object.entries(answers)].filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [name, Array.isArray(value) ? value.map((one) => `${one},`).join("") || "," : String(value)]);
  return `#${[...entries, ["link-check", checkOf(entries)]].map(([name, value]) => `${readable(name)}=${readable(value)}`).join("&")}`;
}

/** A link to this very page with a case. @param {string} tool @param {Case} theCase @param {string} [rules] */
export const linkFor = (tool, theCase, rules) => location.href.split("#")[0] + markFor(tool, theCase, rules);

/** Escaped as far as an address needs it. @param {string} text */
const readable = (text) => encodeURIComponent(text).replace(/%2C/g, ",").replace(/%3A/g, ":");

/** FNV-1a over the entries, as eight digits: against accidents, not against intent. @param {string[][]} entries */
function checkOf(entries) {
  let sum = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(entries.map(([name, value]) => `${name}=${value}\n`).join(""))) sum = Math.imul(sum ^ byte, 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, "0");
}

/**
 * The case that a link carries.
 * @param {string} mark what stood in the address, with its # @returns {Linked}
 */
export function readCase(mark) {
  if (mark.length > MOST.letters) return damaged();
  try {
    const linked = mark.startsWith(OLD) ? readOld(mark.slice(OLD.length)) : readEntries(mark.slice(1));
    return linked.damaged || isPlain(linked) ? linked : damaged();
  } catch {
    return damaged();
  }
}

/** Far more than any case of this site has. A link can be made by anybody: what is longer, deeper or otherwise named is not read. */
const MOST = { letters: 50_000, answers: 500, value: 300 };
const NAME = /^[a-z][a-z0-9_.]{0,99}$/i;
const HASH = /^[0-9a-f]{1,64}$/;

/** Whether a case is flat and short, with names such as tools and questions have. @param {Linked} linked */
function isPlain({ tool, on, in: place, rules, answers }) {
  const entries = Object.entries(answers);
  const isValue = (/** @type {unknown} */ one) => one === null || ["string", "number", "boolean"].includes(typeof one) && String(one).length <= MOST.value;
  return entries.length <= MOST.answers && NAME.test(tool) && (rules === undefined || HASH.test(rules)) // these two stand in sentences of the page
    && [on, place].every((one) => one === undefined || isValue(one))
    && entries.every(([name, value]) => NAME.test(name) && !(name in {}) && [value].flat().every(isValue));
}

/** What comes of a link that cannot be read. @param {[string, string][]} [held] @returns {Linked} */
const damaged = (held = []) => ({ tool: "", answers: {}, damaged: true, held });

/** @param {string} text @returns {Linked} */
function readEntries(text) {
  const entries = text.split("&").map((part) => part.split("=").map(decodeURIComponent));
  const [last, check] = entries.pop() ?? [];
  const names = entries.map(([name]) => name);
  if (last !== "link-check" || check !== checkOf(entries) || new Set(names).size !== names.length || entries.some((one) => one.length !== 2)) {
    return damaged([...entries, [last, check]].filter((one) => one.length === 2 && !one[0].includes("-")).map(([name, value]) => [name, value ?? ""]));
  }
  const about = new Map(entries);
  const answers = Object.fromEntries(entries.filter(([name]) => !ABOUT.includes(name)).map(([name, value]) => [name, value.includes(",") ? value.split(",").filter(Boolean) : value]));
  const quiet = about.get("as-training") === "yes";
  return { tool: about.get("case-of") ?? "", answers, quiet, shown: !quiet, linked: true,
    on: about.get("on-date"), in: about.get("in-place"), rules: about.get("by-rules") };
}

const ABOUT = ["case-of", "on-date", "in-place", "by-rules", "as-training"];

/** Links as they were first made: JSON as base64. They keep working. */
const OLD = "#answers=";

/** @param {string} code @returns {Linked} */
function readOld(code) {
  const bytes = Uint8Array.from(atob(code.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const found = JSON.parse(new TextDecoder().decode(bytes));
  if (typeof found?.tool !== "string" || Object.getPrototypeOf(found.answers ?? "") !== Object.prototype) return damaged();
  const quiet = found.quiet === true;
  return { tool: found.tool, answers: found.answers, quiet, shown: !quiet, linked: true,
    on: typeof found.on === "string" ? found.on : undefined,
    in: typeof found.in === "string" ? found.in : undefined };
}

/** Lines for what found no place. @param {[string, unknown][]} entries @returns {string[]} */
export function told(entries) {
  const short = (/** @type {unknown} */ text) => { const all = [text].flat().join(", "); return all.length > TOLD.letters ? `${all.slice(0, TOLD.letters)}…` : all; };
  const lines = entries.slice(0, TOLD.items).map(([name, value]) => `${short(name)}: ${short(value)}`.replace("?:", "?"));
  return entries.length > TOLD.items ? [...lines, `and ${entries.length - TOLD.items} more`] : lines;
}

/**
 * What is said above a form of the link that brought the reader: a sentence, or null where there is nothing to say, and a list.
 * @param {Linked} linked @param {string | undefined} rules the page's own rules hash
 * @param {[string, unknown][]} lost answers that found no place, under their questions
 * @returns {[string | null, string[]]}
 */
export function sayOfLink(linked, rules, lost) {
  if (linked.damaged) {
    const held = linked.held ?? [];
    return [`The link that you opened cannot be read. Perhaps a part of it was lost. Nothing has been filled in${held.length ? ". This can still be made out of it:" : ", and nothing that was entered here is lost."}`, told(held)];
  }
  const changed = linked.rules && rules && linked.rules !== rules
    ? `These rules have changed since the link was made: its rules hash is ${linked.rules.slice(0, 16)}, that of this page is ${rules}. The answer here is by the rules of this page.` : "";
  const left = lost.length ? "The link that you opened holds answers that this tool does not know. They are left out:" : "";
  return [[changed, left].filter(Boolean).join(" ") || null, told(lost)];
}

/** A link for a tool that the page does not have says so, and what it held is not lost. @param {Linked} linked */
export function tellWhereNobodyTakesIt(linked) {
  const forms = [...document.querySelectorAll("form[data-tool], form[data-walk]")];
  if (forms.some((form) => linked.damaged || form.getAttribute("data-tool") === linked.tool || form.getAttribute("data-instance") === linked.tool)) return;
  const [says, items] = linked.damaged ? sayOfLink(linked, undefined, [])
    : [`The link that you opened is for a tool that this page does not have (${linked.tool.slice(0, TOLD.letters)}). These are the answers that it holds:`, told(Object.entries(linked.answers))];
  document.querySelector(".md-content article h1")?.after(h("div", { class: "admonition warning", role: "status", "data-link": true },
    h("p", { class: "admonition-title" }, "A link with answers"), h("p", null, says), items.length > 0 && h("ul", null, ...items.map((one) => h("li", null, h("bdi", null, one))))));
}
