import { describe, expect, test } from 'vitest';
import { ByteTrace } from '../../../checker/state/byteTrace.ts';
import { BoundsError } from '../../../checker/state/errors.ts';
import {
  enumeration,
  flag,
  int,
  lifecycle,
  links,
  list,
  node,
  nodeSet,
  optional,
  perNode,
  record,
} from '../../../checker/state/fields.ts';
import { LifecycleError } from '../../../checker/state/lifecycleTable.ts';
import { type Node, nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import type { NodeSetView } from '../../../checker/state/viewTypes.ts';
import { doorTable } from './arbitrarySchema.ts';

const server = nodeType('server', 3);
const site = nodeType('site', 8);
const schema = defineSchema({
  protocol: {
    servers: perNode(
      server,
      record({
        door: lifecycle(doorTable),
        log: list(
          record({ epoch: int(0, 3), from: optional(node(server)), seen: nodeSet(server) }),
          2,
        ),
        inner: record({ deep: record({ level: int(0, 300) }) }),
      }),
    ),
    ranks: perNode(server, int(0, 500)),
    shades: perNode(site, optional(enumeration('red', 'green'))),
    numbers: list(int(0, 1000), 4),
    group: nodeSet(site),
    other: nodeSet(site),
    wires: links(server, record({ load: int(0, 9), busy: flag() })),
    door: lifecycle(doorTable),
  },
  ghost: {},
  budget: {},
});

function at<Name extends string>(nodes: readonly Node<Name>[], index: number): Node<Name> {
  const found = nodes[index];
  if (found === undefined) throw new Error(`no node ${index}`);
  return found;
}
const [s1, s2, s3] = [at(server.all, 0), at(server.all, 1), at(server.all, 2)];

/** A set of servers that belongs to a state of another schema. */
function setOf(...members: readonly Node<'server'>[]): NodeSetView<'server'> {
  const { held } = defineSchema({
    protocol: { held: nodeSet(server) },
    ghost: {},
    budget: {},
  }).create().protocol;
  for (const member of members) held.add(member);
  return held;
}

function pathOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof BoundsError) return error.path;
    throw error;
  }
  return 'no error';
}

describe('a list', () => {
  test('starts empty and keeps what is pushed, up to its capacity', () => {
    const { numbers } = schema.create().protocol;
    expect([numbers.length, numbers.capacity]).toEqual([0, 4]);
    for (const value of [1000, 0, 256, 7]) numbers.push(value);
    expect([0, 1, 2, 3].map(index => numbers.get(index))).toEqual([1000, 0, 256, 7]);
    expect(() => numbers.push(1)).toThrow('protocol.numbers: the list is full (capacity 4)');
    expect(numbers.length).toBe(4);
  });

  test('truncate keeps the first elements and leaves no trace of the others', () => {
    const [long, short] = [schema.create(), schema.create()];
    for (const value of [1, 2, 3]) long.protocol.numbers.push(value);
    short.protocol.numbers.push(1);
    long.protocol.numbers.truncate(9);
    expect(long.protocol.numbers.length).toBe(3);
    long.protocol.numbers.truncate(1);
    expect(long.words).toEqual(short.words);
    long.protocol.numbers.truncate(0);
    expect(long.words).toEqual(schema.create().words);
  });

  test('removeFirst drops the oldest elements and leaves no trace of them', () => {
    const [long, short] = [schema.create(), schema.create()];
    for (const value of [1, 2, 300, 4]) long.protocol.numbers.push(value);
    for (const value of [300, 4]) short.protocol.numbers.push(value);
    long.protocol.numbers.removeFirst(0);
    expect(long.protocol.numbers.length).toBe(4);
    long.protocol.numbers.removeFirst(2);
    expect(long.words).toEqual(short.words);
    long.protocol.numbers.removeFirst(5);
    expect(long.words).toEqual(schema.create().words);
  });

  test('refuses positions and lengths that are negative, fractional or past its end', () => {
    const { numbers } = schema.create().protocol;
    numbers.push(1);
    numbers.push(2);
    for (const index of [-1, 2, 0.5, Number.NaN]) {
      expect(pathOf(() => numbers.get(index))).toBe('protocol.numbers');
    }
    for (const count of [-1, 0.5, Number.NaN]) {
      expect(pathOf(() => numbers.truncate(count))).toBe('protocol.numbers');
      expect(pathOf(() => numbers.removeFirst(count))).toBe('protocol.numbers');
    }
    expect([numbers.length, numbers.get(0), numbers.get(1)]).toEqual([2, 1, 2]);
  });

  test('of records takes scalars and sets from what is pushed', () => {
    const state = schema.create();
    const seen = state.protocol.servers.get(s3).log;
    const empty = state.protocol.servers.get(s2).log;
    empty.push({ epoch: 1, from: undefined, seen: setOf(s1, s3) });
    seen.push({ epoch: 3, from: s2, seen: empty.get(0).seen });
    expect(seen.get(0)).toMatchObject({ epoch: 3, from: s2 });
    expect(server.all.filter(each => seen.get(0).seen.has(each))).toEqual([s1, s3]);
    seen.get(0).epoch = 0;
    expect(seen.get(0).epoch).toBe(0);
  });
});

