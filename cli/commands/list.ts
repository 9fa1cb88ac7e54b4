import type { Command } from 'commander';
import { findNamed } from '../../catalogue/findNamed.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import type { CommandIo } from '../output/io.ts';
import { catalogueLines, modelJson } from '../output/modelReport.ts';
import { printJson } from '../output/printJson.ts';
import { stylerFor } from '../output/style.ts';

/** Adds `list`. */
export function addListCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('list')
    .summary('print models, settings, bounds, properties, actions and defects')
    .description('print what there is: models with settings, bounds, properties, actions, defects')
    .argument('[model]', 'only this model');
  addOutputOptions(command);
  command.addHelpText('after', '\nExit codes: 0; 2 there is no such model.');
  command.action((name: string | undefined, options: OutputOptions) => {
    const { models } = io.project;
    const entries = name === undefined ? models : [findNamed('model', name, models)];
    if (options.json) return printJson(io.stdout, 'list', { models: entries.map(modelJson) });
    const layout = { width: io.stdout.columns, style: stylerFor(io.stdout, options.color) };
    io.stdout.write(catalogueLines(entries, layout).join('\n'));
  });
}
