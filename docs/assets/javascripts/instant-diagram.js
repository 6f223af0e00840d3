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

/** After so many nodes the store begins anew: cases leave nodes behind that nobody asks for again. */
const ENOUGH = 20_000;

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
    /** @type {number[]} by node */
    this.levels = [];
    /** @type {any[]} by node: its children, or the terminal's value */
    this.inside = [];
    /** @type {number[]} by node: a bit for each level that is tested there or below (lookup.py sees to it that bits are enough) */
    this.below = [];
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
      node = this.add(this.end, value, 0);
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
      node = this.add(level, children, children.reduce((bits, child) => bits | this.below[child], 1 << level));
      this.nodes.set(key, node);
    }
    return node;
  }

  /** @param {number} level @param {any} inside @param {number} below */
  add(level, inside, below) {
    this.below.push(below);
    this.inside.push(inside);
    return this.levels.push(level) - 1;
  }

  /** The diagram that is true where one of two is. @param {number} left @param {number} right @returns {number} */
  either(left, right) {
    const level = Math.min(this.levels[left], this.levels[right]);
    if (level === this.end) return this.terminal(this.inside[left] || this.inside[right]);
    const children = [];
    for (let index = 0; index < this.sizes[level]; index++) children.push(this.either(this.child(left, level, index), this.child(right, level, index)));
    return this.make(level, children);
  }

  /** Where a node leads once a level is settled. @param {number} node @param {number} level @param {number} index @returns {number} */
  child(node, level, index) {
    return this.levels[node] === level ? this.inside[node][index] : node;
  }
}

/**
 * What is known of a case, for its diagrams.
 * @typedef {object} Facts
 * @property {Map<number, number>} known the value of each settled level
 * @property {{levels: number[], can: number[][]}[]} together what values of open levels can occur together
 * @property {Set<string>} answered questions
 */

/**
 * One case on the diagrams of an edition. Where it stands is a pair: a node, and how far the diagram of what cannot be is followed
 * beside it; a pair is one number. Levels that are known are passed by.
 */
export class Walk {
  /** @param {Diagrams} store @param {any[]} questions with their levels @param {any[]} variables @param {Facts} facts */
  constructor(store, questions, variables, facts) {
    this.store = store;
    this.facts = facts;
    this.variables = variables;
    this.open = questions.filter((one) => !facts.answered.has(one.id));
    this.known = store.sizes.map((_, level) => facts.known.get(level) ?? -1);
    this.limit = this.limits();
    this.width = store.levels.length; // no node is added from here on
    /** @type {Map<number, any[]>} what is possible below a root, by its node */
    this.found = new Map();
  }

  /** The diagram of what cannot be, of ways in which compared answers stand to one another. */
  limits() {
    const { store } = this;
    let found = store.terminal(false);
    for (const { levels, can } of this.facts.together) {
      const places = levels.map((level, place) => ({ level, place })).sort((a, b) => a.level - b.level);
      const outside = (/** @type {number} */ depth, /** @type {number[][]} */ left) => {
        if (depth === places.length || !left.length) return store.terminal(!left.length);
        const { level, place } = places[depth];
        const children = [];
        for (let index = 0; index < store.sizes[level]; index++) children.push(outside(depth + 1, left.filter((one) => one[place] === index)));
        return store.make(level, children);
      };
      found = store.either(found, outside(0, can));
    }
    return found;
  }

  /** A node past the levels that are known. @param {number} node */
  past(node) {
    const { levels, inside, end } = this.store;
    for (let level = levels[node]; level !== end && this.known[level] >= 0; level = levels[node]) node = inside[node][this.known[level]];
    return node;
  }

  /** @param {number} node @param {number} limit */
  pair(node, limit) {
    return this.past(node) * this.width + this.past(limit);
  }

  /** The first level that is still to be settled. @param {number} pair */
  level(pair) {
    return Math.min(this.store.levels[Math.floor(pair / this.width)], this.store.levels[pair % this.width]);
  }

  /** @param {number} pair @param {number} level @param {number} index */
  next(pair, level, index) {
    return this.pair(this.store.child(Math.floor(pair / this.width), level, index), this.store.child(pair % this.width, level, index));
  }

  /** What comes out in the end; null where it cannot be. @param {number} pair */
  value(pair) {
    return this.store.inside[pair % this.width] ? null : this.store.inside[Math.floor(pair / this.width)];
  }