describe('a set of nodes', () => {
  const members = (set: { has(node: Node<'site'>): boolean }) =>
    site.all.filter(each => set.has(each));

  test('starts empty, adds, deletes and clears', () => {
    const { group } = schema.create().protocol;
    expect([group.size, group.isEmpty]).toEqual([0, true]);
    for (const each of site.all) group.add(each);
    group.add(at(site.all, 3));
    expect(group.size).toBe(8);
    group.delete(at(site.all, 3));
    group.delete(at(site.all, 3));
    expect(members(group)).toEqual([0, 1, 2, 4, 5, 6, 7]);
    group.clear();
    expect(group.isEmpty).toBe(true);
  });

  test('compares with other sets and with tests on its members only', () => {
    const { group, other } = schema.create().protocol;
    const asked: number[] = [];
    const above = (least: number) => (each: Node<'site'>) => {
      asked.push(each);
      return each >= least;
    };
    expect([group.every(above(9)), group.some(above(0)), asked]).toEqual([true, false, []]);
    for (const index of [2, 7]) group.add(at(site.all, index));
    expect([group.every(above(2)), group.every(above(3))]).toEqual([true, false]);
    expect([group.some(above(7)), group.some(above(8))]).toEqual([true, false]);
    expect(new Set(asked)).toEqual(new Set([2, 7]));
    expect([other.isSubsetOf(group), group.isSubsetOf(other)]).toEqual([true, false]);
    other.assign(group);
    other.add(at(site.all, 0));
    expect([group.isSubsetOf(other), other.isSubsetOf(group)]).toEqual([true, false]);
    expect(members(other)).toEqual([0, 2, 7]);
  });
});

