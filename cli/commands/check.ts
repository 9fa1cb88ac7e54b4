import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { UsageError } from '../../catalogue/usageError.ts';
import {
  isEarlier,
  lineExpected,
  parseRelease,
  releaseNamed,
} from '../../models/description/release.ts';
import { MOST_NODES } from '../../models/kafkaConfig/clusterSource.ts';
import { type ReleasePoint, releasePoints } from '../../models/replication/releases/points.ts';
import type { CheckOptions } from '../check/options.ts';
import { isOfCluster, runCheck } from '../check/runCheck.ts';
import { runMatrix } from '../matrix/runMatrix.ts';
import { addOutputOptions } from '../options/common.ts';
import { addLimitOptions, addSymmetryOption } from '../options/limits.ts';
import { addRandomOptions } from '../options/random.ts';
import { refuse } from '../options/refuse.ts';
import { addName, addPair, durationMs, wholeNumber } from '../options/values.ts';
import type { CommandIo } from '../output/io.ts';
import { addReporterOption } from '../reporters/reporter.ts';

const MOST_JOBS = 256;

const help = `
Without files: replays the corpus of traces, explores each model in several small scopes
completely and in larger ones at random, looks at what must happen at some time in every fair
run of small scopes and in random runs of large ones, and prints one table of verdicts for each.
A bound that
only one model has leaves the others as they are; a model that has none of the properties asked
for is left out.
With --matrix: explores the rules of every release under every setting and kind of failure.
With files: describes the cluster in them (docker-compose, server.properties, Kubernetes also with
Strimzi or Confluent's operator, values of Bitnami's chart, cp-ansible, Terraform of Amazon MSK,
what kafka-topics, kafka-configs and kafka-metadata-quorum print; beside them the settings of
clients, Connect, MirrorMaker, Spring; - is standard input), counts what it survives, and explores
how it keeps the records of its topics. Compose files are put together as docker compose does: a
later one adds to the services of an earlier one. With --long also a scope for each mistake that the
release is known to have.
With --client: what a producer or consumer with these settings of Kafka can lose, repeat or reorder,
such as acks=all,enable.idempotence=false or enable.auto.commit=false,auto.offset.reset=earliest;
commit=before, after, async or handedOver says what its program does about offsets.
With --budget: whatever did not get its turn in that time is named, and inconclusive.
With --shard: the corpus whole, every n-th of the scopes that are explored completely, and an n-th
of the random runs; what that leaves open is inconclusive, and a shard in which nothing broke ends
with 0. The shards of one seed do together what is done without --shard.

Exit codes: 0 all held; 1 violated; 2 wrong use or unreadable input; 3 inconclusive: a limit
ended a search; 4 vacuous: something was never put to the test, or impaired: a part of the cluster
is out of use as it is described; 5 a trace of the corpus is not reproduced; 70 a model crashed,
and all others were checked; 130 interrupted.`;

/** What a matrix is made of is fixed: its scopes, its questions, and that every state is explored. */
const notOfMatrix = [
  ...['kafkaVersion', 'brokers', 'client', 'full', 'explain', 'bootstrapServer', 'commandConfig'],
  ...['hostOf', 'failOn', 'baseline', 'writeBaseline', 'html'],
  ...['model', 'property', 'bound', 'long', 'traces', 'symmetry'],
  ...['seed', 'runs', 'maxSteps', 'shard', 'twice', 'budget', 'reporter'],
];
/** Of a cluster no corpus is replayed: it is of the models. */
const notOfFiles = ['model', 'traces'];

/** What a gate is told. */
const ofGate = ['hostOf', 'failOn', 'baseline', 'writeBaseline', 'html'];

/** Of models nothing is read. */
const ofFiles = ['kafkaVersion', 'brokers', 'full', 'explain', 'commandConfig', ...ofGate];

