import type { NaiveGraph, NaiveState, Said, Thrown } from './naiveGraph.ts';
import { threw } from './naiveGraph.ts';

/** What a breadth-first search that finishes each level ought to come to. */
export type NaiveOutcome = NaiveError | NaiveResult;
interface NaiveError {
  readonly kind: 'error';
  /** Steps to where it is met. */
  readonly depth: number;
  /** Everything that is thrown at that depth, any of which may be what is reported. */
  readonly thrown: readonly Thrown[];
}
export interface NaiveResult {
  readonly kind: 'result';
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly isComplete: boolean;
  /** By property. */
  readonly antecedents: readonly number[];
  /** Of properties that are broken or reached, in the order in which that is found: steps to it. */
  readonly found: ReadonlyMap<number, number>;
}

/** A state as far as levels are concerned: itself, or all that are the same but for names. */
export interface Counted {
  readonly state: NaiveState;
  readonly depth: number;
}

/** Plays a search over the states that are counted. */
export function outcomeOf(
  graph: NaiveGraph,
  counted: readonly Counted[],
  keepGoing: boolean,
): NaiveOutcome {
  return new Levels(graph, counted, keepGoing).outcome();
}

class Levels {
  readonly #graph: NaiveGraph;
  readonly #counted: readonly Counted[];
  readonly #keepGoing: boolean;
  readonly #found = new Map<number, number>();
  readonly #antecedents: number[];
  #thrown: Thrown[] = [];
  #foundNow = new Set<number>();
  #distinct = 0;
  #generated: number;

  constructor(graph: NaiveGraph, counted: readonly Counted[], keepGoing: boolean) {
    this.#graph = graph;
    this.#counted = counted;
    this.#keepGoing = keepGoing;
    this.#antecedents = graph.drawn.properties.map(() => 0);
    this.#generated = graph.initial.length;
  }

  outcome(): NaiveOutcome {
    let level = this.#levelAt(0);
    this.#arrive(level);
    for (let depth = 0; ; depth++) {
      // What is found on arrival took so many steps; what is found on the way to the next, one more.
      if (this.#thrown.length > 0) return { kind: 'error', depth, thrown: this.#thrown };
      this.#conclude(depth);
      if (level.length === 0 || this.#isDecided)
        return this.#result(level.length === 0 ? depth : depth + 1);
      for (const { state } of level) this.#expand(state);
      level = this.#levelAt(depth + 1);
      this.#arrive(level);
    }
  }

  #levelAt(depth: number): readonly Counted[] {
    return this.#counted.filter(one => one.depth === depth);
  }

  #arrive(level: readonly Counted[]): void {
    this.#distinct += level.length;
    for (const { state } of level) this.#hear(state.said);
  }

  #expand({ steps, thrown }: NaiveState): void {
    this.#thrown.push(...thrown);
    for (const { to, said } of steps) {
      this.#generated++;
      if (threw(to)) this.#thrown.push(to as Thrown);
      this.#hear(said);
    }
  }

  #hear(said: readonly Said[]): void {
    for (const [property, one] of said.entries()) {
      // A goal that has been reached is not asked any more.
      const isGoal = this.#graph.drawn.properties[property]?.kind === 'sometimes';
      if (isGoal && this.#found.has(property)) continue;
      if (threw(one)) this.#thrown.push(one);
      else if (one !== 'nothing')
        this.#antecedents[property] = (this.#antecedents[property] ?? 0) + 1;
      if (one === 'found') this.#foundNow.add(property);
    }
  }

  #conclude(depth: number): void {
    const { properties } = this.#graph.drawn;
    for (const property of [...this.#foundNow].sort((a, b) => a - b)) {
      const isGoal = properties[property]?.kind === 'sometimes';
      if (this.#found.has(property) || (!isGoal && this.#isDecided)) continue;
      this.#found.set(property, depth);
    }
    this.#foundNow.clear();
  }

  /** Whether the search has nothing left to find. */
  get #isDecided(): boolean {
    const { properties } = this.#graph.drawn;
    const isFound = (index: number): boolean => this.#found.has(index);
    const isAnyBroken = properties.some(
      ({ kind }, index) => kind !== 'sometimes' && isFound(index),
    );
    return isAnyBroken && (!this.#keepGoing || [...properties.keys()].every(isFound));
  }

  #result(depth: number): NaiveResult {
    return {
      kind: 'result',
      distinct: this.#distinct,
      generated: this.#generated,
      depth,
      isComplete: !this.#isDecided,
      antecedents: this.#antecedents,
      found: this.#found,
    };
  }
}
