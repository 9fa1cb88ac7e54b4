import type { ActionInstance, CompiledModel, ModelState } from '../core/compiledModel.ts';
import { isGoalReached } from '../core/evaluate.ts';
import type { Walk } from '../core/walk.ts';
import { Fairness } from '../liveness/fairness.ts';
import { Obligation } from '../liveness/obligation.ts';
import { phraseOf } from '../model/phrase.ts';
import type { AnyTemporalProperty } from '../model/temporal.ts';
import type {
  TraceFile,
  TraceLiveness,
  TracePassedOver,
  TracePropertyHistory,
} from '../trace/traceFile.ts';

/** What is said of a run in which a goal is due and not reached. */
export interface MissedGoal {
  readonly liveness: TraceLiveness;
  readonly history: TracePropertyHistory;
}

/** The most that is listed of what was passed over. */
const MOST = 100;

/**
 * Since when the goal of a temporal property is due in a run, and what could have happened instead of
 * what repeats; undefined if it is not due at the end.
 */
export function missedGoal(
  model: CompiledModel,
  walk: Walk,
  property: AnyTemporalProperty,
  trace: TraceFile,
): MissedGoal | undefined {
  const { truth, since } = dueAlong(model, walk, property);
  if (since === undefined) return undefined;
  const { name, kind, statement } = property;
  const from = trace.loop?.from ?? trace.settling?.from ?? walk.actions.length;
  const passedOver = new PassedOver(model, walk, { since, from }).all();
  return {
    liveness: { since, passedOver: passedOver.slice(0, MOST) },
    history: { name, kind, statement, truth },
  };
}

/** What a property demands in each state of a run, a letter for each, and since when at its end. */
function dueAlong(model: CompiledModel, walk: Walk, property: AnyTemporalProperty) {
  const obligation = new Obligation(property);
  let truth = '';
  for (const state of statesAlong(model, walk)) {
    obligation.see(state);
    const isDue = obligation.since !== undefined;
    truth += isDue ? 'd' : isGoalReached(property, state) ? 'h' : 'n';
  }
  return { truth, since: obligation.since };
}

/** The states of a run; each is the same object, changed. */
function* statesAlong(
  model: CompiledModel,
  { initialState, actions }: Walk,
): Generator<ModelState> {
  const state = model.createState();
  model.initialize(state, initialState);
  yield state;
  for (const index of actions) {
    model.step(state, index);
    yield state;
  }
}

/** How an instance that is not taken in what repeats did along the run since the goal is due. */
interface Chance {
  readonly index: number;
  /** The last state in which it could be taken and, if it is fair, was due; -1 if there was none. */
  able: number;
  /** The first state after that in which it could not be taken, or was not due. */
  unable: number;
  because: string | undefined;
  /** Of what repeats: the first state in which it could be taken but was not due. */
  early: number;
  /** Of what repeats: the first state in which only a bound kept it from being taken. */
  heldBack: number;
}

const NEVER = -1;

class PassedOver {
  readonly #model: CompiledModel;
  readonly #fairness: Fairness;
  readonly #walk: Walk;
  /** The state from which on the goal is due, and the one from which on the run repeats. */
  readonly #since: number;
  readonly #from: number;

  constructor(
    model: CompiledModel,
    walk: Walk,
    { since, from }: { readonly since: number; readonly from: number },
  ) {
    this.#model = model;
    this.#fairness = new Fairness(model);
    this.#walk = walk;
    this.#since = since;
    this.#from = from;
  }

  /** Those that the environment need not do come last: there are often many. */
  all(): TracePassedOver[] {
    const repeated = new Set(this.#walk.actions.slice(this.#from));
    const chances = [...this.#model.live]
      .filter(index => !repeated.has(index))
      .map((index): Chance => {
        return {
          index,
          able: NEVER,
          unable: NEVER,
          because: undefined,
          early: NEVER,
          heldBack: NEVER,
        };
      });
    let number = 0;
    for (const state of statesAlong(this.#model, this.#walk)) {
      for (const chance of chances) this.#visit(chance, state, number);
      number++;
    }
    const found = chances.flatMap(chance => this.#report(chance));
    return reasons.flatMap(reason => found.filter(({ why }) => why === reason));
  }

  #visit(chance: Chance, state: ModelState, number: number): void {
    const { index } = chance;
    const isFair = this.#fairness.isFair[index] === 1;
    // Whoever has been taken since had its turn.
    if (this.#walk.actions[number - 1] === index) chance.able = chance.unable = NEVER;
    if (number < this.#since || (!isFair && number < this.#from)) return;
    const enabled = this.#model.enabled(state, index);
    const isEarly = enabled === true && this.#fairness.isEarly(state, index);
    if (enabled === true && !isEarly) {
      const isKnown = isFair ? chance.unable >= this.#from : chance.able !== NEVER;
      if (isKnown) return;
      chance.able = number;
      chance.unable = NEVER;
      return;
    }
    if (isEarly && number >= this.#from && chance.early === NEVER) chance.early = number;
    if (chance.able !== NEVER && chance.unable === NEVER) {
      chance.unable = number;
      chance.because = typeof enabled === 'string' ? enabled : undefined;
    }
    if (number < this.#from || chance.heldBack !== NEVER) return;
    if (isFair && this.#fairness.isHeldBack(state, index)) chance.heldBack = number;
  }

  #report({ index, able, unable, because, early, heldBack }: Chance): TracePassedOver[] {
    const { action, taken } = this.#model.instances[index] as ActionInstance;
    const phrase = phraseOf(action, taken.params);
    const step = {
      action: taken.name,
      actor: taken.actor,
      params: { ...taken.params },
      ...(phrase === undefined ? {} : { phrase }),
      kind: action.kind,
    };
    if (this.#fairness.isFair[index] === 0) {
      return able === NEVER ? [] : [{ ...step, why: 'unfair', able }];
    }
    if (heldBack !== NEVER) return [{ ...step, why: 'heldBack', able: heldBack }];
    if (able !== NEVER && unable !== NEVER) {
      const reason = because === undefined ? {} : { because };
      return [{ ...step, why: 'disabled', able, unable, ...reason }];
    }
    return early === NEVER ? [] : [{ ...step, why: 'early', able: early }];
  }
}

/** The order in which they are told. */
const reasons = ['disabled', 'early', 'heldBack', 'unfair'] as const;
