// @ts-check
/**
 * A journey walked point by point: the way so far, the present point with the next question, what is due there, and the
 * map with the way lit. Python says where the case stands; questions, actions and ways are those that
 * build_scripts/site/pieces/walker.py has put into the page, moved or copied, so that nothing of the journey is in here.
 *
 * An answer counts when "Continue" is pressed. Until then nothing on the page changes, and arrow keys can pass through
 * the choices.
 */
import { deadlineFigures, differences, hash, readings, sources } from "./answer.js";
import { presetPlace } from "./areas.js";
import { tellCleared } from "./clearing.js";
import { h, must } from "./dom.js";
import { enteredBefore, fill, firstControl, read } from "./fields.js";
import { LiveForm } from "./form.js";
import { calendarButton, leavings } from "./leaving.js";
import { linkFor, sayOfLink } from "./links.js";
import { forget, keep, recall } from "./memory.js";
import { capital, count, day, list, nowInBritain } from "./words.js";

/** @typedef {import("./memory.js").Case} Case */
/** @typedef {Record<string, any>} Result what Python says of a walk, format handbook.walk/1 */

/** How long an answer may take before the reader is told that it is being worked out. */
const SLOW_AFTER_MS = 500;

const live = new WeakMap();

/** Bring every walker below `root` to life. @param {ParentNode} root @param {import("./links.js").Linked | null} linked */
export function bringToLife(root, linked) {
  for (const form of root.querySelectorAll("form[data-walk]")) {
    if (!(form instanceof HTMLFormElement)) continue;
    const given = linked?.tool === form.dataset.instance ? linked : null;
    if (!live.has(form)) live.set(form, new Walk(form, given));
    else if (given) live.get(form).take(given);
    if (linked?.damaged) live.get(form).page.tellOfLink(...sayOfLink(linked, undefined, []));
  }
}

class Walk {
  /** @param {HTMLFormElement} form @param {Case | null} given a case that a link brought */
  constructor(form, given) {
    this.form = form;
    this.key = form.dataset.instance ?? "";
    const putBack = given ? null : enteredBefore(form);
    this.page = new LiveForm(form, () => this.changed());
    this.part = (/** @type {string} */ name) => must(form, `[data-${name}]`);
    this.chart = form.parentElement?.querySelector("[data-chart]") ?? null;
    /** What was answered and counts. @type {Record<string, import("./fields.js").Value>} */
    this.answers = {};
    /** @type {Result | null} */
    this.result = null;
    /** The earlier answer that is being changed, or the further question that is being answered. @type {string | null} */
    this.at = null;
    /** The question asked now. @type {string | null} */
    this.asked = null;
    /** The tool whose outcome may be chosen directly instead. @type {string | null} */
    this.direct = null;
    /** The question asked in place of one of the same tool that is not known yet. @type {string | null} */
    this.instead = null;
    /** Where each question belongs while it is not being asked. @type {Map<Element, Comment>} */
    this.homes = new Map();
    for (const field of form.querySelectorAll("[data-points] [data-field]")) {
      const mark = document.createComment("");
      field.before(mark);
      this.homes.set(field, mark);
    }
    form.addEventListener("submit", (event) => this.submit(event));
    form.addEventListener("click", (event) => this.click(event));
    form.setAttribute("data-live", "");
    this.page.answerPlace.hidden = false;
    this.take(given ?? recall(this.key) ?? { answers: {} });
    if (putBack) {
      putBack();
      this.keep();
    }
    this.page.start();
  }

  // ---- The case ----