  /** Everything that can come out of a node, null among it where something cannot be. @param {number} node @returns {any[]} */
  values(node) {
    const { store } = this;
    const seen = new Set([this.pair(node, this.limit)]);
    const found = new Set();
    for (const pair of seen) {
      const level = this.level(pair);
      if (level === store.end) found.add(this.value(pair));
      else for (let index = 0; index < store.sizes[level]; index++) seen.add(this.next(pair, level, index));
    }
    return [...found];
  }

  /** Everything that is possible below a node. @param {number} node */
  possible(node) {
    return this.values(node).filter((value) => value !== null);
  }

  /** What is possible by the diagram of a root. @param {number} root its place */
  ofRoot(root) {
    const node = this.store.roots[root];
    let found = this.found.get(node);
    if (!found) this.found.set(node, (found = this.possible(node)));
    return found;
  }

  /**
   * Whether the answer to a question can make a difference: for some answers to the others, two answers to it give two things.
   * @param {number} node @param {any} question @param {boolean} [impossibleToo] whether it counts as a thing of its own that something cannot be
   */
  canChange(node, question, impossibleToo = false) {
    const { store, width } = this;
    let own = 0;
    for (const level of question.levels) own |= 1 << level;
    const seen = new Set();
    /** Follows several pairs side by side: all that the question's own answers lead to. @type {(pairs: number[]) => boolean} */
    const differ = (pairs) => {
      if (pairs.length === 1 && !((store.below[Math.floor(pairs[0] / width)] | store.below[pairs[0] % width]) & own)) return false;
      const level = Math.min(...pairs.map((pair) => this.level(pair)));
      if (level === store.end) {
        const things = new Set(pairs.map((pair) => this.value(pair)));
        if (!impossibleToo) things.delete(null);
        return things.size > 1;
      }
      const key = pairs.length === 1 ? pairs[0] : pairs.join();
      if (seen.has(key)) return false;
      seen.add(key);
      const ways = [];
      for (let index = 0; index < store.sizes[level]; index++) ways.push(pairs.map((pair) => (this.level(pair) === level ? this.next(pair, level, index) : pair)));
      if (own >> level & 1) return differ(distinct(ways.flat()));
      return ways.some((way) => differ(distinct(way)));
    };
    return differ([this.pair(node, this.limit)]);
  }

  /** Whether a rule applies, and if that hangs on open questions, on which. @param {number} root */
  certainty(root) {
    const values = this.ofRoot(root);
    if (values.length === 1) return { applies: values[0] ? "yes" : "no", dependsOn: [] };
    const node = this.store.roots[root];
    let on = this.open.filter((one) => this.canChange(node, one));
    // Linked through what cannot be alone: then whatever the diagram still tests.
    if (!on.length) on = this.open.filter((one) => this.canChange(node, one, true));
    return { applies: "depends", dependsOn: on.map((one) => one.id) };
  }

  /** What is still possible after each answer to a question that can occur. @param {number} node @param {any} question @returns {any[][]} */
  after(node, question) {
    const { store, facts } = this;
    const below = store.below[node] | store.below[this.limit];
    const levels = question.levels.filter((/** @type {number} */ level) => below >> level & 1
      // a comparison of two answers is settled only by the second of them
      && this.variables[level].questions.every((/** @type {string} */ one) => one === question.id || facts.answered.has(one)));
    /** @type {any[][]} */
    const found = [];
    const settle = (/** @type {number} */ depth) => {
      if (depth === levels.length) {
        const left = this.possible(node);
        if (left.length) found.push(left);
        return;
      }
      for (let index = 0; index < store.sizes[levels[depth]]; index++) {
        this.known[levels[depth]] = index;
        settle(depth + 1);
      }
      this.known[levels[depth]] = -1;
    };
    settle(0);
    return found;
  }

  /** The question to ask next: of those that can change what remains, the one that leaves the fewest on average. @param {number} root */
  nextQuestion(root) {
    const now = this.ofRoot(root);
    if (now.length < 2) return null;
    const node = this.store.roots[root];
    const ways = this.open.map((one) => ({ one, after: this.after(node, one) }));
    const useful = ways.filter(({ one, after }) => this.canChange(node, one) || after.some((left) => left.length !== now.length));
    let best = null;
    let fewest = Infinity;
    for (const { one, after } of useful.length ? useful : ways.filter(({ one: open }) => this.canChange(node, open, true))) {
      const average = after.reduce((sum, left) => sum + left.length, 0) / after.length;
      if (average < fewest - 1e-9) [best, fewest] = [one.id, average];
    }
    return best;
  }
}

/** @param {number[]} some */
const distinct = (some) => [...new Set(some)].sort((a, b) => a - b);
