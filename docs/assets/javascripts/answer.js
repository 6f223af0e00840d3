// @ts-check
/**
 * The answer as the reader sees it, made from the JSON that Python gave (format handbook.answer/1) and nothing else.
 *
 * The order is the order of need: what the answer is, who does what by when, the dates, why, what would change it,
 * what is still open, the sources, our readings, later law, and which rules it was worked out from.
 */
import { h, unlessSame } from "./dom.js";
import { dayList, onlySkipped } from "./days.js";
import { calendarButton } from "./leaving.js";
import { capital, count, day, list, moment } from "./words.js";

/**
 * What the answer needs from the page: the words of the form's own questions.
 * @typedef {object} Words
 * @property {(question: string) => string} ask the question's sentence
 * @property {(question: string, value: unknown) => string} value an answer in words
 * @property {(question: string) => string | null} link where the question stands on the page
 * @property {(place: string | null) => string} place a place's title
 * @property {number} level of the answer's own heading
 * @property {boolean} [waiting] what only Python gives is on its way
 * @property {Map<string, {key: string, made: HTMLElement | null}>} [kept] what stands in the page of the last answer
 * @property {{why: HTMLElement | null, change: HTMLElement | null}} [held] parts of the last answer that stand in until the new ones come
 *
 * @typedef {Record<string, any>} Answer
 */

const FORCES = { must: "Must", should: "Should", may: "May", fact: "Fact" };
const APPLIES = { yes: "Applies", no: "Does not apply", depends: "Depends on what is not known yet" };
const KINDS = { criterion: "Criterion", outcome: "Outcome", duty: "Duty" };
const STATUSES = { in_force: "In force", start_not_confirmed: "Start not confirmed", for_information: "For information" };

/**
 * @param {Answer} answer @param {Words} words
 * @returns {HTMLElement[]}
 */
export function renderAnswer(answer, words) {
  const { level, kept = new Map() } = words;
  return [
    head(answer, words),
    actions(answer, words),
    deadlines(answer, words),
    figures(answer, words),
    ...differences(answer, words),
    why(answer, words),
    whatWouldChange(answer, words),
    stillNeeded(answer, words),
    unlessSame(kept, "sources", [answer.cites, level], (cites) => sources({ cites }, { level })),
    unlessSame(kept, "readings", [answer.readings, level], (ours) => readings({ readings: ours }, { level })),
    unlessSame(kept, "notices", [answer.notices, level], (told) => notices({ notices: told }, { level })),
    given(answer, words),
    foot(answer, words),
  ].filter((part) => part !== null);
}

/** A part of the answer with its heading. @param {Pick<Words, "level">} words @param {string} title @param {...any} children */
function part(words, title, ...children) {
  return h("section", { class: "hb-part" }, h(`h${words.level + 1}`, { class: "hb-part__title" }, title), ...children);
}

/** A part that can be found again. @param {string} name @param {HTMLElement} element */
function named(name, element) {
  element.setAttribute("data-part", name);
  return element;
}

/** Something folded; its key lets it stay open when the answer is worked out again. @param {string} key @param {any} summary @param {...any} children */
function fold(key, summary, ...children) {
  return h("details", { class: "hb-fold", "data-fold": key }, h("summary", null, summary), h("div", { class: "hb-fold__body" }, ...children));
}

/** The word for how strongly the source says it. @param {string} force */
function badge(force) {
  return h("span", { class: `hb-badge hb-badge--${force}` }, FORCES[/** @type {keyof FORCES} */ (force)] ?? force);
}

/** @param {Words} words @param {string} id */
function question(words, id) {
  const href = words.link(id);
  return href ? h("a", { href, "data-to-question": id }, words.ask(id)) : words.ask(id);
}

/** "Annex E; section 4.1.1" for a line of small print. @param {Answer} answer @param {string[]} [ids] */
function citing(answer, ids) {
  const sections = new Set((ids ?? []).map((id) => answer.cites.find((/** @type {any} */ cite) => cite.id === id)?.section).filter(Boolean));
  return sections.size ? h("span", { class: "hb-cite" }, [...sections].join("; ")) : null;
}

/** In the place of what only Python gives. @param {Pick<Words, "waiting">} words @param {string} what */
export function pending(words, what) {
  return h("p", { class: "hb-pending" }, words.waiting ? `${what}: this is being loaded.` : `${what}: this cannot be shown here. See the note above the questions.`);
}

