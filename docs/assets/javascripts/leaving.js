// @ts-check
/**
 * What leaves the page with a result, and only when somebody asks: a print, a page to be kept, its data, a link, a
 * calendar entry. All of it is made here, from what is shown and from Python's own text; nothing is stored, nothing is
 * sent, and nothing needs https. File names tell a tool and a date, and nothing about anybody.
 */
import { calendarFile, newUid } from "./calendar_file.js";
import { h, must } from "./dom.js";
import { savedPage } from "./saved_page.js";
import { capital, day, list, moment, nowInBritain } from "./words.js";

/** How long a file's address lives: some browsers fetch it only once the reader has said where it goes. */
const ADDRESS_LASTS_MS = 40_000;

/** Python's own bytes for an answer, so that what is saved is what `handbook` prints. @type {WeakMap<object, string>} */
const texts = new WeakMap();

/** Keep the text of a reply as long as its answer is in use. @param {any} reply */
export function keepText(reply) {
  if (reply?.ok && typeof reply.text === "string") texts.set(reply.answer, reply.text);
  return reply;
}

/** Let the browser save a file. @param {string} name @param {string} type @param {string} text */
function saveFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name, hidden: true });
  document.body.append(link); // some browsers follow only what is in the page
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), ADDRESS_LASTS_MS);
}

/** "at 14:30 on Sunday 22 November 2026" */
function now() {
  const { date, time } = nowInBritain();
  return `at ${time} on ${day(date)}`;
}

/** The edition where a result does not name its own: what every page of this handbook says at its top. */
const editionOfPage = () => document.querySelector(".hb-edition strong")?.textContent?.replace(/\.$/, "") ?? "";

/**
 * @typedef {object} Leaving
 * @property {Record<string, any>} result the answer, walk or deadline, as Python gave it
 * @property {string} file how a saved file is called, without its ending
 * @property {string} title
 * @property {string} called "answer" or "walk"
 * @property {string} place in words
 * @property {() => Iterable<Element>} shown the parts that a saved page has
 * @property {(element: Element) => boolean} [leave] what of them it has not
 * @property {string} again the command that works it out again, without the answers
 * @property {Record<string, unknown>} answers as they are given to that command
 * @property {() => void} print
 * @property {() => string} link
 * @property {HTMLElement[]} [others] more buttons
 */

/** The buttons under a result, and a place for what is said of them. @param {Leaving} leaving */
export function leavings(leaving) {
  // The place of the button that was pressed: buttons stay when another answer is shown, and then act for that.
  const place = (/** @type {Event} */ event) => must(/** @type {Element} */ (event.currentTarget).closest(".hb-afterwards") ?? document, ".hb-copy");
  const button = (/** @type {string} */ words, /** @type {(event: Event) => void} */ onclick) => h("button", { type: "button", class: "hb-button", onclick }, words);
  const saved = (/** @type {Event} */ event, /** @type {string} */ name) => place(event).replaceChildren(h("p", null, `Saved as ${name}. It holds what was entered: keep it only where such records belong.`));
  const text = texts.get(leaving.result);
  return h("div", { class: "hb-afterwards" },
    button(`Print this ${leaving.called}`, leaving.print),
    button("Save as a page", (event) => { saveFile(`${leaving.file}.html`, "text/html", pageOf(leaving)); saved(event, `${leaving.file}.html`); }),
    text !== undefined && button("Save the data", (event) => { saveFile(`${leaving.file}.json`, "application/json", text); saved(event, `${leaving.file}.json`); }),
    button("Copy link", (event) => void copyLink(leaving.link(), place(event))),
    ...(leaving.others ?? []), h("div", { class: "hb-copy", role: "status" }));
}

/** @param {Leaving} leaving */
function pageOf({ result, title, place, shown, leave, again, answers }) {
  const edition = result.edition ? `Edition: ${result.edition.title}.` : editionOfPage() && `${editionOfPage()}.`;
  const warning = document.querySelector("form .hb-disclaimer")?.cloneNode(true);
  const judgement = warning instanceof Element ? warning.textContent?.split(/Nothing that you enter/)[0].trim() : "";
  return savedPage({
    title, shown: shown(), leave,
    kept: [
      `Saved ${now()} by this device’s clock. For ${day(result.on)}, ${place}.`,
      `Drug Interventions Programme handbook. ${edition} Rules hash ${result.rules_hash}.`,
      ...(result.looked_up ? ["Saved before all of it was worked out: what is told below as not there is missing from this file."] : []),
      "This file holds what was entered. Keep it only where such records belong.",
    ],
    again: [
      "The handbook’s command line works this out again, by these rules or by later ones. Save the second box as answers.json, then:",
      `${again} --on ${result.on}${result.in ? ` --in ${result.in}` : ""} --answers answers.json`,
      JSON.stringify(answers, null, 2),
    ],
    warning: judgement ?? "",
  });
}