  /** Walk with a case. One that a trainer's link brought is filled in, to be walked answer by answer. @param {any} theCase */
  take(theCase) {
    let answers = this.named(theCase.answers);
    const typed = theCase.typed ?? answers;
    for (const field of this.form.querySelectorAll("[data-field]")) {
      const name = field.getAttribute("data-field") ?? "";
      if (name === "on") fill(field, theCase.on ?? nowInBritain().date);
      else if (name !== "in") fill(field, typed[name]);
      else if (theCase.in) fill(field, theCase.in);
      else presetPlace(field);
    }
    if (theCase.linked) {
      // What found no place would only be refused, with no field to put it right in.
      const placed = (/** @type {[string, any]} */ [name, value]) => { const field = this.page.field(name); return field && (value === "not_known" || same(read(field).value, value)); };
      const lost = Object.entries({ ...answers, ...(theCase.in && { in: theCase.in }), ...(theCase.on && { on: theCase.on }) }).filter((one) => !placed(one));
      for (const [name] of lost) {
        const field = name === "in" ? null : this.page.field(name);
        if (field) fill(field, name === "on" ? nowInBritain().date : undefined);
      }
      this.page.tellOfLink(...sayOfLink(theCase, this.form.dataset.rulesHash, lost.map(([name, value]) => [this.askOf(name), value])));
      answers = Object.fromEntries(Object.entries(answers).filter(placed).map(([name, value]) => [name, read(this.page.field(name)).value ?? value]));
    }
    this.answers = theCase.quiet ? {} : answers;
    this.at = this.instead = this.result = null;
    const start = this.form.dataset.first ? JSON.parse(this.form.dataset.first) : null;
    const first = theCase.result ?? (Object.keys(this.answers).length ? null : start);
    if (first) this.show(first);
    this.keep(); // with what is shown: the form may be left again before it came into view
    if (this.form.dataset.engineState) void this.walk();
  }

  /** Everything that stands in the fields, counted or not. */
  entered() {
    const { values, problems } = this.page.collect();
    const { on, in: place, ...typed } = values;
    return { on: on && String(on), in: place && String(place), typed, problems };
  }

  keep() {
    const { on, in: place, typed } = this.entered();
    const theCase = { answers: this.answers, on, in: place, typed, result: this.result };
    keep(this.key, theCase);
  }

  /** Something in the form has changed, or the engine is there. */
  changed() {
    this.keep();
    const { on, in: place } = this.entered();
    const which = `${on} ${place}`;
    if (this.result && which === this.which && this.counted === this.answers) return this.stands();
    return this.walk();
  }

  /**
   * Ask Python where the case stands.
   * @returns {Promise<boolean | null>} false where the answers cannot be used; null where a later question came first
   */
  async walk() {
    const answers = this.answers;
    const { on, in: place, problems } = this.entered();
    const wrong = problems.filter((one) => one.field === "on" || one.field === "in");
    if (wrong.length) {
      this.page.overtake();
      return this.wrong(wrong);
    }
    const slow = window.setTimeout(() => { if (this.form.dataset.engineState === "ready") this.page.say("Working it out…"); }, SLOW_AFTER_MS);
    const reply = await this.page.ask({ do: "walk", pathway: this.form.dataset.walk, answers: this.sent(answers), on: on ?? null, in: place ?? null, today: nowInBritain().date });
    clearTimeout(slow);
    if (!reply) return null;
    if (!reply.ok) return this.wrong(this.page.problemsFrom({ ...reply.error, question: this.ofTool(reply.error.question), questions: (reply.error.questions ?? []).map((/** @type {string} */ one) => this.ofTool(one)) }));
    this.counted = answers;
    this.which = `${on} ${place}`;
    this.page.markProblems([], false);
    const { tool, question } = reply.answer.ask ?? {};
    const unknown = tool && question && answers[this.nameOf(`${tool}.${question}`)] === "not_known";
    this.instead = unknown ? await this.nextOf(tool) : null;
    this.show(reply.answer);
    this.keep();
    return true;
  }

  /** The answers under the names of their fields: a case may name a question as the tool does that asks it too. @param {Record<string, import("./fields.js").Value>} answers */
  named(answers) {
    const entries = Object.entries(answers);
    return Object.fromEntries([...entries.map(([name, value]) => [this.nameOf(name), value]), ...entries.filter(([name]) => this.page.field(name))]);
  }

  /** The answers under every name that they have. @param {Record<string, import("./fields.js").Value>} answers */
  sent(answers) {
    /** @type {Record<string, import("./fields.js").Value>} */
    const sent = {};
    for (const [name, value] of Object.entries(answers)) {
      const also = this.page.field(name)?.getAttribute("data-also");
      for (const one of [name, ...(also ? also.split(" ") : [])]) sent[one] = value;
    }
    return sent;
  }

  /** A tool names its questions without itself; the form does not. @param {string | null} name */
  ofTool(name) {
    const full = `${this.direct ?? this.asked}.${name}`;
    return name && !this.page.field(name) && this.fieldOf(full) ? this.nameOf(full) : name;
  }