/** @param {Answer} answer @param {Words} words */
function head(answer, words) {
  const kind = answer.kind === "gap" ? "gap" : answer.status;
  const labels = { decided: "The answer", undecided: "Not decided yet", not_applicable: "Not for this place", gap: "The source does not say" };
  return h("header", { class: `hb-head hb-head--${kind}` },
    h("p", { class: "hb-head__kind" }, labels[/** @type {keyof labels} */ (kind)] ?? "The answer"),
    h(`h${words.level}`, { class: "hb-head__title" }, answer.title ?? remains(answer)),
    answer.because && h("p", { class: "hb-head__because" }, answer.because),
    ...(answer.unchecked ?? []).map((/** @type {string} */ what) => h("p", { class: "hb-pending" }, `Not checked ${words.waiting ? "yet" : "here"}: ${what}`)),
    answer.status === "undecided" && answer.still_possible.length > 0 && h("ul", { class: "hb-remain" },
      ...answer.still_possible.map((/** @type {any} */ one) => h("li", null, one.title))),
    answer.next_question && h("p", { class: "hb-head__next" }, "Next: ", question(words, answer.next_question)));
}

/** @param {Answer} answer */
const remains = (answer) => answer.status === "undecided"
  ? `${capital(count(answer.still_possible.length, "answer is", "answers are"))} still possible`
  : "There is no answer for this place and date";

/** @param {Answer} answer @param {Words} words */
function actions(answer, words) {
  const certain = answer.actions.filter((/** @type {any} */ action) => action.certain);
  const depending = answer.actions.filter((/** @type {any} */ action) => !action.certain);
  if (!answer.actions.length) return null;
  return part(words, "Who must do what, and by when",
    certain.length ? byRole(answer, words, certain) : h("p", null, "Nothing is certain yet."),
    depending.length > 0 && [
      h(`h${words.level + 2}`, { class: "hb-part__sub" }, "May also be due"),
      byRole(answer, words, depending)]);
}

/** @param {Answer} answer @param {Words} words @param {any[]} chosen */
function byRole(answer, words, chosen) {
  const roles = new Map(chosen.map((action) => [action.who, action.who_title]));
  return h("dl", { class: "hb-roles" }, ...[...roles].map(([who, title]) => h("div", { class: "hb-role" },
    h("dt", { class: "hb-role__name" }, title),
    h("dd", null, h("ul", { class: "hb-actions" }, ...chosen.filter((action) => action.who === who).map((action) => oneAction(answer, words, action)))))));
}

/** @param {Answer} answer @param {Words} words @param {any} action */
function oneAction(answer, words, action) {
  const due = action.deadline && answer.deadlines.find((/** @type {any} */ one) => one.id === action.deadline);
  return h("li", { class: "hb-action" }, badge(action.force), h("div", { class: "hb-action__text" },
    h("p", { class: "hb-action__does" }, action.what),
    due && h("p", { class: "hb-action__by" }, "By when: ", h("strong", null, dueInShort(words, due))),
    action.form.length > 0 && h("p", { class: "hb-action__form" }, `${action.form.length > 1 ? "Forms" : "Form"}: `,
      list(action.form.map((/** @type {any} */ form) => form.title))),
    !action.certain && action.when_words && h("p", { class: "hb-action__note" }, capital(action.when_words)),
    action.note && h("p", { class: "hb-action__note" }, action.note),
    !action.certain && depends(words, action.depends_on),
    citing(answer, action.cites)));
}

/** @param {Words} words @param {string[]} ids */
function depends(words, ids) {
  if (!ids.length) return null;
  return h("p", { class: "hb-depends" }, "Depending on: ", ...ids.flatMap((id, index) => [index ? " · " : null, question(words, id)]));
}

/** @param {Words} words @param {any} due */
function dueInShort(words, due) {
  if (!due.from) return `${due.length}, counted from a time not known yet`;
  return capital(limit(due));
}

/** @param {any} due the outer limit in words */
function limit(due) {
  if (due.last_moment && !due.last_moment.includes("T23:59:59")) return moment(due.last_moment);
  return `the end of ${day(due.last_day ?? due.last_moment)}`;
}

