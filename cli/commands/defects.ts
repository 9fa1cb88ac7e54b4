import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { ModelEntry } from '../catalogue/modelEntry.ts';
import { catalogue, findModel } from '../catalogue.ts';
import { defectJson } from '../defects/defectJson.ts';
import type { DefectOutcome } from '../defects/defectOutcome.ts';
import { defectPlans } from '../defects/defectPlan.ts';
import { defectLines } from '../defects/defectText.ts';
import { runDefects } from '../defects/runDefects.ts';
import { exitCodes } from '../errors.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import { addLimitOptions, addStateLimit, type LimitOptions, limitsOf } from '../options/limits.ts';
import { addName, wholeNumber } from '../options/values.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { makeOutFolder } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';

interface DefectsOptions extends OutputOptions, LimitOptions {
  readonly model?: readonly string[];
  readonly jobs: number;
  readonly out?: string;
}

const MOST_JOBS = 256;

const help = `
Switches each deliberate defect on, in the smallest scope that shows it, and explores until
the property that should catch it is broken: a property that lets its defect pass is too weak.
A defect that is too deep for that has a directed scenario, of which the steps are taken instead.
A defect that another rule of the protocol hides is masked: alone it must break nothing in the
whole scope, and without that rule it must be caught.

Exit codes: 0 all are as expected; 1 one is not; 2 wrong use; 3 inconclusive: a limit
ended a search; 70 the model crashed; 130 interrupted.`;

/** Adds `defects`. */
export function addDefectsCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('defects')
    .summary('show that every deliberate defect is caught')
    .description('switch each deliberate defect on and report which property catches it')
    .argument('[name...]', 'only these defects')
    .option('--model <name>', 'only the defects of this model (repeatable)', addName)
    .option(
      '-j, --jobs <n>',
      'searches at the same time',
      wholeNumber(1, MOST_JOBS),
      availableParallelism(),
    )
    .option('--out <folder>', 'save the trace of every defect there; nothing is overwritten');
  addStateLimit(command);
  addLimitOptions(command);
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action((names: string[], options: DefectsOptions) => run(io, names, options));
}

async function run(
  io: CommandIo,
  names: readonly string[],
  options: DefectsOptions,
): Promise<void> {
  const { jobs, quiet = false, out } = options;
  const plans = defectPlans(modelsOf(options.model), names, limitsOf(options));
  if (out !== undefined) makeOutFolder(out);
  const outcomes = await runDefects(plans, { jobs, quiet, out }, io);
  if (options.json) printJson(io.stdout, 'defects', { defects: outcomes.map(defectJson) });
  else {
    const layout = { width: io.stdout.columns, style: stylerFor(io.stdout, options.color) };
    io.stdout.write(`${defectLines(outcomes, layout).join('\n')}\n`);
  }
  io.finish(exitCodeOf(outcomes));
}

function modelsOf(names: readonly string[] | undefined): readonly ModelEntry[] {
  return names === undefined ? catalogue : names.map(findModel);
}

function exitCodeOf(outcomes: readonly DefectOutcome[]): number {
  const verdicts = new Set(outcomes.map(({ verdict }) => verdict));
  if (verdicts.has('interrupted')) return exitCodes.interrupted;
  if (verdicts.has('not caught') || verdicts.has('not masked')) return exitCodes.violated;
  return verdicts.has('inconclusive') ? exitCodes.inconclusive : exitCodes.holds;
}
