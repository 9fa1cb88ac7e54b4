import type { ActionInstance, CompiledModel } from '../core/compiledModel.ts';
import { Dependencies, lowestBit } from '../core/dependencies.ts';
import { ModelError } from '../core/errors.ts';
import { DeclarationError } from '../declarationError.ts';
import type { TakenAction } from '../model/property.ts';
import { ObservedRun } from '../random/observedRun.ts';
import { clearBlocks } from '../state/blocks.ts';
import type { Fields } from '../state/fields.ts';
import type { ReadonlyRecordView } from '../state/viewTypes.ts';
import { type Duration, draw } from './duration.ts';
import { EventQueue } from './eventQueue.ts';
import { RandomStreams } from './randomStreams.ts';
import type { AnySchedule, Moment, Ticker, Timing } from './schedule.ts';

type Protocol = ReadonlyRecordView<Fields>;

/** A step, and when it was taken. */
export interface TimedStep {
  /** In virtual milliseconds since the run began. */
  readonly at: number;
  /** The number of the instance. */
  readonly instance: number;
}

/** What is due: an instance, as it was planned last, or a ticker. */
type Due =
  | { readonly index: number; readonly plan: number }
  | { readonly ticker: Ticker<Protocol> };

const DISABLED = 0;
const ENABLED = 1;

/** So many steps within one virtual millisecond are no run of a protocol: something goes round in no time. */
const MOST_AT_ONCE = 10_000;

/**
 * A run of a model in virtual time. Which steps can be taken, and what comes of them, is the model's; the schedule
 * says when each of them is. An instance keeps the time at which it is due as long as it can be taken, and loses it
 * when it can not (a generalized semi-Markov process; Glynn 1989).
 */
export class TimedRun implements Moment<Protocol> {
  readonly steps: TimedStep[] = [];
  readonly #model: CompiledModel;
  readonly #schedule: AnySchedule;
  readonly #run: ObservedRun;
  /** The instances that have a timing, by their number in the model; everything below goes by the index here. */
  readonly #instances: readonly number[];
  readonly #timings: readonly Timing<Protocol, never>[];
  readonly #dependencies: Dependencies;
  readonly #status: Uint8Array;
  /** Which plan for an instance is the newest one: events of earlier ones are passed over. */
  readonly #plans: Uint32Array;
  /** Who is due by a mark. */
  readonly #listeners: ReadonlyMap<string, readonly number[]>;
  readonly #queue = new EventQueue<Due>();
  readonly #marks = new Map<string, number>();
  #streams = new RandomStreams(0, 0);
  #moved: string[] = [];
  #now = 0;
  #instant = 0;
  #atOnce = 0;

  // As properties: a schedule may take them out of the moment that it is given.
  readonly draw = (purpose: string, duration: Duration): number =>
    draw(duration, this.#streams.of(purpose));
  readonly markOf = (name: string): number | undefined => this.#marks.get(name);
  readonly mark = (name: string, at: number = this.#now): void => {
    this.#marks.set(name, at);
    this.#moved.push(name);
  };

  /** @throws DeclarationError when the schedule names an action that the model does not have. */
  constructor(model: CompiledModel, schedule: AnySchedule) {
    this.#model = model;
    this.#schedule = schedule;
    this.#run = new ObservedRun(model);
    expectActions(model, Object.keys(schedule.actions));
    const timed = [...model.live].filter(instance => timingOf(model, schedule, instance));
    this.#instances = timed;
    this.#timings = timed.map(
      instance => timingOf(model, schedule, instance) as Timing<Protocol, never>,
    );
    this.#dependencies = new Dependencies(timed.length);
    this.#status = new Uint8Array(timed.length);
    this.#plans = new Uint32Array(timed.length);
    this.#listeners = this.#listenersOf();
  }

  get now(): number {
    return this.#now;
  }

  get protocol(): Protocol {
    return this.#run.after.guardScope.protocol;
  }

