import { describe, expect, test } from 'vitest';
import { type ActionInstance, CompiledModel } from '../../../checker/core/compiledModel.ts';
import { fixed, uniform } from '../../../checker/timed/duration.ts';
import { measureTimes, playTimedRun, questionOf } from '../../../checker/timed/measure.ts';
import { scheduleOf } from '../../../checker/timed/schedule.ts';
import { proportionInterval, summaryOf } from '../../../checker/timed/statistics.ts';
import { defaultConfig, quietScope } from '../../../models/kraft/config.ts';
import { kraftContext } from '../../../models/kraft/context.ts';
import { kraftModel } from '../../../models/kraft/model.ts';
import { rulesOf } from '../../../models/kraft/releaseRules.ts';
import type { ProtocolFields, ReadonlyProtocol } from '../../../models/kraft/schema.ts';
import { quorumSchedule } from '../../../models/kraft/timing/schedule.ts';
import { defaultQuorumTimers, type QuorumTimers } from '../../../models/kraft/timing/timers.ts';
import { quorumTiming } from '../../../models/kraft/timing/timing.ts';
import { casesOf } from '../../long.ts';

const RUNS = casesOf(250, 10_000);
const seed = 7;

/** A quorum of 3.9 in its first election, and how often a second node stands before it has heard of the first. */
async function firstElection(voters: number, timers: Partial<QuorumTimers>) {
  const config = { ...defaultConfig, kafka: '3.9', voters };
  const bounds = { ...quietScope, epochs: 30, records: 0 };
  const context = kraftContext(config, bounds, rulesOf(config));
  const candidates = ({ nodes }: ReadonlyProtocol): number =>
    context.node.all.filter(node => {
      const { state, epoch } = nodes.get(node);
      return epoch === 1 && state.state !== 'unattached';
    }).length;
  const question = questionOf<ProtocolFields>({
    ready: () => true,
    settle: fixed(0),
    faults: [],
    awaited: [
      { name: 'first', text: 'one stands', holds: ({ protocol }) => candidates(protocol) >= 1 },
      {
        name: 'second',
        text: 'another stands in the same epoch',
        holds: ({ protocol }) =>
          context.node.all.filter(node => {
            const { vote, epoch } = protocol.nodes.get(node);
            return epoch === 1 && vote === node;
          }).length >= 2,
      },
    ],
    // By then the first has won, or has not.
    limit: 2 * (timers.electionTimeout ?? defaultQuorumTimers.electionTimeout),
  });
  const schedule = scheduleOf(quorumSchedule(context, { ...defaultQuorumTimers, ...timers }));
  return measureTimes(kraftModel(config, bounds), schedule, question, { seed, runs: RUNS });
}

describe('the first election of a quorum', () => {
  const electionTimeout = 1000;

  test.each([
    [3, 100],
    [3, 10],
    [5, 50],
  ])(
    'of %i voters: a second stands as often as two of the timers are within %i ms',
    async (voters, latency) => {
      const timers = { electionTimeout, latency: fixed(latency), flush: fixed(0) };
      const { measured } = await firstElection(voters, timers);
      // The least of n timers is drawn from [E, 2E); the next is later by more than L with (1 - L/E)^n.
      const alone = (1 - latency / electionTimeout) ** voters;
      const [first = [], second = []] = measured.map(({ lengths }) => lengths);
      const stood = second.filter(length => length !== undefined).length;
      const [low, high] = proportionInterval(RUNS - stood, RUNS);
      expect(low).toBeLessThanOrEqual(alone);
      expect(high).toBeGreaterThanOrEqual(alone);
      const [least, most] = summaryOf(first)?.meanInterval ?? [0, 0];
      expect(least).toBeLessThanOrEqual(electionTimeout + electionTimeout / (voters + 1));
      expect(most).toBeGreaterThanOrEqual(electionTimeout + electionTimeout / (voters + 1));
    },
  );
});

