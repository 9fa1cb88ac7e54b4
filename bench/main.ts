import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { transition } from 'xstate';
import type { Progress } from '../checker/explore/control.ts';
import { exploreExhaustively } from '../checker/explore/exhaustive.ts';
import { simulate } from '../checker/explore/simulate.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import { lifecycle } from '../checker/state/fields.ts';
import { defineSchema } from '../checker/state/schema.ts';
import { brokerLifecycle, brokerMachine } from '../models/lifecycle/broker.ts';
import { defaultConfig, largeScope, smallScope } from '../models/replication/config.ts';
import { replicationModel } from '../models/replication/model.ts';
import { replicationProperties } from '../properties/replication.ts';
import { medianRate, type Rate, rateOf } from './measure.ts';
import { exploreNaively } from './naiveExplorer.ts';
import { walkNaively } from './naiveWalker.ts';

/*
 * Measures the engines on the 3-broker replication model with all of its properties on, beside a
 * naive baseline in the same run. `npm run bench` prints; `npm run bench -- --record <name>` also
 * writes bench/results/<name>.json. Read the ratios: rates depend on the machine and its load.
 */
const NAIVE_STATES = 8_000;
const NAIVE_STEPS = 20_000;
const SIMULATED_RUNS = 1_500;
const rates: Rate[] = [];
let bytesPerState = 0;

async function exhaustive(symmetry: boolean): Promise<number> {
  const model = replicationModel(defaultConfig, smallScope);
  const properties = replicationProperties(defaultConfig, smallScope);
  let last: Progress | undefined;
  const control = {
    poll: async (progress: Progress) => {
      last = progress;
      return undefined;
    },
  };
  const result = await exploreExhaustively(model, properties, { symmetry, control });
  if (last !== undefined) bytesPerState = last.bytes / last.distinctStates;
  return result.generatedStates;
}

async function measureExhaustive(): Promise<void> {
  await exhaustive(true);
  for (const [symmetry, what] of [
    [true, 'exhaustive, symmetry on'],
    [false, 'exhaustive, symmetry off'],
  ] as const) {
    const perSecond = await medianRate(3, () => exhaustive(symmetry));
    rates.push({ what, unit: 'generated states', perSecond });
  }
  const model = replicationModel(defaultConfig, smallScope);
  const properties = replicationProperties(defaultConfig, smallScope);
  const naive = await medianRate(
    3,
    () => exploreNaively(model, properties, NAIVE_STATES).generatedStates,
  );
  rates.push({
    what: 'naive baseline (JSON keys in a Set)',
    unit: 'generated states',
    perSecond: naive,
  });
}

async function measureSimulation(): Promise<void> {
  for (const [scope, bounds] of [
    ['small', smallScope],
    ['large', largeScope],
  ] as const) {
    const model = replicationModel(defaultConfig, bounds);
    const all = replicationProperties(defaultConfig, bounds);
    const invariants = all.filter(({ kind }) => kind === 'invariant');
    const run = (properties: readonly AnyProperty[], seed: number) => async (): Promise<number> =>
      (await simulate(model, properties, { seed, runs: SIMULATED_RUNS, maxSteps: 200 })).steps;
    await rateOf(run(all, 1));
    for (const [what, properties] of [
      [`simulate, ${scope} scope, state invariants`, invariants],
      [`simulate, ${scope} scope, all properties`, all],
    ] as const) {
      rates.push({ what, unit: 'steps', perSecond: await medianRate(3, run(properties, 2)) });
    }
    const what = `naive walk, ${scope} scope, state invariants`;
    const perSecond = await medianRate(3, () => walkNaively(model, invariants, NAIVE_STEPS));
    rates.push({ what, unit: 'steps', perSecond });
  }
}

async function measureLifecycles(): Promise<void> {
  const schema = defineSchema({
    protocol: { process: lifecycle(brokerLifecycle) },
    ghost: {},
    budget: {},
  });
  const { process } = schema.create().protocol;
  const nothing = () => undefined;
  const effects = {
    readCleanShutdownFile: nothing,
    loadLog: nothing,
    openRequestProcessing: nothing,
    flushAndCheckpoint: nothing,
    loseMemory: nothing,
    loseUnflushedTail: nothing,
    loseDisk: nothing,
  };
  const table = await medianRate(5, () => {
    for (let turn = 0; turn < 500_000; turn++) {
      process.send('start', effects, undefined);
      process.send('crash', effects, undefined);
    }
    return 1_000_000;
  });
  const pure = await medianRate(5, () => {
    let snapshot = brokerMachine.resolveState({ value: 'notRunning' });
    for (let turn = 0; turn < 1_000; turn++) {
      [snapshot] = transition(brokerMachine, snapshot, {
        type: turn % 2 === 0 ? 'start' : 'crash',
      });
    }
    return 1_000;
  });
  rates.push({ what: 'lifecycle: compiled table', unit: 'transitions', perSecond: table });
  rates.push({ what: 'lifecycle: xstate transition()', unit: 'transitions', perSecond: pure });
}

function ratio(what: string, baseline: string): string {
  const rate = (name: string): number => rates.find(entry => entry.what === name)?.perSecond ?? 0;
  return `${what} / ${baseline}: ${(rate(what) / rate(baseline)).toFixed(1)}`;
}

await measureLifecycles();
await measureSimulation();
await measureExhaustive();

const machine = `${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}, Node ${process.version}`;
const ratios = [
  ratio('exhaustive, symmetry off', 'naive baseline (JSON keys in a Set)'),
  ratio('exhaustive, symmetry on', 'naive baseline (JSON keys in a Set)'),
  ratio('simulate, small scope, state invariants', 'naive walk, small scope, state invariants'),
  ratio('simulate, large scope, state invariants', 'naive walk, large scope, state invariants'),
  ratio('lifecycle: compiled table', 'lifecycle: xstate transition()'),
];
for (const { what, unit, perSecond } of rates) {
  process.stdout.write(
    `${what.padEnd(46)}${Math.round(perSecond).toLocaleString('en').padStart(14)} ${unit}/s\n`,
  );
}
process.stdout.write(
  `${'bytes held per distinct state'.padEnd(46)}${bytesPerState.toFixed(1).padStart(14)}\n`,
);
process.stdout.write(`${ratios.join('\n')}\n${machine}\n`);
const [flag, name] = process.argv.slice(2);
if (flag === '--record' && name !== undefined && /^[\w.-]+$/.test(name)) {
  const file = fileURLToPath(new URL(`./results/${name}.json`, import.meta.url));
  const record = { machine, rates, ratios, bytesPerState };
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
}
