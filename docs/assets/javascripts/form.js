// @ts-check
/**
 * What every live form of the handbook does alike: show that the engine is getting ready or has failed, read the
 * fields, point to what is wrong, say in one line where things stand. Tools, deadlines and the calculator build on it.
 */
import { CHANGED, presetPlace } from "./areas.js";
import { h, holdStill, must, renew } from "./dom.js";
import { theEngine, whenInView } from "./door.js";
import { FAILURES } from "./failures.js";
import { fillNow, firstControl, read, settleExclusive, showProblem, spreadDate } from "./fields.js";
import { keepText } from "./leaving.js";

/** @typedef {{field: string | null, message: string}} Problem */

/** How long after the last change the live line is spoken: a reader is not interrupted at each choice. */
const SPEAK_AFTER_MS = 250;

/** How long Python waits for what answers before it. */
const FIRST_WITHIN_MS = 4_000;

/** What is said of a failure where answers are looked up all the same. */
const LOOKED_UP = "The tool answers, but cannot show everything.";
const MISSING = "Missing are the reasons in full, what would change the answer, the days counted one by one, and figures.";
const MISSING_DAYS = "Missing are the days counted one by one.";

/** @param {EventTarget | null} target */
const isSubmit = (target) => target instanceof Element && target.closest('button[type="submit"]') !== null;

