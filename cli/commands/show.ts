import { type Command, Option } from 'commander';
import { writeTrace } from '../../checker/trace/readTrace.ts';
import { renderText } from '../../checker/trace/renderText.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import { commandLine } from '../output/commandLine.ts';
import type { CommandIo } from '../output/io.ts';
import { stylerFor } from '../output/style.ts';
import { readTraceFile } from '../tasks/readTraceFile.ts';

interface ShowOptions extends OutputOptions {
  readonly format: 'text' | 'json';
}

const formats: readonly ShowOptions['format'][] = ['text', 'json'];

const help = `
Shows a trace from its file alone: the model is neither needed nor asked.

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
    const text = renderText(trace, {
      command: { label: 'replay', text: commandLine(['replay', file]) },
      width: io.stdout.columns,
      style: stylerFor(io.stdout, color),
    });
    io.stdout.write(`${text}\n`);
  });
}
