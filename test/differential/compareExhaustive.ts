import { isDeepStrictEqual } from 'node:util';
import { CompiledModel } from '../../checker/core/compiledModel.ts';
import { type Control, unlimited } from '../../checker/core/control.ts';
import { StateTable } from '../../checker/core/stateTable.ts';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import { type FrontierMaker, MemoryFrontier } from '../../checker/exhaustive/frontier.ts';
import { type Checkpointer, type SavedSearch, Search } from '../../checker/exhaustive/search.ts';
import type { ExplorationResult, Verdict } from '../../checker/results/result.ts';
import { DiskFrontier } from '../../parallel/diskFrontier.ts';
import { ScatteredPool } from '../checker/exhaustive/scatteredPool.ts';
import { Difference, expectSame, expectTrue, type Outcome, outcomeFrom } from './difference.ts';
import { treatsDifferently } from './naiveAsymmetry.ts';
import type { NaiveGraph } from './naiveGraph.ts';
import { orbitsOf } from './naiveOrbits.ts';
import { type NaiveOutcome, type NaiveResult, outcomeOf } from './naiveVerdicts.ts';
import { expectReplayed, expectShown, expectThrown } from './runs.ts';
import type { Subject } from './subject.ts';

type Explored = Outcome<ExplorationResult>;

/** Of models without interchangeable nodes one in so many is searched with symmetry. */
const PLAIN_EVERY = 8;

/** What is learned on the way, to count how models are distributed. */
export interface Seen {
  readonly isAsymmetric: boolean;
  /** Whether memory for what is learned was used up in one of the searches. */
  readonly isLearningFull: boolean;
  readonly isViolated: boolean;
  readonly outcome: NaiveOutcome;
}

/** Explores a model in every way there is, and compares with the reference. */
export async function compareExhaustive(subject: Subject): Promise<Seen> {
  const { graph, number } = subject;
  const all = graph.states.map(state => ({ state, depth: state.depth }));
  const right = [outcomeOf(graph, all, false), outcomeOf(graph, all, true)] as const;
  let isLearningFull = false;
  // Where nothing is broken, going on is the same as stopping.
  const isSame = isDeepStrictEqual(...right);
  for (const keepGoing of isSame ? [number % 2 === 1] : [false, true]) {
    const name = keepGoing ? 'exhaustive, going on' : 'exhaustive';
    const explored = await explore(name, subject, { symmetry: false, keepGoing });
    // Going on shows what stopping does, and more.
    compare(name, subject, explored, right[keepGoing ? 1 : 0], isSame || keepGoing);
    if (keepGoing === (number % 2 === 1))
      isLearningFull = await compareScattered(subject, { symmetry: false, keepGoing }, explored);
  }
  const keepGoing = number % 4 < 2;
  const outcome = right[keepGoing ? 1 : 0];
  const isAsymmetric = await compareSymmetric(subject, keepGoing, outcome);
  const isViolated =
    outcome.kind === 'result' &&
    [...outcome.found.keys()].some(place => graph.drawn.properties[place]?.kind !== 'sometimes');
  return { isAsymmetric, isLearningFull, isViolated, outcome };
}

/** Returns whether the engine found that the model treats nodes differently. */
async function compareSymmetric(
  subject: Subject,
  keepGoing: boolean,
  whole: NaiveOutcome,
): Promise<boolean> {
  const { graph, number } = subject;
  const types = graph.drawn.nodeTypes.filter(
    ({ interchangeable, count }) => interchangeable && count > 1,
  );
  // Then there is no symmetry that would be looked for.
  if (types.length === 0 && number % PLAIN_EVERY !== 0) return false;
  const name = keepGoing ? 'with symmetry, going on' : 'with symmetry';
  const explored = await explore(name, subject, { symmetry: true, keepGoing });
  const asymmetry = 'result' in explored ? explored.result.asymmetry : undefined;
  if (types.length === 0 || asymmetry !== undefined) {
    compare(name, subject, explored, whole);
    if (asymmetry === undefined) return false;
    const isOne = treatsDifferently(graph, asymmetry);
    expectTrue(name, `${asymmetry.name} is said to treat nodes differently`, isOne);
    return true;
  }
  if ('result' in explored) {
    compare(name, subject, explored, outcomeOf(graph, orbitsOf(graph), keepGoing));
    expectSameVerdicts(name, explored.result, whole);
    await compareScattered(subject, { symmetry: true, keepGoing }, explored);
  } else {
    compare(name, subject, explored, whole);
  }
  return false;
}

