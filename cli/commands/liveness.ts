import type { Command } from 'commander';
import type { LivenessOutcome, LivenessTask } from '../../application/liveness/livenessTask.ts';
import { buildLiveness, runLiveness } from '../../application/liveness/runLiveness.ts';
import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { SETTLE_STEPS } from '../../corpus/searchLiveness.ts';
import { livenessJson } from '../liveness/livenessJson.ts';
import { describeLiveness, describeLivenessTask } from '../liveness/livenessText.ts';
import { reportOfLiveness } from '../liveness/reportOfLiveness.ts';
import {
  addOutputOptions,
  addScopeOptions,
  type OutputOptions,
  type ScopeOptions,
} from '../options/common.ts';
import { addLimitOptions, addStateLimit, type LimitOptions, limitsOf } from '../options/limits.ts';
import { LARGEST_SEED } from '../options/random.ts';
import { refuse } from '../options/refuse.ts';
import { requestOf } from '../options/request.ts';
import { wholeNumber } from '../options/values.ts';
import type { CommandIo } from '../output/io.ts';
import { makeOutFolder, saveTrace, traceName } from '../output/saveTrace.ts';
import type { TextLayout } from '../output/style.ts';
import { stylerFor } from '../output/style.ts';
import { traceText, whereabouts } from '../output/traceText.ts';
import { exitCodeOf } from '../output/verdict.ts';
import { withProgress } from '../output/withProgress.ts';
import { openReporters, type Result } from '../reporters/publish.ts';
import type { StorySource } from '../reporters/report.ts';
import { addReporterOption, type ReporterOptions } from '../reporters/reporter.ts';

interface LivenessOptions extends ScopeOptions, LimitOptions, OutputOptions, ReporterOptions {
  readonly random?: true;
  readonly seed: number;
  readonly runs: number;
  readonly maxSteps: number;
  readonly settle: number;
}

const MOST_RUNS = 1_000_000;
const MOST_STEPS = 100_000;

const help = `
Looks for fair runs in which something that must happen at some time never does: a loop, or
a state in which nothing has to happen any more. What the system does by itself is fair: if
it can happen from some time on for ever, it does. Faults and clients need never act.
A run that only the bounds of the scope keep from going on is no counterexample.

With --random the bounded form, for scopes that are too large: random runs with faults, then
no more faults, and what is due then must happen within so many steps.

Exit codes: 0 every property holds in this scope, or all random runs were made and found
nothing; 1 violated; 2 wrong use; 3 inconclusive: a limit ended the search; 4 vacuous:
nothing was ever due, or never happened within the bounds, or in the runs that were made;
70 the model crashed; 130 interrupted.`;

/** Adds `liveness`: the search for what never happens. */
export function addLivenessCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('liveness')
    .summary('check what must happen at some time')
    .description('check that what must happen in a model does at some time, in every fair run')
    .argument('<model>', 'the model; "highwater list" prints them')
    .option('--random', 'make random runs that settle, instead of looking at every fair run')
    .option('--seed <n>', 'with --random: the seed', wholeNumber(0, LARGEST_SEED), 1)
    .option('--runs <n>', 'with --random: how many runs', wholeNumber(1, MOST_RUNS), 1000)
    .option('--max-steps <n>', 'with --random: steps before', wholeNumber(1, MOST_STEPS), 100)
    .option('--settle <n>', 'with --random: steps after', wholeNumber(1, MOST_STEPS), SETTLE_STEPS);
  addStateLimit(command);
  addLimitOptions(command);
  addScopeOptions(command);
  addOutputOptions(command);
  addReporterOption(command);
  command.addHelpText('after', help);
  command.action(async (model: string, options: LivenessOptions) => {
    if (options.random === undefined) {
      refuse(command, ['seed', 'runs', 'maxSteps', 'settle'], 'belongs to --random');
    }
    const task = taskOf(findNamed('model', model, io.project.models), options);
    // Before anything is made or begun: a wrong name is an error of use.
    buildLiveness(task, io.project.models);
    const publish = openReporters(options, io);
    if (options.out !== undefined) makeOutFolder(options.out);
    const outcome = await runShown(io, task, options);
    publish(resultOf(io, outcome, options));
    io.finish(exitCodeOf(outcome.result));
  });
}

function taskOf(entry: ModelEntry, options: LivenessOptions): LivenessTask {
  const { random, property, seed, runs, maxSteps, settle } = options;
  const scope = random ? entry.largeScope : entry.livenessScope;
  return {
    model: entry.name,
    request: requestOf(entry, scope, options),
    engine: random
      ? { kind: 'simulate', seed, runs, maxSteps, settleSteps: settle, keepGoing: true }
      : { kind: 'exhaustive' },
    ...(property === undefined ? {} : { properties: property }),
    limits: limitsOf(options),
  };
}

function runShown(
  io: CommandIo,
  task: LivenessTask,
  { quiet }: LivenessOptions,
): Promise<LivenessOutcome> {
  const label = `liveness ${task.model}`;
  const shown = { quiet: quiet === true, title: () => `${label} ...`, label: () => label };
  return withProgress(io, shown, ({ onBegin, onProgress }) => {
    onBegin?.(1);
    return runLiveness(task, io.project.models, {
      isInterrupted: () => io.interrupt.isSet,
      onProgress: progress => onProgress?.({ task, done: 0, of: 1, progress }),
    });
  });
}

function resultOf(
  io: CommandIo,
  outcome: LivenessOutcome,
  { out, color }: LivenessOptions,
): Result {
  const { argv, commentary, stdout } = io;
  const paths = out === undefined ? undefined : savedTraces(outcome, out);
  const layout = { width: stdout.columns, style: stylerFor(stdout, color) };
  return {
    command: 'liveness',
    text: () => textOf(outcome, paths, { argv, commentary, layout }),
    json: () => livenessJson(outcome, paths),
    report: () => reportOfLiveness({ outcome, paths, argv, commentary }),
  };
}

function savedTraces({ traces }: LivenessOutcome, out: string): string[] {
  return traces.map(trace => saveTrace(out, traceName(trace), trace));
}

function textOf(
  outcome: LivenessOutcome,
  paths: readonly string[] | undefined,
  { argv, commentary, layout }: StorySource & { readonly layout: TextLayout },
): string {
  const lines = [
    ...describeLivenessTask(outcome, layout),
    '',
    ...describeLiveness(outcome, layout),
    ...outcome.traces.flatMap((trace, index) => [
      '',
      traceText(commentary.on(trace), whereabouts(argv, paths?.[index]), layout),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
