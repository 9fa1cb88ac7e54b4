import { inspect, isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ByteTrace } from '../../../checker/state/byteTrace.ts';
import { ViewError } from '../../../checker/state/errors.ts';
import {
  enumeration,
  flag,
  int,
  lifecycle,
  links,
  list,
  map,
  node,
  nodeSet,
  optional,
  perNode,
  record,
  set,
  variants,
} from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { type AnySchema, type AnyState, defineSchema } from '../../../checker/state/schema.ts';
import { plain, scopeOf } from '../../../checker/state/viewObjects.ts';
import { doorTable } from './arbitrarySchema.ts';

const server = nodeType('server', 2);
const [s1, s2] = server.all as readonly [(typeof server.all)[0], (typeof server.all)[0]];
const row = record({ id: int(0, 300), done: flag() });
const schema = defineSchema({
  protocol: {
    n: int(0, 9),
    pair: record({ a: int(-3, 3), by: optional(node(server)) }),
    numbers: list(int(0, 999), 3),
    rows: list(row, 3),
    ranks: perNode(server, enumeration('low', 'high')),
    servers: perNode(server, record({ log: list(row, 2), seen: nodeSet(server) })),
    wires: links(server, record({ load: int(0, 9) })),
    group: nodeSet(server),
    door: lifecycle(doorTable),
    sent: set(
      variants('type', { ask: { to: node(server) }, tell: { to: node(server), n: int(0, 2) } }),
    ),
    votes: map(node(server), record({ id: int(0, 300), done: flag() })),
    leases: map(enumeration('low', 'high'), int(0, 9)),
    last: optional(record({ id: int(0, 300), by: optional(node(server)) })),
    queues: perNode(server, list(int(0, 9), 2)),
  },
  ghost: { told: list(int(0, 9), 2) },
  budget: { crashes: int(0, 3) },
});
type Whole = ReturnType<typeof schema.create>;

/** Two states that differ in every field. */
function fill(
  { protocol, ghost, budget }: Pick<Whole, 'protocol' | 'ghost' | 'budget'>,
  by: 0 | 1,
) {
  protocol.n = 1 + by;
  protocol.pair.a = by - 1;
  protocol.pair.by = by === 0 ? s2 : undefined;
  protocol.numbers.push(by + 700);
  if (by === 1) protocol.numbers.push(2);
  protocol.rows.push({ id: by + 5, done: by === 1 });
  protocol.ranks.set(s2, by === 0 ? 'high' : 'low');
  protocol.servers.get(s2).log.push({ id: by, done: true });
  protocol.servers.get(s2).seen.add(by === 0 ? s1 : s2);
  protocol.wires.get(s2, s1).load = 3 + by;
  protocol.group.add(by === 0 ? s2 : s1);
  if (by === 1) protocol.door.send('push', { creak: () => undefined }, undefined);
  protocol.sent.add({ type: 'ask', to: by === 0 ? s1 : s2 });
  protocol.sent.add({ type: 'tell', to: s1, n: 1 + by });
  protocol.votes.set(by === 0 ? s1 : s2, { id: 260 + by, done: true });
  protocol.leases.set('high', 4 + by);
  protocol.last = by === 0 ? { id: 270, by: s2 } : { id: 3 };
  protocol.queues.get(s2).push(7 + by);
  ghost.told.push(by + 4);
  budget.crashes = by + 1;
}

const servers = [
  { log: [], seen: [] },
  { log: [{ id: 0, done: true }], seen: [0] },
];
const protocol = {
  n: 1,
  pair: { a: -1, by: 1 },
  numbers: [700],
  rows: [{ id: 5, done: false }],
  ranks: ['low', 'high'],
  servers,
  wires: [
    [undefined, { load: 0 }],
    [{ load: 3 }, undefined],
  ],
  group: [1],
  door: 'shut',
  sent: [
    { type: 'ask', to: 0 },
    { type: 'tell', to: 0, n: 1 },
  ],
  votes: [[0, { id: 260, done: true }]],
  leases: [['high', 4]],
  last: { id: 270, by: 1 },
  queues: [[], [7]],
};

