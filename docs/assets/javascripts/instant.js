// @ts-check
/**
 * An answer looked up, before Python is there or where it cannot be. The build has written down what the engine knows of a tool
 * (build_scripts/site/lookup.py); this walks it and puts the same answer together, as far as it stands there. No rule is in here.
 *
 * The answer has the shape of Python's own (docs/maintain/answer.md) and besides `looked_up`: true, in `unchecked` what the engine
 * would check of its numbers, and in a figure's `rests_on` the questions that it is worked out from. Its trace, why_not, counted and
 * skipped days and the values of figures are empty: only Python gives these.
 */
import { NotHere, Refusal, filled, inTime, pick, readDay, reply, said, textsOf, openPlain } from "./instant-data.js";
import { ahead, deadlineFrom, dayNumber, isoDay, isoMoment, valueOf } from "./instant-days.js";
import { Diagrams, Walk } from "./instant-diagram.js";

/** The look-up of a tool's form, once it is there; null where there is none, or one of other rules than the page's. @param {HTMLElement} form */
export const openInstant = (form) => openPlain(form, (plain) => new Instant(plain));

/** @typedef {{kind: string, value: any}} Typed */

export class Instant {
  /** @param {any} plain what build_scripts/site/lookup.py wrote for a tool */
  constructor(plain) {
    this.plain = plain;
    /** @type {Map<number, {look: any, store: Diagrams, questions: Map<string, any>}>} */
    this.looks = new Map();
  }

  /**
   * The reply to a request as the engine takes it; null where the tables do not say.
   * @param {{answers?: Record<string, any>, on?: string | null, in?: string | null, today?: string}} request
   * @returns {{ok: true, answer: any} | {ok: false, error: any} | null}
   */
  decide(request) {
    return reply(() => this.answer(request));
  }

  /** @param {{answers?: Record<string, any>, on?: string | null, in?: string | null, today?: string}} request */
  answer({ answers = {}, on, in: asked, today }) {
    const iso = on ?? today ?? "";
    const date = readDay(this.plain, iso, null, "date");
    if (!asked || !(asked in this.plain.places)) throw new NotHere();
    const place = this.plain.places[asked];
    const notices = place.notices.filter((/** @type {string} */ name) => inTime(this.plain.notices[name], iso));
    if (place.elsewhere) return this.elsewhere(place, notices, iso, asked);
    const which = place.editions.find((/** @type {number} */ one) => inTime(this.plain.looks[one].edition, iso));
    if (which === undefined) {
      throw new Refusal({ kind: "edition", question: "on", questions: [], ...filled(place.none, date), found: `${iso} ${asked}` });
    }
    const found = new Case(this.plain, this.look(which), answers).answer(iso, asked);
    return this.complete(found, place, notices);
  }

  /** The names of the questions that are asked at a place and time; null where that is not said. @param {{on: string, in?: string}} when */
  questionsAt({ on, in: asked }) {
    if (!asked || !(asked in this.plain.places) || dayNumber(on) === null) return null;
    const place = this.plain.places[asked];
    if (place.elsewhere) return new Set();
    const which = place.editions.find((/** @type {number} */ one) => inTime(this.plain.looks[one].edition, on));
    return which === undefined ? null : new Set(this.plain.looks[which].questions.map((/** @type {any} */ one) => one.id));
  }

  /** @param {number} which */
  look(which) {
    let one = this.looks.get(which);
    if (!one) {
      const look = this.plain.looks[which];
      const store = new Diagrams(look, look.variables.map((/** @type {any} */ variable) => variable.size));
      one = { look, store, questions: new Map(look.questions.map((/** @type {any} */ question) => [question.id, question])) };
      this.looks.set(which, one);
    }
    one.store.tidy();
    return one;
  }

  /** @param {any} place @param {string[]} notices @param {string} iso @param {string} asked */
  elsewhere(place, notices, iso, asked) {
    const { because, cites, notices: first } = place.elsewhere;
    return this.complete({
      ...this.frame(iso, asked), edition: null, answers: {}, status: "not_applicable", outcome: null, title: null, kind: null, because,
      criteria: [], actions: [], deadlines: [], figures: [], next_question: null, still_possible: [], questions: [],
      cites, readings: [],
    }, place, [...first, ...notices.filter((name) => !first.includes(name))]);
  }

  /** @param {string} iso @param {string} asked */
  frame(iso, asked) {
    return { format: this.plain.answer_format, tool: this.plain.tool, tool_title: this.plain.tool_title, on: iso, in: asked };
  }

