import fc from 'fast-check';
import { CompiledModel, labelOf, type ModelState } from '../core/compiledModel.ts';
import { type Control, type StopReason, unlimited } from '../core/control.ts';
import { crashMessage, ModelError } from '../core/errors.ts';
import { RandomSource } from '../core/randomSource.ts';
import { StateHash, type StateKey } from '../core/stateHash.ts';
import { Walk } from '../core/walk.ts';
import { expectFlagIfAny, expectOptions, expectWhole, type KeysOf } from '../declarations.ts';
import { checkProperties } from '../model/checkProperty.ts';
import type { AnyModel } from '../model/model.ts';
import type { AnyProperty } from '../model/property.ts';
import type { AnyTemporalProperty } from '../model/temporal.ts';
import type { ObservedRun } from '../random/observedRun.ts';
import { isRepeated, Rerun } from '../random/rerun.ts';
import { StateSet } from '../random/stateSet.ts';
import { WalkArbitrary } from '../random/walkArbitrary.ts';
import type { Extent } from '../results/monitor.ts';
import { remarkOn } from '../results/monitor.ts';
import { overallVerdict, transitionCoverage } from '../results/result.ts';
import { shorterRuns } from '../runs/shorterRuns.ts';
import { Fairness } from './fairness.ts';
import { livenessClause } from './livenessClause.ts';
import {
  type LivenessResult,
  type LivenessViolation,
  type TemporalReport,
  temporalVerdict,
} from './livenessResult.ts';
import { Obligation } from './obligation.ts';
import { type Settled, Settling } from './settling.ts';

export interface SettleOptions {
  /** The seed of every draw: the same seed gives the same runs on any machine. */
  readonly seed: number;
  /** Random runs to make. */
  readonly runs: number;
  /** The longest run before faults stop, in steps. */
  readonly maxSteps: number;
  /** Steps in which what is due when faults stop must have happened. */
  readonly settleSteps: number;
  /** Go on after a violation, to find those of the other properties. */
  readonly keepGoing?: boolean;
  readonly control?: Control;
}

const optionKeys: KeysOf<SettleOptions> = {
  seed: true,
  runs: true,
  maxSteps: true,
  settleSteps: true,
  keepGoing: true,
  control: true,
};

/** Runs between two questions to the {@link Control}. */
const POLL_EVERY = 16;
/** Runs that are tried to shorten what was found. */
const MOST_ATTEMPTS = 200;

/**
 * The bounded form of liveness: random runs with faults, after each of which only fair actions happen,
 * and what is due then must happen within so many steps. Runs that find nothing prove nothing: the
 * verdict is then `nothing found`, or `vacuous` if what was due never came about. One that finds
 * something may only have been too short, unless nothing is left to happen in it.
 *
 * @throws ModelError when an action or property throws, with the steps that lead there.
 */
export async function simulateLiveness(
  model: AnyModel,
  temporal: readonly AnyTemporalProperty[],
  options: SettleOptions,
): Promise<LivenessResult> {
  expectOptions('simulateLiveness', options, optionKeys);
  expectFlagIfAny('simulateLiveness: keepGoing', options.keepGoing);
  const { seed, runs, maxSteps, settleSteps } = options;
  expectWhole('simulateLiveness: seed', seed, Number.MIN_SAFE_INTEGER);
  for (const [name, steps] of Object.entries({ runs, maxSteps, settleSteps })) {
    expectWhole(`simulateLiveness: ${name}`, steps, 0);
  }
  checkProperties(model.name, temporal, 'temporal');
  return new SettledRuns(model, temporal, options).run();
}

/** Ends a fast-check run early without being a failure of the property. */
class StopSignal extends Error {}

/** What was counted of one property. */
interface Tally {
  readonly obligation: Obligation;
  obligations: number;
  met: number;
  cutOff: number;
}

/** A run, and how it settled without one of the properties. */
interface Failed {
  readonly obligation: Obligation;
  readonly walk: Walk;
  readonly settled: Settled;
  readonly since: number;
}

class SettledRuns {
  readonly #model: CompiledModel;
  readonly #options: SettleOptions;
  readonly #temporal: readonly AnyTemporalProperty[];
  readonly #tallies: readonly Tally[];
  readonly #walks: WalkArbitrary;
  readonly #fairness: Fairness;
  readonly #settling: Settling;
  readonly #taken: Float64Array;
  readonly #known = new StateSet();
  readonly #hash: StateHash;
  readonly #failed: Failed[] = [];
  readonly #rerun: Rerun;
  /** Of the run that is being drawn: the hash of each state. */
  #hashes: StateKey[] = [];
  #runs = 0;
  #steps = 0;
  #longest = 0;