export class LiveForm {
  /** @param {HTMLFormElement} form @param {() => void} changed called after each complete change */
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
    /** What is fetched before Python is. @type {Promise<unknown>} */
    this.first = Promise.resolve();
    this.answerPlace = must(form, "[data-answer]");
    this.summary = must(form, "[data-summary]");
    this.engineLine = must(form, "[data-engine]");
    this.status = must(form, "[data-status]");
    /** Fields in which something was typed or chosen: only these may be called wrong before the answer is asked for. */
    this.touched = new Set();
    /** Fields by their names: an answer asks for their words many times. @type {Map<string, Element | null>} */
    this.named = new Map();
    /** Fields that may be marked as wrong. @type {Set<Element>} */
    this.marked = new Set();
    this.turn = 0;
    this.spoken = 0;
    /** Whether answers are looked up until the engine is there, and where it cannot be (instant.js). */
    this.looksUp = false;
    this.missing = MISSING;
    /** Called when the engine has failed. */
    this.failed = () => {};
    for (const part of form.querySelectorAll("[data-script]")) part.removeAttribute("hidden");
    for (const part of form.querySelectorAll("[data-without-script]")) part.setAttribute("hidden", "");
    form.addEventListener("input", (event) => settleExclusive(event.target));
    form.addEventListener("change", (event) => this.onChange(event));
    form.addEventListener("focusout", (event) => this.onLeave(event));
    // Pressing the button leaves a field before it clicks: nothing may move under the finger meanwhile.
    form.addEventListener("pointerdown", (event) => { this.pressing = isSubmit(event.target); });
    form.addEventListener("pointerup", () => setTimeout(() => { this.pressing = false; }));
    form.addEventListener("pointercancel", () => { this.pressing = false; });
    form.addEventListener("click", (event) => this.onClick(event));
    presetPlace(this.field("in"));
    const areaChanged = () => {
      if (!form.isConnected) return document.removeEventListener(CHANGED, areaChanged);
      presetPlace(this.field("in"));
      if (form.dataset.engineState) this.changed(); // before that nothing was asked, and the engine need not start
    };
    document.addEventListener(CHANGED, areaChanged);
  }

  /** Start the engine when the form comes into view. */
  start() {
    whenInView(this.form, () => this.connect());
  }

  /** Let something come first: on a weak line it would share the line with Python, which is two hundred times as large. @param {Promise<unknown>} what */
  waitFor(what) {
    this.first = Promise.race([what.catch(() => null), new Promise((done) => setTimeout(done, FIRST_WITHIN_MS))]);
  }

  async engine() {
    await this.first;
    return theEngine(this.form.dataset.rulesHash ?? null);
  }

  connect() {
    this.showEngine({ phase: "loading" });
    if (this.looksUp) this.changed();
    this.engine().then((engine) => {
      // A form that the reader has left behind does not begin to listen, and one that was left later stops.
      if (!this.form.isConnected) return;
      const stop = engine.onState((state) => (this.form.isConnected ? this.showEngine(state) : stop()));
      engine.start().catch(() => {}); // the state tells of it
      if (!this.looksUp) this.changed();
    }).catch(() => this.showEngine({ phase: "failed", reason: "missing" }));
  }

  /** @returns {Element[]} */
  fields() {
    return [...this.form.querySelectorAll("[data-field]")].filter((field) => !field.hasAttribute("hidden"));
  }

  /** @param {string} name @returns {Element | null} */
  field(name) {
    let field = this.named.get(name);
    if (field === undefined) {
      field = this.form.querySelector(`[data-field="${CSS.escape(name)}"]`);
      this.named.set(name, field);
    }
    return field;
  }

  /** Everything entered, and what cannot be understood. */
  collect() {
    /** @type {Record<string, import("./fields.js").Value>} */
    const values = {};
    /** @type {Problem[]} */
    const problems = [];
    for (const field of this.fields()) {
      const name = field.getAttribute("data-field") ?? "";
      const { value, problem } = read(field);
      if (problem) problems.push({ field: name, message: problem });
      else if (value !== undefined) values[name] = value;
    }
    return { values, problems };
  }

  /**
   * Ask Python; null where a later question has overtaken this one or there is no reply to be had.
   * @param {object} request
   */
  async ask(request) {
    const turn = ++this.turn;
    try {
      const reply = keepText(await (await this.engine()).ask(request));
      return turn === this.turn ? reply : null;
    } catch (error) {
      // A failure of the engine as a whole shows itself by its state; this is one question that it could not answer.
      if (turn === this.turn && this.form.dataset.engineState === "ready") this.showFailure(error?.reason ?? "internal");
      return null;
    }
  }

  /** What was asked before is no longer what stands in the form: a reply that is still on its way is not shown. */
  overtake() {
    this.turn += 1;
  }

  /** There is no answer to what stands in the form, and none to anything before is shown. */
  noAnswer() {
    this.overtake();
    this.answerPlace.hidden = true;
    this.setAnswer([]);
  }

  /**
   * Ask for something of which a part can be looked up: that part is told at once where the engine is not there.
   * @param {object} request @param {((request: object) => any) | null} lookUp @param {(reply: any) => void} tell
   */
  async askBoth(request, lookUp, tell) {
    const looked = this.form.dataset.engineState === "ready" ? null : lookUp?.(request);
    if (looked) tell(looked);
    const whole = await this.ask(request);
    if (whole) tell(whole);
  }

  /** What answers are looked up in is there. @param {() => void} work asks again */
  canLookUp(work) {
    this.looksUp = true;
    this.missing = MISSING_DAYS;
    this.failed = work; // what is missing is then told in another way
    const { engineState, failure } = this.form.dataset;
    if (failure) this.showFailure(/** @type {import("./failures.js").Reason} */ (failure));
    if (engineState && engineState !== "ready" && this.form.isConnected) work();
  }

  /** Whether what only Python gives can still come. */
  get waiting() {
    return this.form.dataset.engineState !== "failed";
  }

  /** @param {Event} event */
  onChange(event) {
    const field = fieldOf(event.target);
    if (!field) return;
    this.touched.add(field);
    // A date is complete only when its boxes are left: see onLeave.
    if (isTyped(field)) spreadDate(field);
    else {
      showProblem(field, null);
      this.changed();
    }
  }

  /** @param {FocusEvent} event */
  onLeave(event) {
    const field = fieldOf(event.target);
    const stays = event.relatedTarget instanceof Node && field?.contains(event.relatedTarget);
    if (this.pressing || isSubmit(event.relatedTarget)) return; // submitting asks anyway
    if (field && isTyped(field) && !stays && this.touched.has(field)) this.changed();
  }

  /** @param {Event} event */
  onClick(event) {
    const target = event.target instanceof Element ? event.target : null;
    const now = target?.closest("[data-now]");
    const field = now && fieldOf(now);
    if (field) {
      fillNow(field);
      this.touched.add(field);
      this.changed();
    }
    const link = target?.closest("a[data-to-question]");
    if (link) {
      event.preventDefault(); // the address stays as it is, also where the theme follows links itself
      event.stopPropagation();
      this.goTo(link.getAttribute("data-to-question") ?? "");
    }
  }

  /** Bring a field into view and the focus to it. @param {string} name */
  goTo(name) {
    const field = this.field(name);
    if (!field) return;
    field.dispatchEvent(new CustomEvent("hb:reveal", { bubbles: true }));
    firstControl(field)?.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
  }

  /**
   * Say at each field what is wrong with it. Before the answer was asked for, only a field that was touched is marked.
   * @param {Problem[]} problems @param {boolean} all
   */
  markProblems(problems, all) {
    if (!problems.length && !this.marked.size && this.summary.hidden) return; // as at nearly every change
    holdStill(document.activeElement, () => {
      for (const field of this.fields()) {
        const found = problems.find((one) => one.field === field.getAttribute("data-field"));
        const message = found && (all || this.touched.has(field)) ? found.message : null;
        showProblem(field, message);
        if (message) this.marked.add(field);
        else this.marked.delete(field);
      }
      if (!problems.length) this.summary.hidden = true;
    });
  }

  /** The list of what is wrong, at the top, with the focus on it. @param {Problem[]} problems */
  showSummary(problems) {
    must(this.summary, "[data-summary-list]").replaceChildren(...problems.map((one) => {
      const field = one.field ? this.field(one.field) : null;
      const words = field?.querySelector("[data-ask]")?.textContent;
      return h("li", null, field
        ? h("a", { href: `#${firstControl(field)?.id ?? field.id}`, "data-to-question": one.field }, words ? `${words} ${one.message}` : one.message)
        : one.message);
    }));
    this.summary.hidden = false;
    this.summary.focus({ preventScroll: true });
    this.summary.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** Say above the form what became of the link that brought the reader. @param {string | null} says @param {string[]} items */
  tellOfLink(says, items = []) {
    this.form.querySelector("[data-link]")?.remove();
    if (!says) return;
    this.summary.before(h("div", { class: "hb-summary", role: "status", "data-link": true },
      h("p", { class: "hb-summary__title" }, says), items.length > 0 && h("ul", null, ...items.map((one) => h("li", null, h("bdi", null, one))))));
  }

  /** @param {string} text the live line; spoken once the reader pauses */
  say(text) {
    clearTimeout(this.spoken);
    this.spoken = window.setTimeout(() => {
      if (this.status.textContent !== text) this.status.textContent = text;
    }, this.status.textContent ? SPEAK_AFTER_MS : 0);
  }

  /** @param {Partial<import("./engine.js").State>} state */
  showEngine(state) {
    const now = state.phase === "idle" ? "loading" : state.phase ?? "loading";
    if (now === "failed") this.showFailure(state.reason ?? "python");
    if (now === "loading" && !this.looksUp) {
      const table = this.table();
      this.say(!state.slow ? "Getting the tool ready… You can already answer."
        : `Still getting the tool ready.${table ? ` The ${this.form.dataset.tableCalled ?? "decision table"} gives the same answers.` : ""}`);
    }
    if (this.form.dataset.engineState === now) return;
    this.form.dataset.engineState = now;
    if (now === "ready") this.clearFailure();
    if (now === "failed") this.failed();
  }

  /** Where the static decision table is: on this page, or on the tool's own. */
  table() {
    if (this.form.dataset.table) return `#${this.form.dataset.table}`;
    const page = this.form.querySelector("a[data-tool-page]")?.getAttribute("href");
    return page ? `${page}#decision-table` : null;
  }

  clearFailure() {
    delete this.form.dataset.failure;
    holdStill(document.activeElement, () => { this.engineLine.hidden = true; });
  }

  /** What went wrong with the engine, and what a reader can do. @param {import("./failures.js").Reason} reason */
  showFailure(reason) {
    const { says, wayOn, retry } = FAILURES[reason] ?? FAILURES.internal;
    const table = this.table();
    const called = this.form.dataset.tableCalled ?? "decision table";
    // What a practitioner needs to know first is that the answer is there.
    const [first, then] = this.looksUp ? [LOOKED_UP, `${this.missing} ${says.replace(/\bthe tool\b/gi, "Python")}`] : [says, wayOn.replaceAll("decision table", called)];
    this.form.dataset.failure = reason;
    this.engineLine.toggleAttribute("data-answers", this.looksUp);
    holdStill(document.activeElement, () => {
      this.engineLine.replaceChildren(
        h("p", null, h("strong", null, first), " ", then, " What you entered is still here."),
        h("p", { class: "hb-engine__ways" },
          table && h("a", { class: "hb-button", href: table }, `Go to the ${called}`),
          // Reloading would take what was entered with it.
          reason === "stale" && h("a", { class: "hb-button", href: location.href, target: "_blank", rel: "noopener" }, "Open this page again in another tab"),
          retry && h("button", { type: "button", class: "hb-button", onclick: () => this.tryAgain() }, "Try again")));
      this.engineLine.hidden = false;
    });
    if (this.looksUp) return; // the live line has the answer, and the note above the questions the rest
    this.say(`${says} See the note above the questions.`);
  }

  tryAgain() {
    // The button goes away with the message, so the focus needs a place to be.
    must(this.form, "button[type=submit]").focus({ preventScroll: true });
    this.clearFailure();
    this.say("Trying again…");
    this.engine().then((engine) => engine.retry()).then(() => this.changed())
      .catch((error) => this.showFailure(error?.reason ?? "missing"));
  }

  /** Put new content into the answer's place; what was unfolded stays so, and nothing moves under the reader. @param {HTMLElement[]} content */
  setAnswer(content) {
    const place = this.answerPlace;
    const open = new Set([...place.querySelectorAll("details[open]")].map((fold) => fold.getAttribute("data-fold")));
    for (const part of content) {
      for (const fold of part.querySelectorAll("details[data-fold]")) fold.toggleAttribute("open", open.has(fold.getAttribute("data-fold")));
    }
    const inside = place.contains(document.activeElement) ? document.activeElement : null;
    holdStill(inside ?? document.activeElement, () => renew(place, content));
    if (inside && !inside.isConnected) (alike(place, inside) ?? place).focus({ preventScroll: true });
  }

  /** The answer was asked for: from now on it comes before the questions, unless it stands beside them. */
  putAnswerFirst() {
    this.answerPlace.hidden = false;
    this.form.setAttribute("data-shown", "");
    const beside = getComputedStyle(this.form).getPropertyValue("--hb-columns").trim() === "2";
    if (!beside) must(this.form, ".hb-questions").before(this.answerPlace);
  }

  /** Bring the answer to the reader, with the focus on it. */
  bringAnswer() {
    this.putAnswerFirst();
    this.answerPlace.focus({ preventScroll: true });
    this.answerPlace.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** Python's error as problems to show: one for each question that it names. @param {any} error @returns {Problem[]} */
  problemsFrom(error) {
    // What Python expects is said in the words of answer files. For a number that helps; the form gives dates and
    // choices their shape itself.
    const field = error.question ? this.field(error.question) : null;
    const together = (error.questions ?? []).length > 1;
    const expected = error.expected && (!field || field.getAttribute("data-kind") === "number") && !together;
    const message = [
      sentence(error.message),
      expected && `Expected: ${error.expected}.`,
      error.hint && sentence(error.hint),
      together && "Change one of them, or choose “Not known yet”.",
    ].filter(Boolean).join(" ");
    const named = [...new Set([error.question, ...(error.questions ?? [])])].filter((name) => name && this.field(name));
    return named.length ? named.map((field) => ({ field, message })) : [{ field: null, message }];
  }
}

/** What stands in the place of a control that is no longer there. @param {HTMLElement} place @param {Element} control @returns {HTMLElement | undefined} */
function alike(place, control) {
  const fold = control.parentElement?.getAttribute("data-fold");
  const found = [...place.querySelectorAll(control.tagName)].find((one) => (fold ? one.parentElement?.getAttribute("data-fold") === fold : one.textContent === control.textContent));
  return found instanceof HTMLElement ? found : undefined;
}

/** @param {EventTarget | null} target @returns {Element | null} */
const fieldOf = (target) => (target instanceof Element ? target.closest("[data-field]") : null);

/** @param {Element} field */
const isTyped = (field) => (field.getAttribute("data-kind") ?? "").startsWith("date");

const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @param {string} text */
const sentence = (text) => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
};
