import type { Command } from 'commander';
import { type RandomRuns, randomEngine } from '../../application/tasks/randomEngine.ts';
import type { Task } from '../../application/tasks/task.ts';
import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { addOutputOptions, addScopeOptions, type ScopeOptions } from '../options/common.ts';
import {
  type CounterexamplesOption,
  counterexamplesOption,
  severalOf,
} from '../options/counterexamples.ts';
import { deadlockOption } from '../options/deadlock.ts';
import { type KeepGoingOption, keepGoingOption, keepsGoing } from '../options/keepGoing.ts';
import { addLimitOptions, type LimitOptions, limitsOf } from '../options/limits.ts';
import { addRandomOptions } from '../options/random.ts';
import { requestOf } from '../options/request.ts';
import type { CommandIo } from '../output/io.ts';
import { addReporterOption } from '../reporters/reporter.ts';
import { type ExplorationOptions, runExploration } from './exploration.ts';

type SimulateOptions = ScopeOptions &
  LimitOptions &
  RandomRuns &
  KeepGoingOption &
  CounterexamplesOption &
  ExplorationOptions & { readonly deadlock?: true };

const help = `
Makes random runs in a scope that is too large to explore completely. The same seed
gives the same runs on any machine. That nothing was found is never a proof. The shards
of one seed make together the runs that are made without --shard. The runs end at the first
violation; with --keep-going, or where several properties are named by --property, all are
made, and each has its answer. With --counterexamples 5 up to five of each property are
looked for, which do not follow from the same actions.

Exit codes: 0 all runs were made, put everything to the test, and found nothing;
1 violated; 2 wrong use; 3 inconclusive: a limit ended the search; 4 vacuous: nothing
broke, but a property was never put to the test, or a goal not reached;
70 the model crashed; 130 interrupted.`;

/** Adds `simulate`: random interleavings. */
export function addSimulateCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('simulate')
    .summary('make random runs')
    .description('make random runs of a model')
    .argument('<model>', 'the model; "highwater list" prints them');
  addRandomOptions(command, { runs: 1000, maxSteps: 100 });
  command.addOption(keepGoingOption());
  command.addOption(counterexamplesOption());
  command.addOption(deadlockOption());
  addLimitOptions(command);
  addScopeOptions(command);
  addOutputOptions(command);
  addReporterOption(command);
  command.addHelpText('after', help);
  command.action(async (model: string, options: SimulateOptions) => {
    const entry = findNamed('model', model, io.project.models);
    await runExploration(io, 'simulate', taskOf(entry, options), options);
  });
}

function taskOf(entry: ModelEntry, options: SimulateOptions): Task {
  const { property, deadlock = false } = options;
  return {
    model: entry.name,
    request: requestOf(entry, entry.largeScope, options),
    engine: { ...randomEngine(options, keepsGoing(options)), ...severalOf(options) },
    ...(property === undefined ? {} : { properties: property }),
    ...(deadlock ? { deadlock } : {}),
    limits: limitsOf(options),
  };
}