  /** The field of a question under any of its names. @param {string} name @returns {Element | null} */
  fieldOf(name) {
    return this.page.field(name) ?? this.form.querySelector(`[data-also~="${CSS.escape(name)}"]`);
  }

  /** @param {string} name */
  nameOf(name) {
    return this.fieldOf(name)?.getAttribute("data-field") ?? name;
  }

  /** @param {import("./form.js").Problem[]} problems */
  wrong(problems) {
    this.page.markProblems(problems, true);
    if (problems.some((one) => !one.field)) this.page.showSummary(problems);
    this.page.say(`To put right: ${problems[0].message}`);
    return false;
  }

  // ---- Answering ----

  /** @param {Event} event */
  async submit(event) {
    event.preventDefault();
    const { typed, problems } = this.entered();
    const mine = problems.filter((one) => this.isAsked(one.field));
    const outcome = this.direct;
    const chosen = outcome ? typed[outcome] : undefined;
    if (this.asked && !mine.length && typed[this.asked] === undefined && (chosen === undefined || chosen === "not_known")) {
      const kind = this.fieldOf(this.asked)?.getAttribute("data-kind") ?? "";
      if (kind === "number" || kind.startsWith("date")) typed[this.asked] = "not_known";
      else mine.push({ field: this.asked, message: "Choose an answer, or “Not known yet”." });
    }
    if (mine.length) return this.wrong(mine), this.page.goTo(mine[0].field ?? "");
    const asked = this.asked;
    const before = this.result?.stands_at;
    /** @type {Record<string, import("./fields.js").Value>} */
    const answers = { ...this.answers };
    for (const name of [asked, outcome].filter((one) => one !== null)) {
      if (typed[name] === undefined) delete answers[name];
      else answers[name] = typed[name];
    }
    const back = this.at;
    const last = this.answers;
    this.answers = answers;
    this.at = null;
    const told = await this.walk();
    if (!told) {
      // Answers that cannot be used do not count; the fields keep them, to be put right.
      if (told === false && this.answers === answers) {
        this.answers = last;
        this.at = back;
      }
      return;
    }
    if (back && outcome) await this.goOnWith(outcome);
    const waits = this.asked === asked && this.result?.stands_at === before;
    if (waits) return; // not known yet: the focus stays, and the live line says that the walk waits
    if (this.result?.stands_at === before && !back && !this.at) this.focusQuestion();
    else if (this.at) this.focusQuestion();
    else this.focusHere();
  }

  /** A tool that is answered out of turn is asked on until it has an outcome. @param {string} tool */
  async goOnWith(tool) {
    const known = this.result?.tools[tool];
    if (!known || known.outcome || this.result?.ask?.tool === tool) return;
    await this.open(tool);
  }

  /** @param {string | null} name */
  isAsked(name) {
    return Boolean(name) && (name === this.asked || name === this.direct);
  }

  /** The tool that a question belongs to, or that is the question. @param {string | null} name */
  toolOf(name) {
    if (!name) return null;
    const tool = name.split(".")[0];
    return name.includes(".") || this.form.querySelector(`[data-tool-asked="${CSS.escape(tool)}"]`) ? tool : null;
  }

