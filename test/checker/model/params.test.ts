import { describe, expect, test } from 'vitest';
import { argumentsOf } from '../../../checker/model/arguments.ts';
import { anyInitialState } from '../../../checker/model/initialStates.ts';
import { actionsOf } from '../../../checker/model/model.ts';
import {
  anyElement,
  anyIndex,
  anyInt,
  anyKey,
  anyNode,
  anyNodeOrNone,
  anyOf,
  anyQuorum,
  anyRecord,
  anySubset,
  type ParamDomains,
} from '../../../checker/model/params.ts';
import {
  flag,
  int,
  list,
  map,
  node,
  record,
  set,
  variants,
} from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';

const server = nodeType('server', 2);

describe('the arguments of an action', () => {
  test('without parameters are one empty choice', () => {
    expect(argumentsOf({})).toEqual([{ values: {}, names: {}, places: [], elements: '' }]);
  });

  test('are every value of a domain, with its name', () => {
    const pairsOf = (domains: Parameters<typeof argumentsOf>[0]) =>
      argumentsOf(domains).map(({ values, names }) => [values['x'], names['x']]);
    expect(pairsOf({ x: anyNode(server) })).toEqual([
      [0, 'server-1'],
      [1, 'server-2'],
    ]);
    expect(pairsOf({ x: anyNodeOrNone(server) })).toEqual([
      [undefined, null],
      [0, 'server-1'],
      [1, 'server-2'],
    ]);
    expect(pairsOf({ x: anyInt(-1, 1) })).toEqual([
      [-1, -1],
      [0, 0],
      [1, 1],
    ]);
    expect(pairsOf({ x: anyInt(4, 4) })).toEqual([[4, 4]]);
    expect(pairsOf({ x: anyOf('fast', 'slow') })).toEqual([
      ['fast', 'fast'],
      ['slow', 'slow'],
    ]);
  });

  test('combine all domains, the last varying fastest, in a fixed order', () => {
    const choices = argumentsOf({
      from: anyNode(server),
      how: anyOf('fast', 'slow'),
      count: anyInt(1, 3),
    });
    expect(choices).toHaveLength(2 * 2 * 3);
    expect(choices.slice(0, 4).map(choice => Object.values(choice.names))).toEqual([
      ['server-1', 'fast', 1],
      ['server-1', 'fast', 2],
      ['server-1', 'fast', 3],
      ['server-1', 'slow', 1],
    ]);
    expect(new Set(choices.map(choice => JSON.stringify(choice.names))).size).toBe(12);
  });

  test('may name the same node twice', () => {
    const pairs = argumentsOf({ from: anyNode(server), to: anyNode(server) });
    expect(pairs.map(({ values }) => [values['from'], values['to']])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });

  test.each([
    [3, 2],
    [0.5, 2],
    [0, Number.NaN],
  ])('are not every whole number from %d to %d', (min, max) => {
    expect(() => anyInt(min, max)).toThrow(
      `anyInt(${min}, ${max}): expected whole bounds, min <= max`,
    );
  });
});

describe('further parameters', () => {
  const three = nodeType('server', 3);
  const sent = set(variants('type', { ask: { to: node(three) }, tell: { n: int(0, 1) } }));
  const votes = map(node(three), flag());
  const queue = list(int(0, 9), 2);
  const schema = defineSchema({
    protocol: { inner: record({ sent }), votes, queue, twice: queue, also: queue },
    ghost: {},
    budget: {},
  });
  const namesOf = (params: ParamDomains) => argumentsOf(params).map(({ names }) => names);

  test('are sets of nodes, of any size or smallest majorities', () => {
    expect(namesOf({ of: anySubset(three) }).map(({ of }) => of)).toEqual([
      'nobody',
      'server-1',
      'server-2',
      'server-1+server-2',
      'server-3',
      'server-1+server-3',
      'server-2+server-3',
      'server-1+server-2+server-3',
    ]);
    expect(argumentsOf({ of: anyQuorum(three) }).map(({ values }) => values['of'])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    expect(argumentsOf({ of: anySubset(three, { atLeast: 1, atMost: 2 }) })).toHaveLength(6);
    expect(argumentsOf({ of: anyQuorum(nodeType('server', 4)) })).toHaveLength(4);
    expect(() => anySubset(three, { atMost: 4 })).toThrow('anySubset: expected sizes from 0 to 3');
  });

  test('are elements, keys and indices, of which each part has a name', () => {
    expect(namesOf({ m: anyElement(sent) })).toEqual([
      { 'm.type': 'ask', 'm.to': 'server-1' },
      { 'm.type': 'ask', 'm.to': 'server-2' },
      { 'm.type': 'ask', 'm.to': 'server-3' },
      { 'm.type': 'tell', 'm.n': 0 },
      { 'm.type': 'tell', 'm.n': 1 },
    ]);
    expect(argumentsOf({ m: anyElement(sent, { type: 'tell' }) })).toHaveLength(2);
    expect(namesOf({ of: anyKey(votes) })[1]).toEqual({ of: 'server-2' });
    expect(namesOf({ at: anyIndex(queue) })).toEqual([{ at: 0 }, { at: 1 }]);
  });

  test('are records of parameters', () => {
    const pair = anyRecord({ by: anyNode(three), n: anyInt(0, 1) });
    expect(argumentsOf({ pair })[3]).toMatchObject({
      values: { pair: { by: 1, n: 1 } },
      names: { 'pair.by': 'server-2', 'pair.n': 1 },
    });
  });

  const action = actionsOf(schema, {});
  const plain = { name: 'act', kind: 'protocol', actor: 'system', step: () => undefined } as const;

  test('that are in the state can be taken only where they are', () => {
    const { protocol } = schema.create();
    const { enabled } = action({
      ...plain,
      params: { m: anyElement(sent, { type: 'ask' }), pair: anyRecord({ key: anyKey(votes) }) },
      enabled: (_, { m, pair }) => m.to === pair.key || 'not to itself',
    });
    const [one, two] = three.all as readonly [(typeof three.all)[0], (typeof three.all)[0]];
    const asked = (to: number, key: number) =>
      enabled({ protocol } as never, { m: { type: 'ask', to }, pair: { key } } as never);
    protocol.inner.sent.add({ type: 'ask', to: two });
    expect([asked(two, two), asked(one, one)]).toEqual(['it is not there', 'it is not there']);
    protocol.votes.set(two, false);
    protocol.votes.set(one, true);
    expect([asked(two, two), asked(two, one)]).toEqual([true, 'not to itself']);
  });

  test.each([
    ['of another schema', { m: anyElement(set(flag())) }, '"m": its field is not there'],
    [
      'there in several places',
      { i: anyIndex(queue) },
      '"i": its field is there in several places',
    ],
    ['of something else', { m: anyElement(queue as never) }, 'expected a set of the schema'],
    [
      'of no element',
      { m: anyElement(sent, { type: 'ask', n: 1 } as never) },
      'there is no field "n"',
    ],
    ['in a record', { r: anyRecord({ m: 3 as never }) }, 'parameter "m": expected anyNode'],
  ] as [string, ParamDomains, string][])('are refused where they are %s', (_, params, message) => {
    expect(() => action({ ...plain, params, enabled: () => true })).toThrow(message);
  });

  test('may be the choice of an initial state', () => {
    const states = anyInitialState(schema, {
      params: { by: anyNode(three), up: anySubset(three, { atLeast: 2 }) },
      when: ({ by, up }) => up.includes(by),
      fill({ protocol }, { by, up }) {
        for (const one of up) protocol.votes.set(one, one === by);
      },
    });
    expect(states).toHaveLength(3 * 2 + 3);
    const state = schema.create();
    states[0]?.(state);
    expect(state.protocol.votes.toJSON()).toEqual([
      [0, true],
      [1, false],
    ]);
    const fill = (): void => undefined;
    expect(() => anyInitialState(schema, { params: {}, when: () => false, fill })).toThrow(
      '"when" is false of every choice',
    );
    expect(() => anyInitialState(schema, { params: { m: anyElement(sent) }, fill })).toThrow(
      'there is no state yet',
    );
  });
});
