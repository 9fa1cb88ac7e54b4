import type { CompiledModel, ModelState } from '../core/compiledModel.ts';
import { type ActionInstance, fingerprintText, labelOf } from '../core/compiledModel.ts';
import { errorAt } from '../core/errors.ts';
import { Fairness } from '../liveness/fairness.ts';
import { livenessClause } from '../liveness/livenessClause.ts';
import { Obligation } from '../liveness/obligation.ts';
import type { AnyTemporalProperty } from '../model/temporal.ts';
import { copyState, equalStates } from '../state/schema.ts';
import type { TraceFile, TraceStep } from '../trace/traceFile.ts';
import type { ReplayOutcome, ReplayWord } from './replayOutcome.ts';

/**
 * Takes the steps of a trace of a temporal property again, all of which the model knows. It is reproduced
 * if the goal is due all along what repeats, the last step returns to where that begins, no fair
 * action is passed over for ever, and none is taken for ever where it is not due; in the bounded form,
 * if only what has to happen did since faults stopped.
 *
 * @throws ModelError when the model crashes, with the steps that lead there.
 */
export function replayLiveness(
  model: CompiledModel,
  property: AnyTemporalProperty,
  trace: TraceFile,
): ReplayOutcome {
  const from = trace.loop?.from ?? trace.settling?.from;
  if (from === undefined || from > trace.steps.length) {
    return { word: 'not-applicable', reason: 'the trace does not say what goes on for ever' };
  }
  return new LivenessReplay(model, property, { trace, from }).run();
}

class LivenessReplay {
  readonly #model: CompiledModel;
  readonly #fairness: Fairness;
  readonly #trace: TraceFile;
  /** The number of the state from which on the goal must be due, and nothing be passed over. */
  readonly #from: number;
  readonly #obligation: Obligation;
  readonly #state: ModelState;
  readonly #returnsTo: ModelState;
  readonly #taken: number[] = [];
  /** The fair instances that were due in every state since, and were not taken. */
  #passedOver: number[] | undefined;
  /** The strongly fair instances that were due in some state since. */
  readonly #ableAtTimes = new Set<number>();
  /** The first step since then that no such run takes. */
  #foreign: number | undefined;
  #differsFrom: number | undefined;

  constructor(
    model: CompiledModel,
    property: AnyTemporalProperty,
    { trace, from }: { readonly trace: TraceFile; readonly from: number },
  ) {
    this.#model = model;
    this.#fairness = new Fairness(model);
    this.#trace = trace;
    this.#from = from;
    this.#obligation = new Obligation(property);
    this.#state = model.createState();
    this.#returnsTo = model.createState();
  }

  run(): ReplayOutcome {
    try {
      return this.#takeSteps();
    } catch (error) {
      const steps = this.#model.stepsOf(this.#taken);
      throw errorAt(error, `step ${steps.length} of the trace`, steps);
    }
  }