  /** Begins a run: the same seed and number give the same one. */
  begin(seed: number, number: number, initialState = 0): void {
    this.steps.length = 0;
    this.#streams = new RandomStreams(seed, number);
    this.#queue.clear();
    this.#marks.clear();
    this.#moved = [];
    this.#plans.fill(0);
    this.#now = 0;
    this.#atOnce = 0;
    this.#run.start(initialState);
    for (const ticker of this.#schedule.tickers) {
      this.#queue.add(this.draw(ticker.name, ticker.first), { ticker });
    }
    for (let index = 0; index < this.#instances.length; index++) this.#look(index, true);
    this.#followMarks();
  }

  /**
   * Goes on to the next event that is due by `until`, and takes it; the time is then that of the event, or `until`
   * where there is none.
   *
   * @returns whether there was one.
   */
  advance(until: number): boolean {
    for (;;) {
      const event = this.#queue.take();
      if (event === undefined || event.at > until) {
        if (event !== undefined) this.#queue.add(event.at, event.item);
        this.#now = until;
        return false;
      }
      const { item } = event;
      if (!('ticker' in item) && this.#plans[item.index] !== item.plan) continue;
      this.#now = event.at;
      if ('ticker' in item) this.#tick(item.ticker);
      else this.#take(item.index);
      return true;
    }
  }

  /**
   * Takes a step that has no timing, now: what is done to the system from outside.
   *
   * @throws ModelError when there is no such step, or it cannot be taken.
   */
  inject(taken: Pick<TakenAction, 'name' | 'params'>): void {
    const instance = this.#model.find(taken);
    const named = `${taken.name}(${JSON.stringify(taken.params)})`;
    if (instance === undefined)
      throw new ModelError(`there is no step ${named}`, this.#stepsSoFar());
    this.#step(instance, undefined);
  }

  #tick(ticker: Ticker<Protocol>): void {
    this.#expectTimePasses();
    this.#queue.add(this.#now + this.draw(ticker.name, ticker.every), { ticker });
    ticker.tick(this);
    this.#followMarks();
  }

  #take(index: number): void {
    this.#step(this.#instances[index] as number, index);
  }

  /** Takes an instance: whatever the schedule says, only if the model's guard is true. */
  #step(instance: number, index: number | undefined): void {
    const { action, taken } = this.#model.instances[instance] as ActionInstance;
    const enabled = this.#model.enabled(this.#run.after, instance);
    if (enabled !== true) {
      const reason = enabled === false ? 'it is not enabled' : enabled;
      throw new ModelError(`${action.name} cannot be taken now: ${reason}`, this.#stepsSoFar());
    }
    this.#expectTimePasses();
    this.steps.push({ at: this.#now, instance });
    this.#run.step(instance);
    this.#schedule.observe?.(this.#run.before.guardScope.protocol, this, taken);
    this.#replan(index);
    this.#followMarks();
  }

  #expectTimePasses(): void {
    if (this.#now - this.#instant >= 1) {
      this.#instant = this.#now;
      this.#atOnce = 0;
    }
    if (++this.#atOnce <= MOST_AT_ONCE) return;
    const last = this.#stepsSoFar().slice(-20);
    throw new ModelError(`${MOST_AT_ONCE} steps within a millisecond: time does not pass`, last);
  }

  /** After a step: instances that became possible get a time, those that are no more lose theirs. */
  #replan(taken: number | undefined): void {
    const affected = this.#dependencies.affectedBy(this.#run.changed);
    for (let column = 0; column < affected.length; column++) {
      for (let rest = affected[column] as number; rest !== 0; rest &= rest - 1) {
        const index = column * 32 + lowestBit(rest);
        if (index !== taken) this.#look(index, false);
      }
    }
    if (taken !== undefined) this.#look(taken, true);
  }

  /** Evaluates the guard of an instance; plans it where it has become possible, or `anew`. */
  #look(index: number, anew: boolean): void {
    const { after } = this.#run;
    const instance = this.#instances[index] as number;
    clearBlocks(after.reads);
    const enabled = this.#model.enabled(after, instance) === true;
    this.#model.markBudget(instance, after.reads);
    this.#dependencies.note(index, after.reads);
    const was = this.#status[index] === ENABLED;
    this.#status[index] = enabled ? ENABLED : DISABLED;
    if (enabled && (anew || !was)) this.#plan(index);
    if (!enabled) this.#plans[index] = (this.#plans[index] as number) + 1;
  }

  #plan(index: number): void {
    const instance = this.#model.instances[this.#instances[index] as number] as ActionInstance;
    const timing = this.#timings[index] as Timing<Protocol, never>;
    const plan = (this.#plans[index] as number) + 1;
    this.#plans[index] = plan;
    const at = timing.due(this, instance.arguments.values as never);
    if (at !== undefined) this.#queue.add(Math.max(at, this.#now), { index, plan });
  }

  /** Asks those again who are due by a mark that was set. */
  #followMarks(): void {
    const { length } = this.#moved;
    if (length === 0) return;
    const names = new Set(this.#moved);
    this.#moved = [];
    for (const name of names) {
      for (const index of this.#listeners.get(name) ?? []) {
        if (this.#status[index] === ENABLED) this.#plan(index);
      }
    }
  }

  #listenersOf(): Map<string, number[]> {
    const listeners = new Map<string, number[]>();
    this.#instances.forEach((instance, index) => {
      const { values } = (this.#model.instances[instance] as ActionInstance).arguments;
      for (const name of this.#timings[index]?.marks?.(values as never) ?? []) {
        const known = listeners.get(name);
        if (known === undefined) listeners.set(name, [index]);
        else known.push(index);
      }
    });
    return listeners;
  }

  #stepsSoFar(): TakenAction[] {
    return this.#model.stepsOf(this.steps.map(({ instance }) => instance));
  }
}

function timingOf(
  model: CompiledModel,
  { actions }: AnySchedule,
  instance: number,
): Timing<Protocol, never> | undefined {
  return actions[(model.instances[instance] as ActionInstance).action.name];
}

function expectActions({ instances }: CompiledModel, names: readonly string[]): void {
  const known = new Set(instances.map(({ action }) => action.name));
  const unknown = names.find(name => !known.has(name));
  if (unknown !== undefined) {
    throw new DeclarationError(`schedule: the model has no action "${unknown}"`);
  }
}
