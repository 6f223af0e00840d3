// @ts-check
/** The general working-day calculator. It counts nothing itself: Python does. */
import { dayFold, hash, pending } from "./answer.js";
import { startAgain } from "./clearing.js";
import { h } from "./dom.js";
import { LiveForm } from "./form.js";
import { openWorkdays } from "./instant-deadline.js";
import { count, day } from "./words.js";

const live = new WeakSet();

/** Bring every calculator below `root` to life. @param {ParentNode} root */
export function bringToLife(root) {
  for (const form of root.querySelectorAll("form[data-workdays]")) {
    if (!(form instanceof HTMLFormElement) || live.has(form)) continue;
    live.add(form);
    mount(form);
  }
}

/** @param {HTMLFormElement} form */
function mount(form) {
  const page = new LiveForm(form, () => void work(false));
  /** @type {((request: any) => any) | null} what the days are looked up in until Python is there */
  let lookUp = null;

  /** Only the fields of the chosen kind of count are shown. */
  function settle() {
    const chosen = form.querySelector('[data-field="do"] input:checked');
    const kind = chosen instanceof HTMLInputElement ? chosen.value : "after";
    for (const field of form.querySelectorAll("[data-when]")) {
      field.toggleAttribute("hidden", !(field.getAttribute("data-when") ?? "").split(" ").includes(kind));
    }
    return kind;
  }

  /** @param {boolean} asked @returns {Promise<void>} */
  async function work(asked) {
    const kind = settle();
    const { values, problems } = page.collect();
    const second = kind === "between" ? "to" : "add";
    if (asked) {
      for (const name of ["from", second]) {
        const known = values[name] !== undefined || problems.some((one) => one.field === name);
        if (!known) problems.push({ field: name, message: name === "add" ? "Enter a number first." : "Enter the date first." });
      }
    }
    page.markProblems(problems, asked);
    const whole = values.from !== undefined && values[second] !== undefined;
    if (problems.length || !whole) page.noAnswer();
    if (problems.length && asked) return page.showSummary(problems);
    if (problems.length) return page.say(`To put right: ${problems[0].message}`);
    if (!whole) return page.say("Enter a day and how far to count.");
    const request = {
      do: "workdays", from: values.from, in: values.in ?? null,
      ...(kind === "between" ? { to: values.to } : { add: kind === "before" ? -Number(values.add) : Number(values.add) }),
    };
    await page.askBoth(request, lookUp, (reply) => {
      tell(reply, kind, asked);
      asked = false; // the reader is brought there once
    });
  }

  /** @param {any} reply @param {string} kind of count @param {boolean} asked */
  function tell(reply, kind, asked) {
    if (!reply.ok) {
      const found = page.problemsFrom({ ...reply.error, question: reply.error.question ?? "from" });
      page.answerPlace.hidden = true;
      page.markProblems(found, true);
      return asked ? page.showSummary(found) : page.say(`To put right: ${found[0].message}`);
    }
    const result = reply.answer;
    const title = kind === "between" ? count(result.working_days, "working day") : day(result.date);
    page.setAnswer([
      h("header", { class: "hb-head hb-head--decided" }, h("p", { class: "hb-head__kind" }, "The answer"),
        h(`h${form.dataset.level ?? 2}`, { class: "hb-head__title" }, title)),
      h("section", { class: "hb-part" },
        ...(result.notes ?? []).map((/** @type {string} */ note) => h("p", { class: "hb-due__note" }, note)),
        result.looked_up ? pending(page, "Each day counted") : dayFold(result, "days")),
      h("footer", { class: "hb-foot" }, h("p", null, `${result.convention} Calendar: ${result.calendar}. `, hash(result.rules_hash))),
      startAgain(page, () => void work(false)),
    ]);
    page.answerPlace.hidden = false;
    page.say(title);
    if (asked) page.bringAnswer();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void work(true);
  });
  settle();
  page.waitFor(openWorkdays(form).then((found) => {
    lookUp = found;
    if (found) page.canLookUp(() => void work(false));
  }));
  page.start();
}
