// @ts-check
/** A decision tool: its form, asked again at each change, and its answer. No rule is known here. */
import { renderAnswer } from "./answer.js";
import { presetPlace } from "./areas.js";
import { tellCleared } from "./clearing.js";
import { h, holdStill } from "./dom.js";
import { enteredBefore, fill, read } from "./fields.js";
import { LiveForm } from "./form.js";
import { openInstant } from "./instant.js";
import { leavings } from "./leaving.js";
import { linkFor, sayOfLink } from "./links.js";
import { forget, keep, recall } from "./memory.js";
import { day, nowInBritain } from "./words.js";

/** @typedef {import("./memory.js").Case} Case */

/** Opens a question that was folded away. */
const SHOW = "Show";

/** The forms that are live; a form is brought to life once, however often mounting is asked for. */
const live = new WeakMap();

/** Bring every tool below `root` to life. @param {ParentNode} root @param {import("./links.js").Linked | null} linked what the address carried */
export function bringToLife(root, linked) {
  for (const form of root.querySelectorAll("form[data-tool]")) {
    if (!(form instanceof HTMLFormElement)) continue;
    const given = linked?.tool === form.dataset.tool ? linked : null;
    if (!live.has(form)) live.set(form, new ToolForm(form, given));
    else if (given) live.get(form).take(given);
    if (linked?.damaged) live.get(form).page.tellOfLink(...sayOfLink(linked, undefined, []));
  }
}

class ToolForm {
  /** @param {HTMLFormElement} form @param {Case | null} given a case that a link brought */
  constructor(form, given) {
    this.form = form;
    this.tool = form.dataset.tool ?? "";
    this.key = form.dataset.instance ?? this.tool;
    this.answer = null;
    /** The place and date whose edition's questions are shown. */
    this.which = "";
    /** @type {import("./form.js").Problem[]} */
    this.problems = [];
    /** Whether a restored or linked case had its answer shown. */
    this.toShow = false;
    /** Set once "Show the answer" was pressed: from then on mistakes are named wherever they are. */
    this.shown = false;
    /** Parts of the answer that stand in the page. */
    this.kept = new Map();
    /** Questions that no longer matter but were opened by hand. */
    this.opened = new Set();
    const putBack = given ? null : enteredBefore(form);
    this.page = new LiveForm(form, () => this.changed());
    /** What answers are looked up in until Python is there. @type {import("./instant.js").Instant | null} */
    this.instant = null;
    this.page.failed = () => this.onFailure();
    const tables = openInstant(form).then((found) => this.canLookUp(found));
    this.page.waitFor(tables);
    form.addEventListener("submit", (event) => this.submit(event));
    form.addEventListener("hb:reveal", (event) => this.reveal(event.target));
    this.take(given ?? recall(this.key) ?? { answers: {} });
    if (putBack) {
      putBack();
      keep(this.key, this.entered().theCase);
    }
    this.page.start();
  }

  /** Fill the form with a case. @param {Case} theCase */
  take(theCase) {
    for (const field of this.page.fields()) {
      const name = field.getAttribute("data-field") ?? "";
      if (name === "on") fill(field, theCase.on ?? nowInBritain().date);
      else if (name !== "in") fill(field, theCase.answers[name]);
      else if (theCase.in && field.querySelector(`option[value="${CSS.escape(theCase.in)}"]`)) fill(field, theCase.in);
      else presetPlace(field);
    }
    this.toShow = Boolean(theCase.shown);
    this.beQuiet(Boolean(theCase.quiet));
    if (theCase.linked) theCase = this.tellOfLost(theCase);
    keep(this.key, { ...theCase, linked: false });
    if (this.form.dataset.engineState) this.changed();
  }

