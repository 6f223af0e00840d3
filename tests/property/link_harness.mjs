// Reads links as the pages do, a line of JSON at a time: a list of texts in, what is wrong with what comes of them out.
import { createInterface } from "node:readline";

const scripts = new URL("../../docs/assets/javascripts/", import.meta.url);
const address = { href: "http://handbook.example/tools/identification/", pathname: "/tools/identification/", search: "", hash: "" };
let shown = "";
globalThis.location = address;
globalThis.history = { state: null, replaceState: (state, title, url) => { shown = url; } };
const { markFor, readCase, sayOfLink, told } = await import(new URL("links.js", scripts));
const { takeFromAddress } = await import(new URL("memory.js", scripts));

const untouched = () => JSON.stringify([Object, Array, String, Function].map((one) => Object.getOwnPropertyNames(one.prototype).sort()));
const before = untouched();
const flat = (value) => [value].flat().every((one) => one === null || ["string", "number", "boolean"].includes(typeof one));

/** The forms in which a text can stand in an address. */
function* marks(text) {
  const code = Buffer.from(text).toString("base64url");
  yield* [`#answers=${code}`, `#answers=${text}`, `#case-of=${text}`, `#case-of=identification&volunteered=${text}`, `#${text}`];
  let held = {};
  try { held = JSON.parse(text); } catch { /* no JSON: only as text */ }
  const answers = held !== null && typeof held === "object" && !Array.isArray(held) ? held.answers ?? held : { volunteered: text };
  if (answers === null || typeof answers !== "object") return;
  try { yield markFor(String(held?.tool ?? text), { answers, on: held?.on, in: held?.in }, text); } catch { /* what cannot be written is in no link */ }
}

function check(mark) {
  address.hash = mark;
  shown = "";
  const taken = takeFromAddress();
  if (taken !== null && shown.includes("#")) return "something is left in the address";
  const linked = readCase(taken ?? mark);
  if (typeof linked.tool !== "string") return "the tool is no text";
  if (![Object.prototype, null].includes(Object.getPrototypeOf(linked.answers))) return "the answers have a prototype of their own";
  for (const [name, value] of Object.entries(linked.answers)) if (!flat(value) || String(value).length > 500_000) return `the answer to ${name} is not flat`;
  for (const one of [linked.on, linked.in]) if (one !== undefined && typeof one !== "string") return "place or date is no text";
  const [says, items] = sayOfLink(linked, "0123456789abcdef", Object.entries(linked.answers));
  const lines = [says ?? "", ...items, ...told(Object.entries(linked.answers))];
  if (lines.some((one) => typeof one !== "string" || one.length > 2000) || lines.length > 50) return "what is said of it is no short text";
  return untouched() === before && {}.polluted === undefined ? "" : "a prototype was touched";
}

for await (const line of createInterface({ input: process.stdin })) {
  const reply = { wrong: "", read: 0 };
  try {
    for (const text of JSON.parse(line)) for (const mark of marks(text)) {
      const wrong = check(mark);
      reply.read += 1;
      if (wrong) reply.wrong ||= `${wrong}: ${mark.slice(0, 300)}`;
    }
  } catch (error) {
    reply.wrong = `${error.stack}`;
  }
  console.log(JSON.stringify(reply));
}