/** @param {Answer} answer @param {Words} words */
function deadlines(answer, words) {
  if (!answer.deadlines.length) return null;
  return part(words, "Dates", ...answer.deadlines.map((/** @type {any} */ due) => h("div", { class: "hb-due" },
    h(`h${words.level + 2}`, { class: "hb-due__title" }, due.title),
    h("p", { class: "hb-due__length" }, capital(due.length)),
    due.from
      ? [deadlineFigures(due, words.place), calendarButton(due, answer, words.place)]
      : h("p", { class: "hb-due__open" }, "No date yet. It counts from: ", question(words, due.from_question)),
    !due.certain && [h("p", { class: "hb-due__open" }, "This limit may not apply."), depends(words, due.depends_on)],
    ...(due.notes ?? []).map((/** @type {string} */ note) => h("p", { class: "hb-due__note" }, note)),
    due.from && (answer.looked_up && !due.counted.length ? pending(words, "Each day counted") : dayFold(due, `days-${due.use ?? due.id}`)),
    citing(answer, due.cites))));
}

/** Numbers that the tool works out. @param {Answer} answer @param {Words} words */
function figures(answer, words) {
  if (!answer.figures?.length) return null;
  return part(words, "Figures", ...answer.figures.map((/** @type {any} */ one) => h("div", { class: "hb-due" },
    h(`h${words.level + 2}`, { class: "hb-due__title" }, one.title),
    one.value !== null
      ? h("p", { class: "hb-due__length" }, h("strong", null, `${one.value} ${one.unit}`))
      : answer.looked_up && one.value === null && !one.needs.length ? pending(words, "The figure")
      : h("p", { class: "hb-due__open" }, "Not worked out yet. It needs: ",
          ...one.needs.flatMap((/** @type {string} */ id, /** @type {number} */ index) => [index ? " · " : null, question(words, id)])),
    one.says && h("p", null, one.says),
    h("p", { class: "hb-due__note" }, `Worked out as ${one.worked_out}. ${one.because}`),
    !one.certain && depends(words, one.depends_on),
    citing(answer, one.cites))));
}

/**
 * Start, target and outer limit of a deadline that has its date; the deadline page shows the same.
 * @param {any} due @param {(place: string | null) => string} place
 */
export function deadlineFigures(due, place) {
  return h("dl", { class: "hb-figures" },
    due.target && h("div", { class: "hb-figure" }, h("dt", null, "Aim for"), h("dd", null, capital(moment(due.target)))),
    h("div", { class: "hb-figure hb-figure--limit" }, h("dt", null, "At the latest"), h("dd", null, capital(limit(due)))),
    h("div", { class: "hb-figure" }, h("dt", null, "Counted from"), h("dd", null, capital(moment(due.from)), due.in && `, ${place(due.in)}`)));
}

/** Every day that was counted or skipped, folded. @param {any} due @param {string} key */
export function dayFold(due, key) {
  const [counted, skipped] = [due.counted ?? [], due.skipped ?? []];
  if (!counted.length && !skipped.length) return null;
  const left = onlySkipped(counted, skipped).length;
  const summary = left ? `Each day counted, and ${count(left, "day")} skipped` : "Each day counted";
  return fold(key, summary, dayList(due.from, counted, skipped));
}

/**
 * What is otherwise in the areas that the place is in, an area a part. Deadlines and walks have it too.
 * @param {Answer} answer @param {Pick<Words, "level">} words
 * @param {(at: {kind: string, id: string}) => boolean} [wanted] whether something said of such a thing is shown
 */
export function differences(answer, words, wanted = () => true) {
  return answer.areas.map((/** @type {any} */ area) => {
    const said = [...area.notes, ...area.contacts].filter((one) => one.at.some(wanted));
    const link = area.page && h("a", { href: pageLink(area.page) }, `More on ${area.title}`);
    const own = area.changed.map((/** @type {any} */ rule) => h("p", { class: "hb-area-note" }, h("strong", null, "By a rule of its own: "), rule.title));
    if (!area.own_rules && !area.route && !said.length && !own.length) return null;
    return part(words, `In ${area.title}`,
      area.own_rules && h("div", { class: "hb-area-note" }, h("p", null, area.own_rules.text, " ", citing(answer, area.own_rules.cites)), instead(area.own_rules)),
      area.route && local(answer, { ...area.route, title: APPLY[/** @type {keyof APPLY} */ (area.route.applies)] + list(area.route.only_in.map((/** @type {any} */ one) => one.title)) }),
      ...own,
      ...said.map((one) => local(answer, one)),
      link && h("p", null, link));
  }).filter((/** @type {HTMLElement | null} */ one) => one !== null);
}

