import { type Asymmetry, AsymmetryError } from '../../core/asymmetry.ts';
import { NondeterminismError, nondeterminismMessage } from '../../core/errors.ts';
import type { GroupElement } from '../../core/symmetryGroup.ts';
import { type DecisionForest, UNKNOWN } from './decisionForest.ts';
import { ReadLog } from './readLog.ts';
import type { RenamedLines } from './renamedLines.ts';
import type { StepMemory, TracedPair } from './tracedPair.ts';

/** Functions of a line of bytes, called by number: guards, deltas of steps, or properties. */
export interface Functions {
  readonly count: number;
  /** Computes one on these views, which are those of the line: a number from 0. */
  compute(member: number, pair: TracedPair, line: StepMemory): number;
  /** The one that a renaming makes of it. */
  renamed(member: number, renaming: GroupElement): number;
  /** Whether `image` is what a renaming makes of an outcome; if absent, outcomes name no nodes. */
  isRenamed?(outcome: number, image: number, renaming: GroupElement): boolean;
  /** What part of the specification it is. */
  partOf(member: number): Omit<Asymmetry, 'nodes'>;
}

/** What came of computing a function: an outcome, or an error, and what was read. */
interface Computed {
  readonly member: number;
  readonly outcome: number;
  /** What was thrown, which may be undefined. */
  readonly thrown: { readonly error: unknown } | undefined;
  readonly read: readonly number[];
}

/**
 * Functions that are not computed again where it is known what they come to (see {@link DecisionForest}).
 *
 * With symmetry, a function is computed together with everything that a renaming makes of it: each on the
 * renamed line, and each must come to the renamed outcome. What any of them reads counts as read, so that a
 * path through a tree stands for lines on which *all of them* do the same again (decision 26).
 */
export class LearnedFunctions {
  /** Computations that were not compared with their renamings, since there was no room to remember them. */
  unchecked = 0;
  readonly #functions: Functions;
  readonly #forest: DecisionForest;
  readonly #lines: RenamedLines;
  readonly #trees: readonly number[];
  readonly #log: ReadLog;

  constructor(functions: Functions, forest: DecisionForest, lines: RenamedLines) {
    this.#functions = functions;
    this.#forest = forest;
    this.#lines = lines;
    this.#trees = Array.from({ length: functions.count }, () => forest.addTree());
    this.#log = new ReadLog(lines.line(0).bytes.length);
  }

  /** What a function comes to for these bytes, or {@link UNKNOWN}. */
  find(member: number, bytes: Uint8Array): number {
    return this.#forest.find(this.#trees[member] as number, bytes);
  }

  /** What a function comes to for the line; what this depends on is logged. */
  outcomeFor(member: number, log?: ReadLog): number {
    const { bytes } = this.#lines.line(0);
    const tree = this.#trees[member] as number;
    const forest = this.#forest;
    const known = log === undefined ? forest.find(tree, bytes) : forest.collect(tree, bytes, log);
    return known === UNKNOWN ? this.learn(member, log) : known;
  }

  /** The same of a function of which it is not known. */
  learn(member: number, log?: ReadLog): number {
    const computed = this.#compute(member, 0);
    if (this.#forest.isFull) {
      if (this.#lines.group.order > 1) this.unchecked++;
      for (const offset of computed.read) log?.add(offset);
      return outcomeOf(computed);
    }
    const all = this.#withRenamings(member, computed);
    const outcome = outcomeOf(computed);
    this.#remember(member, 0, all);
    for (const offset of this.#log.offsets) log?.add(offset);
    // What is known of one is known of all: they are evaluated in states that are near.
    if (this.#lines.group.isWhole) {
      for (let image = 1; image < all.length; image++) this.#remember(member, image, all);
    }
    return outcome;
  }

  #compute(member: number, renaming: number): Computed {
    const { pair } = this.#lines;
    const line = this.#lines.begin(renaming);
    try {
      const outcome = this.#functions.compute(member, pair, line);
      return { member, outcome, thrown: undefined, read: pair.read.slice() };
    } catch (error) {
      return { member, outcome: UNKNOWN, thrown: { error }, read: pair.read.slice() };
    } finally {
      pair.end();
    }
  }

  /** A function and its renamings, each computed on its line, which come to the same but for names. */
  #withRenamings(member: number, computed: Computed): Computed[] {
    const { elements } = this.#lines.group;
    const all = [computed];
    for (let number = 1; number < elements.length; number++) {
      const renaming = elements[number] as GroupElement;
      const renamed = this.#functions.renamed(member, renaming);
      const image = this.#sameAs(renamed, number, all) ?? this.#compute(renamed, number);
      if (!this.#isImage(computed, image, renaming)) {
        this.#expectSame(member, computed);
        const { moved } = renaming;
        throw new AsymmetryError({ ...this.#functions.partOf(member), nodes: moved });
      }
      all.push(image);
    }
    return all;
  }

  /** What the same function came to on another line, if that agrees with this one in all that it read. */
  #sameAs(member: number, number: number, all: readonly Computed[]): Computed | undefined {
    const { bytes } = this.#lines.line(number);
    return all.find((known, other) => {
      if (known.member !== member) return false;
      const { bytes: others } = this.#lines.line(other);
      return known.read.every(offset => others[offset] === bytes[offset]);
    });
  }

  #isImage(computed: Computed, image: Computed, renaming: GroupElement): boolean {
    if (computed.thrown !== undefined || image.thrown !== undefined) {
      return computed.thrown !== undefined && image.thrown !== undefined;
    }
    const isRenamed = this.#functions.isRenamed?.(computed.outcome, image.outcome, renaming);
    return isRenamed ?? computed.outcome === image.outcome;
  }

  /** What is no function cannot be blamed for treating nodes differently. */
  #expectSame(member: number, computed: Computed): void {
    const again = this.#compute(member, 0);
    const isSame = again.outcome === computed.outcome;
    if (!isSame || again.read.join() !== computed.read.join()) this.#isNoFunction(member);
  }

  #isNoFunction(member: number): never {
    const { kind, name } = this.#functions.partOf(member);
    throw new NondeterminismError(nondeterminismMessage(`${kind} "${name}"`), []);
  }

  /** Remembers what one of the renamed functions comes to on its line. */
  #remember(member: number, image: number, all: readonly Computed[]): void {
    const { group } = this.#lines;
    const renamed = this.#functions.renamed(member, group.elements[image] as GroupElement);
    const tree = this.#trees[renamed] as number;
    const { bytes } = this.#lines.line(image);
    if (image > 0 && this.#forest.find(tree, bytes) !== UNKNOWN) return;
    const log = this.#log;
    log.clear();
    for (let further = 0; further < all.length; further++) {
      const number = image === 0 ? further : group.product(further, image);
      this.#lines.addSources(further, (all[number] as Computed).read, log);
    }
    const { outcome } = all[image] as Computed;
    if (!this.#forest.learn(tree, bytes, log.offsets, outcome)) this.#isNoFunction(renamed);
  }
}

function outcomeOf({ outcome, thrown }: Computed): number {
  if (thrown !== undefined) throw thrown.error;
  return outcome;
}
