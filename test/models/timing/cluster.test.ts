import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { Monitor } from '../../../checker/results/monitor.ts';
import { fixed } from '../../../checker/timed/duration.ts';
import { measureTimes, playTimedRun } from '../../../checker/timed/measure.ts';
import { proportionInterval, summaryOf } from '../../../checker/timed/statistics.ts';
import { defaultConfig, quietScope } from '../../../models/cluster/config.ts';
import { clusterTiming } from '../../../models/cluster/timing/timing.ts';
import { clusterProperties } from '../../../properties/cluster.ts';
import { casesOf } from '../../long.ts';

const seed = 5;
/** Enough to tell the formula from what is a tenth of a second off. */
const few = 60;
const combined = { ...defaultConfig, mode: 'combined' } as const;

async function measured(
  fault: string,
  config: Parameters<typeof clusterTiming.scene>[1],
  timers: Parameters<typeof clusterTiming.scene>[2] = {},
  runs = casesOf(few, 10_000),
) {
  const scene = clusterTiming.scene(fault, config, timers);
  const result = await measureTimes(scene.model, scene.schedule, scene.question, { seed, runs });
  const byName = new Map(result.measured.map(({ name, lengths }) => [name, summaryOf(lengths)]));
  return { ...result, expected: scene.expected, of: (name: string) => byName.get(name) };
}

describe('a broker that leads and is killed', () => {
  test('is replaced when its session is over and somebody looks, as the formula says', async () => {
    const { of, expected } = await measured('leader-crash', defaultConfig);
    const [elected, formula] = [of('elected'), expected['elected']];
    expect(elected?.missing).toBe(0);
    expect(elected?.meanInterval[0]).toBeLessThanOrEqual(formula?.mean ?? Number.NaN);
    expect(elected?.meanInterval[1]).toBeGreaterThanOrEqual(formula?.mean ?? Number.NaN);
    expect(elected?.min).toBeGreaterThanOrEqual(formula?.min ?? Number.NaN);
    // A session from the last heartbeat, a whole interval of looking, and what it takes to be written.
    expect(elected?.max).toBeLessThan(9000 + 9000 / 8 + 100);
    expect(of('writable')?.mean).toBeGreaterThanOrEqual(elected?.mean ?? Number.NaN);
  });

  test('is missed sooner where the session is shorter, by as much', async () => {
    const timers = { sessionTimeout: 3000, heartbeatInterval: 500 };
    const { of, expected } = await measured('leader-crash', defaultConfig, timers);
    const mean = expected['elected']?.mean ?? Number.NaN;
    expect(of('elected')?.meanInterval[0]).toBeLessThanOrEqual(mean);
    expect(of('elected')?.meanInterval[1]).toBeGreaterThanOrEqual(mean);
    expect(mean).toBeLessThan(3000);
  });
});

describe('a broker that leads', () => {
  test('and is asked to stop has handed over within a tenth of a second', async () => {
    const { of } = await measured('leader-shutdown', defaultConfig, {}, casesOf(20, 3000));
    expect(of('writable')?.missing).toBe(0);
    expect(of('writable')?.max).toBeLessThan(100);
  });

  test('and stands still is missed as one that is dead, and one that follows as well', async () => {
    const pause = await measured('leader-pause', defaultConfig, {}, casesOf(20, 3000));
    const crash = await measured('follower-crash', defaultConfig, {}, casesOf(20, 3000));
    for (const summary of [pause.of('writable'), crash.of('acknowledged')]) {
      expect(summary?.missing).toBe(0);
      expect(summary?.min).toBeGreaterThan(7000);
      expect(summary?.max).toBeLessThan(9000 + 9000 / 8 + 100);
    }
  });
});

describe('a broker that stands still for a while', () => {
  test('is taken for dead as often as the formula says: where it is longer than the session', async () => {
    const [session, heartbeat, pause] = [3000, 500, 1000];
    const timers = { sessionTimeout: session, heartbeatInterval: heartbeat };
    const { of, passedOver } = await measured(
      'leader-hiccup',
      defaultConfig,
      timers,
      casesOf(400, 10_000),
    );
    expect(passedOver).toBe(0);
    const { n = 0, missing = 0 } = of('fenced') ?? {};
    // A pause at a constant rate outlasts a session less the age of the heartbeat, the grid of checks, and a commit.
    const grid = session / 8;
    const early = (pause / heartbeat) * (Math.exp(heartbeat / pause) - 1);
    const late = (pause / grid) * (1 - Math.exp(-grid / pause));
    const commit = Math.exp(-31 / pause);
    const [low, high] = proportionInterval(n, n + missing);
    expect(low).toBeLessThan(Math.exp(-session / pause) * early * late * commit);
    expect(high).toBeGreaterThan(Math.exp(-session / pause) * early * late * commit);
    expect(of('over')?.missing).toBe(0);
  });

  test('is not, however often, where its pauses are shorter than a session less a heartbeat', async () => {
    const timers = { pauseLength: fixed(6900) };
    const { of } = await measured('leader-hiccup', defaultConfig, timers, 20);
    expect(of('fenced')).toBeUndefined();
    expect(of('over')?.max).toBeCloseTo(6900);
  });
});

describe('a node that controls and leads', () => {
  test('costs a whole session after the next controller: longer than a broker alone', async () => {
    const both = await measured('leading-controller-crash', combined, {}, casesOf(few, 3000));
    expect(both.passedOver).toBeGreaterThan(0);
    const [controlled, elected] = [both.of('controlled'), both.of('elected')];
    expect(elected?.min).toBeGreaterThan(9000 + (controlled?.min ?? Number.NaN));
    // The new controller looks eight times in a session, the last time when the first are over.
    expect(elected?.max).toBeLessThan(9000 + (controlled?.max ?? Number.NaN) + 100);
  });

  test('is nothing that a cluster with controllers of its own can have', () => {
    expect(() => clusterTiming.scene('leading-controller-crash', defaultConfig, {})).toThrow(
      'mode: expected combined',
    );
  });
});

test('what timed runs do is what the model allows: no property is broken in any of them', () => {
  for (const config of [defaultConfig, { ...combined, kafka: '3.9' }]) {
    const { model, schedule, question } = clusterTiming.scene('leader-crash', config, {
      latency: fixed(5),
    });
    const compiled = new CompiledModel(model);
    const bounds = { ...quietScope, ...model.bounds };
    for (let number = 0; number < 2; number++) {
      const { steps } = playTimedRun(model, schedule, question, { seed, number });
      const [before, after] = [compiled.createState(), compiled.createState()];
      const broken: string[] = [];
      const monitor = new Monitor(clusterProperties(config, bounds), {
        violated: ({ name }) => broken.push(name),
      });
      compiled.initialize(after, 0);
      monitor.checkInitial(after);
      for (const { instance } of steps) {
        before.words.set(after.words);
        expect(compiled.enabled(after, instance)).toBe(true);
        compiled.step(after, instance);
        const taken = compiled.instances[instance]?.taken;
        if (taken !== undefined) monitor.checkStep(before, after, taken);
        monitor.checkState(after);
      }
      expect(steps.length).toBeGreaterThan(20);
      expect(broken).toEqual([]);
    }
  }
});
