import fc from 'fast-check';
import { CompiledModel, type ModelState } from '../../checker/core/compiledModel.ts';
import { RandomSource } from '../../checker/core/randomSource.ts';
import { Walk } from '../../checker/core/walk.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty, Holds } from '../../checker/model/property.ts';
import { simulate } from '../../checker/random/simulate.ts';
import { Monitor } from '../../checker/results/monitor.ts';
import { firstViolation } from '../../checker/runs/firstViolation.ts';
import { withStepsLeftOut } from '../../checker/runs/shorterRuns.ts';
import { shrink } from '../../checker/shrink/shrink.ts';
import { copyState } from '../../checker/state/schema.ts';

/** What is searched, and how far. */
export interface Search {
  readonly model: AnyModel;
  readonly property: AnyProperty;
  readonly seed: number;
  /** Steps after which the search counts as having missed the defect. */
  readonly cap: number;
}

/** What one search came to. */
export interface Detection {
  readonly found: boolean;
  /** Steps of the model that were taken before it was found, or the cap. */
  readonly steps: number;
  readonly seconds: number;
  /** The length of the counterexample as the method shrinks it. */
  readonly length?: number;
  /** This engine: the length before the breadth-first search. */
  readonly changedOnly?: number;
}

/** The longest run, in steps, where a method takes one. */
const MAX_STEPS = 100;

/** Ends a search of fast-check that has used up its steps. */
class Exhausted extends Error {}

/** This engine, with its shrinker and its proof. */
export async function byThisEngine({ model, property, seed, cap }: Search): Promise<Detection> {
  const start = performance.now();
  let seconds: number | undefined;
  const timed = whenBroken(property, () => {
    seconds ??= (performance.now() - start) / 1000;
  });
  const { violations, steps } = await simulate(model, [timed], {
    seed,
    runs: 1_000_000_000,
    maxSteps: MAX_STEPS,
    proofStates: 0,
    control: {
      poll: ({ generatedStates }) =>
        Promise.resolve(generatedStates > cap ? ('state limit' as const) : undefined),
    },
  });
  const [violation] = violations;
  if (violation === undefined || seconds === undefined) return missed(start, cap);
  const shrunk = await shrink(model, property, violation);
  const changedOnly = violation.steps.length;
  return { found: true, steps, seconds, length: shrunk?.steps.length ?? changedOnly, changedOnly };
}

/** The property, which says when it breaks. */
function whenBroken(property: AnyProperty, tell: () => void): AnyProperty {
  const told = (holds: Holds): Holds => {
    if (holds !== true) tell();
    return holds;
  };
  if (property.kind === 'sometimes') return property;
  if (property.kind === 'step') {
    const { holds } = property;
    return { ...property, holds: (before, after, action) => told(holds(before, after, action)) };
  }
  const { holds } = property;
  return { ...property, holds: (state: Parameters<typeof holds>[0]) => told(holds(state)) };
}

/** One action with one choice of arguments, as a command of fast-check. */
class TakeAction implements fc.Command<Playing, Playing> {
  readonly #index: number;

