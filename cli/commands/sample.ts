import type { Command } from 'commander';
import { type DrawnStories, drawnStories } from '../../application/sample/drawnStories.ts';
import { findNamed } from '../../catalogue/findNamed.ts';
import type { StopReason } from '../../checker/core/control.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import { counted, grouped } from '../../checker/results/numbers.ts';
import { wrap } from '../../checker/trace/renderParts.ts';
import { renderStory } from '../../checker/trace/renderStory.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { timeLimit } from '../../corpus/timeLimit.ts';
import { exitCodes } from '../exitCodes.ts';
import { addOutputOptions, type OutputOptions, type ScopeOptions } from '../options/common.ts';
import { LARGEST_SEED } from '../options/random.ts';
import { requestOf } from '../options/request.ts';
import { addPair, durationMs, wholeNumber } from '../options/values.ts';
import { commandLine, nextCommandLine } from '../output/commandLine.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { makeOutFolder, saveTrace, traceName } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';

interface SampleCommandOptions extends OutputOptions, Pick<ScopeOptions, 'bound' | 'set' | 'out'> {
  readonly seed: number;
  readonly runs: number;
  readonly maxSteps: number;
  readonly stories: number;
  readonly timeLimit?: number;
}

const MOST_STORIES = 100;

const help = `
Draws random runs, shortens one for each goal that they reach, and tells those that differ most. They
show what was explored where nothing broke: what a passing check has seen.

Exit codes: 0; 2 wrong use; 3 the time limit ended it; 4 no goal was reached; 70 the model crashed;
130 interrupted. What was found until a limit or an interruption is told.`;

/** Adds `sample`: stories of what a model does. */
export function addSampleCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('sample')
    .summary('tell stories of what a model does')
    .description('tell diverse short stories of what a model does')
    .argument('<model>', 'the model; "highwater list" prints them')
    .option('--stories <n>', 'how many', wholeNumber(1, MOST_STORIES), 5)
    .option('--seed <n>', 'the seed of every random choice', wholeNumber(0, LARGEST_SEED), 1)
    .option('--runs <n>', 'random runs to take them from', wholeNumber(1, 1_000_000), 300)
    .option('--max-steps <n>', 'the longest random run, in steps', wholeNumber(1, 100_000), 200)
    .option('--time-limit <duration>', 'stop after so long: 500ms, 60s, 5m, 1h', durationMs)
    .option('--bound <name=value>', 'change a bound of the scope (repeatable)', addPair)
    .option('--set <name=value>', 'change a setting of the model (repeatable)', addPair)
    .option('--out <folder>', 'save their traces there; nothing is overwritten');
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action(async (name: string, options: SampleCommandOptions) => {
    const entry = findNamed('model', name, io.project.models);
    const built = entry.build(requestOf(entry, entry.largeScope, options));
    if (options.out !== undefined) makeOutFolder(options.out);
    if (options.quiet !== true) io.stderr.write(`sample ${entry.name} ...\n`);
    const { stories, seed, runs, maxSteps, timeLimit: most = Number.POSITIVE_INFINITY } = options;
    const control = timeLimit(most, () => io.interrupt.isSet);
    const drawn = await drawnStories(built, { stories, seed, runs, maxSteps, control });
    const paths = drawn.traces.map(trace => savedIn(options.out, trace));
    const traces = drawn.traces.map(trace => io.commentary.on(trace));
    const report: Report = { ...drawn, traces, paths };
    if (options.json) printJson(io.stdout, 'sample', jsonOf(report));
    else io.stdout.write(`${textOf(report, built.model, io, options).join('\n')}\n`);
    if (io.interrupt.isSet) io.finish(exitCodes.interrupted);
    else if (drawn.stopped !== null) io.finish(exitCodes.inconclusive);
    else if (traces.length === 0) io.finish(exitCodes.vacuous);
  });
}

interface Report extends DrawnStories {
  /** Where each was saved, if it was. */
  readonly paths: readonly (string | undefined)[];
}

function savedIn(out: string | undefined, trace: TraceFile): string | undefined {
  return out === undefined ? undefined : saveTrace(out, traceName(trace), trace);
}

function jsonOf({ traces, paths, runs, stopped, distinctStates, unreached }: Report) {
  return {
    runs,
    stopped,
    distinctStates,
    stories: traces.map((trace, index) => ({ file: paths[index] ?? null, trace })),
    unreached,
  };
}

/** What the JSON document of `sample` says. */
export type SampleJson = ReturnType<typeof jsonOf>;

function textOf(
  { traces, paths, runs, stopped, distinctStates, unreached }: Report,
  model: AnyModel,
  io: CommandIo,
  { color }: SampleCommandOptions,
): string[] {
  const { columns: width } = io.stdout;
  const style = stylerFor(io.stdout, color);
  const saved = paths.filter(path => path !== undefined);
  const stories = traces.length === 1 ? '1 story' : `${traces.length} stories`;
  const of = `${model.name}: ${stories} out of ${counted(runs, 'random run')}`;
  const missed = unreached.join(', ');
  return [
    ...wrap(`${of}, ${grouped(distinctStates)} distinct states.`, width),
    ...(stopped === null ? [] : wrap(endedEarly(stopped), width)),
    ...(missed === '' ? [] : wrap(`Not reached by these runs: ${missed}.`, width)),
    ...traces.flatMap(trace => ['', renderStory(trace, { width, style })]),
    '',
    saved.length === 0
      ? `save      ${commandLine([...io.argv, '--out', 'stories'])}`
      : `view      ${nextCommandLine(io.argv, ['view', ...saved])}`,
  ];
}

/** What is said of stories that more time would have made others. */
function endedEarly(stopped: StopReason): string {
  const by = stopped === 'interrupted' ? 'an interruption' : `the ${stopped}`;
  return `Stopped by ${by}: not all runs were made, or not every story was shortened as far as can be.`;
}
