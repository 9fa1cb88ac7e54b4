import type { Command } from 'commander';
import { findModel } from '../catalogue.ts';
import { addOutputOptions, addScopeOptions, type ScopeOptions } from '../options/common.ts';
import { addLimitOptions, type LimitOptions, limitsOf } from '../options/limits.ts';
import { requestOf } from '../options/request.ts';
import { wholeNumber } from '../options/values.ts';
import type { CommandIo } from '../output/io.ts';
import type { Task } from '../tasks/task.ts';
import { type ExplorationOptions, runExploration } from './exploration.ts';

interface SimulateOptions extends ScopeOptions, LimitOptions, ExplorationOptions {
  readonly seed: number;
  readonly runs: number;
  readonly maxSteps: number;
}

/** fast-check's seeds have 32 bits: a larger one would be another in disguise. */
const LARGEST_SEED = 0x7fff_ffff;
const MOST_RUNS = 1_000_000_000;
const MOST_STEPS = 100_000;

const help = `
Makes random runs in a scope that is too large to explore completely. The same seed
gives the same runs on any machine. That nothing was found is never a proof.

Exit codes: 0 all runs were made and nothing broke; 1 violated; 2 wrong use;
3 inconclusive: a limit ended the search; 4 vacuous: no property says anything here;
70 the model crashed; 130 interrupted.`;

/** Adds `simulate`: random interleavings. */
export function addSimulateCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('simulate')
    .summary('make random runs')
    .description('make random runs of a model')
    .argument('<model>', 'the model; "highwater list" prints them')
    .option('--seed <n>', 'the seed of every choice', wholeNumber(0, LARGEST_SEED), 1)
    .option('--runs <n>', 'random runs to make', wholeNumber(1, MOST_RUNS), 1000)
    .option('--max-steps <n>', 'the longest run, in steps', wholeNumber(1, MOST_STEPS), 100);
  addLimitOptions(command);
  addScopeOptions(command);
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action(async (model: string, options: SimulateOptions) => {
    await runExploration(io, 'simulate', taskOf(model, options), options);
  });
}

function taskOf(model: string, options: SimulateOptions): Task {
  const entry = findModel(model);
  const { seed, runs, maxSteps, property } = options;
  return {
    model: entry.name,
    request: requestOf(entry, entry.largeScope, options),
    engine: { kind: 'simulate', seed, runs, maxSteps },
    ...(property === undefined ? {} : { properties: property }),
    limits: limitsOf(options),
  };
}