  constructor(index: number) {
    this.#index = index;
  }
  check(playing: Readonly<Playing>): boolean {
    return playing.isEnabled(this.#index);
  }
  run(playing: Playing): void {
    playing.take(this.#index);
  }
  toString(): string {
    return String(this.#index);
  }
}

/** A run as a test written with `fc.commands` would have it: a state, and a check after each step. */
class Playing {
  readonly #model: CompiledModel;
  readonly #states: readonly [ModelState, ModelState];
  readonly #property: AnyProperty;
  #monitor: Monitor;
  #broken = false;
  /** Steps taken in this run. */
  length = 0;

  constructor(model: CompiledModel, property: AnyProperty) {
    this.#model = model;
    this.#states = [model.createState(), model.createState()];
    this.#property = property;
    this.#monitor = this.#newMonitor();
  }
  /** A monitor tells of each violation once. */
  #newMonitor(): Monitor {
    const violated = (): void => {
      this.#broken = true;
    };
    return new Monitor([this.#property], { violated });
  }
  /** Begins a run: to make the states anew each time would be most of the work. */
  begin(): this {
    this.#model.initialize(this.#states[1], 0);
    this.#monitor = this.#newMonitor();
    this.length = 0;
    this.#broken = false;
    return this;
  }
  isEnabled(index: number): boolean {
    return this.#model.enabled(this.#states[1], index) === true;
  }
  /** @throws Error when the property breaks. */
  take(index: number): void {
    const [before, after] = this.#states;
    copyState(after, before);
    this.#model.step(after, index);
    this.length++;
    const instance = this.#model.instances[index];
    if (instance !== undefined) this.#monitor.checkStep(before, after, instance.taken);
    this.#monitor.checkState(after);
    if (this.#broken) throw new Error('broken');
  }
}

/** `fc.commands` on the same model, with its own shrinking. */
export function byCommands(constraints: fc.CommandsContraints) {
  return ({ model, property, seed, cap }: Search): Detection => {
    const compiled = new CompiledModel(model);
    const commands = commandsOf(compiled);
    const playing = new Playing(compiled, property);
    const start = performance.now();
    let steps = 0;
    let failed: { steps: number; seconds: number; length: number } | undefined;
    fc.check(
      fc.property(fc.commands(commands, { ...constraints }), run => {
        if (failed === undefined && steps >= cap) throw new Exhausted();
        if (failed === undefined ? false : steps > failed.steps + SHRINK_STEPS) return;
        playing.begin();
        try {
          fc.modelRun(() => ({ model: playing, real: playing }), run);
        } catch (error) {
          const first = failed ?? { steps: steps + playing.length, seconds: since(start) };
          failed = { ...first, length: playing.length };
          throw error;
        } finally {
          steps += playing.length;
        }
      }),
      { seed, numRuns: MOST_RUNS, interruptAfterTimeLimit: TIME_LIMIT },
    );
    return failed === undefined ? missed(start, cap) : { found: true, ...failed };
  };
}

/** Steps that fast-check may spend on shrinking; it is given more than it has ever used here. */
const SHRINK_STEPS = 200_000;
const MOST_RUNS = 1_000_000;
/** Milliseconds: only a guard against a search that never ends. */
const TIME_LIMIT = 120_000;

/** One arbitrary for each action: what its author would write. */
function commandsOf({ model, instances, live }: CompiledModel): fc.Arbitrary<TakeAction>[] {
  return model.actions.flatMap(action => {
    const own = [...live].filter(index => instances[index]?.action === action);
    return own.length === 0 ? [] : [fc.constantFrom(...own).map(index => new TakeAction(index))];
  });
}

/** A walk that draws among the enabled actions with equal chances, shrunk by leaving steps out. */
export function byUniformWalk({ model, property, seed, cap }: Search): Detection {
  const compiled = new CompiledModel(model);
  const random = new RandomSource(seed);
  const state = compiled.createState();
  const states = [compiled.createState(), compiled.createState()] as const;
  const start = performance.now();
  for (let steps = 0; steps < cap; ) {
    compiled.initialize(state, 0);
    const actions: number[] = [];
    for (let length = 1 + random.below(MAX_STEPS); length > 0; length--) {
      const enabled = [...compiled.live].filter(index => compiled.enabled(state, index) === true);
      const action = enabled[random.below(enabled.length)];
      if (action === undefined) break;
      compiled.step(state, action);
      actions.push(action);
    }
    const found = firstViolation(compiled, property, new Walk(0, actions), states);
    steps += found?.after ?? actions.length;
    if (found === undefined) continue;
    const seconds = since(start);
    const length = leavingOut(compiled, property, actions.slice(0, found.after));
    return { found: true, steps, seconds, length };
  }
  return missed(start, cap);
}

/** The length after leaving out steps for as long as what is left can be taken and still breaks. */
function leavingOut(
  model: CompiledModel,
  property: AnyProperty,
  actions: readonly number[],
): number {
  const states = [model.createState(), model.createState()] as const;
  for (const shorter of withStepsLeftOut(actions)) {
    if (!canBeTaken(model, shorter, states[0])) continue;
    if (firstViolation(model, property, new Walk(0, shorter), states) === undefined) continue;
    return leavingOut(model, property, shorter);
  }
  return actions.length;
}

function canBeTaken(model: CompiledModel, actions: readonly number[], state: ModelState): boolean {
  model.initialize(state, 0);
  return actions.every(action => {
    if (model.enabled(state, action) !== true) return false;
    model.step(state, action);
    return true;
  });
}

function missed(start: number, cap: number): Detection {
  return { found: false, steps: cap, seconds: since(start) };
}

function since(start: number): number {
  return (performance.now() - start) / 1000;
}