interface Manner {
  readonly symmetry: boolean;
  readonly keepGoing: boolean;
}

function explore(
  comparison: string,
  { specification }: Subject,
  { symmetry, keepGoing }: Manner,
): Promise<Explored> {
  const { model, properties } = specification;
  return outcomeFrom(comparison, () =>
    exploreExhaustively(model, properties, { symmetry, keepGoing }),
  );
}

/**
 * Several members on one thread, in any order; kept in between, with a frontier in a file, or with so little
 * memory for what is learned that it is used up: returns whether it was.
 */
async function compareScattered(
  { specification, number }: Subject,
  { symmetry, keepGoing }: Manner,
  right: Explored,
): Promise<boolean> {
  const { model, properties } = specification;
  const members = [1, 2, 4][number % 3] ?? 1;
  const isSpilled = number % 5 === 0;
  const savedAt = number % 2 === 0 ? 1 + (number % 7) : 0;
  // Eight to 64 words hold a few decisions, or none.
  const forestWords = number % 11 < 3 ? 8 << (number % 4) : undefined;
  const comparison = [
    `scattered among ${members}`,
    ...(isSpilled ? ['spilled'] : []),
    ...(savedAt > 0 ? ['resumed'] : []),
    ...(forestWords === undefined ? [] : ['with little memory']),
    ...(symmetry ? ['with symmetry'] : []),
  ].join(', ');
  const frontier: FrontierMaker = isSpilled
    ? () => new DiskFrontier(64, 16)
    : () => new MemoryFrontier();
  const compiled = new CompiledModel(model);
  const poolOf = (more: number, table: StateTable): ScatteredPool =>
    new ScatteredPool(compiled, properties, {
      members: members + more,
      symmetry,
      seed: number + more,
      table,
      forestWords,
    });
  const options = { symmetry, keepGoing, control: unlimited as Control, frontier };
  const explored = await outcomeFrom(comparison, async () => {
    const checkpointer = new OneCheckpoint(savedAt, frontier);
    const first = poolOf(0, smallTable());
    const withCheckpointer = savedAt > 0 ? { checkpointer } : {};
    const whole = await new Search(compiled, properties, first, {
      ...options,
      ...withCheckpointer,
    }).run();
    if (checkpointer.saved === undefined) return whole;
    const { search: saved, table } = checkpointer.saved;
    return new Search(compiled, properties, poolOf(1, table), { ...options, saved }).run();
  });
  if ('error' in right) {
    const depth = 'error' in explored ? explored.error.steps.length : 'no error';
    expectSame(comparison, 'the depth of the error', depth, right.error.steps.length);
    return false;
  }
  if ('error' in explored) throw new Difference(comparison, `throws ${explored.error.message}`);
  const { isLearningFull = false, symmetryCheck, ...result } = explored.result;
  const { symmetryCheck: whole, ...known } = right.result;
  expectSame(comparison, 'the result', result, known);
  const unchecked = isLearningFull ? symmetryCheck?.unchecked : 0;
  const check = whole === undefined ? undefined : { ...whole, unchecked };
  expectSame(comparison, 'what is said of symmetry', symmetryCheck, check);
  return isLearningFull;
}

/** A table that has to grow soon. */
function smallTable(): StateTable {
  return new StateTable({
    slots: new Int32Array(new SharedArrayBuffer(3 * 4 * 300)),
    size: new Int32Array(new SharedArrayBuffer(4)),
    room: 0,
  });
}

/** Keeps a search once, as it is when it was asked so many times. */
class OneCheckpoint implements Checkpointer {
  saved: { search: SavedSearch; table: StateTable } | undefined;
  readonly #at: number;
  readonly #frontier: FrontierMaker;
  #asked = 0;

