import type { Failure } from '../../application/tasks/failure.ts';
import type { Task, TaskResult } from '../../application/tasks/task.ts';
import type { Asymmetry, SymmetryCheck } from '../../checker/core/asymmetry.ts';
import type { StopReason } from '../../checker/core/control.ts';
import type { PropertyReport } from '../../checker/results/monitor.ts';
import type {
  ComparedBreaks,
  Coverage,
  ExplorationResult,
  Verdict,
  Violation,
} from '../../checker/results/result.ts';
import { verdictReason, whyOpen } from '../../checker/results/resultText.ts';
import type { JsonValue } from '../../checker/state/json.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { shardText } from '../options/shard.ts';

/** A violation in a JSON document. */
interface ViolationJson {
  readonly property: string;
  readonly kind: Violation['kind'];
  readonly clause: string;
  /** How many steps lead to it. */
  readonly steps: number;
  readonly shortest: boolean;
  readonly unproved: string | null;
  /** Where several counterexamples were asked for: the actions that it follows from; null if one was. */
  readonly cause: readonly string[] | null;
  /** The trace, or the path of its file with `--out`. */
  readonly trace: TraceFile | string;
}

/** A property in a JSON document. */
interface PropertyJson extends PropertyReport {
  /** Why it is inconclusive; null if it is not. */
  readonly because: string | null;
}

/** One exploration in a JSON document: the same for every command that makes one. */
export interface ExplorationJson {
  readonly model: string;
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly bounds: Readonly<Record<string, number>>;
  readonly defects: readonly string[];
  readonly engine: 'exhaustive' | 'simulate';
  readonly symmetry: boolean;
  /** What treats interchangeable nodes differently, so that symmetry could not be used. */
  readonly asymmetry: Asymmetry | null;
  /** With symmetry: how far it was checked that it makes no difference; null without it. */
  readonly symmetryCheck: SymmetryCheck | null;
  /** Whether memory for what is learned of the model was used up, which makes a search slower. */
  readonly learningFull: boolean;
  /** Threads that the search was divided among; null for random runs. */
  readonly workers: number | null;
  readonly verdict: Verdict;
  /** What must be said with the verdict; null where it speaks for itself. */
  readonly because: string | null;
  /** Why the exploration ended before its space did; null if it did not. */
  readonly stopped: StopReason | null;
  readonly distinctStates: number;
  /** Random runs: distinct abstract states; null for an exhaustive exploration. */
  readonly abstractStates: number | null;
  readonly generatedStates: number;
  readonly depth: number;
  readonly steps: number;
  /** Random runs made; null for an exhaustive exploration. */
  readonly runs: number | null;
  /** Of random runs, also of those that take over where a scope has too many fair runs. */
  readonly seed: number | null;
  /** Which part of the runs was made, as `2/4`; null if all were. */
  readonly shard: string | null;
  readonly maxSteps: number | null;
  /** Of runs that look at what must happen at some time: steps after the last fault. */
  readonly settleSteps: number | null;
  readonly seconds: number;
  /** The chance that two states had one fingerprint, so that one was not looked at. */
  readonly collisionProbability: number | null;
  readonly violations: readonly ViolationJson[];
  /** Of each property that broke: how many counterexamples there were to choose from; null if one was asked for. */
  readonly compared: readonly ComparedBreaks[] | null;
  /** The trace to the goal that was looked for, or the path of its file; null if there is none. */
  readonly witness: TraceFile | string | null;
  /** With why they are inconclusive, where they are. */
  readonly properties: readonly PropertyJson[];
  readonly coverage: Coverage;
  /** The error beyond the violations that ended the search; null if there was none. */
  readonly failure: Pick<Failure, 'message' | 'steps'> | null;
}

/**
 * One exploration as JSON. `paths` are where the traces of its violations were saved, in their
 * order; without them the traces themselves are in the document.
 */
export function explorationJson(
  { task, model, result, seconds, traces, failure }: TaskResult,
  paths?: readonly string[],
): ExplorationJson {
  const { engine } = task;
  const simulation = engine.kind === 'simulate' ? engine : undefined;
  const settling = engine.kind === 'liveness' ? engine : undefined;
  const drawn = simulation ?? settling;
  return {
    model: model.name,
    config: model.config,
    bounds: model.bounds,
    defects: model.defects,
    engine: result.engine,
    symmetry: result.symmetry,
    asymmetry: result.asymmetry ?? null,
    symmetryCheck: result.symmetryCheck ?? null,
    learningFull: result.isLearningFull ?? false,
    workers: engine.kind === 'exhaustive' ? (engine.workers ?? 1) : null,
    verdict: result.verdict,
    because: verdictReason(result) ?? null,
    stopped: result.stopped ?? null,
    distinctStates: result.distinctStates,
    abstractStates: result.abstractStates ?? null,
    generatedStates: result.generatedStates,
    depth: result.depth,
    steps: result.steps,
    runs: result.runs ?? null,
    seed: drawn?.seed ?? null,
    shard: simulation?.shard === undefined ? null : shardText(simulation.shard),
    maxSteps: drawn?.maxSteps ?? null,
    settleSteps: settling?.settleSteps ?? null,
    seconds,
    collisionProbability:
      // Looking at fair runs tells states apart by all of their bits.
      drawn === undefined ? collisionProbability(result.distinctStates) : null,
    violations: result.violations.flatMap((violation, index) => {
      const trace = paths?.[index] ?? traces[index];
      return trace === undefined ? [] : [violationJson(violation, trace)];
    }),
    compared: result.compared ?? null,
    witness: isReaching(task) ? (paths?.[0] ?? traces[0] ?? null) : null,
    properties: result.properties.map(report => propertyJson(report, result)),
    coverage: result.coverage,
    failure: failure === undefined ? null : { message: failure.message, steps: failure.steps },
  };
}

function isReaching({ engine }: Task): boolean {
  return engine.kind === 'exhaustive' && engine.reach !== undefined;
}

function propertyJson(report: PropertyReport, result: ExplorationResult): PropertyJson {
  const isOpen = report.verdict === 'inconclusive';
  return { ...report, because: (isOpen ? whyOpen(result) : undefined) ?? null };
}

/** The chance that among `states` random fingerprints of 64 bits two are the same. */
export function collisionProbability(states: number): number {
  return states ** 2 / 2 ** 65;
}

function violationJson(violation: Violation, trace: TraceFile | string): ViolationJson {
  const { property, kind, clause, steps, shortest, unproved = null, cause = null } = violation;
  return { property, kind, clause, steps: steps.length, shortest, unproved, cause, trace };
}