  #takeSteps(): ReplayOutcome {
    const { initial, steps } = this.#trace;
    this.#model.initialize(this.#state, initial.index);
    this.#see(initial.fingerprint);
    for (const step of steps) {
      const index = this.#model.find({ name: step.action, params: step.params });
      const outcome = index === undefined ? undefined : this.#take(index, step);
      if (outcome !== undefined) return outcome;
    }
    return this.#conclude();
  }

  #take(index: number, step: TraceStep): ReplayOutcome | undefined {
    const number = this.#taken.length + 1;
    const enabled = this.#model.enabled(this.#state, index);
    if (enabled !== true) {
      const guard = typeof enabled === 'string' ? enabled : 'its guard is false';
      return this.#outcome('diverged', number, `${this.#labelOf(index)}: ${guard}`);
    }
    if (number > this.#from && this.#isForeign(index)) this.#foreign ??= number;
    this.#taken.push(index);
    this.#model.step(this.#state, index);
    this.#passedOver = this.#passedOver?.filter(one => one !== index);
    this.#see(step.fingerprint);
    if (number <= this.#from || this.#isDue()) return undefined;
    return this.#outcome('fixed', number, `the goal is not due all along ${this.#rest()}`);
  }

  /** Looks at the state that the last step led to. */
  #see(recorded: string): void {
    const number = this.#taken.length;
    if (fingerprintText(this.#state) !== recorded) this.#differsFrom ??= number;
    this.#obligation.see(this.#state);
    if (number < this.#from) return;
    // Runs that settle are only over at their end: what is passed over until then may have its turn.
    if (this.#trace.loop === undefined) return;
    if (number === this.#from) copyState(this.#state, this.#returnsTo);
    const all = this.#passedOver ?? [...this.#model.instances.keys()];
    this.#passedOver = all.filter(index => this.#isAble(index));
    for (const index of this.#model.instances.keys()) {
      if (this.#fairness.isStrong[index] === 1 && this.#isAble(index)) this.#ableAtTimes.add(index);
    }
  }

  /** What of the steps should show that the goal is never reached. */
  #rest(): string {
    if (this.#trace.loop !== undefined) return 'what repeats';
    return `the ${this.#trace.steps.length - this.#from} steps after faults stopped`;
  }

  /** Whether a fair instance can be taken and is due, with or without the bounds of the scope. */
  #isAble(index: number): boolean {
    if (this.#fairness.isFair[index] === 0) return false;
    if (this.#model.enabled(this.#state, index) !== true) {
      return this.#fairness.isHeldBack(this.#state, index);
    }
    return !this.#fairness.isEarly(this.#state, index);
  }

  /** Whether an instance that can be taken here is not what repeats for ever, or settles. */
  #isForeign(index: number): boolean {
    if (this.#fairness.isEarly(this.#state, index)) return true;
    return this.#trace.loop === undefined && this.#fairness.isFair[index] === 0;
  }

  /** Whether the goal has been due since before what repeats. */
  #isDue(): boolean {
    const { since } = this.#obligation;
    return since !== undefined && since <= this.#from;
  }

  #conclude(): ReplayOutcome {
    const { length } = this.#taken;
    if (!this.#isDue()) return this.#outcome('fixed', length, 'the goal is not due at the end');
    return this.#trace.loop === undefined ? this.#concludeSettling() : this.#concludeLoop();
  }

  #concludeLoop(): ReplayOutcome {
    const { length } = this.#taken;
    if (!equalStates(this.#state, this.#returnsTo)) {
      const place = this.#from === 0 ? 'the initial state' : `the state after step ${this.#from}`;
      return this.#outcome('fixed', length, `the last step does not return to ${place}`);
    }
    if (this.#foreign !== undefined) {
      const reason = `it cannot go on so for ever: ${this.#labelAt(this.#foreign)} is not due there`;
      return this.#outcome('fixed', this.#foreign, reason);
    }
    const repeated = new Set(this.#taken.slice(this.#from));
    const owed = [...this.#ableAtTimes].filter(index => !repeated.has(index));
    const [passed] = [...(this.#passedOver ?? []), ...owed];
    if (passed !== undefined) {
      const reason = `it cannot go on so for ever: ${this.#labelOf(passed)} would have to happen`;
      return this.#outcome('fixed', length, reason);
    }
    return this.#outcome('reproduced', length, this.#clause());
  }

  #concludeSettling(): ReplayOutcome {
    const { length } = this.#taken;
    if (this.#foreign !== undefined) {
      const reason = `${this.#labelAt(this.#foreign)} does not have to happen`;
      return this.#outcome('fixed', this.#foreign, reason);
    }
    const heldBack = this.#fairness.bounded.find(index =>
      this.#fairness.isHeldBack(this.#state, index),
    );
    if (heldBack !== undefined) {
      const reason = `only a bound of the scope holds ${this.#labelOf(heldBack)} back`;
      return this.#outcome('fixed', length, reason);
    }
    return this.#outcome('reproduced', length, this.#clause());
  }

  #outcome(word: ReplayWord, step: number, reason: string): ReplayOutcome {
    const differs = this.#differsFrom === undefined ? {} : { differsFrom: this.#differsFrom };
    return { word, step, reason, ...differs };
  }

  /** What is false now: since when the goal is due the trace may say otherwise. */
  #clause(): string {
    const { loop, settling, steps } = this.#trace;
    const since = this.#obligation.since ?? 0;
    const end = { ...(loop && { loop }), ...(settling && { settling }) };
    return livenessClause(this.#obligation.property, { since, steps: steps.length, ...end });
  }

  /** @param step - Counted from 1. */
  #labelAt(step: number): string {
    return this.#labelOf(this.#taken[step - 1] as number);
  }

  #labelOf(index: number): string {
    return labelOf((this.#model.instances[index] as ActionInstance).taken);
  }
}