  constructor(at: number, frontier: FrontierMaker) {
    this.#at = at;
    this.#frontier = frontier;
  }
  get isDue(): boolean {
    return this.#at > 0 && this.saved === undefined && this.#asked++ >= this.#at;
  }
  save({ state, level, next }: SavedSearch, table: StateTable): Promise<void> {
    const copied = { level: this.#frontier(), next: this.#frontier() };
    for (const block of level.blocks) copied.level.add(block);
    for (const block of next.blocks) copied.next.add(block);
    const { slots, size } = table.memory;
    this.saved = {
      search: { state: structuredClone(state), ...copied },
      table: new StateTable({ slots: slots.slice(), size: size.slice(), room: 0 }),
    };
    return Promise.resolve();
  }
}

/** @param replays - Whether the counterexamples are not those of another comparison. */
function compare(
  comparison: string,
  subject: Subject,
  explored: Explored,
  right: NaiveOutcome,
  replays = true,
): void {
  if (right.kind === 'error') {
    if (!('error' in explored)) throw new Difference(comparison, 'an error is not found');
    const { error } = explored;
    expectSame(comparison, 'the depth of the error', error.steps.length, right.depth);
    expectThrown(comparison, error, right.thrown);
    return;
  }
  if ('error' in explored) throw new Difference(comparison, `throws ${explored.error.message}`);
  const { result } = explored;
  expectSame(comparison, 'distinct states', result.distinctStates, right.distinct);
  expectSame(comparison, 'generated states', result.generatedStates, right.generated);
  expectSame(comparison, 'depth', result.depth, right.depth);
  expectSame(comparison, 'antecedents', antecedentsIn(result), antecedentsOf(subject.graph, right));
  expectSameVerdicts(comparison, result, right);
  expectFound(comparison, subject, result, right, replays);
}

function antecedentsIn({ properties }: ExplorationResult): number[] {
  return properties.map(({ antecedent }) => antecedent);
}

function antecedentsOf({ drawn }: NaiveGraph, { antecedents, found }: NaiveResult): number[] {
  return drawn.properties.map(({ kind }, index) =>
    kind === 'sometimes' ? (found.has(index) ? 1 : 0) : (antecedents[index] as number),
  );
}

/** Compares verdicts only. */
function expectSameVerdicts(
  comparison: string,
  result: ExplorationResult,
  right: NaiveOutcome,
): void {
  if (right.kind === 'error') throw new Difference(comparison, 'an error is not found');
  const { found, isComplete, antecedents } = right;
  const verdicts = result.properties.map(({ kind }, index) => {
    if (found.has(index)) return kind === 'sometimes' ? 'reached' : 'violated';
    if (!isComplete) return 'inconclusive';
    if (kind === 'sometimes') return 'unreached';
    return (antecedents[index] as number) > 0 ? 'holds' : 'vacuous';
  });
  expectSame(
    comparison,
    'verdicts',
    result.properties.map(({ verdict }) => verdict),
    verdicts,
  );
  const has = (...some: string[]): boolean => verdicts.some(verdict => some.includes(verdict));
  const overall: Verdict = has('violated')
    ? 'violated'
    : has('inconclusive')
      ? 'inconclusive'
      : has('vacuous', 'unreached')
        ? 'vacuous'
        : 'holds';
  expectSame(comparison, 'the verdict', result.verdict, overall);
}

/** Looks at each counterexample and witness: whether it is one, and as short as can be. */
function expectFound(
  comparison: string,
  subject: Subject,
  { violations, witnesses }: ExplorationResult,
  { found }: NaiveResult,
  replays: boolean,
): void {
  const { drawn } = subject.graph;
  const told = [...violations, ...witnesses];
  expectSame(comparison, 'the number of runs', told.length, found.size);
  for (const { property, initialState, steps } of told) {
    const place = drawn.properties.findIndex(({ name }) => name === property);
    expectSame(comparison, `the length of the run to ${property}`, steps.length, found.get(place));
    expectShown(comparison, subject, { place, initialState, steps });
  }
  if (!replays) return;
  for (const violation of violations) {
    expectTrue(comparison, `${violation.property} is not said to be shortest`, violation.shortest);
    expectReplayed(comparison, subject, violation);
  }
  for (const witness of witnesses)
    expectReplayed(comparison, subject, { ...witness, clause: 'it is reached' });
}
