import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { measureTime } from '../../application/time/timeTask.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { RandomSource } from '../../checker/core/randomSource.ts';
import { type Summary, summaryOf } from '../../checker/timed/statistics.ts';
import { Cluster } from '../live/cluster.ts';
import { Scene } from '../live/scene.ts';
import { type MeasuredFault, measuredFaults, modelOf, shapeOf, timersOf } from './faults.ts';
import { type Failover, measureFailover } from './measure.ts';

/*
 * Failovers of a real cluster on this machine beside those of the model in virtual time, by the same timers:
 * `npm run conformance:timing`.
 */

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}

const program = new Command('conformance:timing')
  .description('Measures failovers of a real cluster beside those of the model.')
  .option('--times <n>', 'failovers of each kind', wholeNumber, 30)
  .option('--runs <n>', 'timed runs of each kind', wholeNumber, 3000)
  .option('--fault <text>', 'only faults with this in their name')
  .option('--out <file>', 'write every length there, as JSON')
  .parse();

interface Options {
  readonly times: number;
  readonly runs: number;
  readonly fault?: string;
  readonly out?: string;
}

/** Both measurements of one fault. */
interface Beside {
  readonly fault: string;
  readonly timers: Readonly<Record<string, number>>;
  readonly measured: readonly Failover[];
  readonly simulated: Readonly<Record<string, Summary | undefined>>;
}

async function main({ times, runs, fault = '', out }: Options): Promise<void> {
  const all: Beside[] = [];
  for (const each of measuredFaults.filter(({ name }) => name.includes(fault))) {
    const simulated = await simulate(each, runs);
    all.push({
      fault: `${each.mode}: ${each.name}`,
      timers: timersOf(each),
      measured: await onCluster(each, times),
      simulated,
    });
    process.stdout.write(tableOf(all.slice(-1)));
    if (out !== undefined) writeFileSync(out, `${JSON.stringify({ all }, null, 1)}\n`);
  }
  if (all.length === 0) throw new Error('no fault is named so');
}

async function simulate(
  fault: MeasuredFault,
  runs: number,
): Promise<Record<string, Summary | undefined>> {
  const task = {
    ...modelOf(fault),
    fault: fault.fault,
    timers: timersOf(fault),
    seed: 1,
    runs,
  };
  const { measured } = await measureTime(task, builtInModels);
  return Object.fromEntries(measured.map(({ name, lengths }) => [name, summaryOf(lengths)]));
}

async function onCluster(fault: MeasuredFault, times: number): Promise<Failover[]> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const cluster = new Cluster(shapeOf(fault), say);
  const random = new RandomSource(1);
  const failovers: Failover[] = [];
  try {
    await cluster.open();
    const scene = new Scene(cluster, say);
    await scene.begin(cluster.shape.brokers, { 'min.insync.replicas': '2' });
    for (let time = 0; time < times; time++) {
      failovers.push(await measureFailover(scene, fault, () => random.unit()));
      say(`${time + 1} of ${times}: ${JSON.stringify(failovers.at(-1))}`);
    }
  } finally {
    cluster.close();
  }
  return failovers;
}

function tableOf(all: readonly Beside[]): string {
  const lines = all.flatMap(({ fault, measured, simulated }) =>
    Object.keys(measured[0] ?? {}).flatMap(name => [
      row(`${fault}, ${name}, real`, summaryOf(measured.map(each => each[name]))),
      row(`${fault}, ${name}, model`, simulated[name]),
    ]),
  );
  return `${lines.join('\n')}\n`;
}

function row(title: string, summary: Summary | undefined): string {
  if (summary === undefined) return `| ${title} | 0 |`;
  const { n, min, mean, meanInterval, p50, p90, max } = summary;
  const within = `${ms(mean)} ± ${ms(meanInterval[1] - mean)}`;
  return `| ${[title, String(n), ms(min), within, ...[p50, p90, max].map(ms)].join(' | ')} |`;
}

function ms(value: number): string {
  return String(Math.round(value));
}

process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(130));
await main(program.opts<Options>());
