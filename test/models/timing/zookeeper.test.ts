import { describe, expect, test } from 'vitest';
import { fixed } from '../../../checker/timed/duration.ts';
import { measureTimes } from '../../../checker/timed/measure.ts';
import { summaryOf } from '../../../checker/timed/statistics.ts';
import { defaultConfig } from '../../../models/zookeeper/config.ts';
import { zooKeeperTiming } from '../../../models/zookeeper/timing/timing.ts';
import { casesOf } from '../../long.ts';

const seed = 7;
const three = { ...defaultConfig, brokers: 3, minInsyncReplicas: 2 };

async function measured(
  fault: string,
  config: Parameters<typeof zooKeeperTiming.scene>[1] = three,
  timers: Parameters<typeof zooKeeperTiming.scene>[2] = {},
  runs = casesOf(60, 10_000),
) {
  const scene = zooKeeperTiming.scene(fault, config, timers);
  const result = await measureTimes(scene.model, scene.schedule, scene.question, { seed, runs });
  const byName = new Map(result.measured.map(({ name, lengths }) => [name, summaryOf(lengths)]));
  const of = (name: string) => {
    const summary = byName.get(name);
    if (summary === undefined) throw new Error(`no run came to ${name}`);
    return summary;
  };
  return { passedOver: result.passedOver, of, noticed: scene.expected['noticed'] };
}

describe('with ZooKeeper, a broker that leads and is killed', () => {
  test.each([
    ['3.9', 13_000, 20_000],
    ['2.4', 5000, 8000],
  ])('is missed when its session is over, as the formula says: %s', async (kafka, least, most) => {
    const { of, noticed, passedOver } = await measured('leader-crash', { ...three, kafka });
    const [seen, writable] = [of('noticed'), of('writable')];
    expect([passedOver, writable.missing]).toEqual([0, 0]);
    expect(seen.meanInterval[0]).toBeLessThanOrEqual(noticed?.mean ?? Number.NaN);
    expect(seen.meanInterval[1]).toBeGreaterThanOrEqual(noticed?.mean ?? Number.NaN);
    expect(seen.min).toBeGreaterThanOrEqual(least);
    expect(seen.max).toBeLessThan(most + 20);
    expect(writable.mean - seen.mean).toBeLessThan(100);
  });

  test('takes no longer where it was the controller as well: one session ends for both', async () => {
    const alone = await measured('leader-crash', three, {}, 40);
    const both = await measured('leading-controller-crash', three, {}, 40);
    // The same pings and the same phase of the clock: what is more is the election of a controller.
    const more = both.of('writable').mean - alone.of('writable').mean;
    expect(more).toBeGreaterThan(5);
    expect(more).toBeLessThan(100);
    expect(both.of('controller-elected').max).toBeLessThan(both.of('controlled').max);
  });

  test('is granted no shorter session than two ticks, however short the one that it asks for', async () => {
    const timers = { sessionTimeout: 1000, latency: fixed(1) };
    const { of } = await measured('leader-crash', three, timers, 20);
    expect(of('noticed').min).toBeGreaterThan(4000 - 1334);
  });
});

test('with ZooKeeper, a broker that is asked to stop has handed over at once', async () => {
  const { of } = await measured('leader-shutdown', three, {}, 20);
  expect([of('writable').missing, of('writable').max < 100]).toEqual([0, true]);
});

test('with ZooKeeper, a follower that is killed is waited for as long as a leader is missed', async () => {
  const { of } = await measured('follower-crash', three, {}, 20);
  expect(of('acknowledged').min).toBeGreaterThan(13_000);
  expect(of('acknowledged').max).toBeLessThan(20_100);
});

test('with ZooKeeper, who is killed and leads nothing takes no partition away', async () => {
  const { of } = await measured('controller-crash', three, {}, 20);
  expect(of('controlled').min).toBeGreaterThan(of('noticed').min);
  expect(() => zooKeeperTiming.scene('leader-crash', { ...three, brokers: 1 }, {})).toThrow(
    /brokers: expected 2 or more/,
  );
});