type Shape = 'record' | 'iterable' | 'container' | 'holder';
interface Kind {
  readonly name: string;
  readonly of: (state: Whole) => unknown;
  readonly shape: Shape;
  /** What it is as a value in the first state. */
  readonly value: unknown;
}
/** Every kind of view. A holder is a record with containers in it. */
const kinds: readonly Kind[] = [
  { name: 'a record', of: s => s.protocol.pair, shape: 'record', value: protocol.pair },
  { name: 'a list', of: s => s.protocol.numbers, shape: 'iterable', value: [700] },
  { name: 'a list of records', of: s => s.protocol.rows, shape: 'iterable', value: protocol.rows },
  { name: 'an element', of: s => s.protocol.rows.get(0), shape: 'record', value: protocol.rows[0] },
  { name: 'scalars by node', of: s => s.protocol.ranks, shape: 'container', value: protocol.ranks },
  { name: 'records by node', of: s => s.protocol.servers, shape: 'container', value: servers },
  { name: 'a holder', of: s => s.protocol.servers.get(s2), shape: 'holder', value: servers[1] },
  {
    name: 'a nested list',
    of: s => s.protocol.servers.get(s2).log,
    shape: 'iterable',
    value: [{ id: 0, done: true }],
  },
  { name: 'links', of: s => s.protocol.wires, shape: 'container', value: protocol.wires },
  {
    name: 'a link',
    of: s => s.protocol.wires.get(s2, s1),
    shape: 'record',
    value: { load: 3 },
  },
  { name: 'a set of nodes', of: s => s.protocol.group, shape: 'iterable', value: [1] },
  { name: 'a lifecycle', of: s => s.protocol.door, shape: 'container', value: 'shut' },
  { name: 'a set', of: s => s.protocol.sent, shape: 'iterable', value: protocol.sent },
  {
    name: 'a part of a set',
    of: s => s.protocol.sent.where({ type: 'tell', to: s1 }),
    shape: 'iterable',
    value: [{ type: 'tell', to: 0, n: 1 }],
  },
  { name: 'a map', of: s => s.protocol.votes, shape: 'iterable', value: protocol.votes },
  { name: 'a map of numbers', of: s => s.protocol.leases, shape: 'iterable', value: [['high', 4]] },
  { name: 'lists by node', of: s => s.protocol.queues, shape: 'container', value: [[], [7]] },
  { name: 'a list of a node', of: s => s.protocol.queues.get(s2), shape: 'iterable', value: [7] },
  { name: 'the protocol', of: s => s.protocol, shape: 'holder', value: protocol },
  { name: 'the ghost', of: s => s.ghost, shape: 'holder', value: { told: [4] } },
  { name: 'the budget', of: s => s.budget, shape: 'record', value: { crashes: 1 } },
  {
    name: 'a scope',
    of: s => scopeOf({ protocol: s.protocol, ghost: s.ghost }),
    shape: 'holder',
    value: { protocol, ghost: { told: [4] } },
  },
];

/**
 * `value`: as of the plain value. `error`: one that names what to use instead. `learned`: an error in code
 * that is learned; elsewhere nothing that depends on the state.
 */
type Expected = 'value' | 'error' | 'learned';
interface Way {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: the ways of code that has lost its types.
  readonly look: (view: any) => unknown;
  readonly expected: Readonly<Record<Shape, Expected>>;
  /** What it gives of a plain value, where that is not the same. */
  readonly ofPlain?: (value: unknown) => unknown;
}
const always = (expected: Expected) => ({
  record: expected,
  iterable: expected,
  container: expected,
  holder: expected,
});
const properties = {
  record: 'value',
  iterable: 'error',
  container: 'error',
  holder: 'error',
} as const;
const shallow = {
  record: 'value',
  iterable: 'error',
  container: 'error',
  holder: 'value',
} as const;
const names = {
  record: 'value',
  iterable: 'learned',
  container: 'learned',
  holder: 'value',
} as const;
const iteration = {
  record: 'error',
  iterable: 'value',
  container: 'error',
  holder: 'error',
} as const;
const json = (value: unknown): string => JSON.stringify(value);
const plainly = (values: readonly unknown[]): unknown[] => values.map(plain);

