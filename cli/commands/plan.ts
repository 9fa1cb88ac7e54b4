import type { Command } from 'commander';
import { Variants } from '../../application/advice/variants.ts';
import {
  losesSomething,
  type PlannedCluster,
  plannedCluster,
} from '../../application/plan/planCluster.ts';
import { layoutsFor, outageIn } from '../../application/plan/survive.ts';
import { TimeBudget } from '../../application/tasks/timeBudget.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { newestRelease, parseVersion } from '../../models/description/release.ts';
import { exitCodes } from '../exitCodes.ts';
import { addOutputOptions, type OutputOptions } from '../options/common.ts';
import { durationMs, wholeNumber } from '../options/values.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { withProgress } from '../output/withProgress.ts';
import { planJson, planLines } from '../plan/planText.ts';

const help = `
Says which cluster is the smallest that survives what fails together: "1 broker", "1 zone",
"1 broker + 1 zone", "1 node" (a broker, or a controller). Everything that fails loses its power, and every acknowledged
record is on a broker that is left. With --writable acks=all writes go on meanwhile. Replicas and
voters are spread over zones evenly. The quorum is played, and what one failure costs is explored;
of many copies that is counted alone.

Exit codes: 0; 1 the release loses records all the same; 2 wrong use; 4 nothing survives it.`;

interface PlanCommandOptions extends OutputOptions {
  readonly survive: string;
  readonly writable?: boolean;
  readonly combined?: boolean;
  readonly zones?: number;
  readonly kafkaVersion: string;
  readonly budget: number;
}

/** Adds `plan`. */
export function addPlanCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('plan')
    .summary('find the smallest cluster that survives given failures')
    .description('find the smallest cluster, and its settings, that survives given failures')
    .requiredOption('--survive <failures>', 'what fails together: "1 broker + 1 zone"')
    .option('--writable', 'acks=all writes go on meanwhile')
    .option('--combined', 'brokers are the controllers as well')
    .option('--zones <n>', 'so many zones there are', wholeNumber(1, 9))
    .option('--kafka-version <version>', 'by the rules of this release', newestRelease)
    .option('--budget <duration>', 'the time for everything together', durationMs, 60_000);
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action((options: PlanCommandOptions) => runPlan(options, io));
}

async function runPlan(options: PlanCommandOptions, io: CommandIo): Promise<void> {
  const { survive, writable = false, combined = false, zones, kafkaVersion } = options;
  const outage = outageIn(survive);
  if (outage === undefined) {
    const expected = 'expected numbers of brokers, zones and controllers, as "1 broker + 1 zone"';
    throw new UsageError(`--survive: ${expected}, found "${survive}"`, 'wrong-value');
  }
  if (parseVersion(kafkaVersion) === undefined) {
    throw new UsageError(
      `--kafka-version: expected a release, found "${kafkaVersion}"`,
      'wrong-value',
    );
  }
  const wanted = { outage, isWritable: writable, isCombined: combined, zones };
  const planned = await exploredPlans(wanted, options, io);
  if (options.json) printJson(io.stdout, 'plan', planJson(planned, wanted, survive));
  else {
    const lines = planLines(planned, wanted, { width: io.stdout.columns, asked: survive });
    io.stdout.write(`${lines.join('\n')}\n`);
  }
  if (planned.length === 0) io.finish(exitCodes.vacuous);
  else io.finish(planned.some(losesSomething) ? exitCodes.violated : exitCodes.holds);
}

/** The layouts one after the other: what they have in common is explored once. */
function exploredPlans(
  wanted: Parameters<typeof layoutsFor>[0],
  { kafkaVersion, budget }: PlanCommandOptions,
  io: CommandIo,
): Promise<readonly PlannedCluster[]> {
  const { project, interrupt } = io;
  const shown = {
    quiet: false,
    title: (tasks: number) => `exploring ${tasks} scopes`,
    label: () => 'exploring',
  };
  return withProgress(io, shown, async onlooker => {
    const variants = new Variants({
      models: project.models,
      request: { seed: 1, runs: 1, maxSteps: 1, symmetry: true, limits: {}, jobs: 1 },
      budget: new TimeBudget(budget),
      surroundings: { project, jobs: 1, interrupt, ...onlooker },
    });
    const { isCombined } = wanted;
    const planned: PlannedCluster[] = [];
    for (const layout of layoutsFor(wanted)) {
      planned.push(await plannedCluster(layout, { isCombined, kafkaVersion }, variants));
    }
    return planned;
  });
}
