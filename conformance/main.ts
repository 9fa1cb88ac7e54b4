import { Command, InvalidArgumentError } from 'commander';
import { brokerKinds } from './broker/kinds.ts';
import { controllerKinds } from './controller/kinds.ts';
import { KafkaUnavailable, type KafkaVersion, kafkaVersions } from './kafka/jars.ts';
import { missingTools } from './kafka/tools.ts';
import { type Checked, check, type Extent } from './lockstep/check.ts';
import { quorumKinds } from './quorum/kinds.ts';
import { playStored } from './stored/play.ts';
import { detailsText, isPassed, tableText } from './table.ts';
import { togetherKinds } from './together/kinds.ts';

/** The same on every machine and every day: what fails can be looked for. */
const SEED = 1;

interface Options {
  readonly steps: number;
  readonly defectSteps: number;
  readonly seed: number;
  readonly kind?: string;
  readonly kafka?: string;
  readonly ifPossible?: true;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}

const program = new Command('conformance')
  .description('Holds the models to the real Kafka, step by step.')
  .option('--steps <n>', 'steps of each kind that are compared', wholeNumber, 600)
  .option('--defect-steps <n>', 'steps in which to notice a defect of the model', wholeNumber, 300)
  .option('--seed <n>', 'seed of the first random run', wholeNumber, SEED)
  .option('--kind <text>', 'only kinds with this in their name')
  .option('--kafka <version>', `only this release: ${kafkaVersions.join(', ')}`)
  .option('--if-possible', 'no failure where Kafka cannot be run')
  .parse();

async function main(options: Options): Promise<void> {
  const extent: Extent = options;
  const jobs = kafkaVersions
    .filter(version => (options.kafka ?? version) === version)
    .flatMap(version => jobsOf(version, options.kind ?? '', extent));
  if (jobs.length === 0) throw new Error('no kind is named so');
  const results: Checked[] = [];
  // Model and Kafka wait for each other: two kinds at once are what two cores take.
  const work = async (): Promise<void> => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      const result = await job();
      results.push(result);
      process.stdout.write(tableText([result]).split('\n').slice(1).join('\n'));
    }
  };
  await Promise.all([work(), work()]);
  process.stdout.write(`\n${tableText(results)}`);
  for (const result of results) process.stdout.write(`${detailsText(result)}\n`);
  const failed = results.filter(result => !isPassed(result));
  process.stdout.write(
    `\n${results.length - failed.length} kinds agree, ${failed.length} do not\n`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function jobsOf(version: KafkaVersion, named: string, extent: Extent): (() => Promise<Checked>)[] {
  const isWanted = ({ name }: { readonly name: string }): boolean => name.includes(named);
  return [
    ...quorumKinds(version)
      .filter(isWanted)
      .map(kind => () => check(kind, extent)),
    ...controllerKinds(version)
      .filter(isWanted)
      .map(kind => () => check(kind, extent)),
    ...brokerKinds(version)
      .filter(isWanted)
      .map(kind => () => check(kind, extent)),
    ...togetherKinds(version)
      .filter(isWanted)
      .map(kind => () => check(kind, extent)),
    ...(isWanted({ name: 'stored traces' }) ? [() => playStored(version, extent)] : []),
  ];
}

const options = program.opts<Options>();
const missing = missingTools();
try {
  if (missing !== undefined) throw new KafkaUnavailable(missing);
  await main(options);
} catch (error) {
  if (!(error instanceof KafkaUnavailable)) throw error;
  const isSkipped = options.ifPossible === true;
  process.stdout.write(`conformance ${isSkipped ? 'skipped' : 'failed'}: ${error.message}\n`);
  process.exitCode = isSkipped ? 0 : 1;
}
