import type { Command } from 'commander';
import { type ReplayedTrace, replayed } from '../../application/corpus/replayedTrace.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import type { ReplayWord } from '../../checker/replay/replayOutcome.ts';
import { TraceError } from '../../checker/trace/readTrace.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import type { TextStyle } from '../../checker/trace/renderStyle.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { exitCodes } from '../exitCodes.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import { nextCommandLine } from '../output/commandLine.ts';
import { errorLine } from '../output/errorLine.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { stylerFor } from '../output/style.ts';

const help = `
Takes the steps of each trace again, on the model, settings, bounds and defects that the
trace names, and says what became of it in one of four words:
  reproduced      its steps still break (or reach) its property
  fixed           they can all be taken, and the property holds
  diverged        one of them cannot be taken any more
  not-applicable  there is no such model, version, setting, action or property

Exit codes: 0 every trace is reproduced; 2 a file cannot be read; 5 another outcome.`;

/** Adds `replay`. */
export function addReplayCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('replay')
    .summary('take the steps of traces again')
    .description('take the steps of traces again and say what became of them')
    .argument('<trace...>', 'trace files');
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action((files: string[], options: OutputOptions) => {
    const all: ReplayedTrace[] = [];
    const unreadable: TraceError[] = [];
    for (const file of files) {
      const result = replayFile(file, io.project.models);
      if (result instanceof TraceError) unreadable.push(result);
      else all.push(result);
    }
    if (options.json) printJson(io.stdout, 'replay', jsonOf(all, unreadable));
    else io.stdout.write(all.map(one => textOf(one, io, options)).join(''));
    for (const { message } of unreadable) io.stderr.write(errorLine(message, 'wrong-trace'));
    io.finish(exitCodeOf(all, unreadable));
  });
}

function replayFile(file: string, models: readonly ModelEntry[]): ReplayedTrace | TraceError {
  try {
    return replayed({ path: file, trace: readTraceFile(file) }, models);
  } catch (error) {
    if (error instanceof TraceError) return error;
    throw error;
  }
}

function exitCodeOf(all: readonly ReplayedTrace[], unreadable: readonly TraceError[]): number {
  if (unreadable.length > 0) return exitCodes.usage;
  const same = all.every(({ outcome }) => outcome.word === 'reproduced');
  return same ? exitCodes.holds : exitCodes.diverged;
}

function jsonOf(all: readonly ReplayedTrace[], unreadable: readonly TraceError[]) {
  return {
    replays: all.map(({ path: file, trace, outcome }) => ({
      file,
      model: trace.model.name,
      property: trace.property.name,
      outcome: outcome.word,
      step: outcome.step ?? null,
      reason: outcome.reason,
      differsFrom: outcome.differsFrom ?? null,
    })),
    unreadable: unreadable.map(({ file, message }) => ({ file, message })),
  };
}

/** What the JSON document of `replay` says. */
export type ReplayJson = ReturnType<typeof jsonOf>;

const styles: Readonly<Record<ReplayWord, TextStyle>> = {
  reproduced: 'green',
  fixed: 'yellow',
  diverged: 'red',
  'not-applicable': 'red',
};

function textOf(
  { path: file, trace, outcome }: ReplayedTrace,
  io: CommandIo,
  options: OutputOptions,
): string {
  const { word, step, reason, differsFrom } = outcome;
  const style = stylerFor(io.stdout, options.color);
  const at = step === undefined ? '' : ` at step ${step} of ${trace.steps.length}`;
  const lines = [
    `${printable(file)}: ${style(styles[word], word)}${at}`,
    `  ${printable(`${trace.property.name}: ${reason}`)}`,
  ];
  if (word !== 'reproduced') {
    lines.push(`  renew it: ${nextCommandLine(io.argv, ['corpus', 'renew', file])}`);
  }
  if (differsFrom !== undefined) {
    const where = differsFrom === 0 ? 'from the initial state on' : `from step ${differsFrom} on`;
    lines.push(`  the states are not the recorded ones ${where}: the model has changed`);
  }
  return `${lines.join('\n')}\n`;
}