  /** Answers of a link that found no place, such as those of a question that the rules no longer have. @param {any} theCase @returns {Case} without them */
  tellOfLost(theCase) {
    const wanted = Object.entries({ ...theCase.answers, in: theCase.in, ...(theCase.on && { on: theCase.on }) }).filter(([, value]) => value !== undefined && value !== null);
    const lost = wanted.filter(([name, value]) => {
      const field = this.page.field(name);
      return !field || JSON.stringify([read(field).value].flat().map(String).sort()) !== JSON.stringify([value].flat().map(String).sort());
    });
    // What is said to be left out is, also where a part of it could be filled in.
    for (const [name] of lost) {
      const field = name === "in" ? null : this.page.field(name);
      if (field) fill(field, name === "on" ? nowInBritain().date : undefined);
    }
    this.page.tellOfLink(...sayOfLink(theCase, this.form.dataset.rulesHash, lost.map(([name, value]) => [this.page.field(name) ? this.ask(name) : name, value])));
    const left = new Set(lost.map(([name]) => name));
    return { ...theCase, on: left.has("on") ? undefined : theCase.on, answers: Object.fromEntries(Object.entries(theCase.answers).filter(([name]) => !left.has(name))) };
  }

  /** Whether the answer is kept back until it is asked for. @param {boolean} quiet */
  beQuiet(quiet) {
    this.quiet = quiet;
    this.form.toggleAttribute("data-quiet", quiet);
  }

  /** What is entered now. @returns {{theCase: Case, problems: import("./form.js").Problem[]}} */
  entered() {
    const { values, problems } = this.page.collect();
    const { on, in: place, ...answers } = values;
    return { problems, theCase: { answers, on: on && String(on), in: place && String(place), shown: this.shown || this.toShow, quiet: this.quiet } };
  }

  /** Work the answer out again: look it up at once, and ask Python for all of it. @returns {Promise<boolean>} whether there is one */
  async changed() {
    return holdStill(document.activeElement, () => this.answerAnew()); // one measure for all that changes
  }

  /** @returns {Promise<boolean> | boolean} */
  answerAnew() {
    let now = this.entered();
    if (this.settleEdition(now.theCase)) now = this.entered();
    const { theCase, problems } = now;
    keep(this.key, theCase);
    this.page.markProblems(problems, this.shown);
    if (problems.length) return this.wrong(problems);
    const looked = this.lookUp(theCase);
    const whole = this.workOut(theCase);
    if (looked) return looked.ok;
    if (this.instant) this.stand(this.form.dataset.engineState);
    return whole;
  }

  /** The whole answer, from Python. @param {Case} theCase @returns {Promise<boolean>} whether there is one */
  async workOut(theCase) {
    const which = `${theCase.in} ${theCase.on}`;
    // Another place or date may mean another edition, which asks other questions: what only some editions ask is left
    // out until it is known which questions there are.
    const reply = await this.decide(theCase, which === this.which ? () => true : (name) => !this.ofSomeEditions(name));
    if (!reply) return false;
    if (!reply.ok) return this.wrong(this.page.problemsFrom(reply.error));
    if (which !== this.which) {
      this.which = which;
      const back = this.markQuestions(reply.answer);
      if (back || Object.keys(theCase.answers).some((name) => this.ofSomeEditions(name))) return this.changed();
    }
    this.show(reply.answer);
    return true;
  }

  /** The tables are there, or will not be. @param {import("./instant.js").Instant | null} found */
  canLookUp(found) {
    this.instant = found;
    this.page.looksUp = Boolean(found);
    const { engineState, failure } = this.form.dataset;
    if (!found || !engineState || !this.form.isConnected) return;
    if (failure) this.page.showFailure(/** @type {import("./failures.js").Reason} */ (failure));
    if (engineState !== "ready") void this.changed();
  }

  /**
   * Show the questions of the edition that holds at the place and date entered, as far as that can be looked up.
   * @param {Case} theCase @returns {boolean} whether others are shown now
   */
  settleEdition({ on, in: place }) {
    const names = this.instant?.questionsAt({ on: on ?? nowInBritain().date, in: place });
    if (!names) return false;
    this.which = `${place} ${on}`;
    let others = false;
    // All of them: where nothing is asked, none is shown, and what was answered counts again once they are back.
    for (const field of this.form.querySelectorAll("[data-field]")) {
      const name = field.getAttribute("data-field") ?? "";
      const hidden = !names.has(name);
      if (name === "in" || name === "on" || field.hasAttribute("hidden") === hidden) continue;
      field.toggleAttribute("hidden", hidden);
      others = true;
    }
    return others;
  }

