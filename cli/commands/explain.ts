import type { Command } from 'commander';
import { wrap } from '../../checker/trace/renderParts.ts';
import type { Explanation } from '../explain/explanation.ts';
import { explanations, explanationsOf } from '../explain/explanations.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';

const help = `
A code is the word in brackets after an error, the word of a verdict, or an exit code.

Exit codes: 0; 2 there is no such code.`;

/** Adds `explain`. */
export function addExplainCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('explain')
    .summary('say what an error, a verdict or an exit code means')
    .description('say what the code of an error, a verdict or an exit code means, and what to do')
    .argument('[code]', 'only this one; all of them if absent');
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action((code: string | undefined, options: OutputOptions) => {
    const asked = code === undefined ? explanations : explanationsOf(code);
    if (options.json) return printJson(io.stdout, 'explain', { explanations: asked });
    const { columns: width } = io.stdout;
    io.stdout.write(`${asked.map(each => textOf(each, width)).join('\n\n')}\n`);
  });
}

function textOf({ code, kind, meaning, advice, exitCode }: Explanation, width: number): string {
  const lines = [...wrap(meaning, width - 2), ...wrap(advice, width - 2)];
  return [`${code} (${kind}, exit code ${exitCode})`, ...lines.map(line => `  ${line}`)].join('\n');
}