/** Far enough apart that one may be asked before its own timer runs out. */
const [least, most, flush] = [1, 30, 2] as const;
const machines = { latency: uniform(least, most), flush: fixed(flush) };

/** Runs of a quorum whose leader is killed: when each other node's timer ran out first, and when another led. */
function* failovers(kafka: string, voters: number, runs: number) {
  const scene = quorumTiming.scene('leader-crash', { ...defaultConfig, kafka, voters }, machines);
  const { instances } = new CompiledModel(scene.model);
  for (let number = 0; number < runs; number++) {
    const { steps, faultAt, lengths } = playTimedRun(scene.model, scene.schedule, scene.question, {
      ...{ seed, number },
    });
    const after = steps.filter(({ at }) => at > faultAt);
    const timeouts = after
      .filter(
        ({ instance }) => (instances[instance] as ActionInstance).action.name === 'fetchTimeout',
      )
      .map(({ at }) => at - faultAt);
    const rounds = after.filter(
      ({ instance }) => (instances[instance] as ActionInstance).action.name === 'electionTimeout',
    ).length;
    yield { timeouts, rounds, elected: lengths?.[1] ?? Number.NaN };
  }
}

describe('a failover of the quorum', () => {
  test('without pre-votes takes the first timeout, two ways and two writes', () => {
    let apart = 0;
    for (const { timeouts, rounds, elected } of failovers('3.9', 3, 40)) {
      if (rounds > 0) continue;
      apart++;
      expect(elected - (timeouts[0] ?? 0)).toBeGreaterThanOrEqual(2 * least + 2 * flush);
      expect(elected - (timeouts[0] ?? 0)).toBeLessThan(2 * most + 2 * flush);
    }
    expect(apart).toBeGreaterThan(0);
  });

  test.each([
    [3, 2],
    [5, 3],
  ])(
    'with pre-votes takes a majority of %i voters that have timed out: the timeout of number %i',
    (voters, deciding) => {
      let apart = 0;
      for (const { timeouts, rounds, elected } of failovers('4.x', voters, 20)) {
        if (rounds > 0 || timeouts.length < deciding) continue;
        apart++;
        const since = elected - (timeouts[deciding - 1] ?? 0);
        // Who has timed out before it may be the one that asks, and has its answers sooner.
        expect(since).toBeGreaterThan(0);
        expect(since).toBeLessThan(4 * most + 2 * flush);
        expect(timeouts.slice(0, deciding).every(at => at < elected)).toBe(true);
      }
      expect(apart).toBeGreaterThan(0);
    },
  );

  test('is noticed as the formula says, and by nobody sooner', async () => {
    const { model, schedule, question, expected } = quorumTiming.scene(
      ...(['leader-crash', { ...defaultConfig, kafka: '3.9' }, {}] as const),
    );
    const options = { seed, runs: casesOf(150, 10_000) };
    const { measured } = await measureTimes(model, schedule, question, options);
    const summary = summaryOf(measured[0]?.lengths ?? []);
    const formula = expected['noticed'];
    expect(summary?.missing).toBe(0);
    expect(summary?.meanInterval[0]).toBeLessThanOrEqual(formula?.mean ?? Number.NaN);
    expect(summary?.meanInterval[1]).toBeGreaterThanOrEqual(formula?.mean ?? Number.NaN);
    expect(summary?.min).toBeGreaterThanOrEqual(formula?.min ?? Number.NaN);
  });

  test('comes to an end, however many split votes there are', async () => {
    for (const kafka of ['3.9', '4.x']) {
      const scene = quorumTiming.scene('leader-crash', { ...defaultConfig, kafka, voters: 5 }, {});
      const { measured } = await measureTimes(scene.model, scene.schedule, scene.question, {
        ...{ seed, runs: casesOf(40, 3000) },
      });
      for (const { lengths } of measured) expect(lengths).not.toContain(undefined);
    }
  });
});
