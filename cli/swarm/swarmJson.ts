import type { SwarmResult } from '../../application/swarm/conclude.ts';
import type { QueueStatus } from '../../application/swarm/queue/status.ts';
import type { SeedRange } from '../../application/swarm/swarm.ts';
import type { PropertyReport } from '../../checker/results/monitor.ts';
import type { Coverage, Verdict } from '../../checker/results/result.ts';
import type { JsonValue } from '../../checker/state/json.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { digestOf } from '../../parallel/digest.ts';

/** `swarm result` and `swarm run`. */
export interface SwarmJson {
  readonly model: string;
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly bounds: Readonly<Record<string, number>>;
  readonly defects: readonly string[];
  readonly verdict: Verdict;
  /** Those that were asked for. */
  readonly asked: SeedRange;
  /** Those that were played. */
  readonly seeds: SeedRange;
  readonly runsOfSeed: number;
  readonly maxSteps: number;
  readonly runs: number;
  readonly steps: number;
  /** The longest run, in steps. */
  readonly longest: number;
  /** Distinct states of each seed, added up: several seeds may have seen the same ones. */
  readonly statesOfSeeds: number;
  /** A hash over every state of every seed in order: equal whenever the same seeds are played again. */
  readonly chain: string;
  readonly violations: readonly SwarmViolationJson[];
  readonly properties: readonly PropertyReport[];
  readonly coverage: Coverage;
  /** An error of the model, with the seed whose runs came to it; null if there was none. */
  readonly crash: { readonly seed: number; readonly message: string } | null;
}

interface SwarmViolationJson {
  readonly property: string;
  readonly clause: string;
  /** The first seed whose runs break it. */
  readonly seed: number;
  readonly steps: number;
  readonly shortest: boolean;
  readonly unproved: string | null;
  /** The trace, or the path of its file with `--out`. */
  readonly trace: TraceFile | string;
}

/** The JSON document of a swarm's result. */
export function swarmJson(result: SwarmResult, paths?: readonly string[]): SwarmJson {
  const { swarm, model, verdict, seeds, tally, properties, violations } = result;
  const { runs, steps, longest, statesOfSeeds, chains, coverage, crash } = tally;
  return {
    model: model.name,
    config: model.config,
    bounds: model.bounds,
    defects: model.defects,
    verdict,
    asked: swarm.seeds,
    seeds,
    runsOfSeed: swarm.runs,
    maxSteps: swarm.maxSteps,
    runs,
    steps,
    longest,
    statesOfSeeds,
    chain: digestOf(chains.join(' ')),
    violations: violations.map((violation, index) => ({
      property: violation.property,
      clause: violation.clause,
      seed: violation.seed,
      steps: violation.steps.length,
      shortest: violation.shortest,
      unproved: violation.unproved ?? null,
      trace: paths?.[index] ?? violation.trace,
    })),
    properties,
    coverage,
    crash: crash === undefined ? null : { seed: crash.seed, message: crash.failure.message },
  };
}

/** The JSON document of `swarm status`. */
export function statusJson({ queue, workers, swarms }: QueueStatus) {
  return {
    queue,
    workers,
    swarms: swarms.map(({ swarm, ...status }) => ({
      ...status,
      model: swarm.model,
      asked: swarm.seeds,
    })),
  };
}
