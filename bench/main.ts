import { transition } from 'xstate';
import type { AnyProperty } from '../checker/model/property.ts';
import { simulate } from '../checker/random/simulate.ts';
import { lifecycle } from '../checker/state/fields.ts';
import { defineSchema } from '../checker/state/schema.ts';
import { brokerLifecycle, brokerMachine } from '../models/lifecycle/broker.ts';
import { defaultConfig, largeScope, smallScope } from '../models/replication/config.ts';
import { replicationModel } from '../models/replication/model.ts';
import { replicationProperties } from '../properties/replication.ts';
import { measureExploration } from './exploration/measureExploration.ts';
import { medianRate, type Rate, rateOf } from './measure.ts';
import { walkNaively } from './naiveWalker.ts';
import { record } from './record.ts';

/*
 * Measures the engines on fixed scopes, each beside a naive baseline in the same run. `npm run bench` prints;
 * with `--json` it prints JSON, with `--record <name>` it also writes bench/results/<name>.json. Read the
 * ratios: rates depend on the machine and its load.
 */
const NAIVE_STEPS = 20_000;
const SIMULATED_RUNS = 1_500;
/** As the command line makes runs of the models of this project. */
const manner = { runs: SIMULATED_RUNS, maxSteps: 200, strictViews: false } as const;
const rates: Rate[] = [];

async function measureSimulation(): Promise<void> {
  for (const [scope, bounds] of [
    ['small', smallScope],
    ['large', largeScope],
  ] as const) {
    const model = replicationModel(defaultConfig, bounds);
    const all = replicationProperties(defaultConfig, bounds);
    const invariants = all.filter(({ kind }) => kind === 'invariant');
    const run = (properties: readonly AnyProperty[], seed: number) => async (): Promise<number> =>
      (await simulate(model, properties, { ...manner, seed })).steps;
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
const explored = await measureExploration();

const ratios = [
  ratio('simulate, small scope, state invariants', 'naive walk, small scope, state invariants'),
  ratio('simulate, large scope, state invariants', 'naive walk, large scope, state invariants'),
  ratio('lifecycle: compiled table', 'lifecycle: xstate transition()'),
];
const lines = rates.map(
  ({ what, unit, perSecond }) =>
    `${what.padEnd(46)}${Math.round(perSecond).toLocaleString('en').padStart(14)} ${unit}/s`,
);
if (!process.argv.includes('--json')) {
  process.stdout.write(`${[...lines, ...ratios, '', explored.table, ''].join('\n')}\n`);
}
record({ rates, ratios, exploration: explored.figures });