  /** Show what can be looked up. @param {Case} theCase @returns {{ok: boolean} | null} null where it cannot be */
  lookUp(theCase) {
    const reply = this.instant?.decide({ answers: theCase.answers, on: theCase.on, in: theCase.in, today: nowInBritain().date });
    if (!reply) return null;
    if (reply.ok) this.show(reply.answer);
    else this.wrong(this.page.problemsFrom(reply.error));
    return reply;
  }

  /** Python has failed: what is said of it in a looked-up answer is said anew. */
  onFailure() {
    if (this.answer?.looked_up) this.show(this.answer);
    else if (this.instant && !this.answer && !this.problems.length) this.stand("failed");
  }

  /** There is no answer for what is entered now, and an older one must not be taken for it. @param {string | undefined} engine its state */
  stand(engine) {
    if (engine === "ready") return; // it answers in a moment
    this.answer = null;
    this.form.setAttribute("data-stale", "");
    this.page.setAnswer([h("p", { class: "hb-stale" }, engine === "failed"
      ? "The answer to this cannot be looked up. Use the decision table."
      : "This answer is being worked out.")]);
  }

  /** @param {Case} theCase @param {(name: string) => boolean} wanted */
  decide(theCase, wanted) {
    const answers = Object.fromEntries(Object.entries(theCase.answers).filter(([name]) => wanted(name)));
    return this.page.ask({ do: "decide", tool: this.tool, answers, on: theCase.on ?? null, in: theCase.in ?? null, today: nowInBritain().date });
  }

  /** @param {string} name */
  ofSomeEditions(name) {
    return Boolean(this.page.field(name)?.hasAttribute("data-only-in"));
  }

  /** @param {import("./form.js").Problem[]} problems */
  wrong(problems) {
    this.page.overtake();
    this.problems = problems;
    this.answer = null;
    this.form.setAttribute("data-stale", "");
    this.page.markProblems(problems, true);
    this.page.say(`To put right: ${problems[0].message}`);
    this.page.setAnswer([h("p", { class: "hb-stale" }, "There is no answer until this is put right: ", problems[0].message)]);
    return false;
  }

  /** @param {any} answer */
  show(answer) {
    if (!answer.looked_up) this.whole = answer;
    else if (this.whole) answer = withKnown(answer, this.whole);
    this.answer = answer;
    this.problems = [];
    holdStill(document.activeElement, () => {
      this.form.removeAttribute("data-stale");
      this.page.markProblems([], this.shown);
      this.markQuestions(answer);
      this.page.setAnswer([...renderAnswer(answer, { ...this.words(), held: this.held(answer) }), this.afterwards()]);
      if (this.page.answerPlace.hidden) this.page.answerPlace.hidden = false;
    });
    this.page.say(this.inOneLine(answer));
    if (this.toShow) {
      this.toShow = false;
      this.shown = true;
      this.page.putAnswerFirst();
    }
  }

  /** While Python works out the new reasons, which takes a blink, the old ones step back and keep their place. @param {any} answer */
  held(answer) {
    const [why, change] = ["why", "change"].map((name) => /** @type {HTMLElement | null} */ (this.page.answerPlace.querySelector(`[data-part="${name}"]`)));
    const hold = Boolean(answer.looked_up) && this.form.dataset.engineState === "ready";
    for (const part of [why, change]) part?.toggleAttribute("data-held", hold);
    return hold ? { why, change } : undefined;
  }

  /** @param {any} answer */
  inOneLine(answer) {
    if (this.quiet) return "The case is filled in. Ask for the answer when you are ready.";
    if (answer.status !== "undecided") return answer.title ?? "There is no answer for this place and date.";
    const left = answer.still_possible.length;
    return Object.keys(answer.answers).length
      ? `Not decided yet: ${left} answers are still possible.`
      : `Answer what you know. ${left} answers are possible.`;
  }

