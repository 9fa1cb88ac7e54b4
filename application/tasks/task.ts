import type { ModelRequest } from '../../catalogue/modelEntry.ts';
import type { SettleOptions } from '../../checker/liveness/simulateLiveness.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { Shard } from '../../checker/random/walkArbitrary.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { Failure } from './failure.ts';

/** One exploration, as plain data: what is handed to a worker thread. */
export interface Task {
  readonly model: string;
  readonly request: ModelRequest;
  readonly engine:
    | ExhaustiveEngine
    | LivenessEngine
    | {
        readonly kind: 'simulate';
        readonly seed: number;
        readonly runs: number;
        readonly maxSteps: number;
        /** Make only this part of the runs. */
        readonly shard?: Shard;
        /** Make the runs twice, and compare them state by state. */
        readonly twice?: boolean;
        /** Go on after a violation, to find those of other properties. */
        readonly keepGoing?: boolean;
        /** Counterexamples of each property, told apart by their causes; 1 if absent. */
        readonly counterexamples?: number;
        /** States that the proof of a shortest counterexample may take; 0 does not try. */
        readonly proofStates?: number;
        /** Whether counterexamples are shortened; on if absent. */
        readonly shorten?: boolean;
      };
  /** Check only these properties; all if absent. Temporal ones are for a {@link LivenessEngine}. */
  readonly properties?: readonly string[];
  /** Look for deadlocks as well. */
  readonly deadlock?: boolean;
  readonly limits: Limits;
}

/** Every state of the scope. */
export interface ExhaustiveEngine {
  readonly kind: 'exhaustive';
  readonly symmetry: boolean;
  readonly keepGoing: boolean;
  /** Counterexamples of each property, told apart by their causes; 1 if absent. */
  readonly counterexamples?: number;
  /** Steps, as traces print them, that are taken before: if they break everything that is asked, that is all. */
  readonly tryFirst?: readonly string[];
  /** Look for a shortest run to this goal, and for nothing else. */
  readonly reach?: string;
  /** Threads that the search is divided among; 1 if absent. Changes nothing but the time it takes. */
  readonly workers?: number;
  readonly checkpoint?: CheckpointRequest;
}

/**
 * What must happen at some time: every fair run of the scope, or, where it has too many states, random
 * runs that settle.
 */
export interface LivenessEngine extends Omit<SettleOptions, 'control'> {
  readonly kind: 'liveness';
  /** States up to which every fair run is looked at; 0 makes only random runs. */
  readonly maxStates: number;
}

/**
 * States of which all fair runs are looked at, where nothing else is said: with the steps
 * between them about 40 MB, and some five seconds.
 */
export const MOST_FAIR_STATES = 200_000;

/** How a search is kept, to be gone on with later. */
interface CheckpointRequest {
  readonly folder: string;
  /** Milliseconds between two checkpoints. */
  readonly every: number;
  /** Whether to go on from the one that is there. */
  readonly resume: boolean;
}

/** Where an exploration ends as inconclusive. */
export interface Limits {
  readonly states?: number;
  readonly milliseconds?: number;
  /** The end of a time budget, in milliseconds since 1970: the start of a thread counts as well. */
  readonly until?: number;
  readonly bytes?: number;
}

/** The model that a task is about, with all of its settings and bounds. */
export type ExploredModel = Pick<AnyModel, 'name' | 'config' | 'bounds' | 'defects'>;

/** What came of a task: plain data again. */
export interface TaskResult {
  readonly task: Task;
  readonly model: ExploredModel;
  readonly result: ExplorationResult;
  readonly seconds: number;
  /** One trace for each violation, in their order; where a goal is looked for, the one that reaches it. */
  readonly traces: readonly TraceFile[];
  /** What ended a search that had found violations before: what it says beyond them is not known. */
  readonly failure?: Failure;
}
