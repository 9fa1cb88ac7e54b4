import { type Command, Option } from 'commander';
import { UsageError } from '../../catalogue/usageError.ts';
import { writeTrace } from '../../checker/trace/readTrace.ts';
import { renderItf } from '../../checker/trace/renderItf.ts';
import { renderMermaid } from '../../checker/trace/renderMermaid.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import { refuse } from '../options/refuse.ts';
import type { CommandIo } from '../output/io.ts';
import { stylerFor } from '../output/style.ts';
import { tracePage } from '../output/tracePage.ts';
import { traceText, whereabouts } from '../output/traceText.ts';

const formats = ['text', 'json', 'mermaid', 'itf', 'html'] as const;

interface ShowOptions extends OutputOptions {
  readonly format: (typeof formats)[number];
}

const help = `
Formats:
  text     a report of at most 40 lines, with a sequence diagram
  mermaid  a sequence diagram, as GitHub draws it
  html     a page in one file, to step through the states; several traces are compared in it
  itf      the Informal Trace Format of Apalache and Quint
  json     the trace itself

A trace is shown from its file alone. If its model is known here, what the model says of it is shown
as well: faults, messages, what each step depends on, and an explanation.

Exit codes: 0; 2 the file cannot be read.`;

/** Adds `show`. */
export function addShowCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('show')
    .summary('show a trace')
    .description('show a trace: as a report, a diagram or a page')
    .argument('<trace...>', 'a trace file; several for a page')
    .addOption(
      new Option('--format <format>', 'how to show it').choices([...formats]).default('text'),
    );
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action(async (files: string[], options: ShowOptions) => {
    if (options.json && options.format !== 'json') {
      refuse(command, ['format'], 'does not go with --json, which is --format json');
    }
    const format = options.json ? 'json' : options.format;
    io.stdout.write(await shown(files, format, io, options));
  });
}

async function shown(
  files: readonly string[],
  format: ShowOptions['format'],
  { stdout, commentary, argv }: CommandIo,
  { color }: ShowOptions,
): Promise<string> {
  const named = files.map(file => ({ file, trace: readTraceFile(file) }));
  if (format === 'html') return tracePage(named, commentary);
  const [first, ...others] = named;
  if (first === undefined || others.length > 0) {
    throw new UsageError(`show: ${files.length} traces; only --format html shows several`);
  }
  const { file, trace } = first;
  switch (format) {
    case 'json':
      return writeTrace(trace);
    case 'itf':
      return renderItf(trace);
    case 'mermaid':
      return renderMermaid(commentary.on(trace));
    case 'text': {
      const layout = { width: stdout.columns, style: stylerFor(stdout, color) };
      return `${traceText(commentary.on(trace), whereabouts(argv, file), layout)}\n`;
    }
  }
}