  /** @param {Event} event */
  async submit(event) {
    event.preventDefault();
    this.shown = true;
    this.beQuiet(false);
    const there = await this.changed();
    if (there) this.page.bringAnswer();
    else if (this.problems.length) this.page.showSummary(this.problems);
  }

  /** Mark the next question, and let those step back that no longer matter. @param {any} answer @returns {boolean} whether answered ones were hidden, and are back */
  markQuestions(answer) {
    const states = new Map(answer.questions.map((/** @type {any} */ one) => [one.id, one.state]));
    let back = false;
    holdStill(document.activeElement, () => {
      for (const field of this.form.querySelectorAll("[data-field]")) {
        const name = field.getAttribute("data-field") ?? "";
        if (name === "in" || name === "on") continue;
        const state = states.get(name);
        back ||= state !== undefined && field.hasAttribute("hidden") && read(field).value !== undefined;
        field.toggleAttribute("hidden", state === undefined);
        const shown = this.quiet ? "" : state ?? "";
        if (field.getAttribute("data-state") !== shown) field.setAttribute("data-state", shown);
        this.stepBack(field, name, state);
      }
    });
    return back;
  }

  /** @param {Element} field @param {string} name @param {string} state */
  stepBack(field, name, state) {
    const mark = field.querySelector("[data-mark]");
    const body = field.querySelector("[data-body]");
    if (!(mark instanceof HTMLElement) || !(body instanceof HTMLElement)) return;
    const value = read(field).value;
    const folded = !this.quiet && state === "no_longer_matters" && value === undefined && !this.opened.has(name) && !field.contains(document.activeElement);
    if (body.hidden !== folded) body.hidden = folded;
    field.toggleAttribute("data-folded", folded);
    const said = this.quiet ? "" : state === "next" && value === "not_known" ? "still needed" : { next: "next", no_longer_matters: "not needed now" }[state];
    if (mark.textContent === (said ? `· ${said}` : "") + (folded ? SHOW : "")) return; // most stay as they are
    mark.replaceChildren(...(said ? [h("span", null, `· ${said}`)] : []));
    if (folded) {
      mark.append(h("button", { type: "button", class: "hb-link", "aria-expanded": "false", "aria-controls": body.id || null,
        "aria-label": `Show the choices: ${this.ask(name)}`, onclick: () => this.reveal(field) }, SHOW));
    }
  }

  /** @param {EventTarget | null} target a field, to be opened if it is folded */
  reveal(target) {
    if (!(target instanceof Element)) return;
    const name = target.getAttribute("data-field") ?? "";
    const body = target.querySelector("[data-body]");
    this.opened.add(name);
    if (!(body instanceof HTMLElement) || !body.hidden) return;
    body.hidden = false;
    target.removeAttribute("data-folded");
    target.querySelector("[data-mark] button")?.remove();
    body.querySelector("input")?.focus();
  }

  /** @param {string} name */
  ask(name) {
    return this.page.field(name)?.querySelector("[data-ask]")?.textContent ?? name;
  }

  /** The words of the form, for the answer. @returns {import("./answer.js").Words} */
  words() {
    const label = (/** @type {string} */ name, /** @type {unknown} */ value) => {
      const box = this.page.field(name)?.querySelector(`input[value="${CSS.escape(String(value))}"]`);
      return box?.closest("label")?.textContent?.trim() ?? String(value);
    };
    return {
      ask: (name) => this.ask(name),
      link: (name) => { const field = this.page.field(name); return field ? `#${field.id}` : null; },
      waiting: this.page.waiting,
      place: (id) => this.page.field("in")?.querySelector(`option[value="${CSS.escape(id ?? "")}"]`)?.textContent ?? id ?? "",
      level: Number(this.form.dataset.level ?? 2),
      kept: this.kept,
      value: (name, value) => {
        if (value === null || value === undefined) return "Not known yet";
        if (Array.isArray(value)) return value.length ? value.map((one) => label(name, one)).join(", ") : label(name, "none_of_them");
        const kind = this.page.field(name)?.getAttribute("data-kind");
        if (kind === "date") return day(String(value));
        if (kind === "date_time") return `${day(String(value))}, ${String(value).slice(11, 16)}`;
        if (kind === "number") return String(value);
        if (value === "not_known") return "Not known yet";
        return label(name, value);
      },
    };
  }