describe('per-node arrays, links and nested records', () => {
  test('keep one element for each node', () => {
    const { ranks, shades } = schema.create().protocol;
    server.all.forEach(each => {
      ranks.set(each, 100 * (each + 1));
    });
    shades.set(at(site.all, 7), 'green');
    expect(server.all.map(each => ranks.get(each))).toEqual([100, 200, 300]);
    ranks.clear(s2);
    expect(server.all.map(each => ranks.get(each))).toEqual([100, 0, 300]);
    expect(site.all.map(each => shades.get(each)).filter(each => each !== undefined)).toEqual([
      'green',
    ]);
  });

  test('keep one record for each ordered pair of distinct nodes', () => {
    const { wires } = schema.create().protocol;
    let load = 0;
    for (const from of server.all) {
      for (const to of server.all) if (from !== to) wires.get(from, to).load = ++load;
    }
    expect(
      [wires.get(s1, s2), wires.get(s2, s1), wires.get(s3, s2)].map(wire => wire.load),
    ).toEqual([1, 3, 6]);
    wires.clear(s2, s1);
    expect(
      [wires.get(s1, s2), wires.get(s2, s1), wires.get(s2, s3)].map(wire => wire.load),
    ).toEqual([1, 0, 4]);
    expect(pathOf(() => wires.get(s1, s1))).toBe('protocol.wires');
  });

  test('clearing an element returns everything in it to its initial value', () => {
    const state = schema.create();
    const element = state.protocol.servers.get(s2);
    element.log.push({ epoch: 2, from: s1, seen: setOf(s1, s3) });
    element.inner.deep.level = 300;
    element.door.send('push', { creak: () => undefined }, undefined);
    expect(state.words).not.toEqual(schema.create().words);
    state.protocol.servers.clear(s2);
    expect(state.words).toEqual(schema.create().words);
  });

  test('an overflow names the whole path', () => {
    const { servers, ranks, shades, numbers, wires } = schema.create().protocol;
    const empty = setOf();
    servers.get(s1).log.push({ epoch: 0, from: undefined, seen: empty });
    const tooLarge = { epoch: 9, from: undefined, seen: empty };
    const wrongNode = 7 as Node<'server'>;
    const paths: [() => unknown, string][] = [
      [() => servers.get(s1).log.get(0).epoch--, 'protocol.servers.server-1.log[0].epoch'],
      [() => servers.get(s1).log.push(tooLarge), 'protocol.servers.server-1.log[1].epoch'],
      [() => servers.get(s3).inner.deep.level--, 'protocol.servers.server-3.inner.deep.level'],
      [() => ranks.set(s2, 501), 'protocol.ranks.server-2'],
      [() => shades.set(at(site.all, 7), 'pink' as 'red'), 'protocol.shades.site-8'],
      [() => numbers.push(-1), 'protocol.numbers[0]'],
      [() => wires.get(s3, s1).load--, 'protocol.wires.server-3->server-1.load'],
      [() => servers.get(wrongNode), 'protocol.servers'],
      [() => ranks.get(wrongNode), 'protocol.ranks'],
      [() => ranks.set(wrongNode, 1), 'protocol.ranks'],
      [() => ranks.clear(wrongNode), 'protocol.ranks'],
      [() => wires.get(s1, wrongNode), 'protocol.wires'],
      [() => wires.clear(s2, s2), 'protocol.wires'],
    ];
    for (const [action, path] of paths) expect(pathOf(action)).toBe(path);
  });
});

describe('a lifecycle', () => {
  test('takes transitions, runs their effects on the subject and counts them', () => {
    const state = schema.create();
    const heard: string[] = [];
    const effects = { creak: (who: string) => heard.push(who) };
    const { door } = state.protocol.servers.get(s2);
    expect(door.state).toBe('shut');
    door.send('push', effects, 'server-2');
    expect([door.state, state.protocol.servers.get(s1).door.state]).toEqual(['open', 'shut']);
    door.send('kick', effects, 'server-2');
    expect(door.state).toBe('broken');
    expect(heard).toEqual(['server-2']);
    expect([...(state.transitionHits.get(doorTable) ?? [])]).toEqual([1, 0, 0, 1, 0, 0]);
  });

  test('refuses an event, naming field, machine, event, state and what is accepted', () => {
    const { servers, door } = schema.create().protocol;
    const effects = { creak: () => undefined };
    door.send('kick', effects, undefined);
    expect(() => door.send('push', effects, undefined)).toThrow(
      'protocol.door: lifecycle "door" does not accept event "push" in state "broken" (accepted there: nothing)',
    );
    const inner = servers.get(s3).door;
    inner.send('push', effects, undefined);
    expect(() => inner.send('push', effects, undefined)).toThrow(LifecycleError);
    expect(() => inner.send('push', effects, undefined)).toThrow(
      'protocol.servers.server-3.door: lifecycle "door" does not accept event "push" in state "open" (accepted there: kick)',
    );
    expect(inner.state).toBe('open');
  });
});

describe('the text of a container', () => {
  test('shows the containers in it, whether or not it is traced what is read', () => {
    const trace = new ByteTrace(schema.wordLength * 4, { read: [], from: 0 });
    for (const { protocol } of [schema.create(), schema.createTraced(trace)]) {
      const { log } = protocol.servers.get(s2);
      const { log: empty } = protocol.servers.get(s3);
      log.push({ epoch: 1, from: s3, seen: setOf(s1) });
      expect(empty.length).toBe(0);
      const other = { door: 'shut', log: [], inner: { deep: { level: 0 } } };
      const text = JSON.stringify(protocol.servers);
      expect(JSON.parse(text)).toEqual([
        other,
        { ...other, log: [{ epoch: 1, from: 2, seen: [0] }] },
        other,
      ]);
    }
  });
});
