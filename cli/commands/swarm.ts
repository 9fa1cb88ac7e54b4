import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import type { SwarmResult } from '../../application/swarm/conclude.ts';
import { Interrupted } from '../../application/swarm/playSeeds.ts';
import { swarmResult, swarmStatus } from '../../application/swarm/queue/status.ts';
import { submitSwarm } from '../../application/swarm/queue/submit.ts';
import { workOnSwarms } from '../../application/swarm/queue/work.ts';
import { runSwarm } from '../../application/swarm/runSwarm.ts';
import type { SeedRange, Swarm } from '../../application/swarm/swarm.ts';
import { errorOf } from '../../application/tasks/failure.ts';
import { findNamed } from '../../catalogue/findNamed.ts';
import { counted } from '../../checker/results/numbers.ts';
import { exitCodes } from '../exitCodes.ts';
import {
  addChosenScope,
  addOutputOptions,
  type OutputOptions,
  type ScopeOptions,
} from '../options/common.ts';
import { LARGEST_SEED } from '../options/random.ts';
import { requestOf } from '../options/request.ts';
import { durationMs, wholeNumber } from '../options/values.ts';
import { commandLine } from '../output/commandLine.ts';
import { reportFailure } from '../output/failure.ts';
import type { CommandIo } from '../output/io.ts';
import { printJson } from '../output/printJson.ts';
import { makeOutFolder, saveTrace, traceName } from '../output/saveTrace.ts';
import { stylerFor } from '../output/style.ts';
import { traceText, whereabouts } from '../output/traceText.ts';
import { exitCodeOf } from '../output/verdict.ts';
import { statusPage } from '../swarm/statusPage.ts';
import { statusText } from '../swarm/statusText.ts';
import { statusJson, swarmJson } from '../swarm/swarmJson.ts';
import { swarmText } from '../swarm/swarmText.ts';

const help = `
Random runs of one scope with many seeds, divided among workers on any number of machines. The jobs
are in a queue (BullMQ, on a Redis or Valkey that you have); docs/swarm.md tells how. What comes of it
is what "swarm run" comes to without a queue, however many workers there are and whichever of them die:
each seed counts once, and each property that breaks is shortened once.

  highwater swarm submit cluster --seeds 1-500 --runs 1000 --redis redis://queue:6379
  highwater swarm work --redis redis://queue:6379        on each machine, once for each core
  highwater swarm result <id> --wait --out found`;

const resultHelp = `
Exit codes: as those of simulate; 3 where the result is not there yet.`;

interface QueueOptions {
  readonly redis: string;
  readonly queue: string;
}

interface SwarmOptions extends Omit<ScopeOptions, 'out'> {
  readonly seeds: SeedRange;
  readonly runs: number;
  readonly maxSteps: number;
  readonly keepGoing?: true;
}

/** Adds `swarm` with what can be done to one. */
export function addSwarmCommand(program: Command, io: CommandIo): void {
  const swarm = program
    .command('swarm')
    .summary('make random runs on a fleet')
    .description('make random runs with many seeds, on any number of machines')
    .addHelpText('after', help);
  addSubmit(swarm, io);
  addWork(swarm, io);
  addStatus(swarm, io);
  addResult(swarm, io);
  addRun(swarm, io);
}

function addSubmit(swarm: Command, io: CommandIo): void {
  const command = swarm
    .command('submit')
    .description('put random runs into the queue, and print what they are called there')
    .argument('<model>', 'the model; "highwater list" prints them');
  addSwarmOptions(command);
  command.option(
    '--seeds-per-job <n>',
    'what a worker that dies costs at most',
    wholeNumber(1, LARGEST_SEED),
    1,
  );
  addQueueOptions(command);
  addOutputOptions(command);
  command.action(
    async (
      model: string,
      options: SwarmOptions & QueueOptions & OutputOptions & { seedsPerJob: number },
    ) => {
      const { redis, queue, seedsPerJob, json } = options;
      const place = { redis, queue, seedsPerJob };
      const submitted = await submitSwarm(swarmOf(model, options, io), io.project, place);
      if (json) return printJson(io.stdout, 'swarm submit', submitted);
      io.stdout.write(`${submitted.id}\n`);
      io.stderr.write(`${counted(submitted.parts, 'job')} in the queue ${queue}\n`);
    },
  );
}

function addWork(swarm: Command, io: CommandIo): void {
  const command = swarm
    .command('work')
    .description('take jobs from the queue and do them, one at a time, until it is stopped')
    .argument('[swarm]', 'end when this one is over')
    .option('--name <name>', 'what it is called in the status', `${hostname()}-${process.pid}`)
    .option(
      '--stalled-after <duration>',
      'give the job of a worker that says nothing for so long to another',
      durationMs,
      30_000,
    )
    .option('-q, --quiet', 'do not say what is done');
  addQueueOptions(command);
  command.addHelpText(
    'after',
    '\nExit codes: 0 it was stopped, or the swarm is over; 2 wrong use, no queue, or jobs of another version.',
  );
  command.action(
    async (
      until: string | undefined,
      options: QueueOptions & { name: string; stalledAfter: number; quiet?: true },
    ) => {
      const { quiet, ...how } = options;
      await workOnSwarms(io.project, {
        ...how,
        ...(until === undefined ? {} : { until }),
        interrupt: io.interrupt,
        ...(quiet === true ? {} : { tell: line => io.stderr.write(`${line}\n`) }),
      });
    },
  );
}