/** @param {string} link @param {HTMLElement} place where it is shown, to be copied by hand where the browser does not */
async function copyLink(link, place) {
  const box = h("input", { type: "text", class: "hb-input", readonly: true, "aria-label": "The link with the answers", value: link });
  const said = h("p", null, "This link holds the answers. Give it only to those who may see them. A browser that opens it may note it in its list of visited addresses.");
  place.replaceChildren(said, box);
  try {
    await navigator.clipboard.writeText(link); // absent on plain http: the box is there to copy from
    said.prepend("Copied. ");
  } catch {
    if (box instanceof HTMLInputElement) { box.focus(); box.select(); }
    said.prepend("Copy it from here. ");
  }
}

/**
 * A button that puts a time limit into the reader's calendar; null where there is no date, or the limit may not apply.
 * @param {any} due @param {Record<string, any>} result what it belongs to @param {(place: string | null) => string} place
 */
export function calendarButton(due, result, place) {
  if (!due.last_day || due.certain === false) return null;
  return h("p", { class: "hb-due__calendar" }, h("button", { type: "button", class: "hb-button", "aria-label": `Add to a calendar: ${due.title}`, onclick: (/** @type {Event} */ event) => {
    const name = `${due.id}-${due.last_day}.ics`;
    saveFile(name, "text/calendar", entryOf(due, result, place));
    const said = /** @type {Element} */ (event.currentTarget).nextElementSibling;
    if (said) said.textContent = ` Saved as ${name}. Open it to add the entry to a calendar; it names nobody.`;
  } }, "Add to a calendar"), h("span", { role: "status" }));
}

/** @param {any} due @param {Record<string, any>} result @param {(place: string | null) => string} place */
function entryOf(due, result, place) {
  const wholeDay = !due.last_moment || due.last_moment.includes("T23:59:59");
  const cited = (due.cites ?? []).map((/** @type {any} */ one) => one.section ? one
    : result.cites.find((/** @type {any} */ cite) => cite.id === one) ?? { document_title: "Register of sources", section: one }); // a walk names them only
  const documents = [...new Set(cited.map((/** @type {any} */ cite) => cite.document_title))].map((title) =>
    `${title}: ${list([...new Set(cited.filter((/** @type {any} */ cite) => cite.document_title === title).map((/** @type {any} */ cite) => cite.section))])}`);
  const edition = result.edition?.title ?? editionOfPage();
  return calendarFile({
    uid: newUid(), made: new Date(), title: `At the latest: ${due.title}`,
    ...(wholeDay ? { day: due.last_day } : { moment: due.last_moment }),
    about: [
      `${capital(String(due.length))}. At the latest: ${wholeDay ? `the end of ${day(due.last_day)}` : moment(due.last_moment)}.`,
      due.target && `Aim for: ${moment(due.target)}.`,
      documents.length > 0 && `Source: ${documents.join("; ")}.`,
      `Edition: ${edition}. ${place(due.in)}.`,
      `Rules hash: ${result.rules_hash}.`,
      "Worked out by the Drug Interventions Programme handbook from what was entered there. Add no name where others can read the calendar.",
    ].filter(Boolean).join("\n"),
  });
}

// A print tells when it was made; on the screen nobody needs that.
window.addEventListener("beforeprint", () => {
  for (const foot of document.querySelectorAll("form [data-answer] .hb-foot")) {
    const edition = foot.closest("[data-tool]") ? "" : ` ${editionOfPage()}.`; // an answer names its own
    foot.append(h("span", { "data-printed": true }, ` Printed ${now()}.${edition}`));
  }
});
window.addEventListener("afterprint", () => {
  for (const one of document.querySelectorAll("[data-printed]")) one.remove();
});