/** Adds `check`: the main job. */
export function addCheckCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('check')
    .summary('check the models, or the cluster that files describe')
    .description('check the models, or the cluster that configuration files describe')
    .argument(
      '[files...]',
      'files of one cluster, such as docker-compose or server.properties; - is standard input',
    );
  addEffortOptions(command);
  addRunningOptions(command);
  command
    .option('--kafka-version <version>', 'with files: the version, where no file tells it')
    .option(
      '--brokers <n>',
      'with files: how many brokers there are, where the files do not describe all',
      wholeNumber(1, MOST_NODES),
    )
    .option(
      '--client <settings>',
      'with or without files: a client by its settings, as acks=1,retries=0 (repeatable)',
      addName,
    )
    .option('--model <name>', 'without files: check only this model (repeatable)', addName)
    .option('--property <name>', 'check only this property (repeatable)', addName)
    .option(
      '--bound <name=value>',
      'change a bound of every scope that has it (repeatable)',
      addPair,
    )
    .option('--matrix', 'compute what each release and setting can lose (takes hours)')
    .option('--release <release>', 'with --matrix: only this release (repeatable)', addName)
    .option('--full', 'with files: explore everything, and print all sections')
    .option(
      '--explain <topic>',
      'with files: explain one section or topic of the answer (repeatable)',
      addName,
    )
    .option(
      '--host-of <node=host>',
      'with files: the machine of a node, where several may share one (repeatable)',
      addPair,
    )
    .addOption(
      new Option(
        '--fail-on <cause>',
        'with files: end with 1 for what the configuration does, or for any finding',
      ).choices(['configuration', 'any']),
    )
    .option('--baseline <file>', 'with files: accepted risks, which make nothing fail')
    .option('--write-baseline <file>', 'with files: write the findings as accepted risks')
    .option('--html <file>', 'with files: write the answer as one page that needs no network')
    .option('--no-advice', 'with files: look for no changes that help')
    .option('--long', 'also the scopes that take too long for every change')
    .option('--traces <folder>', "the corpus to replay (default: the project's traces/)")
    .option('--out <folder>', 'save the trace of every violation there; nothing is overwritten');
  addSymmetryOption(command);
  addLimitOptions(command);
  addOutputOptions(command);
  addReporterOption(command);
  command.addHelpText('after', help);
  command.action((files: string[], options: CheckOptions) => {
    const wanted = releasesOf(files, options);
    if (wanted !== undefined) refuse(command, notOfMatrix, 'belongs to check without --matrix');
    else if (isOfCluster(files, options))
      refuse(command, notOfFiles, 'belongs to check without files');
    else refuse(command, ofFiles, 'belongs to check with files');
    return wanted === undefined ? runCheck(files, options, io) : runMatrix(wanted, options, io);
  });
}

/**
 * The releases of which the guarantee matrix is asked for, if it is.
 *
 * @throws UsageError when options do not fit together or a release is unknown.
 */
function releasesOf(
  files: readonly string[],
  { matrix, release: names }: CheckOptions,
): readonly ReleasePoint[] | undefined {
  if (matrix !== true) {
    if (names === undefined) return undefined;
    throw new UsageError('--release belongs to --matrix');
  }
  if (files.length > 0) throw new UsageError('--matrix is about the model: it takes no files');
  const wanted = names?.map(lineNamed);
  return releasePoints.filter(point => wanted?.some(line => isOf(line, point)) ?? true);
}

/** A line of releases: the matrix has no patches. */
function lineNamed(name: string): string {
  const release = parseRelease(name);
  if (release !== undefined && release.patch.length === 0) return name;
  throw new UsageError(
    `--release: expected ${lineExpected}, as 3.8, found "${name}"`,
    'wrong-value',
  );
}

function isOf(line: string, { first, last }: ReleasePoint): boolean {
  const release = releaseNamed(line);
  return !isEarlier(release, releaseNamed(first)) && !isEarlier(releaseNamed(last), release);
}

/** How a running cluster is found, besides files or in their place. */
function addRunningOptions(command: Command): void {
  command
    .option(
      '--bootstrap-server <host:port>',
      'with or without files: a running cluster that is asked (needs @platformatic/kafka)',
    )
    .option(
      '--command-config <file>',
      "with --bootstrap-server: client properties for TLS and SASL, as Kafka's tools take them",
    );
}

function addEffortOptions(command: Command): void {
  command.option(
    '-j, --jobs <n>',
    'scopes explored at the same time',
    wholeNumber(1, MOST_JOBS),
    availableParallelism(),
  );
  addRandomOptions(command, { runs: 1000, maxSteps: 200 });
  command.option('--budget <duration>', 'the time for everything together: 60s, 10m', durationMs);
}
