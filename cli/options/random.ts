import { randomInt } from 'node:crypto';
import type { Command } from 'commander';
import type { RandomRuns } from '../../application/tasks/randomEngine.ts';
import { shardOf } from './shard.ts';
import { wholeNumber } from './values.ts';

/** fast-check's seeds have 32 bits: a larger one would be another in disguise. */
export const LARGEST_SEED = 0x7fff_ffff;
const MOST_RUNS = 1_000_000_000;
const MOST_STEPS = 100_000;

/** Adds `--seed`, `--runs`, `--max-steps`, `--shard` and `--twice`. */
export function addRandomOptions(
  command: Command,
  defaults: Pick<RandomRuns, 'runs' | 'maxSteps'>,
): Command {
  return command
    .option(
      '--seed <n>',
      'the seed of every random choice; "random" draws one and prints it',
      wholeNumber(0, LARGEST_SEED),
      1,
    )
    .option('--runs <n>', 'random runs of a scope', wholeNumber(1, MOST_RUNS), defaults.runs)
    .option(
      '--max-steps <n>',
      'the longest random run, in steps',
      wholeNumber(1, MOST_STEPS),
      defaults.maxSteps,
    )
    .option('--twice', 'make the random runs twice and compare them state by state')
    .option('--shard <i/n>', 'do only the i-th of n parts of the work: 2/4', shardOf);
}

/**
 * The arguments with a fresh seed in the place of `--seed random`: whatever repeats the command later
 * then names the seed itself.
 */
export function withDrawnSeed(argv: readonly string[]): {
  readonly argv: readonly string[];
  readonly drawn?: number;
} {
  const at = argv.findIndex(
    (argument, index) =>
      argument === '--seed=random' || (argument === 'random' && argv[index - 1] === '--seed'),
  );
  if (at < 0) return { argv };
  const drawn = randomInt(LARGEST_SEED);
  const value = argv[at] === 'random' ? String(drawn) : `--seed=${drawn}`;
  return { argv: argv.with(at, value), drawn };
}

/** The same of `HIGHWATER_SEED=random`. */
export function withDrawnVariable(env: Readonly<Record<string, string | undefined>>): {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly drawn?: number;
} {
  if (env['HIGHWATER_SEED'] !== 'random') return { env };
  const drawn = randomInt(LARGEST_SEED);
  return { env: { ...env, HIGHWATER_SEED: String(drawn) }, drawn };
}