const APPLY = { here: "This journey runs here", in_part: "This journey runs only in ", not_here: "This journey does not run here" };

/** @param {Answer} answer @param {any} one a note, a contact, or what is said of the journey */
function local(answer, one) {
  return h("div", { class: "hb-area-note" },
    h("p", null, h("strong", null, `${one.title}. `), one.value && [h("strong", null, one.value), ". "], one.text, " ", citing(answer, one.cites)),
    instead(one), h("p", { class: "hb-cite" }, one.reliance));
}

/** @param {any} one */
function instead(one) {
  return one.see?.length > 0 && h("p", null, "Use instead: ", ...one.see.flatMap((/** @type {any} */ to, /** @type {number} */ index) => [
    index ? " · " : null, h("a", { href: pageLink(to.page) }, to.title)]));
}

/** Where a page of docs/ is on this site. @param {string} page */
const pageLink = (page) => new URL(page.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, "/"), new URL("../../", import.meta.url)).href;

/** @param {Answer} answer @param {Words} words */
function why(answer, words) {
  if (words.held?.why) return words.held.why;
  const toCome = answer.looked_up && answer.status !== "not_applicable";
  if (!answer.criteria.length && !answer.trace.length && !toCome) return null;
  const settled = answer.trace.find((/** @type {any} */ rule) => rule.kind === "outcome" && rule.rule === answer.outcome);
  return named("why", part(words, "Why",
    answer.criteria.length > 0 && h("ul", { class: "hb-criteria" }, ...answer.criteria.map((/** @type {any} */ one) => h("li", null,
      h("p", null, h("strong", null, one.title), ": met. ", one.because), citing(answer, one.cites)))),
    toCome && pending(words, "How this was worked out, and what would change it"),
    settled?.settled_by.length > 0 && h("p", { class: "hb-settled" }, "Settled by: ", ...settledBy(words, settled.settled_by)),
    answer.trace.length > 0 && fold("trace", `Every rule looked at (${answer.trace.length})`,
      h("ul", { class: "hb-trace" }, ...answer.trace.map((/** @type {any} */ rule) => h("li", { class: `hb-trace__rule hb-trace__rule--${rule.applies}` },
        h("p", null, h("span", { class: "hb-trace__applies" }, APPLIES[/** @type {keyof APPLIES} */ (rule.applies)] ?? rule.applies), " ",
          h("span", { class: "hb-trace__kind" }, KINDS[/** @type {keyof KINDS} */ (rule.kind)] ?? rule.kind), ": ", rule.title ?? rule.because),
        rule.settled_by.length > 0 && h("p", { class: "hb-trace__by" }, ...settledBy(words, rule.settled_by)),
        ...(rule.before ?? []).map((/** @type {any} */ other) => h("p", { class: "hb-trace__by" }, "Comes before: ", h("strong", null, other.title), ` ${other.because}`)),
        citing(answer, rule.cites)))))));
}

/** @param {Words} words @param {any[]} given */
function settledBy(words, given) {
  return given.flatMap((one, index) => [index ? "; " : null, words.ask(one.question), " ", h("strong", null, words.value(one.question, one.answer))]);
}

/** @param {Answer} answer @param {Words} words */
function whatWouldChange(answer, words) {
  if (words.held?.change) return words.held.change;
  const ways = answer.why_not.filter((/** @type {any} */ other) => other.changes.length);
  if (!ways.length) return null;
  const shown = 3; // more ways than these are folded: the first few tell the reader what matters
  return named("change", part(words, "What would change this", ...ways.map((/** @type {any} */ other) => {
    const changes = other.changes.map((/** @type {any[]} */ set) => h("li", null, ...set.flatMap((change, index) => [
      index ? h("span", { class: "hb-and" }, " and ") : null, words.ask(change.question), " ",
      h("strong", null, words.value(change.question, change.to)),
      change.from !== null && change.from !== undefined && h("span", { class: "hb-from" }, ` (now: ${words.value(change.question, change.from)})`)])));
    return h("div", { class: "hb-change" },
      h("p", null, h("strong", null, other.title)),
      h("p", { class: "hb-change__lead" }, changes.length > 1 ? "Any one of these would lead to it:" : "This would lead to it:"),
      h("ul", null, ...changes.slice(0, shown)),
      changes.length > shown && fold(`change-${other.outcome}`, `${changes.length - shown} more`, h("ul", null, ...changes.slice(shown))));
  })));
}