  /** @param {MouseEvent} event */
  click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.dataset.change) void this.open(button.dataset.change, true).then(() => this.focusHere());
    if (button?.hasAttribute("data-leave")) {
      this.undo();
      const from = this.at;
      this.at = null;
      if (this.result) this.show(this.result);
      const again = [...this.form.querySelectorAll("button[data-change]")].find((one) => one.getAttribute("data-change") === from);
      if (again instanceof HTMLElement) again.focus(); else this.focusHere();
    }
  }

  /** What was typed but does not count is put back. */
  undo() {
    for (const name of [this.asked, this.direct]) {
      const field = name && this.fieldOf(name);
      if (field) fill(field, this.answers[name]);
    }
  }

  /** Ask a question out of turn. @param {string} name a question, or a tool @param {boolean} [direct] whether a tool's given outcome is shown */
  async open(name, direct = false) {
    this.undo();
    const tool = this.toolOf(name);
    this.at = name;
    if (tool === name && !(direct && this.answers[tool] !== undefined)) {
      const next = await this.nextOf(tool);
      if (next) this.at = next;
    }
    if (this.result) this.show(this.result);
  }

  /**
   * The tool's next question that was not already said to be not known. Which questions can matter is Python's to say.
   * @param {string} tool
   */
  async nextOf(tool) {
    const { on, in: place } = this.entered();
    // What the walk carried over to the tool counts as said.
    const told = Object.fromEntries(Object.entries(this.sent(this.answers)).filter(([name]) => name.startsWith(`${tool}.`)).map(([name, value]) => [name.slice(tool.length + 1), value]));
    const answers = { ...this.result?.tools[tool]?.answers, ...told };
    const reply = await this.page.ask({ do: "decide", tool, answers, on: on ?? null, in: place ?? null, today: nowInBritain().date });
    if (!reply?.ok) return null;
    const open = reply.answer.questions.filter((/** @type {any} */ one) => one.state === "next" || one.state === "open").sort((/** @type {any} */ a, /** @type {any} */ b) => Number(b.state === "next") - Number(a.state === "next"));
    const fresh = open.find((/** @type {any} */ one) => answers[one.id] !== "not_known") ?? open[0];
    return fresh ? this.nameOf(`${tool}.${fresh.id}`) : null;
  }

  focusHere() {
    const title = this.part("here-title");
    title.focus({ preventScroll: true });
    title.scrollIntoView({ block: "start", behavior: "instant" });
  }

  focusQuestion() {
    const field = this.asked && this.fieldOf(this.asked);
    const set = field ? field.querySelector("fieldset") : null;
    if (!set) return this.focusHere();
    set.setAttribute("tabindex", "-1");
    set.focus({ preventScroll: true });
    this.part("asking").scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  // ---- Showing ----

  /** @param {Result} result */
  show(result) {
    this.result = result;
    const open = new Set([...this.page.answerPlace.querySelectorAll("details[open][data-fold]")].map((fold) => fold.getAttribute("data-fold")));
    this.showSteps(result);
    this.showHere(result);
    this.showMap(result);
    for (const fold of this.page.answerPlace.querySelectorAll("details[data-fold]")) {
      if (open.has(fold.getAttribute("data-fold"))) fold.setAttribute("open", "");
    }
    this.stands();
  }

  /** The live line. */
  stands() {
    const result = this.result;
    if (!result || this.form.dataset.engineState === "loading" && !this.which) return;
    const waits = result.status === "waiting" && this.asked && !this.at && this.answers[this.asked] === "not_known";
    if (this.at) this.page.say("The answers after this one are kept.");
    else if (waits) this.page.say(`Not known yet: the walk waits here. ${capital(count(result.ways_on.length, "way remains", "ways remain"))}.`);
    else if (result.status === "waiting") this.page.say("Choose, then continue.");
    else this.page.say(this.whereInWords(result));
  }

  /** @param {string} point @returns {HTMLElement} */
  section(point) {
    return must(this.form, `[data-point="${CSS.escape(point)}"]`);
  }

  /** @param {string} point */
  titleOf(point) {
    return must(this.section(point), "[data-point-title]").textContent ?? point;
  }

  /** @param {Result} result */
  whereInWords(result) {
    const section = this.section(result.stands_at);
    const title = this.titleOf(result.stands_at);
    if (result.status === "ended") return `The journey ends here: ${title}`;
    if (result.status === "comes_round") return `You are back at ${title}`;
    return section.dataset.kind === "start" ? `You are at the start: ${title}` : `You are at ${title}`;
  }

  /** The points passed, in order. @param {Result} result */
  showSteps(result) {
    const passed = result.visited.filter((/** @type {any} */ visit) => visit.left_by);
    // An answer is told where it leads on; one that only adds to what is due, where it first does; what is open, at the present point.
    const leads = new Set([...passed.flatMap((/** @type {any} */ visit) => this.answered(visit)), ...this.others(result)]);
    this.part("steps").replaceChildren(...passed.map((/** @type {any} */ visit) => this.step(result, visit, leads)));
    this.part("steps").closest("section")?.toggleAttribute("hidden", !passed.length);
  }

  /** @param {Result} result @param {any} visit @param {Set<string>} told questions that another step tells of */
  step(result, visit, told) {
    const way = this.wayOf(visit.left_by);
    const by = this.answered(visit);
    const named = visit.asks.filter((/** @type {string} */ name) => by.includes(name) || (!told.has(name) && this.valueOf(result, name) !== null));
    const depends = visit.actions.flatMap((/** @type {any} */ action) => (action.certain ? [] : action.depends_on));
    const open = [...new Set(depends)].filter((name) => !named.includes(name) && !told.has(name));
    for (const name of [...named, ...open]) told.add(name);
    return h("li", { class: "hb-step", "data-step": visit.point },
      h("h3", { class: "hb-step__title" }, this.titleOf(visit.point)),
      named.length > 0 && h("dl", { class: "hb-step__answers" }, ...named.flatMap((/** @type {string} */ name) => this.rows(result, name))),
      by.length > 0 && h("p", { class: "hb-step__way" }, "Then: ", copy(way?.querySelector("[data-way-when]"))),
      ...open.map((name) => h("p", { class: "hb-step__open" }, "Not answered; it could add to what is due: ", this.askOf(name), " ", this.button("Answer", name))),
      visit.actions.length > 0 && h("details", { class: "hb-fold", "data-fold": `due-${visit.point}` },
        h("summary", null, `What was due here (${visit.actions.length})`),
        h("div", { class: "hb-fold__body" }, ...this.due(visit), ...this.dates(result, visit))));
  }

  /** An answer that led on, with the way back to it; a tool's own answers below its outcome. @param {Result} result @param {string} name @returns {HTMLElement[]} */
  rows(result, name) {
    const rows = [this.row(this.askOf(name), this.valueOf(result, name) ?? "Not answered", name)];
    if (this.toolOf(name) !== name || this.answers[name] !== undefined && this.answers[name] !== "not_known") return rows;
    for (const [one, value] of Object.entries(this.answers)) {
      if (Object.keys(this.sent({ [one]: value })).some((other) => other.startsWith(`${name}.`))) rows.push(this.row(this.askOf(one), this.inWords(one, value), one, true));
    }
    return rows;
  }

  /** @param {string} ask @param {string} value @param {string} name @param {boolean} [inner] */
  row(ask, value, name, inner = false) {
    return h("div", { class: `hb-step__row${inner ? " hb-step__row--inner" : ""}` }, h("dt", null, ask), h("dd", null, h("span", null, value), " ", this.button("Change", name)));
  }

  /** @param {string} word @param {string} name */
  button(word, name) {
    return h("button", { type: "button", class: "hb-link", "data-change": name }, word, h("span", { class: "hb-unseen" }, `: ${this.askOf(name)}`));
  }

  /** @param {string | null} edge @returns {Element | null} */
  wayOf(edge) {
    return edge && this.form.querySelector(`[data-points] [data-way="${CSS.escape(edge)}"]`);
  }

  /** @param {string} name */
  askOf(name) {
    return this.fieldOf(name)?.querySelector("[data-ask]")?.textContent ?? name;
  }

  /** The answer to a question, or a tool's outcome, in words; null where there is none. @param {Result} result @param {string} name */
  valueOf(result, name) {
    const own = this.answers[name];
    if (own !== undefined && own !== "not_known") return this.inWords(name, own);
    if (this.toolOf(name) === name && result.tools[name]) return result.tools[name].title ?? "Not decided yet";
    return own === "not_known" ? "Not known yet" : null;
  }

  /** @param {string} name @param {unknown} value @returns {string} */
  inWords(name, value) {
    const field = this.fieldOf(name);
    const label = (/** @type {unknown} */ one) => field?.querySelector(`input[value="${CSS.escape(String(one))}"]`)?.closest("label")?.textContent?.trim() ?? String(one);
    if (value === "not_known") return "Not known yet";
    if (Array.isArray(value)) return value.length ? list(value.map(label)) : label("none_of_them");
    const kind = field?.getAttribute("data-kind");
    if (kind === "date") return day(String(value));
    if (kind === "date_time") return `${day(String(value))}, ${String(value).slice(11, 16)}`;
    return kind === "number" ? String(value) : label(value);
  }

  /**
   * What each role must do at a point, copied from the page.
   * @param {any} visit @param {(action: any) => boolean} [wanted]
   */
  due(visit, wanted = () => true) {
    const found = new Map(visit.actions.filter(wanted).map((/** @type {any} */ action) => [action.id, action]));
    const groups = [...this.section(visit.point).querySelectorAll("[data-role]")].map((group) => {
      const shown = copy(group);
      for (const block of shown.querySelectorAll("[data-areas]")) block.remove(); // Python has said what differs in this place
      for (const item of shown.querySelectorAll("[data-action]")) {
        const action = found.get(item.getAttribute("data-action"));
        item.querySelector("[data-due-if]")?.remove(); // Python has said whether it is due
        if (!action) item.remove();
        else if (!action.certain) item.querySelector(".hb-action__text")?.append(this.depends(action));
      }
      return shown.querySelector("[data-action]") ? shown : null;
    });
    return groups.filter((one) => one !== null);
  }

  /** @param {any} action */
  depends(action) {
    return h("p", { class: "hb-depends" }, "May be due, depending on: ", ...action.depends_on.flatMap((/** @type {string} */ name, /** @type {number} */ index) => [index ? " · " : null, this.askOf(name)]));
  }

  /** The dates that tools have worked out. @param {Result} result @param {any} visit */
  dates(result, visit) {
    const place = (/** @type {string | null} */ id) => this.placeInWords(id);
    return visit.asks.flatMap((/** @type {string} */ name) => (result.tools[name]?.deadlines ?? []).filter((/** @type {any} */ due) => due.from).map((/** @type {any} */ due) =>
      h("div", { class: "hb-due" }, h("p", { class: "hb-due__title" }, due.title), h("p", { class: "hb-due__length" }, capital(due.length)), deadlineFigures(due, place), calendarButton(due, result, place))));
  }

  /** The present point. @param {Result} result */
  showHere(result) {
    const section = this.section(result.stands_at);
    this.ask(result);
    const back = this.at !== null;
    this.part("here").toggleAttribute("data-back", back);
    this.part("here-title").textContent = back ? `Going back to: ${this.placeOf(this.at ?? "")}` : this.whereInWords(result);
    this.part("here-about").replaceChildren(...(back ? [] : copy(section.querySelector("[data-about]")).childNodes));
    this.part("here-rest").replaceChildren(...(back ? [] : this.rest(result)));
  }

  /** The point to which a question belongs, among those passed. @param {string} name */
  placeOf(name) {
    const top = this.toolOf(name) ?? name;
    const visit = this.result?.visited.find((/** @type {any} */ one) => one.asks.includes(top));
    return visit ? this.titleOf(visit.point) : this.askOf(top);
  }

  /** Bring the question to be asked into its place, and the others back into theirs. @param {Result} result */
  ask(result) {
    const next = this.instead ?? (result.ask && (result.ask.tool
      ? (result.ask.question ? this.nameOf(`${result.ask.tool}.${result.ask.question}`) : result.ask.tool)
      : result.ask.question));
    this.asked = this.at ?? next ?? null;
    const asking = this.part("asking");
    asking.hidden = !this.asked;
    const tool = this.at ? this.toolOf(this.at) : result.ask?.tool ?? null;
    const direct = tool && tool !== this.asked ? tool : null;
    const fold = this.part("direct").closest("details");
    if (direct !== this.direct) fold?.removeAttribute("open");
    fold?.toggleAttribute("hidden", !direct);
    this.direct = direct;
    this.put(this.part("slot"), this.asked);
    this.put(this.part("direct"), direct);
    const lead = this.part("asking-lead");
    lead.hidden = !direct;
    lead.replaceChildren("A tool says which way it goes on: ", h("strong", null, direct ? this.askOf(direct) : ""));
    this.part("go-on").textContent = this.at ? "Save the change" : "Continue";
    this.part("leave").hidden = !this.at;
  }

  /** @param {HTMLElement} place @param {string | null} name of the question that belongs there now */
  put(place, name) {
    const wanted = name && this.fieldOf(name);
    for (const field of [...place.children]) {
      if (field !== wanted) this.homes.get(field)?.after(field);
    }
    if (wanted && wanted.parentElement !== place) place.append(wanted);
  }

  /** What is due now, and the ways on. @param {Result} result */
  rest(result) {
    const { now, before } = this.now(result);
    const certain = now.some((visit) => visit.actions.some(isCertain));
    const may = now.flatMap((visit) => visit.actions).filter((action) => !action.certain).length;
    const ways = result.status === "comes_round" ? [] : result.ways_on.map((/** @type {any} */ way) => this.wayOf(way.edge)).filter(Boolean);
    const last = result.visited[result.visited.length - 1];
    const others = this.others(result);
    return [
      result.status === "ended" && h("p", { class: "hb-walk__note" }, "Nothing more is asked. If something changes, go back to the answer that it changes."),
      result.status === "comes_round" && h("div", { class: "hb-walk__note" },
        h("p", null, "The way has come round, and the journey continues from here. When the next decision is taken, answer anew:"),
        h("ul", null, ...this.answered(last).map((name) => h("li", null, this.askOf(name), " ", this.button("Answer anew", name))))),
      h("h3", { class: "hb-here__part" }, "What each role must do now"),
      ...(certain ? this.dueAt(result, now, isCertain) : [h("p", null, now.length ? "At this point nothing is certain yet." : "Nothing is laid down for this point.")]),
      ...(certain ? [] : this.dueAt(result, before, isCertain)),
      ...now.flatMap((visit) => this.dates(result, visit)),
      may > 0 && h("details", { class: "hb-fold", "data-fold": "may" },
        h("summary", null, `May also be due, depending on what is not answered (${may})`), h("div", { class: "hb-fold__body" }, ...this.dueAt(result, now, (action) => !action.certain))),
      certain && before.length > 0 && h("details", { class: "hb-fold", "data-fold": "before" },
        h("summary", null, "What the last answer has settled, at the point before"), h("div", { class: "hb-fold__body" }, ...this.dueAt(result, before, isCertain))),
      ...differences(/** @type {any} */ (result), { level: 2 }, (one) => one.kind !== "point" || one.id === result.stands_at),
      others.length > 0 && h("h3", { class: "hb-here__part" }, "What also matters here"),
      others.length > 0 && h("ul", { class: "hb-here__others" }, ...others.map((name) => h("li", null, this.askOf(name), " ", this.button("Answer", name)))),
      ways.length > 0 && h("h3", { class: "hb-here__part" }, this.asked && this.answers[this.asked] === "not_known" ? "Not known yet: the walk waits, and these ways remain" : "The ways on"),
      ways.length > 0 && h("ul", { class: "hb-ways" }, ...ways.map(copy)),
      sources(/** @type {any} */ (result), { level: 2 }),
      readings(/** @type {any} */ (result), { level: 2 }),
      this.afterwards(result),
    ].filter((one) => one instanceof HTMLElement);
  }

  /**
   * The points whose actions are due now: the present one and those passed on the way to it without a question. Before them
   * comes the point whose answer led here, with what lay on the way to it; where the present one has nothing to be done,
   * that is what is due now.
   * @param {Result} result @returns {{now: any[], before: any[]}}
   */
  now(result) {
    const busy = (/** @type {any} */ visit) => visit.actions.length > 0;
    if (result.status === "comes_round") return { now: result.visited.filter((/** @type {any} */ visit) => visit.point === result.stands_at && busy(visit)), before: [] };
    const visited = [...result.visited];
    const run = () => {
      const found = visited.length ? [visited.pop()] : [];
      while (visited.length && !this.answered(visited[visited.length - 1]).length) found.unshift(visited.pop());
      return found.filter(busy);
    };
    const [now, before] = [run(), run()];
    return now.length ? { now, before } : { now: before, before: [] };
  }

  /**
   * What is due at several points, each named unless it is the present one alone.
   * @param {Result} result @param {any[]} visits @param {(action: any) => boolean} wanted
   */
  dueAt(result, visits, wanted) {
    const named = visits.length > 1 || visits[0]?.point !== result.stands_at;
    return visits.filter((visit) => visit.actions.some(wanted)).flatMap((visit) => [
      ...(named ? [h("p", { class: "hb-here__from" }, `At ${this.titleOf(visit.point)}`)] : []), ...this.due(visit, wanted)]);
  }

  /** The questions whose answers led on from a point. @param {any} visit @returns {string[]} */
  answered(visit) {
    return (this.wayOf(visit.left_by)?.getAttribute("data-by") ?? "").split(" ").filter(Boolean);
  }

  /** Questions of the present point that are open besides the one that is asked. @param {Result} result @returns {string[]} */
  others(result) {
    const visit = result.visited.find((/** @type {any} */ one) => one.point === result.stands_at);
    const open = (/** @type {string} */ name) => { const value = this.valueOf(result, name); return value === null || value === "Not known yet" || value === "Not decided yet"; };
    return result.status !== "waiting" ? [] : visit.asks.filter((/** @type {string} */ name) => !this.isAsked(name) && open(name));
  }

  /** What can be done besides. @param {Result} result */
  afterwards(result) {
    const { on, in: place } = this.entered();
    const link = () => linkFor(this.key, { answers: this.answers, on, in: place }, this.form.dataset.rulesHash);
    return h("div", { class: "hb-walk__after" },
      result.visited.length > 1 && leavings({
        result, file: `walk-${result.pathway}-${result.on}`, title: result.title, called: "walk", place: this.placeInWords(result.in),
        shown: () => this.page.answerPlace.children, leave: (part) => part.matches("[data-asking]"), answers: result.answers,
        again: `handbook walk ${result.pathway}`, print: () => window.print(), link,
        others: [h("button", { type: "button", class: "hb-button", onclick: () => this.startAgain() }, "Start again")],
      }),
      h("p", { class: "hb-foot" }, `As on ${day(result.on)}${result.in ? `, ${this.placeInWords(result.in)}` : ""}. `, hash(result.rules_hash)));
  }

  /** @param {string | null} id */
  placeInWords(id) {
    return this.page.field("in")?.querySelector(`option[value="${CSS.escape(id ?? "")}"]`)?.textContent ?? id ?? "";
  }

  /** The way travelled on the map, and where it has led to, in words too. @param {Result} result */
  showMap(result) {
    if (!this.chart) return;
    const passed = new Set(result.visited.map((/** @type {any} */ visit) => visit.point));
    const edges = new Set(result.travelled);
    for (const node of this.chart.querySelectorAll("[data-node]")) {
      const point = node.getAttribute("data-node") ?? "";
      node.classList.toggle("is-travelled", passed.has(point));
      node.classList.toggle("is-here", point === result.stands_at);
      if (point === result.stands_at) node.querySelector("a")?.setAttribute("aria-current", "step");
      else node.querySelector("a")?.removeAttribute("aria-current");
    }
    for (const edge of this.chart.querySelectorAll("[data-edge]")) edge.classList.toggle("is-travelled", edges.has(edge.getAttribute("data-edge") ?? ""));
    const words = this.chart.querySelector("[data-on-map]");
    words?.removeAttribute("hidden");
    words?.replaceChildren(h("strong", null, sentence(this.whereInWords(result))), edges.size ? " The way travelled is drawn in thick lines." : "");
    const frame = this.chart.querySelector(".map-frame");
    const here = this.chart.querySelector(".is-here");
    if (frame && here) center(frame, here);
  }

  // ---- Besides ----

  startAgain() {
    forget(this.key);
    tellCleared();
    this.page.touched.clear();
    this.page.tellOfLink(null);
    this.form.reset();
    this.take({ answers: {} });
    this.focusHere();
  }
}

