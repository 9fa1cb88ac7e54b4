import { totalmem } from 'node:os';
import type { Command } from 'commander';
import type { Limits } from '../tasks/task.ts';
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
