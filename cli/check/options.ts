import type { CheckRequest } from '../../application/check/checkRequest.ts';
import type { RandomRuns } from '../../application/tasks/randomEngine.ts';
import type { OutputOptions } from '../options/common.ts';
import { limitsOf } from '../options/limits.ts';
import { boundsIn } from '../options/request.ts';
import type { Pair } from '../options/values.ts';
import type { ReporterOptions } from '../reporters/reporter.ts';

/** The options of `check`, as commander hands them over. */
export interface CheckOptions extends OutputOptions, RandomRuns, ReporterOptions {
  readonly jobs: number;
  /** Whether states that differ by renaming nodes count as one, where every state is explored. */
  readonly symmetry: boolean;
  /** Milliseconds for everything together. */
  readonly budget?: number;
  /** Milliseconds for each scope. */
  readonly timeLimit?: number;
  readonly memory?: number;
  readonly out?: string;
  /** With files: the version, where no file tells it. */
  readonly kafkaVersion?: string;
  /** Besides files: a running cluster to ask, `host:port` of some brokers. */
  readonly bootstrapServer?: string;
  /** With `bootstrapServer`: a file of client properties. */
  readonly commandConfig?: string;
  /** Clients by their settings, each `acks=1,retries=0`. */
  readonly client?: readonly string[];
  /** With files: how many brokers there are. */
  readonly brokers?: number;
  /** Without files: only these models. */
  readonly model?: readonly string[];
  readonly property?: readonly string[];
  readonly bound?: readonly Pair[];
  /** Compute the guarantee matrix instead. */
  readonly matrix?: boolean;
  /** Only these releases of the matrix. */
  readonly release?: readonly string[];
  /** Also the scopes that take too long for every change. */
  readonly long?: boolean;
  /** With files: everything, not what the first answer takes alone. */
  readonly full?: boolean;
  /** With files: on which machine nodes are. */
  readonly hostOf?: readonly Pair[];
  /** With files: which findings make the run fail; the verdict alone if absent. */
  readonly failOn?: 'configuration' | 'any';
  /** With files: accepted risks. */
  readonly baseline?: string;
  /** With files: where the findings go as accepted risks. */
  readonly writeBaseline?: string;
  /** With files: whether changes that help are looked for. */
  readonly advice?: boolean;
  /** With files: where the answer goes as a page. */
  readonly html?: string;
  /** With files: sections of the report that are printed in its place. */
  readonly explain?: readonly string[];
  /** The folder of the corpus. */
  readonly traces?: string;
}

/**
 * What the options ask for.
 *
 * @throws UsageError when a bound is no whole number.
 */
export function requestIn({ bound = [], property, ...options }: CheckOptions): CheckRequest {
  const { seed, runs, maxSteps, shard, twice, symmetry, jobs, long } = options;
  return {
    seed,
    runs,
    maxSteps,
    ...(shard === undefined ? {} : { shard }),
    ...(twice === undefined ? {} : { twice }),
    properties: property,
    bounds: boundsIn(bound),
    symmetry,
    long,
    limits: limitsOf(options),
    jobs,
    isFirst: isFirst({ ...options, isNamed: property !== undefined || bound.length > 0 }),
  };
}

/** Whether nothing is asked of a cluster but its first answer: what is named is explored as it is named. */
function isFirst({ isNamed, full, long, shard, twice }: Asked): boolean {
  return !isNamed && ![full, long, twice].includes(true) && shard === undefined;
}

interface Asked extends Pick<CheckOptions, 'full' | 'long' | 'shard' | 'twice'> {
  /** Whether properties or bounds are named. */
  readonly isNamed: boolean;
}