  constructor(model: AnyModel, temporal: readonly AnyTemporalProperty[], options: SettleOptions) {
    this.#model = new CompiledModel(model);
    this.#hash = new StateHash(this.#model.schema);
    this.#options = options;
    this.#temporal = temporal;
    this.#tallies = temporal
      .filter(({ notApplicable }) => notApplicable === undefined)
      .map(property => ({
        obligation: new Obligation(property),
        obligations: 0,
        met: 0,
        cutOff: 0,
      }));
    this.#taken = new Float64Array(this.#model.instances.length);
    this.#fairness = new Fairness(this.#model);
    this.#settling = new Settling(this.#model, this.#fairness);
    this.#rerun = new Rerun(this.#model, temporal.flatMap(asInvariants));
    const seeing = ({ after, low, high }: ObservedRun): boolean => {
      this.#known.add(low, high);
      this.#hashes.push({ low, high });
      for (const { obligation } of this.#tallies) obligation.see(after);
      return true;
    };
    this.#walks = new WalkArbitrary(this.#model, {
      maxSteps: options.maxSteps,
      guided: true,
      observer: {
        started: run => {
          this.#hashes = [];
          for (const { obligation } of this.#tallies) obligation.begin();
          return seeing(run);
        },
        stepped: seeing,
      },
    });
  }

  async run(): Promise<LivenessResult> {
    const early = await this.#search();
    const stopped = early ?? (this.#isDecided ? undefined : 'run limit');
    const extent = stopped === 'run limit' ? 'all runs' : 'part';
    const properties = this.#temporal.map(property => this.#report(property, extent));
    return {
      engine: 'simulate',
      verdict: overallVerdict(properties, extent),
      ...(stopped === undefined ? {} : { stopped }),
      distinctStates: this.#known.size,
      generatedStates: this.#steps + this.#runs,
      depth: this.#longest,
      steps: this.#steps,
      runs: this.#runs,
      violations: this.#failed.map(failed => this.#violationOf(this.#shortened(failed))),
      heldBack: this.#fairness.saidHeldBack,
      properties,
      coverage: {
        actions: this.#model.actionCoverage(this.#taken),
        transitions: transitionCoverage(this.#walks.run.after.transitionHits),
      },
    };
  }

  /** Whether there is nothing left to find out. */
  get #isDecided(): boolean {
    if (this.#failed.length === 0) return false;
    return this.#options.keepGoing !== true || this.#failed.length === this.#tallies.length;
  }

  /** Makes the runs; returns why it ended early, if it did for another reason than a violation. */
  async #search(): Promise<StopReason | undefined> {
    const { seed, runs } = this.#options;
    let stopped: StopReason | undefined;
    let error: unknown;
    await fc.assert(
      fc.asyncProperty(this.#walks, async walk => {
        try {
          this.#runs++;
          this.#count(walk.actions);
          if (isRepeated(this.#runs)) this.#repeat(walk);
          this.#settle(walk);
          if (this.#failed.at(-1)?.walk === walk) this.#repeat(walk);
          stopped = await this.#pollNowAndThen();
        } catch (cause) {
          error = cause;
          throw cause;
        }
        if (this.#isDecided || stopped !== undefined) throw new StopSignal();
      }),
      { seed, numRuns: runs, endOnFailure: true, reporter: () => undefined },
    );
    if (error !== undefined) throw error;
    return stopped;
  }

  /** What was found when a run was drawn is not held to anything: what is due shows only at its end. */
  #repeat(walk: Walk): void {
    this.#rerun.check({ walk, hashes: this.#hashes, found: new Map() });
  }

  /** Lets the run that was drawn last settle, and counts what came of it. */
  #settle(walk: Walk): void {
    const open = this.#tallies.filter(tally => this.#failureOf(tally.obligation) === undefined);
    const due = open.filter(({ obligation }) => obligation.since !== undefined);
    for (const tally of open) {
      if (!tally.obligation.wasDue) continue;
      tally.obligations++;
      if (!due.includes(tally)) tally.met++;
    }
    if (due.length === 0) return;
    const since = due.map(({ obligation }) => obligation.since ?? 0);
    const settled = this.#settled(
      walk,
      due.map(({ obligation }) => obligation),
    );
    this.#count(settled.actions);
    for (const [place, tally] of due.entries()) {
      const { obligation } = tally;
      if (obligation.since !== since[place]) tally.met++;
      else if (settled.isHeldBack) tally.cutOff++;
      else this.#fail({ obligation, walk, settled, since: since[place] ?? 0 });
    }
  }

  /** Where one run fails several, the first in their order is told, unless all are to be. */
  #fail(failed: Failed): void {
    if (!this.#isDecided) this.#failed.push(failed);
  }

  #failureOf(wanted: Obligation): Failed | undefined {
    return this.#failed.find(({ obligation }) => obligation === wanted);
  }

