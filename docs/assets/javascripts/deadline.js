// @ts-check
/** One deadline, worked out from its starting event: the form of a deadline's page. */
import { dayFold, deadlineFigures, differences, hash, pending, readings, sources } from "./answer.js";
import { startAgain } from "./clearing.js";
import { h } from "./dom.js";
import { LiveForm } from "./form.js";
import { openDeadline } from "./instant-deadline.js";
import { calendarButton } from "./leaving.js";
import { capital } from "./words.js";

const live = new WeakSet();

/** Bring every deadline form below `root` to life. @param {ParentNode} root */
export function bringToLife(root) {
  for (const form of root.querySelectorAll("form[data-deadline]")) {
    if (!(form instanceof HTMLFormElement) || live.has(form)) continue;
    live.add(form);
    mount(form);
  }
}

/** @param {HTMLFormElement} form */
function mount(form) {
  const level = Number(form.dataset.level ?? 3);
  const page = new LiveForm(form, () => void work(false));
  /** @type {((request: any) => any) | null} what the days are looked up in until Python is there */
  let lookUp = null;

  /** @param {boolean} asked whether the reader pressed the button @returns {Promise<void>} */
  async function work(asked) {
    const { values, problems } = page.collect();
    if (!problems.length && values.from === undefined && asked) problems.push({ field: "from", message: "Enter the date first." });
    page.markProblems(problems, asked);
    if (problems.length || values.from === undefined) page.noAnswer();
    if (problems.length && asked) return page.showSummary(problems);
    if (problems.length) return page.say(`To put right: ${problems[0].message}`);
    if (values.from === undefined) return page.say("Enter when it started.");
    const request = { do: "deadline", id: form.dataset.deadline, from: values.from, in: values.in ?? null };
    await page.askBoth(request, lookUp, (reply) => {
      tell(reply, asked);
      asked = false; // the reader is brought there once
    });
  }

  /** @param {any} reply @param {boolean} asked */
  function tell(reply, asked) {
    if (!reply.ok) {
      const found = page.problemsFrom({ ...reply.error, question: reply.error.question ?? "from" });
      page.answerPlace.hidden = true;
      page.markProblems(found, true);
      return asked ? page.showSummary(found) : page.say(`To put right: ${found[0].message}`);
    }
    const due = reply.answer;
    const place = (/** @type {string | null} */ id) => form.querySelector(`option[value="${CSS.escape(id ?? "")}"]`)?.textContent ?? id ?? "";
    page.setAnswer([h("section", { class: "hb-part" },
      h(`h${level}`, { class: "hb-part__title" }, form.dataset.title ?? ""),
      due.length && h("p", null, capital(String(due.length))),
      deadlineFigures(due, place),
      calendarButton(due, due, place),
      ...(due.notes ?? []).map((/** @type {string} */ note) => h("p", { class: "hb-due__note" }, note)),
      due.looked_up ? pending(page, "Each day counted") : dayFold(due, "days")),
      ...differences(due, { level }), sources(due, { level }), readings(due, { level }),
      h("footer", { class: "hb-foot" }, h("p", null, `${place(due.in)}. `, hash(due.rules_hash))),
      startAgain(page, () => void work(false)),
    ].filter((part) => part !== null));
    page.answerPlace.hidden = false;
    page.say("The date is worked out below.");
    if (asked) page.bringAnswer();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void work(true);
  });
  page.waitFor(openDeadline(form).then((found) => {
    lookUp = found;
    if (found) page.canLookUp(() => void work(false));
  }));
  page.start();
}
