// @ts-check
/**
 * What has been answered, in this page's memory and nowhere else: no storage, no cookie, no address, no history
 * entry (browsers write those to disk). It lasts while the site stays open in this tab, so Back finds the answers
 * again; where the site is loaded page by page, the browser's own page memory does the same.
 *
 * A link with answers is made only on request (links.js), and opening one takes the # off the address before anything
 * else happens.
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

/** How the part behind the # begins where it is a case: as links are made, and as they were first made. */
const MARKS = ["#case-of=", "#answers="];

/** @type {Map<string, Case>} */
const cases = new Map();

/** @param {string} key the form's data-instance */
export const recall = (key) => cases.get(key);

/** @param {string} key @param {Case} theCase */
export const keep = (key, theCase) => void cases.set(key, theCase);

/** @param {string} key */
export const forget = (key) => void cases.delete(key);

/** Whether any answer is remembered. */
export const anythingKept = () => [...cases.values()].some((theCase) => Object.values(theCase.answers ?? {}).some((value) => value !== undefined));

/** Forget where the cases were: another area was chosen, and its place is meant. */
export const forgetPlaces = () => { for (const theCase of cases.values()) delete theCase.in; };

/** What a link with a case has put into the address, or null; the address is cleaned at once. links.js reads it. */
export function takeFromAddress() {
  const { hash } = location;
  if (!MARKS.some((mark) => hash.startsWith(mark))) return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  return hash;
}
