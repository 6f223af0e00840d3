// @ts-check
/** Which edition runs here. What is to be done about another, and the copy for use without a network, come after the page itself. */

const version = () => document.querySelector('meta[name="handbook-version"]')?.getAttribute("content") ?? "";
/** The edition whose scripts run here. */
export const mine = version();

// Asked for at once, waited for by nobody; where another edition is told of later, it is here already.
const offline = import("./offline.js");
offline.then((script) => script.keepForOffline(), () => undefined);

/** Call on each page: it may be of another edition than the scripts that run, where the theme fetched it without loading anew. */
export function sameEdition() {
  const same = version() === mine;
  offline.then((script) => (same ? script.sayAgain() : script.anotherEdition()), () => same || location.reload());
  return same;
}

/** A script of this edition could not be fetched: where the server has another by now, say so. */
export async function missingScript() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  const theirs = /name="handbook-version" content="([^"]*)"/.exec((await answer?.text()) ?? "")?.[1];
  if (theirs && theirs !== mine) offline.then((script) => script.offer(), () => undefined);
}
