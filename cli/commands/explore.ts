import { type Command, Option } from 'commander';
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
import {
  addEngineOptions,
  addLimitOptions,
  addStateLimit,
  addSymmetryOption,
  type EngineOptions,
  engineOf,
  type LimitOptions,
  limitsOf,
} from '../options/limits.ts';
import { refuse } from '../options/refuse.ts';
import { requestOf } from '../options/request.ts';
import type { CommandIo } from '../output/io.ts';
import { addReporterOption } from '../reporters/reporter.ts';
import { type ExplorationOptions, runExploration } from './exploration.ts';

interface ExploreOptions
  extends ScopeOptions,
    LimitOptions,
    EngineOptions,
    KeepGoingOption,
    CounterexamplesOption,
    ExplorationOptions {
  readonly symmetry: boolean;
  readonly reach?: string;
  readonly deadlock?: true;
}

const help = `
Explores every state of a bounded scope, breadth first: a counterexample is a shortest one.
The number of workers changes how long that takes, and nothing else; with --max-states it is
one. A checkpoint is removed once the search is over. See docs/exploring.md.
A search ends at the first violation, and says of the other properties that they are not
decided; with --keep-going, or where several are named by --property, each has its answer.

With --counterexamples 5 it looks for up to five of each property, which do not follow from the
same actions, each the shortest that it found of its cause.

With --reach nothing but a shortest run to that goal is looked for, and the search ends there.

Exit codes: 0 every property holds in this scope, or the goal is reached; 1 violated;
2 wrong use; 3 inconclusive: a limit ended the search; 4 vacuous: nothing broke, but a
property was never put to the test, or no run reaches the goal; 70 the model crashed;
74 a file could not be written or read; 130 interrupted.`;

function reachOption(): Option {
  const option = new Option(
    '--reach <goal>',
    'look for a shortest run to this goal, and end there',
  );
  return option.conflicts([
    'property',
    'keepGoing',
    'counterexamples',
    'deadlock',
    'checkpoint',
    'resume',
  ]);
}

/** Adds `explore`: the exhaustive search. */
export function addExploreCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('explore')
    .summary('explore every state of a bounded scope')
    .description('explore every state of a bounded scope of a model')
    .argument('<model>', 'the model; "highwater list" prints them')
    .addOption(keepGoingOption())
    .addOption(counterexamplesOption())
    .addOption(reachOption())
    .addOption(deadlockOption());
  addSymmetryOption(command);
  addStateLimit(command);
  addLimitOptions(command);
  addEngineOptions(command);
  addScopeOptions(command);
  addOutputOptions(command);
  addReporterOption(command);
  command.addHelpText('after', help);
  command.action(async (model: string, options: ExploreOptions) => {
    if (options.checkpoint === undefined && options.resume === undefined) {
      refuse(command, ['checkpointEvery'], 'belongs to --checkpoint or --resume');
    }
    const entry = findNamed('model', model, io.project.models);
    await runExploration(io, 'explore', taskOf(entry, options), options);
  });
}

function taskOf(entry: ModelEntry, options: ExploreOptions): Task {
  const { symmetry, property, reach, deadlock = false } = options;
  return {
    model: entry.name,
    request: requestOf(entry, entry.smallScope, options),
    engine: {
      kind: 'exhaustive',
      symmetry,
      keepGoing: keepsGoing(options),
      ...severalOf(options),
      ...(reach === undefined ? {} : { reach }),
      ...engineOf(options, options),
    },
    ...(property === undefined ? {} : { properties: property }),
    ...(deadlock ? { deadlock } : {}),
    limits: limitsOf(options),
  };
}