  /** What can be done with the answer. */
  afterwards() {
    const { answer } = this;
    return leavings({
      result: answer, file: `${this.tool}-${answer.on}`, title: answer.tool_title, called: "answer", place: this.words().place(answer.in),
      shown: () => this.page.answerPlace.children, answers: answer.answers, again: `handbook decide ${this.tool}`,
      print: printAnswer, link: () => linkFor(this.tool, { ...this.entered().theCase, quiet: false }, this.form.dataset.rulesHash),
      others: [
        h("button", { type: "button", class: "hb-button", onclick: () => this.page.goTo("in") }, "Change the answers"),
        h("button", { type: "button", class: "hb-button", onclick: () => this.startAgain() }, "Start again")],
    });
  }

  startAgain() {
    forget(this.key);
    tellCleared();
    this.answer = null;
    this.page.answerPlace.hidden = true; // until there is an answer to the empty form
    this.page.setAnswer([]);
    this.shown = false;
    this.opened.clear();
    this.page.touched.clear();
    this.page.tellOfLink(null);
    this.form.reset();
    this.take({ answers: {} });
    this.form.removeAttribute("data-shown");
    this.form.append(this.page.answerPlace, this.form.querySelector(".hb-disclaimer") ?? "");
    this.page.goTo("in");
  }
}

/**
 * A looked-up answer with what Python has already worked out of it: the days of a deadline that starts as before, a figure whose
 * answers are as before.
 * @param {any} answer @param {any} whole the last that Python gave
 */
function withKnown(answer, whole) {
  if (answer.rules_hash !== whole.rules_hash || answer.on !== whole.on || answer.in !== whole.in) return answer;
  const same = (/** @type {string} */ name) => JSON.stringify(answer.answers[name]) === JSON.stringify(whole.answers[name]);
  return { ...answer,
    deadlines: answer.deadlines.map((/** @type {any} */ due) => {
      const before = whole.deadlines.find((/** @type {any} */ one) => one.use === due.use && one.from === due.from);
      return before ? { ...due, counted: before.counted, skipped: before.skipped, notes: before.notes } : due;
    }),
    figures: answer.figures.map((/** @type {any} */ figure) => {
      const before = whole.figures.find((/** @type {any} */ one) => one.id === figure.id);
      return before && figure.rests_on.every(same) ? { ...figure, value: before.value, says: before.says } : figure;
    }) };
}

/** Print the answer alone; the style sheet leaves the rest of the page out while the mark is set. */
function printAnswer() {
  document.documentElement.setAttribute("data-printing", "answer");
  window.print();
}

/** The folds that paper shows open. The full trace and the longer lists of other ways are for the screen. */
const inPrint = () => [...document.querySelectorAll("form:not([data-walk]) [data-answer] details:not([open])")]
  .filter((fold) => !/^(trace|change-)/.test(fold.getAttribute("data-fold") ?? ""));

window.addEventListener("beforeprint", () => {
  // On a tool's own page with an answer, that answer is what a print is for, however it was started.
  if (document.querySelector("form[data-own-page][data-shown]")) document.documentElement.setAttribute("data-printing", "answer");
  for (const fold of inPrint()) { fold.setAttribute("open", ""); fold.setAttribute("data-opened-for-print", ""); }
});

window.addEventListener("afterprint", () => {
  document.documentElement.removeAttribute("data-printing");
  for (const fold of document.querySelectorAll("[data-opened-for-print]")) { fold.removeAttribute("open"); fold.removeAttribute("data-opened-for-print"); }
});