  /**
   * Takes fair actions until each of the obligations was met once. Those that are due again by then are
   * not looked at: they had less time.
   */
  #settled(walk: Walk, due: readonly Obligation[]): Settled {
    // The same for every attempt to shorten the run that was made last.
    const random = new RandomSource(this.#options.seed + this.#runs);
    const first = due.map(({ since }) => since);
    let isFirst = true;
    const isEnough = (state: ModelState): boolean => {
      this.#know(state);
      for (const [place, obligation] of due.entries()) {
        if (!isFirst && obligation.since === first[place]) obligation.see(state);
      }
      isFirst = false;
      return due.every(({ since }, place) => since !== first[place]);
    };
    const start = this.#endOf(walk);
    try {
      return this.#settling.run(start, random, this.#options.settleSteps, isEnough);
    } catch (error) {
      if (error instanceof ModelError) throw error;
      const [asked] = this.#model.stepsOf([this.#settling.lastEvaluated]);
      const where = asked === undefined ? 'settling' : `action ${labelOf(asked)}`;
      const steps = this.#model.stepsOf(walk.actions);
      throw new ModelError(crashMessage(where, error), steps, error);
    }
  }

  #endOf({ initialState, actions }: Walk) {
    const state = this.#model.createState();
    this.#model.initialize(state, initialState);
    for (const index of actions) this.#model.step(state, index);
    return state;
  }

  /** The same failure after fewer steps, as far as a few attempts find one. */
  #shortened(failed: Failed): Failed {
    let best = failed;
    let attempts = 0;
    for (let isShorter = true; isShorter; ) {
      isShorter = false;
      for (const actions of shorterRuns(this.#model, best.walk)) {
        if (++attempts > MOST_ATTEMPTS) return best;
        const shorter = this.#failing(new Walk(best.walk.initialState, actions), best.obligation);
        if (shorter === undefined) continue;
        best = shorter;
        isShorter = true;
        break;
      }
    }
    return best;
  }

  /** Whether the property fails after this run as well. */
  #failing(walk: Walk, obligation: Obligation): Failed | undefined {
    const state = this.#model.createState();
    this.#model.initialize(state, walk.initialState);
    obligation.begin();
    try {
      obligation.see(state);
      for (const index of walk.actions) {
        this.#model.step(state, index);
        obligation.see(state);
      }
      const { since } = obligation;
      if (since === undefined) return undefined;
      const settled = this.#settled(walk, [obligation]);
      const isFailing = obligation.since === since && !settled.isHeldBack;
      return isFailing ? { obligation, walk, settled, since } : undefined;
    } catch {
      // Something else goes wrong there, and is there to be found by a search.
      return undefined;
    }
  }

  #violationOf({ obligation, walk, settled, since }: Failed): LivenessViolation {
    const { property } = obligation;
    const instances = [...walk.actions, ...settled.actions];
    const steps = instances.length;
    const end =
      settled.end === 'still'
        ? { loop: { from: steps } }
        : { settling: { from: walk.actions.length } };
    return {
      property: property.name,
      kind: property.kind,
      clause: livenessClause(property, { since, steps, ...end }),
      initialState: walk.initialState,
      steps: this.#model.stepsOf(instances),
      ...end,
      shortest: false,
      unproved: 'found at random',
    };
  }

  #report(property: AnyTemporalProperty, extent: Extent): TemporalReport {
    const { name, kind, notApplicable } = property;
    const none = { obligations: 0, met: 0, cutOff: 0 };
    if (notApplicable !== undefined) {
      const verdict = 'not applicable';
      return { name, kind, verdict, evaluated: 0, ...none, note: notApplicable };
    }
    const tally = this.#tallies.find(({ obligation }) => obligation.property === property);
    const { obligations, met, cutOff } = tally ?? none;
    const isViolated = tally !== undefined && this.#failureOf(tally.obligation) !== undefined;
    const verdict = temporalVerdict({ met }, isViolated, extent);
    const remark = remarkOn(property, verdict);
    return { name, kind, verdict, evaluated: this.#runs, obligations, met, cutOff, ...remark };
  }

  #know({ bytes }: ModelState): void {
    const { low, high } = this.#hash.of(bytes);
    this.#known.add(low, high);
  }

  #count(actions: readonly number[]): void {
    for (const index of actions) this.#taken[index] = (this.#taken[index] as number) + 1;
    this.#steps += actions.length;
    this.#longest = Math.max(this.#longest, actions.length);
  }

  async #pollNowAndThen(): Promise<StopReason | undefined> {
    if (this.#runs % POLL_EVERY !== 0) return undefined;
    const { control = unlimited, runs } = this.#options;
    return control.poll({
      engine: 'simulate',
      distinctStates: this.#known.size,
      generatedStates: this.#steps + this.#runs,
      depth: this.#longest,
      pending: runs - this.#runs,
      bytes: this.#known.bytes,
    });
  }
}

/** What is evaluated of a temporal property in a state, as properties of their own. */
function asInvariants(property: AnyTemporalProperty): AnyProperty[] {
  const { name, statement, loss, source, notApplicable } = property;
  if (notApplicable !== undefined) return [];
  const asked = [property.goal, ...(property.kind === 'leadsTo' ? [property.when] : [])];
  return asked.map(holds => ({ kind: 'invariant', name, statement, loss, source, holds }));
}
