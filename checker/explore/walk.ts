import fc from 'fast-check';
import { copyState } from '../state/schema.ts';
import {
  type ActionInstance,
  type CompiledModel,
  fingerprintText,
  labelOf,
  type ModelState,
} from './compiledModel.ts';
import { crashMessage, ModelError } from './errors.ts';

/** A random run of a model: an initial state and the actions taken from there, by number. */
export class Walk {
  readonly initialState: number;
  readonly actions: readonly number[];
  /** How many actions lead to the failure, once a run of the walk has failed. */
  failedAfter: number | undefined;
  /** The fingerprint of the state in which the walk ended when it was drawn. */
  drawnEnd: string | undefined;

  constructor(initialState: number, actions: readonly number[]) {
    this.initialState = initialState;
    this.actions = actions;
  }
}

/** Draws that may miss before every action is looked at. */
const MAX_MISSES = 64;

/**
 * A fast-check arbitrary of random runs. It draws only among the actions that are enabled, so that
 * no draw is wasted, and shrinks by leaving steps out: what remains is run again, and a step that
 * is not enabled any more is left out as well (docs/decisions/0003-custom-arbitrary.md).
 */
export class WalkArbitrary extends fc.Arbitrary<Walk> {
  readonly #model: CompiledModel;
  readonly #maxSteps: number;
  readonly #state: ModelState;
  readonly #cumulative: Float64Array;

  constructor(model: CompiledModel, maxSteps: number) {
    super();
    this.#model = model;
    this.#maxSteps = maxSteps;
    this.#state = model.createState();
    let sum = 0;
    this.#cumulative = Float64Array.from(model.live, index => {
      sum += (model.instances[index] as ActionInstance).action.weight ?? 1;
      return sum;
    });
  }

  override generate(random: fc.Random, _biasFactor: number | undefined): fc.Value<Walk> {
    const initialStates = this.#model.model.initialStates.length;
    const initialState = random.nextInt(0, initialStates - 1);
    const actions: number[] = [];
    // Half of the runs are short: many bugs are near, and short runs shrink well.
    const longest = random.nextInt(0, 1) === 0 ? Math.ceil(this.#maxSteps / 4) : this.#maxSteps;
    const length = random.nextInt(1, longest);
    this.#model.initialize(this.#state, initialState);
    while (actions.length < length) {
      const action = this.#draw(random, actions);
      if (action === undefined) break;
      actions.push(action);
      try {
        this.#model.step(this.#state, action);
      } catch (cause) {
        throw this.#crash(actions, cause);
      }
    }
    const walk = new Walk(initialState, actions);
    walk.drawnEnd = fingerprintText(this.#state);
    return new fc.Value(walk, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Walk {
    return value instanceof Walk;
  }

  override shrink(walk: Walk, _context: unknown): fc.Stream<fc.Value<Walk>> {
    return fc.stream(this.#shorter(walk));
  }

  /** An enabled action, drawn by weight, or undefined if there is none. */
  #draw(random: fc.Random, sofar: readonly number[]): number | undefined {
    const { live } = this.#model;
    const total = this.#cumulative[live.length - 1] ?? 0;
    for (let miss = 0; miss < MAX_MISSES && live.length > 0; miss++) {
      const action = live[this.#place(random.nextDouble() * total)] as number;
      if (this.#isEnabled(action, sofar)) return action;
    }
    const enabled = [...live].filter(action => this.#isEnabled(action, sofar));
    return enabled.length === 0 ? undefined : enabled[random.nextInt(0, enabled.length - 1)];
  }

  /** The first place whose cumulative weight is above `point`. */
  #place(point: number): number {
    let [low, high] = [0, this.#cumulative.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cumulative[middle] as number) > point) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #isEnabled(action: number, sofar: readonly number[]): boolean {
    try {
      return this.#model.enabled(this.#state, action) === true;
    } catch (cause) {
      throw this.#crash([...sofar, action], cause);
    }
  }

  /** The error of model code that threw in the last of these actions. */
  #crash(actions: readonly number[], cause: unknown): ModelError {
    const steps = this.#model.stepsOf(actions);
    const last = steps.at(-1);
    const where = last === undefined ? 'an action' : `action ${labelOf(last)}`;
    return new ModelError(crashMessage(where, cause), steps, cause);
  }

  *#shorter(walk: Walk): IterableIterator<fc.Value<Walk>> {
    for (const actions of shorterRuns(this.#model, walk)) {
      yield new fc.Value(new Walk(walk.initialState, actions), undefined);
    }
  }
}

/**
 * Runs like the given one with steps left out, the largest cuts first: all that follows the
 * failure, then halves, quarters and so on down to single steps. Each is a real run: steps that
 * the cut has disabled are left out too. Lazy, since a caller stops at the first that still fails.
 */
export function* shorterRuns(
  model: CompiledModel,
  walk: Walk,
): IterableIterator<readonly number[]> {
  const { actions, failedAfter } = walk;
  if (failedAfter !== undefined && failedAfter < actions.length) {
    yield actions.slice(0, failedAfter);
    return;
  }
  const state = model.createState();
  for (
    let size = Math.ceil(actions.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let end = actions.length; end > 0; end -= size) {
      const start = Math.max(0, end - size);
      const kept = [...actions.slice(0, start), ...actions.slice(end)];
      yield enabledPart(model, walk.initialState, kept, state);
    }
  }
}

/**
 * The part of a list of actions that can be taken in order, skipping those that are disabled. A cut
 * can lead to where the model crashes; the run then ends before that, since what is being shortened
 * is something else.
 */
function enabledPart(
  model: CompiledModel,
  initialState: number,
  actions: readonly number[],
  state: ModelState,
): number[] {
  model.initialize(state, initialState);
  const taken: number[] = [];
  for (const action of actions) {
    try {
      if (model.enabled(state, action) !== true) continue;
      model.step(state, action);
    } catch {
      break;
    }
    taken.push(action);
  }
  return taken;
}

/** Takes the actions of a walk from its initial state, which `after` is in, showing every step. */
export function runWalk(
  model: CompiledModel,
  walk: Walk,
  [before, after]: readonly [ModelState, ModelState],
  onStep: (position: number, action: ActionInstance, index: number) => boolean,
): void {
  for (let position = 0; position < walk.actions.length; position++) {
    copyState(after, before);
    const index = walk.actions[position] as number;
    model.step(after, index);
    if (!onStep(position, model.instances[index] as ActionInstance, index)) return;
  }
}
