import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { Command } from 'commander';
import { addTraces } from '../../application/corpus/addTraces.ts';
import { type RenewedTrace, renewTraces } from '../../application/corpus/renewTraces.ts';
import { replayed } from '../../application/corpus/replayedTrace.ts';
import type { SearchTime } from '../../application/corpus/searchTime.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { counted } from '../../checker/results/numbers.ts';
import { tracesIn } from '../../corpus/folder.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { addJson, addText } from '../corpus/addText.ts';
import { listJson, listText } from '../corpus/listText.ts';
import { renewedJson, renewedText } from '../corpus/renewText.ts';
import { exitCodes } from '../exitCodes.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import { searchTimeOption } from '../options/searchTime.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { stylerFor } from '../output/style.ts';

interface CorpusOptions extends OutputOptions {
  readonly traces?: string;
  readonly timeLimit: number;
}

interface RenewOptions extends CorpusOptions {
  readonly prune?: true;
}

const help = `
A corpus is a folder of traces, one for each failure that was found. "check" replays it first, as
does a model test in vitest. Two traces are of one failure if model, configuration, defects and
property are the same; their bounds and steps may be others.`;

const addHelp = `
A trace is added only if it is reproduced, and is shortened first. It replaces a longer one of the
same failure; where the folder has one that is not longer, it is refused.

Exit codes: 0 each was added or replaces another; 2 a file cannot be read, or a trace is refused;
5 a trace is not reproduced.`;

const renewHelp = `
For every trace that is not reproduced as it was recorded: takes its steps again by their names,
and records them anew; where they do not lead there any more, searches its scope anew. The file is
overwritten, and the steps that are not what they were are shown.

Exit codes: 0 every trace is reproduced now; 2 a file cannot be read; 5 a failure was not found
again: it may be fixed, or its property or action have another name; 130 interrupted.`;

/** Adds `corpus` with `list`, `add` and `renew`. */
export function addCorpusCommand(program: Command, io: CommandIo): void {
  const corpus = program
    .command('corpus')
    .summary('list, add to or renew a corpus of traces')
    .description('list, add to or renew a corpus of traces')
    .addHelpText('after', help);
  addList(corpus, io);
  addAdd(corpus, io);
  addRenew(corpus, io);
}

function addList(corpus: Command, io: CommandIo): void {
  const command = corpus
    .command('list')
    .description('replay every trace in a folder, and show them in a table')
    .argument('[folder]', 'the corpus (default: traces, or as the configuration file says)');
  addOutputOptions(command);
  command.addHelpText(
    'after',
    '\nExit codes: 0; 2 the folder or a file cannot be read; 5 one is not reproduced.',
  );
  command.action((given: string | undefined, { json, color }: OutputOptions) => {
    const folder = existingFolder(given, io);
    const listed = tracesIn(folder).map(stored => replayed(stored, io.project.models));
    const layout = { width: io.stdout.columns, style: stylerFor(io.stdout, color) };
    if (json) printJson(io.stdout, 'corpus list', listJson(folder, listed));
    else io.stdout.write(listText(folder, listed, layout));
    const good = listed.every(({ outcome }) => outcome.word === 'reproduced');
    io.finish(good ? exitCodes.holds : exitCodes.diverged);
  });
}

function addAdd(corpus: Command, io: CommandIo): void {
  const command = corpus
    .command('add')
    .description('shorten traces and add them to a corpus')
    .argument('<trace...>', 'trace files');
  addCorpusOptions(command);
  command.addHelpText('after', addHelp);
  command.action(async (files: string[], options: CorpusOptions) => {
    const given = files.map(path => ({ path, trace: readTraceFile(path) }));
    const { models } = io.project;
    const folder = folderOf(options.traces, io);
    const added = await addTraces(folder, given, models, searchTime(options, io));
    if (options.json) printJson(io.stdout, 'corpus add', addJson(added));
    else io.stdout.write(addText(added));
    const results = added.map(({ addition }) => addition?.word ?? 'not added');
    if (results.includes('not added')) io.finish(exitCodes.diverged);
    else if (results.includes('refused')) io.finish(exitCodes.usage);
  });
}

function addRenew(corpus: Command, io: CommandIo): void {
  const command = corpus
    .command('renew')
    .description('make the traces of a corpus reproducible again, after the model has changed')
    .argument('[trace...]', 'trace files (default: all of the corpus)')
    .option('--prune', 'remove the traces of which the failure is not found again');
  addCorpusOptions(command);
  command.addHelpText('after', renewHelp);
  command.action(async (files: string[], options: RenewOptions) => {
    const stored =
      files.length === 0
        ? tracesIn(existingFolder(options.traces, io))
        : files.map(path => ({ path, trace: readTraceFile(path) }));
    const all = await renewTraces(stored, {
      ...searchTime(options, io),
      models: io.project.models,
      prune: options.prune === true,
      onRenewed: renewed => {
        if (!options.json) io.stdout.write(renewedText(renewed));
      },
    });
    if (options.json) printJson(io.stdout, 'corpus renew', renewedJson(all));
    else io.stdout.write(summaryOf(all, stored.length));
    if (all.length < stored.length) io.finish(exitCodes.interrupted);
    else if (all.some(isLost)) io.finish(exitCodes.diverged);
  });
}

function isLost({ renewal, pruned }: RenewedTrace): boolean {
  return renewal.word === 'not found' && !pruned;
}

function summaryOf(all: readonly RenewedTrace[], total: number): string {
  const of = (word: RenewedTrace['renewal']['word']): number =>
    all.filter(({ renewal }) => renewal.word === word).length;
  const left = total - all.length;
  const rest = left === 0 ? '' : `, ${left} not looked at`;
  return (
    `${counted(total, 'trace')}: ${of('unchanged')} as they were, ${of('renewed')} renewed, ` +
    `${of('not found')} not found again${rest}\n`
  );
}

function addCorpusOptions(command: Command): void {
  command
    .option('--traces <folder>', 'the corpus (default: traces, or as the configuration file says)')
    .addOption(searchTimeOption());
  addOutputOptions(command);
}

/** Never the corpus of an installed package: it is written to. */
function folderOf(given: string | undefined, { project }: CommandIo): string {
  return given ?? relative('.', project.corpus ?? 'traces');
}

/**
 * The folder of a corpus to read. Where none was named, a project may not have one yet.
 *
 * @throws UsageError when the folder that was named is not there.
 */
function existingFolder(given: string | undefined, io: CommandIo): string {
  const folder = folderOf(given, io);
  const { namesCorpus = false, file } = io.project;
  if ((given !== undefined || namesCorpus) && !existsSync(folder)) {
    const namedBy = given === undefined ? `${file}: corpus ` : '';
    throw new UsageError(`${namedBy}${folder}: there is no such folder`, 'unreadable-input');
  }
  return folder;
}

function searchTime({ timeLimit }: CorpusOptions, { interrupt }: CommandIo): SearchTime {
  return { milliseconds: timeLimit, isInterrupted: () => interrupt.isSet };
}
