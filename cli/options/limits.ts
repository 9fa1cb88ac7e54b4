import { availableParallelism, totalmem } from 'node:os';
import { type Command, Option } from 'commander';
import type { ExhaustiveEngine, Limits } from '../../application/tasks/task.ts';
import { byteSize, durationMs, wholeNumber } from './values.ts';

/** Where a search ends as inconclusive. */
export interface LimitOptions {
  readonly maxStates?: number;
  readonly timeLimit?: number;
  readonly memory?: number;
}

/** Adds `--time-limit` and `--memory`. */
export function addLimitOptions(command: Command): Command {
  return command
    .option('--time-limit <duration>', 'stop after so long: 500ms, 60s, 5m, 1h', durationMs)
    .option(
      '--memory <size>',
      'stop when the search holds so much: 512MiB, 4GiB (default: half of what there is)',
      byteSize,
    );
}

/** Adds `--max-states`. */
export function addStateLimit(command: Command): Command {
  return command.option(
    '--max-states <n>',
    'stop when so many distinct states are known',
    wholeNumber(1, Number.MAX_SAFE_INTEGER),
  );
}

/** How a search is divided, and kept. */
export interface EngineOptions {
  readonly workers?: number;
  readonly checkpoint?: string;
  readonly checkpointEvery?: number;
  readonly resume?: string;
}

const MOST_WORKERS = 64;
/** More than this is for users to ask for. */
const DEFAULT_WORKERS = 8;
const MINUTE = 60_000;

/** Adds `--workers`, `--checkpoint`, `--checkpoint-every` and `--resume`. */
export function addEngineOptions(command: Command): Command {
  const checkpoint = new Option(
    '--checkpoint <folder>',
    'keep the search there, every minute and when it is stopped, to go on later',
  );
  return command
    .option(
      '--workers <n>',
      'divide the search among so many threads (default: one for each core, at most 8)',
      wholeNumber(1, MOST_WORKERS),
    )
    .addOption(checkpoint.conflicts('resume'))
    .option(
      '--checkpoint-every <duration>',
      'how often (default: 1m; less often if it takes long)',
      durationMs,
    )
    .option('--resume <folder>', 'go on from the checkpoint there, and keep the search there');
}

/** The options as a task takes them. A limit of states is exact: that takes one worker. */
export function engineOf(
  options: EngineOptions,
  { maxStates }: Pick<LimitOptions, 'maxStates'>,
): Pick<ExhaustiveEngine, 'workers' | 'checkpoint'> {
  const { checkpoint, checkpointEvery: every = MINUTE, resume } = options;
  const { workers = Math.min(DEFAULT_WORKERS, availableParallelism()) } = options;
  const folder = resume ?? checkpoint;
  return {
    workers: maxStates === undefined ? workers : 1,
    ...(folder === undefined
      ? {}
      : { checkpoint: { folder, every, resume: resume !== undefined } }),
  };
}

/** The limits as a task takes them. */
export function limitsOf({ maxStates, timeLimit, memory }: LimitOptions): Limits {
  return {
    bytes: memory ?? defaultMemory(),
    ...(maxStates === undefined ? {} : { states: maxStates }),
    ...(timeLimit === undefined ? {} : { milliseconds: timeLimit }),
  };
}

/** Half of the memory: while a table grows it is there twice, and others want some too. */
function defaultMemory(): number {
  // 0, or a number above all memory, where nothing constrains the process.
  const constrained = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  return Math.floor(Math.min(totalmem(), constrained) / 2);
}

/** Adds `--symmetry` and `--no-symmetry`. */
export function addSymmetryOption(command: Command): Command {
  return command
    .option('--no-symmetry', 'tell states apart that differ only by renaming nodes')
    .option('--symmetry', 'count such states as one (the default)');
}
