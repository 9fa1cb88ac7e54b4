import { type Command, Option } from 'commander';
import { writeTrace } from '../../checker/trace/readTrace.ts';
import { renderMermaid } from '../../checker/trace/renderMermaid.ts';
import { renderText } from '../../checker/trace/renderText.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import { commandLine } from '../output/commandLine.ts';
import type { CommandIo } from '../output/io.ts';
import { stylerFor } from '../output/style.ts';
import { faultNames } from '../reporters/faultNames.ts';

interface ShowOptions extends OutputOptions {
  readonly format: 'text' | 'json' | 'mermaid';
}

const formats: readonly ShowOptions['format'][] = ['text', 'json', 'mermaid'];

const help = `
Shows a trace from its file alone: the model is neither needed nor asked. Only a diagram
(mermaid) marks the steps that are faults, if it knows the model.

Exit codes: 0; 2 the file cannot be read.`;

/** Adds `show`. */
export function addShowCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('show')
    .summary('show a trace')
    .description('show a trace')
    .argument('<trace>', 'a trace file')
    .addOption(new Option('--format <format>', 'how to show it').choices(formats).default('text'));
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action((file: string, { format, json, color }: ShowOptions) => {
    const trace = readTraceFile(file);
    if (json || format === 'json') {
      io.stdout.write(writeTrace(trace));
      return;
    }
    if (format === 'mermaid') {
      io.stdout.write(renderMermaid(trace, { faults: faultNames(trace) }));
      return;
    }
    const text = renderText(trace, {
      command: { label: 'replay', text: commandLine(['replay', file]) },
      width: io.stdout.columns,
      style: stylerFor(io.stdout, color),
    });
    io.stdout.write(`${text}\n`);
  });
}