const ways: readonly Way[] = [
  { name: 'plain', look: v => plain(v), expected: always('value') },
  { name: 'JSON.stringify', look: json, expected: always('value') },
  { name: 'spread', look: v => plain({ ...v }), expected: shallow },
  {
    name: 'rest',
    look: v => {
      const { nothing, ...rest } = v;
      return plain([nothing, rest].map(plain));
    },
    expected: shallow,
    ofPlain: value => [undefined, value],
  },
  { name: 'Object.assign', look: v => plain(Object.assign({}, v)), expected: shallow },
  { name: 'Object.values', look: v => plainly(Object.values(v)), expected: shallow },
  {
    name: 'Object.entries',
    look: v => Object.entries(v).map(([name, inner]) => [name, plain(inner)]),
    expected: shallow,
  },
  { name: 'structuredClone', look: v => structuredClone(v), expected: properties },
  {
    name: 'deep equality',
    look: v => isDeepStrictEqual(v, copyOf(v)),
    expected: properties,
    ofPlain: () => true,
  },
  {
    name: 'deep equality with another',
    look: v => isDeepStrictEqual(v, { a: 3, by: 1, id: 0 }),
    expected: { record: 'value', iterable: 'learned', container: 'learned', holder: 'value' },
    ofPlain: () => false,
  },
  { name: 'Object.keys', look: v => Object.keys(v), expected: names },
  {
    name: 'Reflect.ownKeys',
    look: v => Reflect.ownKeys(v).filter(key => typeof key === 'string'),
    expected: names,
  },
  {
    name: 'for-in',
    look: v => {
      const found: string[] = [];
      for (const key in v) found.push(key);
      return found;
    },
    expected: names,
  },
  { name: 'in', look: v => ['nothing' in v, 'id' in v], expected: names },
  { name: 'hasOwn', look: v => Object.hasOwn(v, 'id'), expected: names },
  {
    name: 'for-of',
    look: v => {
      const found: unknown[] = [];
      for (const one of v) found.push(plain(one));
      return found;
    },
    expected: iteration,
  },
  { name: 'spread into an array', look: v => plainly([...v]), expected: iteration },
  { name: 'Array.from', look: v => Array.from(v, plain), expected: iteration },
  { name: 'a template', look: v => `${v}`, expected: always('value'), ofPlain: json },
  { name: 'String', look: v => String(v), expected: always('value'), ofPlain: json },
  {
    name: 'plus',
    look: v => v + 1,
    expected: always('value'),
    ofPlain: value => `${json(value)}1`,
  },
  { name: 'Number', look: v => Number(v), expected: always('error') },
  { name: 'less than', look: v => v < 3, expected: always('error') },
  { name: 'inspect', look: v => inspect(v, { depth: 9 }), expected: always('value') },
];

/** Another view of the same content: that of another state which is equal. */
let copyOf: (view: unknown) => unknown = view => view;

interface Look {
  readonly outcome: unknown;
  readonly error: unknown;
}
function looked(look: () => unknown): Look {
  try {
    return { outcome: look(), error: undefined };
  } catch (error) {
    return { outcome: 'threw', error };
  }
}

/** The states of one watch, with what tells which bytes were read. */
const watches = {
  nothing: () => ({ state: schema.create(), isRead: (): boolean => true, reads: undefined }),
  blocks: () => {
    const state = schema.createObserved();
    const { ofByte } = schema.blocks;
    const isRead = (at: number): boolean => {
      const block = ofByte[at] as number;
      return (((state.reads[block >> 5] as number) >> (block & 31)) & 1) === 1;
    };
    return { state, isRead, reads: state.reads };
  },
  bytes: () => {
    const trace = new ByteTrace(4 * schema.wordLength, { read: [], from: 0 });
    return {
      state: schema.createTraced(trace),
      isRead: (at: number) => trace.read.includes(at),
      reads: undefined,
    };
  },
};
const first = schema.create();
fill(first, 0);
const second = schema.create();
fill(second, 1);

