import { CompiledModel } from '../core/compiledModel.ts';
import { type Control, unlimited } from '../core/control.ts';
import { ModelError } from '../core/errors.ts';
import { DeclarationError } from '../declarationError.ts';
import { expectWhole } from '../declarations.ts';
import type { AnyModel } from '../model/model.ts';
import type { TakenAction } from '../model/property.ts';
import type { Fields } from '../state/fields.ts';
import type { ReadonlyRecordView } from '../state/viewTypes.ts';
import type { Duration } from './duration.ts';
import type { AnySchedule, Moment } from './schedule.ts';
import { TimedRun, type TimedStep } from './timedRun.ts';

/** A step from outside, as a trace names it. */
export type Injected = Pick<TakenAction, 'name' | 'params'>;

/** Something that is awaited after a fault, and how long it takes is measured. */
export interface Awaited<P> {
  /** In kebab-case, unique in its question. */
  readonly name: string;
  /** What is true then, in a few words. */
  readonly text: string;
  readonly holds: (moment: Moment<P>) => boolean;
}

/** What is asked of timed runs: how long after a fault something is true. */
export interface TimedQuestion<P> {
  /** The number of the initial state in which its runs begin; 0 if absent. */
  readonly initialState?: number;
  /** What must be true before the fault. */
  readonly ready: (protocol: P) => boolean;
  /** How long after that the fault comes: it should be spread over every phase of what comes again and again. */
  readonly settle: Duration;
  /**
   * Whether the run is one that is asked about, when it is ready; those that are not are counted apart. All if
   * absent.
   */
  readonly isMeant?: (protocol: P) => boolean;
  /** What happens to the system, in this order and at once; time counts from then. */
  readonly faults: readonly ((protocol: P) => Injected)[];
  readonly awaited: readonly Awaited<P>[];
  /** How long after the fault a run is given up, in virtual milliseconds. */
  readonly limit: number;
}

/** A question of one model as the engine takes it. */
export type AnyTimedQuestion = TimedQuestion<ReadonlyRecordView<Fields>>;

/** A question about the protocol of a model. */
export function questionOf<F extends Fields>(
  question: TimedQuestion<ReadonlyRecordView<F>>,
): AnyTimedQuestion {
  // The engine gives each function the views of the schema that the model was defined with.
  return question as unknown as AnyTimedQuestion;
}

export interface TimedOptions {
  /** The seed of every draw: the same seed gives the same runs on any machine. */
  readonly seed: number;
  readonly runs: number;
  /** The number of the first run, 0 if absent: runs are the same whoever makes them, and with which others. */
  readonly first?: number;
  readonly control?: Control;
}

/** How long it took until something was true. */
interface Measured {
  readonly name: string;
  readonly text: string;
  /** Virtual milliseconds after the fault, by run; undefined where the run was given up before. */
  readonly lengths: readonly (number | undefined)[];
}

export interface TimedResult {
  readonly runs: number;
  /** Of these, runs that the question is not about. */
  readonly passedOver: number;
  /** The numbers of the others, in the order of what was measured of them. */
  readonly meant: readonly number[];
  readonly steps: number;
  readonly measured: readonly Measured[];
  /** Why there are fewer runs than asked for. */
  readonly stopped?: string;
}

/** How long a run may take to become ready, in virtual milliseconds. */
const MOST_BEFORE = 600_000;
/** Runs between two questions to the {@link Control}. */
const POLL_EVERY = 64;

/**
 * Makes timed runs of a model and measures how long something takes. Every step is one that the model allows, looked at
 * when it is taken: a timed run is a run of the model, and what can happen to a system does not depend on a schedule.
 *
 * @throws ModelError when the model or the schedule throws, when a run is not ready in ten minutes, or time does not
 * pass in one; DeclarationError where something is not as its type says.
 */