function addStatus(swarm: Command, io: CommandIo): void {
  const command = swarm
    .command('status')
    .description('say how swarms stand, in a line each')
    .argument('[swarm]', 'only this one')
    .option('--page <file>', 'write it as a page, which a browser reads again every five seconds');
  addQueueOptions(command);
  addOutputOptions(command);
  command.action(
    async (
      id: string | undefined,
      { page, json, ...place }: QueueOptions & OutputOptions & { page?: string },
    ) => {
      const status = await swarmStatus(place, id);
      if (page !== undefined) writeFileSync(page, statusPage(status));
      if (json) return printJson(io.stdout, 'swarm status', statusJson(status));
      io.stdout.write(`${statusText(status).join('\n')}\n`);
    },
  );
}

function addResult(swarm: Command, io: CommandIo): void {
  const command = swarm
    .command('result')
    .description('say what a swarm came to')
    .argument('<swarm>', 'as submit has printed it')
    .option('--wait', 'wait until it is over')
    .option('--out <folder>', 'save the trace of every violation there; nothing is overwritten');
  addQueueOptions(command);
  addOutputOptions(command);
  command.addHelpText('after', resultHelp);
  command.action(async (id: string, options: QueueOptions & PrintOptions & { wait?: true }) => {
    const { wait = false, redis, queue } = options;
    const isInterrupted = (): boolean => io.interrupt.isSet;
    const result = await swarmResult(id, { redis, queue, wait, isInterrupted });
    if (result !== undefined) return printResult(io, 'swarm result', result, options);
    if (isInterrupted()) return io.finish(exitCodes.interrupted);
    io.stderr.write(`swarm ${id} is not over: "${commandLine(['swarm', 'status', id])}"\n`);
    io.finish(exitCodes.inconclusive);
  });
}

function addRun(swarm: Command, io: CommandIo): void {
  const command = swarm
    .command('run')
    .description('do the same here, in one process and without a queue')
    .argument('<model>', 'the model; "highwater list" prints them')
    .option('--out <folder>', 'save the trace of every violation there; nothing is overwritten');
  addSwarmOptions(command);
  addOutputOptions(command);
  command.addHelpText('after', resultHelp);
  command.action(async (model: string, options: SwarmOptions & PrintOptions) => {
    try {
      const hooks = { isInterrupted: () => io.interrupt.isSet };
      const result = await runSwarm(swarmOf(model, options, io), io.project, hooks);
      printResult(io, 'swarm run', result, options);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      io.finish(exitCodes.interrupted);
    }
  });
}

function addSwarmOptions(command: Command): void {
  const most = wholeNumber(1, 1_000_000_000);
  command
    .option('--seeds <range>', 'the seeds, as 1-100', seedRange, { first: 1, count: 100 })
    .option('--runs <n>', 'random runs of each seed', most, 1000)
    .option('--max-steps <n>', 'the longest random run, in steps', wholeNumber(1, 100_000), 100)
    .option('--keep-going', 'play all seeds, to find what breaks other properties');
  addChosenScope(command);
}

function addQueueOptions(command: Command): void {
  command
    .option('--redis <url>', 'where the queue is (also HIGHWATER_REDIS)', 'redis://localhost:6379')
    .option('--queue <name>', 'what it is called there', 'highwater');
}

/** Reads `1-100`, or one seed. */
function seedRange(text: string): SeedRange {
  const [, first = '', last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (first === '' || to < from || to > LARGEST_SEED) {
    throw new InvalidArgumentError('Expected seeds as 1-100.');
  }
  return { first: from, count: to - from + 1 };
}

function swarmOf(model: string, options: SwarmOptions, io: CommandIo): Swarm {
  const entry = findNamed('model', model, io.project.models);
  const { seeds, runs, maxSteps, keepGoing = false, property } = options;
  return {
    model: entry.name,
    request: requestOf(entry, entry.largeScope, options),
    ...(property === undefined ? {} : { properties: property }),
    seeds,
    runs,
    maxSteps,
    keepGoing,
  };
}

interface PrintOptions extends OutputOptions {
  readonly out?: string;
}

function printResult(
  io: CommandIo,
  command: string,
  result: SwarmResult,
  { out, json, color }: PrintOptions,
): void {
  if (out !== undefined) makeOutFolder(out);
  const traces = result.violations.map(({ trace }) => trace);
  const paths =
    out === undefined ? undefined : traces.map(trace => saveTrace(out, traceName(trace), trace));
  if (json) printJson(io.stdout, command, swarmJson(result, paths));
  else {
    const layout = { width: io.stdout.columns, style: stylerFor(io.stdout, color) };
    const stories = traces.flatMap((trace, index) => [
      '',
      traceText(io.commentary.on(trace), whereabouts(io.argv, paths?.[index]), layout),
    ]);
    io.stdout.write(`${[...swarmText(result, layout), ...stories].join('\n')}\n`);
  }
  const { crash } = result.tally;
  const { verdict } = result;
  io.finish(
    crash === undefined
      ? exitCodeOf({ verdict })
      : reportFailure(errorOf(crash.failure), io.stderr),
  );
}
