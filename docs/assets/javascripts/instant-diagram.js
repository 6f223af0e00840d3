// @ts-check
/**
 * Decision diagrams as decision_logic/diagram.py makes them, and what can be read off them by following every branch: the
 * look-up's half of decision_logic/space.py. Which diagrams there are, Python has worked out; no rule is in here.
 *
 * A node is a number. It tests one level and has a child for each value of that level; a terminal holds a value: an outcome's
 * name, true or false, or null where the combination cannot occur. Equal nodes are kept once.
 */

/**
 * @typedef {object} Drawn diagrams as the build writes them (build_scripts/site/lookup.py)
 * @property {(string | boolean | null)[]} values of the terminals
 * @property {number[]} nodes level and children, one node behind the other, each after its children
 * @property {number[]} roots
 */

/** After so many nodes the store begins anew: questions leave nodes behind that nobody asks for again. */
const ENOUGH = 60_000;

export class Diagrams {
  /** @param {Drawn} drawn @param {number[]} sizes the number of values of each level */
  constructor(drawn, sizes) {
    this.drawn = drawn;
    this.sizes = sizes;
    this.end = sizes.length;
    this.fill();
  }

  /** Read the diagrams as they were written. */
  fill() {
    /** @type {number[]} */
    this.levels = [];
    /** @type {any[]} by node: its children, or the terminal's value */
    this.inside = [];
    /** @type {Map<any, number>} */
    this.terminals = new Map();
    /** @type {Map<string, number>} */
    this.nodes = new Map();
    const { values, nodes, roots } = this.drawn;
    const made = values.map((value) => this.terminal(value));
    for (let at = 0; at < nodes.length;) {
      const level = nodes[at];
      const size = this.sizes[level];
      made.push(this.make(level, nodes.slice(at + 1, at + 1 + size).map((child) => made[child])));
      at += 1 + size;
    }
    this.roots = roots.map((root) => made[root]);
  }

  /** Call before something new is asked. */
  tidy() {
    if (this.levels.length > ENOUGH) this.fill();
  }

  /** @param {any} value */
  terminal(value) {
    let node = this.terminals.get(value);
    if (node === undefined) {
      node = this.add(this.end, value);
      this.terminals.set(value, node);
    }
    return node;
  }

  /** @param {number} level @param {number[]} children */
  make(level, children) {
    if (children.every((child) => child === children[0])) return children[0];
    const key = `${level}:${children}`;
    let node = this.nodes.get(key);
    if (node === undefined) {
      node = this.add(level, children);
      this.nodes.set(key, node);
    }
    return node;
  }

  /** @param {number} level @param {any} inside */
  add(level, inside) {
    this.levels.push(level);
    this.inside.push(inside);
    return this.levels.length - 1;
  }

  /** @param {number} left @param {number} right @param {(left: any, right: any) => any} join */
  combine(left, right, join) {
    const memo = new Map();
    const go = (/** @type {number} */ a, /** @type {number} */ b) => {
      const key = a * 1_048_576 + b;
      const known = memo.get(key);
      if (known !== undefined) return known;
      const level = Math.min(this.levels[a], this.levels[b]);
      let made;
      if (level === this.end) made = this.terminal(join(this.inside[a], this.inside[b]));
      else {
        const children = [];
        for (let index = 0; index < this.sizes[level]; index++) {
          children.push(go(this.levels[a] === level ? this.inside[a][index] : a, this.levels[b] === level ? this.inside[b][index] : b));
        }
        made = this.make(level, children);
      }
      memo.set(key, made);
      return made;
    };
    return go(left, right);
  }

  /**
   * The diagram with each node made anew, children first.
   * @param {number} node @param {(value: any) => any} terminal @param {(level: number, children: () => number[], node: number) => number} inner
   */
  remade(node, terminal, inner) {
    const memo = new Map();
    const go = (/** @type {number} */ one) => {
      let made = memo.get(one);
      if (made === undefined) {
        const level = this.levels[one];
        made = level === this.end ? this.terminal(terminal(this.inside[one])) : inner(level, () => this.inside[one].map(go), one);
        memo.set(one, made);
      }
      return made;
    };
    return go(node);
  }

  /** @param {number} node @param {(value: any) => any} change of the values */
  map(node, change) {
    return this.remade(node, change, (level, children) => this.make(level, children()));
  }

  /** The diagram once levels are known. @param {number} node @param {Map<number, number>} known */
  given(node, known) {
    if (!known.size) return node;
    const memo = new Map();
    const go = (/** @type {number} */ one) => {
      const level = this.levels[one];
      if (level === this.end) return one;
      let made = memo.get(one);
      if (made === undefined) {
        const index = known.get(level);
        made = index === undefined ? this.make(level, this.inside[one].map(go)) : go(this.inside[one][index]);
        memo.set(one, made);
      }
      return made;
    };
    return go(node);
  }

  /** The diagram without some levels: what comes out for any of their values is joined. @param {number} node @param {Set<number>} levels @param {(left: any, right: any) => any} join */
  gather(node, levels, join) {
    return this.remade(node, (value) => value, (level, children) => {
      const made = children();
      return levels.has(level) ? made.reduce((left, right) => this.combine(left, right, join)) : this.make(level, made);
    });
  }

  /** Every node below, terminals too. @param {number} node */
  below(node) {
    const seen = new Set([node]);
    for (const one of seen) if (this.levels[one] !== this.end) for (const child of this.inside[one]) seen.add(child);
    return seen;
  }

