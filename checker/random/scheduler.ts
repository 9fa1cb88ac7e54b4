import type { ActionInstance, CompiledModel } from '../core/compiledModel.ts';
import type { RandomSource } from '../core/randomSource.ts';
import { flatParams } from '../model/flatParams.ts';
import { Candidates } from './candidates.ts';
import type { ObservedRun } from './observedRun.ts';

/** How often a run may have faults of every kind; the others go without about half of them. */
const EVERY_FAULT = 0.25;
/** How often a run draws all actions alike: then what is rare happens early and often. */
const ALIKE = 0.5;
/** How often somebody is slow in a run at all, and how often an episode begins in such a run. */
const SLOW_RUN = 0.5;
const SLOW_STEP = 1 / 32;
/** An episode lasts at least 1 step and less than two to this power. */
const LONGEST_EPISODE = 5;

/**
 * Decides who moves next in a random run. Chance alone spreads faults evenly, and then nothing lasts:
 * a link that is cut is healed a step later. So each run draws which kinds of faults happen in it
 * at all (swarm testing, Groce et al. 2012) and whether the weights of actions count in it; what a
 * fault makes recoverable stays broken for an episode of some steps; and now and then a node or a
 * link is slow for an episode.
 */
export class Scheduler {
  readonly #run: ObservedRun;
  readonly #candidates: Candidates;
  readonly #instances: readonly ActionInstance[];
  readonly #faults: ReadonlySet<string>;
  readonly #recoveries: readonly number[];
  /** By index: the protocol instances of the same nodes, which are slow together. */
  readonly #slowWith: readonly (readonly number[])[];
  readonly #off = new Set<string>();
  #held: { index: number; until: number }[] = [];
  #nextRelease = Number.POSITIVE_INFINITY;
  #step = 0;
  #mayBeSlow = false;
  #slowUntil = 0;

  constructor(model: CompiledModel, run: ObservedRun) {
    this.#run = run;
    this.#candidates = new Candidates(model, run.after);
    this.#instances = Array.from(
      model.live,
      instance => model.instances[instance] as ActionInstance,
    );
    const indices = [...this.#instances.keys()];
    const faults = this.#instances.filter(({ action }) => action.kind === 'fault');
    this.#faults = new Set(faults.map(({ action }) => action.name));
    this.#recoveries = indices.filter(index => this.#kindOf(index) === 'recovery');
    this.#slowWith = slowTogether(this.#instances);
  }

  /** The index of the instance whose guard was evaluated last. */
  get lastEvaluated(): number {
    return this.#candidates.lastEvaluated;
  }

  /** Begins a run, which has been started, and draws what may happen in it. */
  begin(random: RandomSource): void {
    this.#held = [];
    this.#nextRelease = Number.POSITIVE_INFINITY;
    this.#step = 0;
    this.#slowUntil = 0;
    this.#mayBeSlow = random.chance(SLOW_RUN);
    this.#off.clear();
    if (!random.chance(EVERY_FAULT)) {
      for (const fault of this.#faults) if (random.chance(0.5)) this.#off.add(fault);
    }
    const off = this.#off;
    const isOff = (index: number): boolean =>
      off.has((this.#instances[index] as ActionInstance).action.name);
    this.#candidates.reset(isOff, random.chance(ALIKE));
  }

  /** The index in `model.live` of an enabled instance, or undefined if there is none. */
  next(random: RandomSource): number | undefined {
    if (this.#step >= this.#nextRelease) this.#release(this.#step);
    if (this.#mayBeSlow && this.#step >= this.#slowUntil && random.chance(SLOW_STEP)) {
      this.#slowDown(random);
    }
    const index = this.#candidates.draw(random);
    if (index !== undefined || this.#held.length === 0) return index;
    // Whatever is held back is all that is left to happen.
    this.#release(Number.POSITIVE_INFINITY);
    return this.#candidates.draw(random);
  }

  /** Takes an instance in the run, by its index. */
  take(index: number, instance: number, random: RandomSource): void {
    this.#step++;
    if (this.#kindOf(index) !== 'fault' || this.#recoveries.length === 0) {
      this.#run.step(instance);
      this.#candidates.changed(this.#run.changed);
      return;
    }
    const possible = new Set(this.#recoveries.filter(each => this.#candidates.isEnabled(each)));
    this.#run.step(instance);
    this.#candidates.changed(this.#run.changed);
    const until = this.#step + episode(random);
    for (const each of this.#recoveries) {
      if (!possible.has(each) && this.#candidates.isEnabled(each)) this.#hold(each, until);
    }
  }

  #slowDown(random: RandomSource): void {
    const slow = this.#slowWith[random.below(this.#instances.length)] ?? [];
    this.#slowUntil = this.#step + episode(random);
    for (const index of slow) this.#hold(index, this.#slowUntil);
  }

  #hold(index: number, until: number): void {
    if (!this.#candidates.park(index)) return;
    this.#held.push({ index, until });
    this.#nextRelease = Math.min(this.#nextRelease, until);
  }

  #release(now: number): void {
    for (const { index, until } of this.#held) if (until <= now) this.#candidates.unpark(index);
    this.#held = this.#held.filter(({ until }) => until > now);
    // Not spread: there may be more of them than a call takes arguments.
    this.#nextRelease = this.#held.reduce(
      (first, { until }) => Math.min(first, until),
      Number.POSITIVE_INFINITY,
    );
  }

  #kindOf(index: number): ActionInstance['action']['kind'] {
    return (this.#instances[index] as ActionInstance).action.kind;
  }
}

/** How many steps an episode lasts: many are short, some long. */
function episode(random: RandomSource): number {
  return Math.floor(2 ** (random.unit() * LONGEST_EPISODE));
}

function slowTogether(instances: readonly ActionInstance[]): (readonly number[])[] {
  const groups = new Map<string, number[]>();
  const keys = instances.map(nodesOf);
  keys.forEach((key, index) => {
    if (key === '') return;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(index);
  });
  return keys.map(key => groups.get(key) ?? []);
}

/** The nodes that a protocol instance is about, in order; nothing for instances of other kinds. */
function nodesOf({ action, arguments: { names } }: ActionInstance): string {
  if (action.kind !== 'protocol') return '';
  const nodes = [...flatParams(action.params)].flatMap(([param, { kind }]) =>
    kind === 'node' || kind === 'optionalNode' ? [names[param] ?? ''] : [],
  );
  return nodes.sort().join(' ');
}
