import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { DefectOutcome } from '../../application/defects/defectOutcome.ts';
import { type DefectPlan, defectPlans } from '../../application/defects/defectPlan.ts';
import { searchAtRandom } from '../../application/defects/randomSearch.ts';
import { runDefects } from '../../application/defects/runDefects.ts';
import type { Project } from '../../application/project/project.ts';
import type { TaskProgress } from '../../application/tasks/surroundings.ts';
import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { defectJson } from '../defects/defectJson.ts';
import { defectLines } from '../defects/defectText.ts';
import { randomJson, randomLines } from '../defects/randomText.ts';
import { reportOfDefects } from '../defects/reportOfDefects.ts';
import { saveDefects } from '../defects/savedDefects.ts';
import { exitCodes } from '../exitCodes.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import { addLimitOptions, addStateLimit, type LimitOptions, limitsOf } from '../options/limits.ts';
import { refuse } from '../options/refuse.ts';
import { addName, wholeNumber } from '../options/values.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { makeOutFolder } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';
import { withProgress } from '../output/withProgress.ts';
import { openReporters } from '../reporters/publish.ts';
import { addReporterOption, type ReporterOptions } from '../reporters/reporter.ts';

interface DefectsOptions extends OutputOptions, LimitOptions, ReporterOptions {
  readonly model?: readonly string[];
  readonly jobs: number;
  readonly out?: string;
  readonly random?: true;
  readonly seeds?: number;
}

const MOST_JOBS = 256;
const MOST_SEEDS = 1000;
const SEEDS = 5;
/** Milliseconds for each defect and seed, with --random. */
const RANDOM_TIME = 10_000;

const help = `
Switches each deliberate defect on, in the smallest scope that shows it, and explores until
the property that should catch it is broken: a property that lets its defect pass is too weak.
A defect that is too deep for that has a directed scenario, of which the steps are taken instead.
A defect that only keeps something from ever happening is looked for among the fair runs of its
scope, or in random runs that settle.
With --random each but these is looked for by random runs alone instead, in the same scope,
with several seeds, for 10 seconds each if --time-limit does not say otherwise.
A defect that another rule of the protocol hides is masked: alone it must break nothing in the
whole scope, and without that rule it must be caught.

Exit codes: 0 all are as expected; 1 one is not; 2 wrong use; 3 inconclusive: a limit
ended a search; 70 the model crashed; 130 interrupted.`;

/** How far random runs go is said in time; they save and report nothing. */
const notAtRandom = ['out', 'reporter', 'maxStates', 'memory'];

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
    .option('--random', 'by random runs alone: how many seeds find it, in how many steps')
    .option('--seeds <n>', 'with --random: how many seeds (default: 5)', wholeNumber(1, MOST_SEEDS))
    .option('--out <folder>', 'save the trace of every defect there; nothing is overwritten');
  addStateLimit(command);
  addLimitOptions(command);
  addOutputOptions(command);
  addReporterOption(command);
  command.addHelpText('after', help);
  command.action((names: string[], options: DefectsOptions) => {
    if (options.random) refuse(command, notAtRandom, 'does not go with --random');
    else refuse(command, ['seeds'], 'belongs to --random');
    return run(io, names, options);
  });
}

async function run(
  io: CommandIo,
  names: readonly string[],
  options: DefectsOptions,
): Promise<void> {
  const { jobs, quiet = false, out } = options;
  const plans = defectPlans(modelsOf(io.project, options.model), names, limitsOf(options));
  if (options.random) return runAtRandom(io, plans, options);
  const start = performance.now();
  const publish = openReporters(options, io);
  if (out !== undefined) makeOutFolder(out);
  const { project, interrupt } = io;
  const shown = { quiet, title: () => `${plans.length} defects ...`, label };
  const found = await withProgress(io, shown, onlooker =>
    runDefects(plans, { project, jobs, interrupt, ...onlooker }),
  );
  const outcomes = saveDefects(found, out);
  const exitCode = exitCodeOf(outcomes);
  const seconds = (performance.now() - start) / 1000;
  const layout = { width: io.stdout.columns, style: stylerFor(io.stdout, options.color) };
  publish({
    command: 'defects',
    text: () => `${defectLines(outcomes, layout).join('\n')}\n`,
    json: () => ({ defects: outcomes.map(defectJson) }),
    report: () => reportOfDefects({ outcomes, exitCode, seconds }),
  });
  io.finish(exitCode);
}

async function runAtRandom(
  io: CommandIo,
  plans: readonly DefectPlan[],
  options: DefectsOptions,
): Promise<void> {
  const { jobs, quiet = false, seeds = SEEDS, timeLimit = RANDOM_TIME } = options;
  const sought = plans.filter(({ way }) => !('liveness' in way));
  if (sought.length === 0) throw new UsageError('--random finds no defects of temporal properties');
  const { stdout, project, interrupt } = io;
  const shown = { quiet, title: () => `${sought.length} defects, ${seeds} seeds ...`, label };
  const outcomes = await withProgress(io, shown, onlooker =>
    searchAtRandom(sought, { seeds, timeLimit }, { project, jobs, interrupt, ...onlooker }),
  );
  const layout = { width: stdout.columns, style: stylerFor(stdout, options.color) };
  if (options.json) printJson(stdout, 'defects', { defects: outcomes.map(randomJson) });
  else stdout.write(`${randomLines(outcomes, layout).join('\n')}\n`);
  const verdicts = new Set(outcomes.map(({ verdict }) => verdict));
  if (verdicts.has('interrupted')) io.finish(exitCodes.interrupted);
  else io.finish(verdicts.has('missed') ? exitCodes.violated : exitCodes.holds);
}

/** The models that are named; all if none is. */
function modelsOf(
  { models }: Project,
  names: readonly string[] | undefined,
): readonly ModelEntry[] {
  return names?.map(name => findNamed('model', name, models)) ?? models;
}

function label({ task }: TaskProgress): string {
  return `defects: ${task.request.defects[0]}`;
}

function exitCodeOf(outcomes: readonly DefectOutcome[]): number {
  const verdicts = new Set(outcomes.map(({ verdict }) => verdict));
  if (verdicts.has('interrupted')) return exitCodes.interrupted;
  if (verdicts.has('not caught') || verdicts.has('not masked')) return exitCodes.violated;
  return verdicts.has('inconclusive') ? exitCodes.inconclusive : exitCodes.holds;
}