  /** Everything that can come out, impossible combinations left out. @param {number} node @returns {any[]} */
  possible(node) {
    const found = [];
    for (const one of this.below(node)) if (this.levels[one] === this.end && this.inside[one] !== null) found.push(this.inside[one]);
    return found;
  }

  /** The levels that a diagram tests. @param {number} node */
  support(node) {
    const found = new Set();
    for (const one of this.below(node)) if (this.levels[one] !== this.end) found.add(this.levels[one]);
    return found;
  }
}

/**
 * What is known of a case, for its diagrams.
 * @typedef {object} Facts
 * @property {Map<number, number>} known the value of each settled level
 * @property {{levels: number[], can: number[][]}[]} together what values of open levels can occur together
 * @property {Set<string>} answered questions
 */

/** One case on the diagrams of an edition. */
export class Walk {
  /** @param {Diagrams} store @param {any[]} questions with their levels @param {any[]} variables @param {Facts} facts */
  constructor(store, questions, variables, facts) {
    this.store = store;
    this.facts = facts;
    this.variables = variables;
    this.questions = questions;
    this.open = questions.filter((one) => !facts.answered.has(one.id));
    this.limit = this.limits();
    /** Each value of a terminal as a bit, so that sets of them are numbers. @type {Map<any, number>} */
    this.bits = new Map();
  }

  /** The diagram of what cannot be, of ways in which compared answers stand to one another; null where all can. */
  limits() {
    const { store } = this;
    let found = null;
    for (const { levels, can } of this.facts.together) {
      const places = levels.map((level, place) => ({ level, place })).sort((a, b) => a.level - b.level);
      const outside = (/** @type {number} */ depth, /** @type {number[][]} */ left) => {
        if (depth === places.length || !left.length) return store.terminal(!left.length);
        const { level, place } = places[depth];
        const children = [];
        for (let index = 0; index < store.sizes[level]; index++) children.push(outside(depth + 1, left.filter((one) => one[place] === index)));
        return store.make(level, children);
      };
      const one = outside(0, can);
      found = found === null ? one : store.combine(found, one, (a, b) => a || b);
    }
    return found;
  }

  /** A diagram once the facts hold. @param {number} root its place among the roots */
  given(root) {
    const { store, facts } = this;
    const node = store.given(store.roots[root], facts.known);
    return this.limit === null ? node : store.combine(node, store.given(this.limit, facts.known), (value, never) => (never ? null : value));
  }

  /** @param {number} node @param {any} question */
  canChange(node, question) {
    const { store } = this;
    const levels = new Set(question.levels);
    if (![...store.support(node)].some((level) => levels.has(level))) return false;
    const sets = store.map(node, (value) => this.bit(value));
    const gathered = store.gather(sets, levels, (a, b) => a | b);
    return store.possible(gathered).some((set) => (set & (set - 1)) !== 0);
  }

  /** @param {any} value */
  bit(value) {
    if (value === null) return 0;
    if (!this.bits.has(value)) this.bits.set(value, 1 << this.bits.size);
    return /** @type {number} */ (this.bits.get(value));
  }

  /** Whether a rule applies, and if that hangs on open questions, on which. @param {number} root */
  certainty(root) {
    const node = this.given(root);
    const values = this.store.possible(node);
    if (values.length === 1) return { applies: values[0] ? "yes" : "no", dependsOn: [] };
    let on = this.open.filter((one) => this.canChange(node, one));
    if (!on.length) {
      const support = this.store.support(node);
      on = this.open.filter((one) => one.levels.some((/** @type {number} */ level) => support.has(level)));
    }
    return { applies: "depends", dependsOn: on.map((one) => one.id) };
  }

  /** [number of combinations, what is then still possible] for the answers to a question that can occur. @param {number} node @param {any} question */
  after(node, question) {
    const { store, facts } = this;
    let states = new Map([[node, 1]]);
    for (const level of question.levels) {
      if (!this.variables[level].questions.every((/** @type {string} */ one) => one === question.id || facts.answered.has(one))) continue;
      const split = new Map();
      for (const [one, weight] of states) {
        for (let index = 0; index < store.sizes[level]; index++) {
          const then = store.given(one, new Map([[level, index]]));
          split.set(then, (split.get(then) ?? 0) + weight);
        }
      }
      states = split;
    }
    return [...states].map(([one, weight]) => ({ weight, left: store.possible(one) })).filter(({ left }) => left.length);
  }

  /** The question to ask next: of those that can change what remains, the one that leaves the fewest on average. @param {number} node */
  nextQuestion(node) {
    const now = this.store.possible(node);
    if (now.length < 2) return null;
    const support = this.store.support(node);
    const open = this.open.filter((one) => one.levels.some((/** @type {number} */ level) => support.has(level)));
    const useful = open.filter((one) => this.canChange(node, one) || this.after(node, one).some(({ left }) => left.length !== now.length));
    let best = null;
    let fewest = Infinity;
    for (const one of useful.length ? useful : open) {
      const after = this.after(node, one);
      const average = after.reduce((sum, { weight, left }) => sum + weight * left.length, 0) / after.reduce((sum, { weight }) => sum + weight, 0);
      if (average < fewest - 1e-9) [best, fewest] = [one.id, average];
    }
    return best;
  }
}
