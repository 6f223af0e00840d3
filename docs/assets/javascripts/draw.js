// @ts-check
/**
 * The button that has test days drawn within the limits that the tool's form on this page holds. Python checks the limits
 * and draws; here the days are only shown. They are kept nowhere: leaving the page loses them.
 */
import { hash, readings, sources } from "./answer.js";
import { h, must } from "./dom.js";
import { theEngine } from "./door.js";
import { FAILURES } from "./failures.js";
import { firstControl, read } from "./fields.js";
import { count, day, nowInBritain } from "./words.js";

const live = new WeakSet();

/** Bring every such button below `root` to life. @param {ParentNode} root */
export function bringToLife(root) {
  for (const place of root.querySelectorAll("[data-draw]")) {
    if (!(place instanceof HTMLElement) || live.has(place)) continue;
    live.add(place);
    mount(place);
  }
}

/** @param {HTMLElement} place */
function mount(place) {
  const button = /** @type {HTMLButtonElement} */ (must(place, "[data-draw-button]"));
  const status = must(place, "[data-draw-status]");
  const drawn = must(place, "[data-drawn]");
  for (const part of place.querySelectorAll("[data-script]")) part.removeAttribute("hidden");
  for (const part of place.querySelectorAll("[data-without-script]")) part.setAttribute("hidden", "");
  // Pressing the button must not take the focus out of the form yet: what the form then says would move the button away
  // from under the pointer before it is let go.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    button.focus({ preventScroll: true });
    void draw();
  });

  /** Counts the draws asked for; days that come after the form was emptied belong to nothing that is shown. */
  let turn = 0;

  document.addEventListener("reset", (event) => {
    if (event.target !== form()) return;
    turn += 1;
    status.replaceChildren();
    empty();
  });

  /** Days that were drawn before are shown no longer. */
  function empty() {
    drawn.hidden = true;
    drawn.removeAttribute("data-shown");
    drawn.replaceChildren();
  }

  const form = () => document.querySelector(`form[data-tool="${CSS.escape(place.dataset.draw ?? "")}"]`);
  const field = (/** @type {string} */ name) => form()?.querySelector(`[data-field="${CSS.escape(name)}"]`) ?? null;

  async function draw() {
    empty();
    const { answers, on, problem } = entered();
    if (problem) return refuse([problem.field], problem.message);
    const mine = ++turn;
    button.disabled = true;
    status.replaceChildren("Drawing…");
    try {
      const engine = await theEngine(place.dataset.rulesHash ?? null);
      const reply = await engine.ask({ do: "draw", answers, on, today: nowInBritain().date });
      if (mine !== turn) return;
      if (reply.ok) show(reply.answer);
      else refuse(reply.error.questions?.length ? reply.error.questions : [reply.error.question], inWords(reply.error));
    } catch (error) {
      if (mine !== turn) return;
      const failure = FAILURES[/** @type {import("./failures.js").Reason} */ (error?.reason)] ?? FAILURES.internal;
      status.replaceChildren(`${failure.says} No days were drawn. ${failure.wayOn}`);
    } finally {
      button.disabled = false;
    }
  }

  /** What the tool's form holds now. */
  function entered() {
    /** @type {Record<string, import("./fields.js").Value>} */
    const answers = {};
    let on = null, problem = null;
    for (const one of form()?.querySelectorAll("[data-field]:not([hidden])") ?? []) {
      const name = one.getAttribute("data-field") ?? "";
      const { value, problem: wrong } = read(one);
      if (wrong) problem ??= { field: name, message: wrong };
      else if (name === "on") on = value ?? null;
      else if (name !== "in" && value !== undefined) answers[name] = value;
    }
    return { answers, on, problem };
  }

  /** Say why there are no days, with the way to the questions concerned. @param {(string | null)[]} names @param {string} why */
  function refuse(names, why) {
    const known = [...new Set(names)].filter((name) => name && field(name));
    status.replaceChildren(h("strong", null, "No days were drawn. "), why, ...(known.length ? [h("span", null, " Go to: ", ...known.flatMap((name, index) => [
      index ? " · " : null, toField(name ?? "")]))] : []));
  }

  /** @param {string} name */
  function toField(name) {
    const words = field(name)?.querySelector("[data-ask]")?.textContent ?? name;
    return h("a", { href: `#${field(name)?.id ?? ""}`, onclick: (/** @type {Event} */ event) => {
      event.preventDefault(); // the address stays as it is
      event.stopPropagation();
      const there = field(name);
      if (!there) return;
      there.dispatchEvent(new CustomEvent("hb:reveal", { bubbles: true }));
      firstControl(there)?.focus({ preventScroll: true });
      there.scrollIntoView({ block: "center" });
    } }, words);
  }

  /** @param {Record<string, any>} answer */
  function show(answer) {
    drawn.replaceChildren(...[
      h("header", { class: "hb-head hb-head--decided" },
        h("p", { class: "hb-head__kind" }, "Drawn by chance"),
        h("h3", { class: "hb-head__title" }, `${count(answer.dates.length, "test day")}, from ${day(answer.from)} to ${day(answer.to)}`)),
      h("section", { class: "hb-part" }, h("ol", { class: "hb-drawn__days" }, ...answer.dates.map((/** @type {string} */ one) => h("li", null, day(one))))),
      lines("What can be foreseen", answer.chances),
      lines("Before you go on", answer.notes),
      sources(/** @type {any} */ (answer), { level: 3 }), readings(/** @type {any} */ (answer), { level: 3 }),
      h("footer", { class: "hb-foot" }, h("p", null, hash(answer.rules_hash))),
      h("div", { class: "hb-afterwards" }, h("button", { type: "button", class: "hb-button", onclick: printDays }, "Print these days")),
    ].filter((part) => part !== null));
    drawn.hidden = false;
    drawn.setAttribute("data-shown", ""); // so that printing the answer prints the days with it
    status.replaceChildren(`${count(answer.dates.length, "day")} drawn. They are shown below and stored nowhere.`);
    drawn.focus({ preventScroll: true });
    drawn.scrollIntoView({ block: "start", behavior: "instant" });
  }
}

/** @param {string} title @param {string[]} sentences */
function lines(title, sentences) {
  return h("section", { class: "hb-part" }, h("h4", { class: "hb-part__title" }, title), h("ul", null, ...sentences.map((one) => h("li", null, one))));
}

/** @param {any} error */
function inWords(error) {
  const message = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  // Where several answers contradict each other, found and expected are said in the words of answer files.
  const contradiction = error.questions?.length > 1 && !error.hint;
  const kept = [message, !contradiction && error.found && `Found: ${error.found}`, !contradiction && error.expected && `Expected: ${error.expected}`, error.hint && `Try: ${error.hint}`];
  return kept.filter(Boolean).map((/** @type {string} */ one) => (/[.!?]$/.test(one) ? one : `${one}.`)).join(" ");
}

/** Print the days, and the tool's answer where it is shown; tool.js takes the mark away again. */
function printDays() {
  document.documentElement.setAttribute("data-printing", "answer");
  window.print();
}