  /** What all answers end with: what areas say, and the texts behind names. @param {any} answer @param {any} place @param {string[]} notices */
  complete(answer, place, notices) {
    const areas = this.areas(answer, place);
    const { plain } = this;
    return {
      ...this.frame(answer.on, answer.in), ...answer, areas, trace: [], why_not: [], ...textsOf(plain, answer, areas),
      notices: notices.map((name) => pick(plain.notices[name], ["id", "title", "text", "status"])),
      rules_hash: plain.rules_hash,
      looked_up: true,
    };
  }

  /** @param {any} answer @param {any} place */
  areas(answer, place) {
    const { tool } = this.plain;
    const things = new Set([`tool ${tool}`]);
    for (const { id } of answer.questions) things.add(`question ${tool}.${id}`);
    for (const action of answer.actions) {
      things.add(`action ${action.id}`).add(`role ${action.who}`).add(`deadline ${action.deadline}`);
      for (const form of action.form) things.add(`form ${form.id}`);
    }
    for (const due of answer.deadlines) things.add(`deadline ${due.id}`);
    return said(this.plain, place.areas, things);
  }
}

/** One case in one edition. */
class Case {
  /** @param {any} plain @param {{look: any, store: Diagrams, questions: Map<string, any>}} look @param {Record<string, any>} given */
  constructor(plain, { look, store, questions }, given) {
    this.plain = plain;
    this.look = look;
    this.questions = questions;
    /** @type {Map<string, Typed>} */
    this.typed = new Map();
    for (const name of Object.keys(given)) if (!questions.has(name)) throw new NotHere();
    for (const question of look.questions) {
      const value = given[question.id];
      if (value !== undefined && value !== null && value !== "not_known") this.typed.set(question.id, this.read(question, value));
    }
    this.walk = new Walk(store, look.questions, look.variables, this.facts());
    this.node = store.roots[look.root];
    this.left = this.walk.ofRoot(look.root);
    if (!this.left.length) throw this.cannotBe();
  }

  // From what was entered to values of levels.

  /** @param {any} question @param {any} value @returns {Typed} */
  read(question, value) {
    switch (question.kind) {
      case "number": return this.readNumber(question, value);
      case "several_of": {
        if (!Array.isArray(value) || value.some((one) => !question.options.includes(one))) throw new NotHere();
        return { kind: question.kind, value: question.options.filter((/** @type {string} */ one) => value.includes(one)) };
      }
      case "date": case "date_time": return this.readDate(question, value);
      default:
        if (!question.options.includes(value)) throw new NotHere();
        return { kind: question.kind, value };
    }
  }

  /** @param {any} question @param {any} value @returns {Typed} */
  readNumber(question, value) {
    if (typeof value !== "number" || !(Math.abs(value) < 1e15)) throw new NotHere();
    const { least, most, decimals, refused, expected } = question;
    if ((least !== null && value < least) || (most !== null && value > most) || (!decimals && !Number.isInteger(value))) {
      throw new Refusal({ message: refused, question: question.id, found: String(value), expected });
    }
    return { kind: "number", value };
  }

