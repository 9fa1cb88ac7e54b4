import type { GuardScope } from '../model/model.ts';
import type { TakenAction } from '../model/property.ts';
import type { Fields } from '../state/fields.ts';
import type { ReadonlyRecordView } from '../state/viewTypes.ts';
import type { Duration } from './duration.ts';

/**
 * What a schedule sees of a run, and what it draws for it. Times are virtual milliseconds since the run began.
 *
 * A *mark* is a time with a name: when somebody was heard of last, when a timer was started. The state of a model says
 * what a node knows, and nothing of when it learned it; marks do.
 */
export interface Moment<P> {
  readonly now: number;
  readonly protocol: P;
  /** A length, drawn from the stream of this purpose. */
  readonly draw: (purpose: string, duration: Duration) => number;
  /** Where this mark stands; undefined if it was never set. */
  readonly markOf: (name: string) => number | undefined;
  /** Sets a mark, at a time that may also be to come; now if absent. */
  readonly mark: (name: string, at?: number) => void;
}

/** When the steps of one action are taken. */
export interface Timing<P, Values> {
  /**
   * When an instance that can be taken now is due, if it can be taken all the while until then; undefined where that is
   * not settled by what has happened so far. Asked when it becomes possible, again when it was taken and still is,
   * and whenever one of its marks was set.
   */
  due(moment: Moment<P>, values: Values): number | undefined;
  /** The marks that it is due by. */
  marks?(values: Values): readonly string[];
}

/** Something that comes again and again, and is no step of the model: a heartbeat, a look at a clock. */
export interface Ticker<P> {
  readonly name: string;
  /** How long after the beginning of the run it comes first. */
  readonly first: Duration;
  /** How long after one comes the next. */
  readonly every: Duration;
  /** What there is to note. */
  tick(moment: Moment<P>): void;
}

/**
 * When the steps of a model are taken that are taken by themselves. What is not named is never taken, but by
 * what is done to the system from outside. It decides when a step is taken, never whether it may be or what comes of
 * it.
 */
export interface Schedule<P> {
  /** By the name of the action. */
  readonly actions: Readonly<Record<string, Timing<P, never>>>;
  readonly tickers: readonly Ticker<P>[];
  /** Told of every step: what there was before, and what there is now. */
  observe?(before: P, after: Moment<P>, taken: TakenAction): void;
}

/** A schedule for a model of any fields, as the engine takes it. */
export type AnySchedule = Schedule<ReadonlyRecordView<Fields>>;

/**
 * A schedule of one model as the engine takes it. Actions are those of the model whose protocol has the type: a name
 * that it does not have is refused when a run begins.
 */
export function scheduleOf<F extends Fields>(
  schedule: Schedule<GuardScope<F>['protocol']>,
): AnySchedule {
  // The engine gives each function the views of the schema that the model was defined with.
  return schedule as unknown as AnySchedule;
}

/** The timing of an action with these arguments. */
export function timing<P, Values>(given: Timing<P, Values>): Timing<P, never> {
  // The engine gives it the arguments of the action that it is named for.
  return given as unknown as Timing<P, never>;
}
