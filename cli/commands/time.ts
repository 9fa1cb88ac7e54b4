import type { Command } from 'commander';
import { readCluster } from '../../application/check/clusterFiles.ts';
import { type TimedCluster, timedCluster } from '../../application/time/clusterTask.ts';
import { type SweptTimer, sweepTimes } from '../../application/time/sweep.ts';
import { timedStory } from '../../application/time/timedStory.ts';
import {
  type MeasuredTime,
  measureTime,
  type TimeOutcome,
  type TimeTask,
  timingOf,
} from '../../application/time/timeTask.ts';
import { findNamed } from '../../catalogue/findNamed.ts';
import type { TimingEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { durationFrom } from '../../checker/timed/durationText.ts';
import { wrap } from '../../checker/trace/renderParts.ts';
import { timeLimit } from '../../corpus/timeLimit.ts';
import type { Timer } from '../../models/description/timing.ts';
import { exitCodes } from '../exitCodes.ts';
import { addOutputOptions, type OutputOptions, type ScopeOptions } from '../options/common.ts';
import { LARGEST_SEED } from '../options/random.ts';
import { requestOf } from '../options/request.ts';
import { addPair, durationMs, type Pair, wholeNumber } from '../options/values.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { sweepJson, sweepText } from '../time/sweepText.ts';
import { timeJson } from '../time/timeJson.ts';
import { storyText, timerText, timeText } from '../time/timeText.ts';

interface TimeOptions extends OutputOptions, Pick<ScopeOptions, 'set'> {
  readonly fault?: string;
  readonly timer?: readonly Pair[];
  readonly sweep?: readonly Pair[];
  readonly seed: number;
  readonly runs: number;
  readonly first: number;
  readonly story?: string;
  readonly timeLimit?: number;
  readonly kafkaVersion?: string;
}

const help = `
Plays a model in virtual time, by Kafka's timers, and measures how long something takes after a
fault. Without --fault it lists the faults and the timers that there are.

A timer is so many milliseconds; what differs from time to time is 1..5 (any length between),
or ~3 (at a constant rate, 3 in the mean).

Exit codes: 0 measured; 2 wrong use; 3 a limit ended it: what was measured is printed; 4 no run
came to what is awaited; 70 the model crashed; 130 interrupted: what was measured is printed.`;

/** Adds `time`: how long something takes. */
export function addTimeCommand(program: Command, io: CommandIo): void {
  const command = program
    .command('time')
    .summary('measure in virtual time how long a failover takes')
    .description('measure in virtual time how long something takes after a fault')
    .argument('<model>', 'the model: kraft, cluster or zookeeper')
    .argument('[files...]', 'of the cluster, whose settings count: as "check" reads them')
    .option('--fault <name>', 'what happens; all of them are listed without')
    .option('--set <name=value>', 'change a setting of the model (repeatable)', addPair)
    .option('--timer <name=ms>', 'change a timer (repeatable)', addPair)
    .option('--sweep <name=ms,ms>', 'a timer by each of these values (twice at most)', addPair)
    .option('--runs <n>', 'how many timed runs', wholeNumber(1, 10_000_000), 1000)
    .option('--seed <n>', 'the seed of everything that is drawn', wholeNumber(0, LARGEST_SEED), 1)
    .option('--first <n>', 'the number of the first run', wholeNumber(0, 1_000_000_000), 0)
    .option('--story <which>', 'tell a run from the fault on: "slowest", or its number')
    .option('--kafka-version <version>', 'of the cluster, where no file tells it')
    .option('--time-limit <duration>', 'stop after this time, for instance 60s', durationMs);
  addOutputOptions(command);
  command.addHelpText('after', help);
  command.action(async (name: string, files: readonly string[], options: TimeOptions) => {
    const entry = findNamed('model', name, io.project.models);
    const timing = timingOf(entry, io.project.models);
    if (options.fault === undefined) {
      io.stdout.write(`${listed(entry.name, timing, io.stdout.columns).join('\n')}\n`);
      return;
    }
    const { config } = requestOf(entry, {}, options);
    const found = files.length === 0 ? undefined : clusterOf(name, files, options);
    const given = {
      ...options,
      model: name,
      config: { ...found?.config, ...config },
      fault: options.fault,
    };
    const task = taskOf(given, timing);
    const whole = { ...task, timers: { ...found?.timers, ...task.timers } };
    if (options.sweep === undefined) return measure(io, whole, options, found?.notes);
    const swept = options.sweep.map(pair => sweptOf(pair, timing));
    return sweep(io, whole, swept, options);
  });
}

/** What files say of the cluster. */
function clusterOf(
  model: string,
  files: readonly string[],
  { kafkaVersion, fault = '' }: TimeOptions,
): TimedCluster {
  const found = timedCluster(readCluster(files, { kafkaVersion }), fault);
  if (found.model !== model)
    throw new UsageError(`these files are of another model: time ${found.model} <files...>`);
  return found;
}

function taskOf(
  given: TimeOptions & { model: string; config: TimeTask['config']; fault: string },
  timing: TimingEntry,
): TimeTask {
  const { model, config, fault, seed, runs, first, timer = [] } = given;
  const timers = timer.map(pair => [pair.name, timerOf(pair, timing)] as const);
  return { model, config, fault, timers: Object.fromEntries(timers), seed, runs, first };
}

function sweptOf({ name, value }: Pair, timing: TimingEntry): SweptTimer {
  const values = value.split(',').map(each => timerOf({ name, value: each }, timing, '--sweep'));
  return { name, values };
}

function timerOf({ name, value }: Pair, { timers }: TimingEntry, option = '--timer'): Timer {
  const { value: like } = findNamed('timer', name, timers);
  const duration = durationFrom(value);
  const isNumber = typeof like === 'number';
  if (duration === undefined || (isNumber && duration.kind !== 'fixed')) {
    const expected = isNumber
      ? 'milliseconds, such as 2000'
      : 'milliseconds, such as 2, 1..5 or ~3';
    throw new UsageError(
      `${option} ${name}: expected ${expected}, found "${value}"`,
      'wrong-value',
    );
  }
  return isNumber && duration.kind === 'fixed' ? duration.ms : duration;
}

async function measure(
  io: CommandIo,
  task: TimeTask,
  options: TimeOptions,
  notes: readonly string[] = [],
): Promise<void> {
  const { story, quiet, json } = options;
  if (quiet !== true) io.stderr.write(`time ${task.model}: ${task.fault} ...\n`);
  const limit = options.timeLimit ?? Number.POSITIVE_INFINITY;
  const control = timeLimit(limit, () => io.interrupt.isSet);
  const outcome = await measureTime(task, io.project.models, control);
  const number = story === undefined ? undefined : numberOf(story, outcome);
  const steps = number === undefined ? undefined : timedStory(task, io.project.models, number);
  if (json) printJson(io.stdout, 'time', timeJson(outcome, steps));
  else {
    const { columns: width } = io.stdout;
    const told = number === undefined || steps === undefined ? [] : storyText(steps, number, width);
    const noted = notes.flatMap(note => wrap(note, width));
    io.stdout.write(`${[...timeText(outcome, width), ...noted, ...told].join('\n')}\n`);
  }
  if (io.interrupt.isSet) io.finish(exitCodes.interrupted);
  else if (outcome.stopped !== undefined) io.finish(exitCodes.inconclusive);
  else if (outcome.measured.every(({ summary }) => summary === undefined)) {
    io.finish(exitCodes.vacuous);
  }
}

async function sweep(
  io: CommandIo,
  task: TimeTask,
  swept: readonly SweptTimer[],
  { quiet, json, story, timeLimit: limit = Number.POSITIVE_INFINITY }: TimeOptions,
): Promise<void> {
  if (story !== undefined)
    throw new UsageError('--story tells a run of one choice of timers: leave --sweep out');
  if (quiet !== true) io.stderr.write(`time ${task.model}: ${task.fault}, by several timers ...\n`);
  const control = timeLimit(limit, () => io.interrupt.isSet);
  const points = await sweepTimes(task, swept, io.project.models, control);
  if (json) printJson(io.stdout, 'time --sweep', sweepJson(points, swept));
  else io.stdout.write(`${sweepText(points, swept, io.stdout.columns).join('\n')}\n`);
  if (io.interrupt.isSet) io.finish(exitCodes.interrupted);
  else if (points.some(({ outcome }) => outcome.stopped !== undefined)) {
    io.finish(exitCodes.inconclusive);
  }
}

/** The number of the run that is to be told. */
function numberOf(story: string, { task, measured, meant, runs }: TimeOutcome): number {
  const first = task.first ?? 0;
  if (story === 'slowest') return meant[slowestOf(measured.at(-1))] ?? first;
  const number = Number(story);
  if (!/^\d+$/.test(story) || number < first || number >= first + runs) {
    const known = `"slowest" or a number from ${first} to ${first + runs - 1}`;
    throw new UsageError(`--story: expected ${known}, found "${story}"`, 'wrong-value');
  }
  return number;
}

/** Which of the runs that were measured took longest, counted from 0. */
function slowestOf(last: MeasuredTime | undefined): number {
  const lengths = last?.lengths ?? [];
  const most = lengths.reduce<number>((high, length) => Math.max(high, length ?? 0), 0);
  return Math.max(0, lengths.indexOf(most));
}

function listed(model: string, { faults, timers }: TimingEntry, width: number): string[] {
  const lines = (name: string, text: string): string[] => {
    const [first = '', ...rest] = wrap(text, Math.max(20, width - 28));
    return [`  ${name.padEnd(26)}${first}`, ...rest.map(line => ' '.repeat(28) + line)];
  };
  return [
    `${model}: faults (--fault name)`,
    ...faults.flatMap(({ name, text }) => lines(name, text)),
    '',
    `${model}: timers (--timer name=ms)`,
    ...timers.flatMap(({ name, value, meaning }) => lines(`${name}=${timerText(value)}`, meaning)),
  ];
}