export async function measureTimes(
  model: AnyModel,
  schedule: AnySchedule,
  question: AnyTimedQuestion,
  { seed, runs, first = 0, control = unlimited }: TimedOptions,
): Promise<TimedResult> {
  expectWhole('measureTimes: seed', seed, Number.MIN_SAFE_INTEGER);
  expectWhole('measureTimes: runs', runs, 1);
  expectWhole('measureTimes: first', first, 0);
  expectNames(question);
  const run = new TimedRun(new CompiledModel(model), schedule);
  const lengths = question.awaited.map((): (number | undefined)[] => []);
  let steps = 0;
  let made = 0;
  const meant: number[] = [];
  let stopped: string | undefined;
  while (made < runs && stopped === undefined) {
    const { lengths: one } = measureOne(run, question, { seed, number: first + made });
    one?.forEach((length, index) => {
      lengths[index]?.push(length);
    });
    if (one !== undefined) meant.push(first + made);
    steps += run.steps.length;
    made++;
    if (made % POLL_EVERY !== 0) continue;
    const [depth, pending] = [run.steps.length, runs - made];
    const counts = { distinctStates: 0, generatedStates: steps + made, depth, pending, bytes: 0 };
    stopped = await control.poll({ engine: 'simulate', ...counts });
  }
  const measured = question.awaited.map(({ name, text }, index) => {
    return { name, text, lengths: lengths[index] ?? [] };
  });
  const counts = { runs: made, passedOver: made - meant.length, steps };
  return { ...counts, meant, measured, ...(stopped === undefined ? {} : { stopped }) };
}

/** One of the runs: its steps, when the fault came, and how long everything took, if the question is about it. */
export interface PlayedTimedRun {
  readonly steps: readonly TimedStep[];
  /** In virtual milliseconds since the run began. */
  readonly faultAt: number;
  readonly lengths: readonly (number | undefined)[] | undefined;
}

/** Makes one of the runs again. */
export function playTimedRun(
  model: AnyModel,
  schedule: AnySchedule,
  question: AnyTimedQuestion,
  which: { readonly seed: number; readonly number: number },
): PlayedTimedRun {
  const run = new TimedRun(new CompiledModel(model), schedule);
  const { faultAt, lengths } = measureOne(run, question, which);
  return { steps: run.steps, faultAt, lengths };
}

function measureOne(
  run: TimedRun,
  question: AnyTimedQuestion,
  { seed, number }: { readonly seed: number; readonly number: number },
): Pick<PlayedTimedRun, 'faultAt' | 'lengths'> {
  run.begin(seed, number, question.initialState);
  becomeReady(run, question);
  if (question.isMeant?.(run.protocol) === false) return { faultAt: run.now, lengths: undefined };
  for (const fault of question.faults) run.inject(fault(run.protocol));
  const begun = run.now;
  const end = begun + question.limit;
  const lengths: (number | undefined)[] = question.awaited.map(() => undefined);
  let open = lengths.length;
  const look = (): void => {
    question.awaited.forEach(({ holds }, index) => {
      if (lengths[index] !== undefined || !holds(run)) return;
      lengths[index] = run.now - begun;
      open--;
    });
  };
  look();
  while (open > 0 && run.advance(end)) look();
  return { faultAt: begun, lengths };
}

/** Goes on until the system is ready, and stays so for as long as is drawn. */
function becomeReady(run: TimedRun, { ready, settle }: AnyTimedQuestion): void {
  const wait = run.draw('fault', settle);
  let since: number | undefined;
  for (;;) {
    if (!ready(run.protocol)) since = undefined;
    else since ??= run.now;
    const until = since === undefined ? MOST_BEFORE : since + wait;
    if (!run.advance(until)) {
      if (since !== undefined) return;
      throw new ModelError(`not ready after ${MOST_BEFORE} ms`, []);
    }
  }
}

function expectNames({ awaited }: AnyTimedQuestion): void {
  if (awaited.length === 0) throw new DeclarationError('question: expected something to await');
  const names = awaited.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new DeclarationError(`question: "${twice}" is awaited twice`);
}
