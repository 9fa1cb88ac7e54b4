import { describe, expect, test } from 'vitest';
import { type ActionInstance, CompiledModel } from '../../../checker/core/compiledModel.ts';
import { RandomSource } from '../../../checker/core/randomSource.ts';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { ObservedRun } from '../../../checker/random/observedRun.ts';
import { Scheduler } from '../../../checker/random/scheduler.ts';
import { int, nodeSet } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { toyModel } from '../subjects/toys.ts';

const server = nodeType('server', 3);
const schema = defineSchema({
  protocol: { down: nodeSet(server), broken: nodeSet(server), work: int(0, 1) },
  ghost: {},
  budget: {},
});
const action = actionsOf(schema, {});

/** Servers that work, crash, break, and are restarted and repaired. */
const servers = new CompiledModel(
  defineModel({
    ...toyModel,
    name: 'servers',
    schema,
    initialStates: [() => undefined],
    actions: [
      action({
        name: 'work',
        kind: 'protocol',
        actor: 'server',
        params: { server: anyNode(server) },
        enabled: ({ protocol }, { server: one }) => !protocol.down.has(one),
        step: ({ protocol }) => {
          protocol.work = 1 - protocol.work;
        },
      }),
      ...(['down', 'broken'] as const).flatMap(set => [
        action({
          name: `fail-${set}`,
          kind: 'fault',
          actor: 'server',
          params: { server: anyNode(server) },
          enabled: ({ protocol }, { server: one }) => !protocol[set].has(one),
          step: ({ protocol }, { server: one }) => protocol[set].add(one),
        }),
        action({
          name: `mend-${set}`,
          kind: 'recovery',
          actor: 'server',
          params: { server: anyNode(server) },
          enabled: ({ protocol }, { server: one }) => protocol[set].has(one),
          step: ({ protocol }, { server: one }) => protocol[set].delete(one),
        }),
      ]),
    ],
  }),
);

/** The instances taken in each of some runs. */
function runsOf(count: number, length: number): ActionInstance[][] {
  const run = new ObservedRun(servers);
  const scheduler = new Scheduler(servers, run);
  const random = new RandomSource(23);
  return Array.from({ length: count }, () => {
    run.start(0);
    scheduler.begin(random);
    return Array.from({ length }, () => {
      const place = scheduler.next(random) as number;
      const index = servers.live[place] as number;
      scheduler.take(place, index, random);
      return servers.instances[index] as ActionInstance;
    });
  });
}

const runs = runsOf(200, 400);
const nameOf = ({ action: { name } }: ActionInstance): string => name;

describe('the scheduler', () => {
  test('leaves some kinds of faults out of some runs, and none out of others', () => {
    const kindsOf = (run: readonly ActionInstance[]): string =>
      ['fail-down', 'fail-broken'].filter(name => run.some(one => nameOf(one) === name)).join();
    const kinds = new Set(runs.map(kindsOf));
    expect(kinds).toEqual(new Set(['', 'fail-down', 'fail-broken', 'fail-down,fail-broken']));
  });

  test('lets what broke stay broken, sometimes for long, but not for ever', () => {
    const lasting = runs.flatMap(run =>
      run.flatMap((one, at) => {
        if (nameOf(one) !== 'fail-broken') return [];
        const mended = run
          .slice(at)
          .findIndex(
            other => nameOf(other) === 'mend-broken' && other.taken.actor === one.taken.actor,
          );
        return mended < 0 ? [] : [mended];
      }),
    );
    expect(lasting.length).toBeGreaterThan(100);
    const share = (test: (length: number) => boolean): number =>
      lasting.filter(test).length / lasting.length;
    // Drawn with equal weights, what can be mended would be mended after some five steps.
    expect(share(length => length > 20)).toBeGreaterThan(0.1);
    expect(share(length => length < 10)).toBeGreaterThan(0.3);
  });

  test('lets a server be slow at times', () => {
    const longestAbsence = (run: readonly ActionInstance[]): number =>
      Math.max(
        ...server.all.map(one => {
          const [name, works] = [server.nameOf(one), [-1]];
          run.forEach((each, at) => {
            if (nameOf(each) === 'work' && each.taken.actor === name) works.push(at);
          });
          return Math.max(...works.slice(1).map((at, index) => at - (works[index] as number)));
        }),
      );
    const healthy = runs.filter(run => !run.some(one => nameOf(one).startsWith('fail')));
    expect(healthy.length).toBeGreaterThan(10);
    // Each of three servers works with probability 1/3: an absence of 30 steps is not chance.
    expect(healthy.filter(run => longestAbsence(run) > 30).length).toBeGreaterThan(2);
    expect(healthy.filter(run => longestAbsence(run) <= 30).length).toBeGreaterThan(2);
  });

  test('takes what it holds back when nothing else can happen', () => {
    // Everything is down and broken before long; the runs still go on to their end.
    for (const run of runs) expect(run).toHaveLength(400);
  });
});
