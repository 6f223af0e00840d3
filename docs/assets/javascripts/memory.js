// @ts-check
/**
 * What has been answered, in this page's memory and nowhere else: no storage, no cookie, no address, no history
 * entry (browsers write those to disk). It lasts while the site stays open in this tab, so Back finds the answers
 * again; where the site is loaded page by page, the browser's own page memory does the same.
 *
 * A link with answers is made only on request. It keeps them behind the #, which no browser sends to a server,
 * and opening one takes the # off the address before anything else happens.
 */

/**
 * @typedef {object} Case
 * @property {Record<string, import("./fields.js").Value>} answers
 * @property {string} [on]
 * @property {string} [in]
 * @property {boolean} [shown] the answer was asked for
 * @property {boolean} [quiet] a training case: nothing of the answer is told until it is asked for
 * @property {boolean} [linked] brought by a link just now
 * @property {boolean} [damaged] brought by a link that cannot be read
 */

const MARK = "#answers=";

/** What comes of a link that cannot be read. @type {Case & {tool: string}} */
const DAMAGED = Object.freeze({ tool: "", answers: {}, damaged: true });

/** @type {Map<string, Case>} */
const cases = new Map();

/** @param {string} key the form's data-instance */
export const recall = (key) => cases.get(key);

/** @param {string} key @param {Case} theCase */
export const keep = (key, theCase) => void cases.set(key, theCase);

/** @param {string} key */
export const forget = (key) => void cases.delete(key);

/** Forget where the cases were: another area was chosen, and its place is meant. */
export const forgetPlaces = () => { for (const theCase of cases.values()) delete theCase.in; };

/**
 * What comes behind the # of a link that opens a tool with a case filled in.
 * @param {string} tool @param {Case} theCase @returns {string}
 */
export function markFor(tool, theCase) {
  const { on, in: place, answers, quiet } = theCase;
  const bytes = new TextEncoder().encode(JSON.stringify({ tool, on, in: place, answers, quiet }));
  return MARK + btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** A link to this very page with a case. @param {string} tool @param {Case} theCase */
export const linkFor = (tool, theCase) => location.href.split("#")[0] + markFor(tool, theCase);

/**
 * The case that the address carries, if it does; the address is cleaned either way.
 * @returns {(Case & {tool: string}) | null}
 */
export function takeFromAddress() {
  if (!location.hash.startsWith(MARK)) return null;
  const code = location.hash.slice(MARK.length).replace(/-/g, "+").replace(/_/g, "/");
  history.replaceState(history.state, "", location.pathname + location.search);
  try {
    const bytes = Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0));
    const found = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof found?.tool !== "string" || Object.getPrototypeOf(found.answers ?? "") !== Object.prototype) return DAMAGED;
    const quiet = found.quiet === true;
    return { tool: found.tool, answers: found.answers, quiet, shown: !quiet, linked: true,
      on: typeof found.on === "string" ? found.on : undefined,
      in: typeof found.in === "string" ? found.in : undefined };
  } catch {
    return DAMAGED;
  }
}
