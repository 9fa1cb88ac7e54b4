import type { Command } from 'commander';
import { type Shortening, shortenReproduced } from '../../application/corpus/shortenReproduced.ts';
import { counted } from '../../checker/results/numbers.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { exitCodes } from '../exitCodes.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import { searchTimeOption } from '../options/searchTime.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { makeOutFolder, saveTrace, traceName } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';
import { traceText, whereabouts } from '../output/traceText.ts';

interface ShrinkOptions extends OutputOptions {
  readonly out?: string;
  readonly timeLimit: number;
}

const help = `
Replays the trace, leaves out every step that its failure does not need, and then looks for a
shorter way in its scope: breadth first, so that one it finds is a shortest one.

Exit codes: 0 the trace is reproduced, whether or not it could be shortened; 2 the file cannot be
read; 5 the trace is not reproduced; 70 the model crashed; 130 interrupted: what was found until
then is shown.`;

/** Adds `shrink`: the short form of a stored trace. */
export function addShrinkCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('shrink')
    .summary('shorten a trace')
    .description('shorten a trace, and say whether there is no shorter one')
    .argument('<trace>', 'a trace file')
    .addOption(searchTimeOption())
    .option('--out <folder>', 'save the short trace there; nothing is overwritten');
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action(async (file: string, options: ShrinkOptions) => {
    const trace = readTraceFile(file);
    if (options.out !== undefined) makeOutFolder(options.out);
    const time = { milliseconds: options.timeLimit, isInterrupted: () => io.interrupt.isSet };
    const { outcome, shortened } = await shortenReproduced(trace, io.project.models, time);
    const saved = savedIn(options.out, shortened);
    const report: ShrinkReport = {
      file,
      trace,
      outcome,
      ...(shortened === undefined ? {} : { shortened }),
      ...(saved === undefined ? {} : { saved }),
    };
    if (options.json) printJson(io.stdout, 'shrink', jsonOf(report));
    else io.stdout.write(textOf(report, io, options));
    if (shortened === undefined) io.finish(exitCodes.diverged);
    else if (io.interrupt.isSet) io.finish(exitCodes.interrupted);
  });
}

/** A trace, what became of it, and its short form. */
interface ShrinkReport extends Shortening {
  readonly file: string;
  readonly trace: TraceFile;
  /** Where the short form was saved. */
  readonly saved?: string;
}

function savedIn(out: string | undefined, shortened: TraceFile | undefined): string | undefined {
  if (out === undefined || shortened === undefined) return undefined;
  return saveTrace(out, traceName(shortened), shortened);
}

function jsonOf({ file, trace, outcome, shortened, saved }: ShrinkReport) {
  return {
    file,
    outcome: outcome.word,
    reason: outcome.reason,
    before: trace.steps.length,
    after: shortened?.steps.length ?? null,
    shortest: shortened?.explored.shortest ?? null,
    unproved: shortened?.explored.unproved ?? null,
    saved: saved ?? null,
    trace: shortened ?? null,
  };
}

/** What the JSON document of `shrink` says. */
export type ShrinkJson = ReturnType<typeof jsonOf>;

function textOf(report: ShrinkReport, io: CommandIo, { color }: ShrinkOptions): string {
  const { file, trace, outcome, shortened, saved } = report;
  const before = trace.steps.length;
  if (shortened === undefined) {
    const step = outcome.step === undefined ? '' : ` at step ${outcome.step} of ${before}`;
    return `${printable(`${file}: ${outcome.word}${step}: ${outcome.reason}`)}\n`;
  }
  const after = shortened.steps.length;
  const lines = [
    `${printable(file)}: ${counted(before, 'step')} before, ${after} after`,
    '',
    traceText(io.commentary.on(shortened), whereabouts(io.argv, saved), {
      width: io.stdout.columns,
      style: stylerFor(io.stdout, color),
    }),
  ];
  return `${lines.join('\n')}\n`;
}