  /** @param {any} question @param {any} value @returns {Typed} */
  readDate(question, value) {
    const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::00)?)?$/.exec(String(value));
    const timed = question.kind === "date_time";
    if (!found || (found[2] !== undefined) !== timed) throw new NotHere();
    const date = readDay(this.plain, found[1], question.id);
    if (!timed) return { kind: "date", value: { day: date } };
    const minute = Number(found[2]) * 60 + Number(found[3]);
    const hours = Number(found[2]) < 24 && Number(found[3]) < 60 ? ahead(this.plain.clocks, date, minute) : undefined;
    if (hours === undefined || hours === null) throw new NotHere();
    return { kind: "date_time", value: { day: date, minute, hours } };
  }

  /** @returns {import("./instant-diagram.js").Facts} */
  facts() {
    const known = new Map();
    for (const [name, { value }] of this.typed) {
      for (const level of this.questions.get(name).levels) {
        const index = this.index(this.look.variables[level], value);
        if (index !== null) known.set(level, index);
      }
    }
    return { known, together: this.together(), answered: new Set(this.typed.keys()) };
  }

  /** The place of an answer among the values of a level; null where another answer is needed. @param {any} variable @param {any} value */
  index(variable, value) {
    switch (variable.kind) {
      case "value": return variable.values.indexOf(value);
      case "bit": return Number(value.includes(variable.option));
      case "cell": {
        const at = typeof value === "number" ? value : value.day;
        return variable.cells.findIndex((/** @type {any} */ [low, lowIn, high, highIn]) =>
          (low === null || at > low || (lowIn && at === low)) && (high === null || at < high || (highIn && at === high)));
      }
      default: return this.stand(variable);
    }
  }

  /** How one date stands to another and to a deadline's last day. @param {any} variable */
  stand(variable) {
    const [left, right] = variable.questions.map((/** @type {string} */ name) => this.typed.get(name)?.value.day);
    if (left === undefined || right === undefined) return null;
    let position = 0;
    for (const [place, table] of variable.thresholds.entries()) {
      const mark = table === null ? right : this.lastDay(table, right, variable.starts[place]);
      if (left === mark) position = place * 2 + 1;
      if (left === mark) break;
      if (left > mark) position = place * 2 + 2;
    }
    return variable.positions[position];
  }

  /** @param {string} table @param {number} day @param {string} question */
  lastDay(table, day, question) {
    const found = deadlineFrom(this.plain.days[table], this.plain.clocks, { day });
    if (found === null) throw new NotHere();
    if ("outside" in found) throw this.outside(table, found.outside, question);
    return found.lastDay;
  }

  /** @param {string} table @param {number} day @param {string} question */
  outside(table, day, question) {
    return new Refusal({ question, ...filled(this.plain.days[table].outside, day), found: isoDay(day) });
  }

  /** Which values of open levels can occur together, where answers are compared with one another. */
  together() {
    const found = [];
    for (const star of this.look.stars) {
      const days = new Map(star.names.filter((/** @type {string} */ name) => this.typed.has(name)).map((/** @type {string} */ name) => [name, this.typed.get(name)?.value.day]));
      const one = star.cases.find((/** @type {any} */ { known }) => known.length === days.size && known.every((/** @type {string} */ name) => days.has(name)));
      if (!one) continue;
      const can = this.can(one, days);
      if (can) found.push({ levels: one.levels, can });
    }
    return found;
  }

  /** @param {any} one @param {Map<string, number>} days */
  can(one, days) {
    if (one.always !== undefined) return one.always;
    const [first, second] = one.known.map((/** @type {string} */ name) => days.get(name));
    if (one.apart) {
      const middle = (one.apart.length - 1) / 2;
      return one.apart[middle + Math.max(-middle, Math.min(middle, first - second))];
    }
    const value = valueOf(one.days, first);
    if (value?.outside !== undefined) throw this.outside(one.table, first + value.outside, value.start);
    if (value === undefined) throw new NotHere();
    return value.can;
  }

  /** What to say of answers that cannot occur together. */
  cannotBe() {
    const { together: message, together_expected: expected } = this.plain.words;
    const answers = this.answers();
    for (const { because, questions, root } of this.look.impossible) {
      const own = this.walk.values(this.walk.store.roots[root]);
      if (own.length === 1 && own[0] === true) {
        const concerned = questions.filter((/** @type {string} */ name) => this.typed.has(name));
        const found = concerned.map((/** @type {string} */ name) => `${name}: ${Array.isArray(answers[name]) ? answers[name].join(", ") || "none" : answers[name]}`).join(", ");
        return new Refusal({ message: `${message}: ${because}`, questions: concerned, found, expected });
      }
    }
    return new Refusal({ message, questions: Object.keys(answers), found: Object.keys(answers).join(", "), expected });
  }

  // From the diagrams to an answer.

  /** Answers as the engine gives them back. @returns {Record<string, any>} */
  answers() {
    return Object.fromEntries([...this.typed].map(([name, { kind, value }]) => [name,
      kind === "date" ? isoDay(value.day) : kind === "date_time" ? isoMoment(value.day, value.minute, value.hours) : value]));
  }

  /** @param {string} iso @param {string} place */
  answer(iso, place) {
    const { look, walk, plain } = this;
    const entry = (/** @type {number} */ at) => plain.entries[at];
    const decided = this.left.length === 1;
    const outcomes = look.outcomes.map((/** @type {any} */ one) => ({ ...one, entry: entry(one.entry), ...walk.certainty(one.root) }));
    const outcome = decided ? outcomes.find((/** @type {any} */ one) => one.entry.id === this.left[0]).entry : null;
    const rules = (/** @type {any[]} */ some) => some.map((one) => ({ ...one, entry: entry(one.entry), ...walk.certainty(one.root) }));
    const [criteria, duties] = [rules(look.criteria), rules(look.duties)];
    const due = (/** @type {any[]} */ some) => rules(some).filter((one) => one.applies !== "no");
    const [actions, deadlines, figures] = [due(look.actions), due(look.deadlines), due(look.figures)];
    const shown = {
      criteria: criteria.filter((one) => one.applies === "yes").map((one) => pick(one.entry, ["id", "title", "because", "cites"])),
      actions: actions.map((one) => ({ ...one.entry, certain: one.applies === "yes", depends_on: one.dependsOn })),
      deadlines: deadlines.map((one) => this.deadline(one, place)),
      figures: figures.map((one) => this.figure(one)),
    };
    const nextQuestion = decided ? null : walk.nextQuestion(look.root);
    return {
      on: iso, in: place, edition: look.edition, answers: this.answers(),
      status: decided ? "decided" : "undecided", outcome: outcome?.id ?? null, title: outcome?.title ?? null, kind: outcome?.kind ?? null, because: outcome?.because ?? null,
      ...shown,
      next_question: nextQuestion,
      still_possible: outcomes.filter((/** @type {any} */ one) => this.left.includes(one.entry.id)).map((/** @type {any} */ { entry: { id, title } }) => ({ outcome: id, title })),
      questions: this.states(nextQuestion, shown),
      ...this.sources(outcome, { criteria, outcomes, duties }, shown),
      unchecked: this.unchecked(),
    };
  }

  /** @param {any} one @param {string} place */
  deadline({ entry, days, applies, dependsOn }, place) {
    const start = this.typed.get(entry.from_question)?.value;
    const shown = { ...entry, from: start === undefined ? null : this.answers()[entry.from_question], in: place,
      target: null, last_day: null, last_moment: null, counted: [], skipped: [], certain: applies === "yes", depends_on: dependsOn };
    if (start === undefined) return shown;
    const found = deadlineFrom(this.plain.days[days], this.plain.clocks, start);
    if (found === null) throw new NotHere();
    if ("outside" in found) throw this.outside(days, found.outside, entry.from_question);
    return { ...shown, target: found.target, last_day: isoDay(found.lastDay), last_moment: found.lastMoment };
  }

  /** A figure as far as it can be told without working it out. @param {any} one */
  figure({ entry, order, applies, dependsOn }) {
    for (const [start, end] of order) {
      const [first, last] = [start, end].map((name) => this.typed.get(name)?.value.day);
      if (first > last) throw new NotHere();
    }
    return { ...entry, value: null, says: null, rests_on: entry.needs, needs: entry.needs.filter((/** @type {string} */ name) => !this.typed.has(name)), certain: applies === "yes", depends_on: dependsOn };
  }

  /** What the engine would check of numbers and this cannot. */
  unchecked() {
    return this.look.checks.filter((/** @type {any} */ { root, needs }) => needs.every((/** @type {string} */ name) => this.typed.has(name))
      && this.walk.certainty(root).applies === "yes").map((/** @type {any} */ { because }) => because);
  }

  /** @param {string | null} nextQuestion @param {any} shown */
  states(nextQuestion, { actions, deadlines, figures }) {
    const matters = new Set([
      ...[...actions, ...deadlines, ...figures].flatMap((one) => one.depends_on),
      ...deadlines.map((/** @type {any} */ one) => one.from_question),
      ...figures.flatMap((/** @type {any} */ one) => one.needs)]);
    if (this.left.length > 1) for (const one of this.walk.open) if (this.walk.canChange(this.node, one)) matters.add(one.id);
    return this.look.questions.map((/** @type {any} */ { id }) => ({ id,
      state: this.typed.has(id) ? "answered" : id === nextQuestion ? "next" : matters.has(id) ? "open" : "no_longer_matters" }));
  }

  /** The names of all that the answer rests on, in the order in which the engine gives them. @param {any} outcome @param {Record<string, any[]>} looked @param {Record<string, any[]>} shown */
  sources(outcome, { criteria, outcomes, duties }, shown) {
    const applying = new Set(outcomes.filter((one) => one.applies === "yes").map((one) => one.entry.id));
    const traced = [
      ...criteria.filter((one) => one.applies !== "no").map((one) => ({ cites: [], readings: one.entry.readings })),
      ...outcomes.filter((one) => one.applies === "yes").map((one) => {
        const before = one.before.filter((/** @type {any} */ [other]) => applying.has(other));
        return { cites: [...one.entry.cites, ...before.flatMap((/** @type {any} */ why) => why[1])],
          readings: [...one.entry.readings, ...before.flatMap((/** @type {any} */ why) => why[2])] };
      }),
      ...duties.filter((one) => one.applies !== "no").map((one) => one.entry)];
    const parts = [...shown.actions, ...shown.deadlines, ...shown.figures];
    const asked = [...this.typed.keys()].flatMap((name) => this.questions.get(name).readings ?? []);
    return {
      cites: [...(outcome?.cites ?? []), ...[...shown.criteria, ...traced, ...parts].flatMap((one) => one.cites)],
      readings: [...(outcome?.readings ?? []), ...[...traced, ...parts].flatMap((one) => one.readings), ...asked, ...this.look.readings],
    };
  }
}