/** @param {Answer} answer @param {Words} words */
function stillNeeded(answer, words) {
  const open = answer.questions.filter((/** @type {any} */ one) => one.state === "next" || one.state === "open");
  if (!open.length || answer.status === "not_applicable") return null;
  const lead = answer.status === "decided"
    ? "The answer stands whatever these are; they may still add an action or a date:"
    : "These can still change the answer:";
  return part(words, "What we still need", h("p", null, lead), h("ul", { class: "hb-needed" }, ...open.map((/** @type {any} */ one) =>
    h("li", null, question(words, one.id), one.state === "next" && h("strong", { class: "hb-needed__next" }, " – ask this next")))));
}

/** Also for a single deadline, whose reply has the same cites and readings. @param {Answer} answer @param {Pick<Words, "level">} words */
export function sources(answer, words) {
  if (!answer.cites.length) return null;
  const documents = new Map(answer.cites.map((/** @type {any} */ cite) => [cite.document, cite.document_title]));
  const of = (/** @type {string} */ id) => answer.cites.filter((/** @type {any} */ cite) => cite.document === id);
  return part(words, "Sources", ...[...documents].map(([id, title]) => fold(`source-${id}`, `${title} (${count(of(id).length, "place")})`,
    h("ul", { class: "hb-source__list" }, ...of(id).map((/** @type {any} */ cite) =>
      h("li", null, badge(cite.force), h("p", null, h("strong", null, cite.section), ". ", cite.summary)))))));
}

/** @param {Answer} answer @param {Pick<Words, "level">} words */
export function readings(answer, words) {
  if (!answer.readings.length) return null;
  return part(words, "Our reading",
    h("p", null, "Where the source can be read in more than one way or is silent, this is how we read it."),
    ...answer.readings.map((/** @type {any} */ one) => fold(`reading-${one.id}`, one.title, h("dl", { class: "hb-reading" },
      h("dt", null, "The source says"), h("dd", null, one.source_says),
      h("dt", null, "It leaves open"), h("dd", null, one.leaves_open),
      h("dt", null, "We read it as"), h("dd", null, one.our_reading),
      h("dt", null, "The other reading"), h("dd", null, one.other_reading)))));
}

/** @param {Answer} answer @param {Pick<Words, "level">} words */
function notices(answer, words) {
  if (!answer.notices.length) return null;
  return part(words, "Later law and other notices", ...answer.notices.map((/** @type {any} */ one) =>
    fold(`notice-${one.id}`, h("span", null, `${one.title} `, h("span", { class: "hb-badge" }, STATUSES[/** @type {keyof STATUSES} */ (one.status)] ?? one.status)),
      h("p", null, one.text))));
}

/** @param {Answer} answer @param {Words} words */
function given(answer, words) {
  const entries = Object.entries(answer.answers);
  if (!entries.length) return null;
  return part(words, "What you entered", h("dl", { class: "hb-given" }, ...entries.map(([id, value]) =>
    h("div", null, h("dt", null, words.ask(id)), h("dd", null, words.value(id, value))))));
}

/** @param {Answer} answer @param {Words} words */
function foot(answer, words) {
  const edition = answer.edition;
  return h("footer", { class: "hb-foot" }, h("p", null,
    answer.tool_title, " ",
    edition && h("span", null, `Rules: ${edition.title}`, edition.status === "start_not_confirmed" && " (enacted; start date not confirmed)", ". "),
    `As on ${day(answer.on)}, ${words.place(answer.in)}. `,
    hash(answer.rules_hash)));
}

/** @param {string} rulesHash */
export const hash = (rulesHash) => h("span", { class: "hb-hash" }, "Rules hash ", h("code", null, rulesHash));
