import type { CompiledModel } from '../core/compiledModel.ts';
import { lowestBit } from '../core/dependencies.ts';
import { evaluate } from '../core/evaluate.ts';
import type { Walk } from '../core/walk.ts';
import type { AnyProperty } from '../model/property.ts';
import { ObservedRun } from '../random/observedRun.ts';
import { clearBlocks, PLANES } from '../state/blocks.ts';
import { copyState } from '../state/schema.ts';
import { StepSet } from './stepSet.ts';

/** What the steps of a run depend on. Steps are counted from 1. */
export interface Causes {
  /** For each step: the earlier ones that it depends on, without those that another depends on. */
  readonly ofStep: readonly (readonly number[])[];
  /** The longest chain in which each step depends on the one before, up to the last step. */
  readonly chain: readonly number[];
  /** Steps that the last one does not follow from, nor what the property looks at after it. */
  readonly unrelated: readonly number[];
}

/**
 * Finds which steps of a run depend on which: a step depends on another if its guard or its effect
 * read a part of the state (a block, see blocks.ts) that the other one changed, directly or through
 * steps between them. That is Lamport's happened-before (1978) by data instead of by place: two steps
 * of one node need not depend on each other. What an action spends is left out, since budgets bound the
 * search and cause nothing.
 *
 * @param property - What the run is to be explained by; without it, nothing is unrelated.
 */
export function causesOf(model: CompiledModel, walk: Walk, property?: AnyProperty): Causes {
  const run = new ObservedRun(model);
  const writers = new Writers(walk.actions.length);
  const budgetBlocks = model.budgetBlocks();
  run.start(walk.initialState);
  for (const index of walk.actions) {
    clearBlocks(run.after.reads);
    model.enabled(run.after, index);
    run.step(index);
    writers.add(without(run.after.reads, budgetBlocks), without(run.changed, budgetBlocks));
  }
  const chain = longestChain(writers.causes);
  if (property === undefined) return { ofStep: writers.causes, chain, unrelated: [] };
  const looked = blocksLookedAt(model, run, walk, property);
  const related = writers.pastOf(without(looked, budgetBlocks));
  const last = walk.actions.length;
  if (last > 0) related.addAll(writers.past[last - 1] as StepSet).add(last);
  return {
    ofStep: writers.causes,
    chain,
    unrelated: walk.actions.map((_, at) => at + 1).filter(step => !related.has(step)),
  };
}

/** Which steps changed each block, as the run goes on. */
class Writers {
  readonly causes: number[][] = [];
  /** For each step: everything that it depends on, directly or not. */
  readonly past: StepSet[] = [];
  readonly #length: number;
  /** By block: the steps that changed it, without those that another of them depends on. */
  readonly #ofBlock: number[][] = Array.from({ length: PLANES * 32 }, () => []);

  constructor(length: number) {
    this.#length = length;
  }

  /** Adds the next step. */
  add(reads: Int32Array, changed: Int32Array): void {
    const causes = this.#latest(blocksIn(reads).flatMap(block => this.#at(block)));
    const past = this.#withPast(causes);
    this.causes.push(causes);
    this.past.push(past);
    const step = this.past.length;
    for (const block of blocksIn(changed)) {
      this.#ofBlock[block] = [...this.#at(block).filter(other => !past.has(other)), step];
    }
  }

  /** Everything that the present content of these blocks depends on. */
  pastOf(blocks: Int32Array): StepSet {
    return this.#withPast(blocksIn(blocks).flatMap(block => this.#at(block)));
  }

  #at(block: number): readonly number[] {
    return this.#ofBlock[block] as number[];
  }

  #withPast(steps: readonly number[]): StepSet {
    const whole = new StepSet(this.#length);
    for (const step of steps) whole.addAll(this.past[step - 1] as StepSet).add(step);
    return whole;
  }

  /** Those of the steps that no other of them depends on, in their order. */
  #latest(steps: readonly number[]): number[] {
    const distinct = [...new Set(steps)].sort((a, b) => a - b);
    return distinct.filter(
      step => !distinct.some(other => (this.past[other - 1] as StepSet).has(step)),
    );
  }
}

/** What the property reads around the last step, which is where it is violated or reached. */
function blocksLookedAt(
  model: CompiledModel,
  { before: unobserved, after }: ObservedRun,
  { actions }: Walk,
  property: AnyProperty,
): Int32Array {
  const before = model.createObservedState();
  copyState(unobserved, before);
  clearBlocks(before.reads);
  clearBlocks(after.reads);
  const taken = model.stepsOf(actions.slice(-1))[0];
  evaluate(property, after, taken && { before, taken });
  return before.reads.map((reads, plane) => reads | (after.reads[plane] as number));
}

function longestChain(causes: readonly (readonly number[])[]): number[] {
  const lengths: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const ofStep of causes) {
    let best: number | undefined;
    // Of chains of one length the one through the latest step.
    for (const cause of ofStep) {
      if (best === undefined || at(lengths, cause) >= at(lengths, best)) best = cause;
    }
    previous.push(best);
    lengths.push(best === undefined ? 1 : at(lengths, best) + 1);
  }
  const chain: number[] = [];
  for (let step: number | undefined = causes.length || undefined; step !== undefined; ) {
    chain.unshift(step);
    step = previous[step - 1];
  }
  return chain;
}

function at(lengths: readonly number[], step: number): number {
  return lengths[step - 1] as number;
}

function without(blocks: Int32Array, others: Int32Array): Int32Array {
  return blocks.map((word, plane) => word & ~(others[plane] as number));
}

function blocksIn(blocks: Int32Array): number[] {
  const found: number[] = [];
  for (let plane = 0; plane < PLANES; plane++) {
    for (let rest = blocks[plane] as number; rest !== 0; rest &= rest - 1) {
      found.push(plane * 32 + lowestBit(rest));
    }
  }
  return found;
}
