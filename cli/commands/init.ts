import type { Command } from 'commander';
import { beginProject } from '../init/beginProject.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';

const help = `
Writes a small project that runs: the model of a lock with a lease, one property that fails on
purpose, a test for vitest, a configuration file, and a README that explains the trace.

Exit codes: 0; 2 a file is there already (nothing is written then), or cannot be written.`;

/** Adds `init`. */
export function addInitCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('init')
    .summary('begin a project of your own')
    .description('write a small model with a test, to begin from')
    .argument('[folder]', 'where to', '.');
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action((folder: string, options: OutputOptions) => {
    const files = beginProject(folder);
    if (options.json) return printJson(io.stdout, 'init', { folder, files });
    const go = folder === '.' ? [] : [`cd ${folder}`];
    const next = [...go, 'npm install', 'npm test', 'npx highwater check'];
    const lines = [
      ...files.map(file => `wrote ${file}`),
      '',
      'next:',
      ...next.map(line => `  ${line}`),
    ];
    io.stdout.write(`${lines.join('\n')}\n`);
  });
}