describe.each(Object.entries(watches))('a view that watches %s', (watch, create) => {
  describe.each(kinds)('$name', ({ of, shape, value }) => {
    test.each(ways)('$name', ({ look, expected, ofPlain = look }) => {
      const { state, isRead, reads } = create();
      state.words.set(first.words);
      const other = create().state;
      other.words.set(first.words);
      copyOf = () => of(other);
      const view = of(state);
      if (reads !== undefined) reads.fill(0);
      const { outcome, error } = looked(() => look(view));
      const wanted = expected[shape];
      if (wanted === 'value') expect([outcome, error]).toEqual([ofPlain(value), undefined]);
      else if (wanted === 'error' || watch === 'bytes') expect(error).toBeInstanceOf(Error);
      if (error !== undefined) expect(String(error)).toMatch(/get\(|plain\(|entries|length|cloned/);

      // What it came to follows from what it told: nothing else that is changed changes it.
      state.bytes.forEach((_, at) => {
        if (!isRead(at)) state.bytes[at] = second.bytes[at] as number;
      });
      expect(looked(() => look(view)).outcome).toEqual(outcome);
    });
  });
});

describe('views', () => {
  test('differ in what they give where states differ', () => {
    const giving = kinds.filter(({ of }) => json(of(first)) !== json(of(second)));
    expect(giving).toHaveLength(kinds.length);
  });

  test('are the same object in one state, and never in two', () => {
    expect(first.protocol.rows.get(0)).toBe(first.protocol.rows.get(0));
    expect(first.protocol.numbers === second.protocol.numbers).toBe(false);
  });

  test('have nothing added to them', () => {
    for (const { name, of } of kinds) {
      expect(() => Object.assign(of(first) as object, { note: 1 }), name).toThrow();
    }
  });
});

describe('a strict view', () => {
  const strict = schema.createTraced(new ByteTrace(4 * schema.wordLength, { read: [], from: 0 }));
  strict.words.set(first.words);

  test.each([
    ['an element by index', (v: unknown[]) => v[0]],
    ['a method of arrays', (v: unknown[]) => v.map(one => one)],
    ['a size that it has not', (v: unknown) => (v as Set<1>).size],
  ])('refuses %s', (_, look) => {
    expect(() => look(strict.protocol.numbers as never)).toThrow(ViewError);
  });

  test('is a set of nodes to other sets', () => {
    expect(strict.protocol.group.isSubsetOf(strict.protocol.group)).toBe(true);
    expect(first.protocol.group.isSubsetOf(strict.protocol.group)).toBe(true);
  });
});

describe.each(Object.entries(watches))('a state that watches %s and is only read', (_, create) => {
  const { state } = create();
  state.words.set(first.words);
  const { protocol: p } = state;
  const writes: readonly [string, () => unknown][] = [
    ['protocol.n', () => (p.n = 2)],
    ['protocol.pair.a', () => (p.pair.a = 0)],
    ['protocol.numbers', () => p.numbers.push(1)],
    ['protocol.numbers', () => p.numbers.truncate(0)],
    ['protocol.rows', () => p.rows.removeFirst(1)],
    ['protocol.rows[0].id', () => (p.rows.get(0).id = 3)],
    ['protocol.ranks', () => p.ranks.set(s1, 'high')],
    ['protocol.servers', () => p.servers.clear(s2)],
    ['protocol.servers.server-2.seen', () => p.servers.get(s2).seen.delete(s1)],
    ['protocol.wires', () => p.wires.clear(s2, s1)],
    ['protocol.wires.server-2->server-1.load', () => (p.wires.get(s2, s1).load = 1)],
    ['protocol.group', () => p.group.add(s1)],
    ['protocol.group', () => p.group.clear()],
    ['protocol.group', () => p.group.assign(p.servers.get(s2).seen)],
    ['protocol.door', () => p.door.send('push', { creak: () => undefined }, undefined)],
  ];

  test.each(writes)('names %s', (path, write) => {
    state.memory.isWritable = false;
    const message = `${path}: a guard or a property must not change the state, only a step may`;
    expect(write).toThrow(new ViewError(path, message.slice(path.length + 2)));
    expect(state.words).toEqual(first.words);
    state.memory.isWritable = true;
    expect(write).not.toThrow();
    state.words.set(first.words);
  });
});

describe.each(Object.entries(watches))('an element, in a state that watches %s,', (_, create) => {
  const start = () => {
    const { state } = create();
    for (const id of [1, 2]) state.protocol.rows.push({ id, done: false });
    state.protocol.servers.get(s1).log.push({ id: 7, done: true });
    return state;
  };
  const message = 'this element was moved or removed; read it again with get(...)';

  test('is an error once it moved or was removed', () => {
    const { protocol: p } = start();
    const [one, two] = [p.rows.get(0), p.rows.get(1)];
    p.rows.removeFirst(1);
    expect(() => one.id).toThrow(`protocol.rows[0]: ${message}`);
    expect(() => two.done).toThrow(`protocol.rows[1]: ${message}`);
    expect(() => (two.id = 3)).toThrow(message);
    expect(() => JSON.stringify(one)).toThrow(message);
    expect(p.rows.get(0).id).toBe(2);
  });

  test('stays what it is where others were removed', () => {
    const { protocol: p } = start();
    const [one, two] = [p.rows.get(0), p.rows.get(1)];
    p.rows.truncate(1);
    p.rows.push({ id: 9, done: true });
    expect(one.id).toBe(1);
    expect(() => two.id).toThrow(message);
    expect(p.rows.get(1).id).toBe(9);
  });

  test('is an error once what it is in was cleared', () => {
    const { protocol: p } = start();
    const inner = p.servers.get(s1);
    const element = inner.log.get(0);
    p.servers.clear(s1);
    expect(() => element.id).toThrow(`protocol.servers.server-1.log[0]: ${message}`);
    expect([inner.log.length, inner.seen.size]).toEqual([0, 0]);
  });

  test('is never another one, however often it moves within a step', () => {
    const state = start();
    const { protocol: p } = state;
    const old: { readonly id: number }[] = [];
    for (let round = 0; round < 6; round++) {
      if (round === 3) state.memory.turn++;
      old.push(p.rows.get(0));
      p.rows.removeFirst(1);
      p.rows.push({ id: round, done: false });
    }
    expect(p.rows.get(0).id).toBe(4);
    for (const gone of old.slice(3)) expect(() => gone.id).toThrow(message);
  });
});

test('what code of a model is given of a schema has no more than its type says', () => {
  const any: AnySchema = schema;
  const state: AnyState = any.create();
  expect(Object.keys(scopeOf({ protocol: state.protocol }))).toEqual(['protocol']);
  expect(json(scopeOf({ budget: state.budget }))).toBe('{"budget":{"crashes":0}}');
  expect(Object.isFrozen(scopeOf({ protocol: state.protocol }))).toBe(true);
});