/** Whether two answers are the same; lists in any order. @param {unknown} one @param {unknown} other */
const same = (one, other) => JSON.stringify([one].flat().map(String).sort()) === JSON.stringify([other].flat().map(String).sort());

/** @param {any} action */
const isCertain = (action) => action.certain;

/** @param {string} text */
const sentence = (text) => (/[.?!]$/.test(text) ? text : `${text}.`);

/** A copy of something that the page says. @param {Element | null | undefined} element @returns {HTMLElement} */
function copy(element) {
  const made = element?.cloneNode(true);
  return made instanceof HTMLElement ? made : h("span", null);
}

/** Scroll a frame, and nothing but the frame, so that something in it is in the middle. @param {Element} frame @param {Element} target */
function center(frame, target) {
  const [outer, inner] = [frame.getBoundingClientRect(), target.getBoundingClientRect()];
  frame.scrollBy({
    left: inner.left + inner.width / 2 - (outer.left + outer.width / 2),
    top: inner.top + inner.height / 2 - (outer.top + outer.height / 2),
    behavior: "instant",
  });
}

window.addEventListener("beforeprint", () => {
  // Paper shows what was and is due. Sources and readings are printed where the reader has opened them.
  for (const fold of document.querySelectorAll(".hb-walk [data-answer] :is([data-fold^=due-], [data-fold=may], [data-fold=before]):not([open])")) {
    fold.setAttribute("open", "");
    fold.setAttribute("data-opened-for-print", "");
  }
});

window.addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll(".hb-walk [data-opened-for-print]")) { fold.removeAttribute("open"); fold.removeAttribute("data-opened-for-print"); }
});
