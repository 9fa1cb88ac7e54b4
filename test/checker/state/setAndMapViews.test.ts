import { describe, expect, test } from 'vitest';
import { ByteTrace } from '../../../checker/state/byteTrace.ts';
import { BoundsError } from '../../../checker/state/errors.ts';
import {
  enumeration,
  flag,
  int,
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
import { defineSchema } from '../../../checker/state/schema.ts';

const server = nodeType('server', 3);
const [s1, s2, s3] = server.all as readonly [
  (typeof server.all)[0],
  (typeof server.all)[0],
  (typeof server.all)[0],
];
const schema = defineSchema({
  protocol: {
    numbers: set(int(2, 9)),
    votes: set(record({ from: node(server), term: int(0, 3), to: optional(node(server)) })),
    messages: set(
      variants('type', {
        ask: { to: node(server) },
        tell: { to: node(server), place: record({ x: int(0, 1), y: int(0, 1) }) },
      }),
    ),
    terms: map(node(server), int(0, 500)),
    shades: map(
      enumeration('light', 'dark'),
      record({ depth: int(0, 9), by: optional(node(server)) }),
    ),
    slots: map(int(-1, 1), flag()),
    last: optional(record({ from: node(server), term: int(0, 300), old: optional(flag()) })),
    boxes: perNode(server, set(int(0, 1))),
    queues: perNode(server, list(record({ id: int(0, 9) }), 3)),
    seen: perNode(server, nodeSet(server)),
    owners: perNode(server, optional(record({ by: node(server) }))),
    rows: list(record({ id: int(0, 9), seen: nodeSet(server), log: list(int(0, 9), 2) }), 3),
    digits: list(int(0, 9), 4),
  },
  ghost: {},
  budget: {},
});
const created = () => schema.create().protocol;

describe('a set', () => {
  test('has what was added, once, whatever the order', () => {
    const [one, other] = [schema.create(), schema.create()];
    for (const number of [9, 2, 5, 2]) one.protocol.numbers.add(number);
    for (const number of [5, 9, 2]) other.protocol.numbers.add(number);
    expect(one.bytes).toEqual(other.bytes);
    expect([...one.protocol.numbers]).toEqual([2, 5, 9]);
    expect([one.protocol.numbers.has(5), one.protocol.numbers.has(6)]).toEqual([true, false]);
    expect(one.protocol.numbers.size).toBe(3);
    one.protocol.numbers.delete(5);
    one.protocol.numbers.delete(6);
    expect([...one.protocol.numbers]).toEqual([2, 9]);
    one.protocol.numbers.clear();
    expect([one.protocol.numbers.isEmpty, one.protocol.numbers.size]).toEqual([true, 0]);
  });

  test('tells records apart by all of their fields, and what is absent may be left out', () => {
    const { votes } = created();
    votes.add({ from: s2, term: 3 });
    votes.add({ from: s2, term: 3, to: undefined });
    votes.add({ from: s1, term: 1, to: s1 });
    expect(votes.toJSON()).toEqual([
      { from: s1, term: 1, to: s1 },
      { from: s2, term: 3, to: undefined },
    ]);
    expect([votes.has({ from: s1, term: 1 }), votes.has({ from: s2, term: 3 })]).toEqual([
      false,
      true,
    ]);
  });

  test('is looked through by all, some, one and a part of it', () => {
    const { votes } = created();
    for (const from of server.all) votes.add({ from, term: 2, to: s3 });
    votes.add({ from: s3, term: 0 });
    expect(votes.some(({ term }) => term === 0)).toBe(true);
    expect(votes.every(({ term }) => term === 2)).toBe(false);
    expect(votes.find(({ from }) => from === s2)).toEqual({ from: s2, term: 2, to: s3 });
    expect(votes.find(({ term }) => term === 1)).toBeUndefined();
    expect(votes.filter(({ to }) => to === undefined)).toEqual([
      { from: s3, term: 0, to: undefined },
    ]);
    const atTwo = votes.where({ term: 2 });
    expect([atTwo.size, atTwo.isEmpty, atTwo.every(({ to }) => to === s3)]).toEqual([
      3,
      false,
      true,
    ]);
    expect(atTwo.where({ from: s3 }).toJSON()).toEqual([{ from: s3, term: 2, to: s3 }]);
    expect(atTwo.has({ from: s3, term: 0 })).toBe(false);
    expect(votes.where({ to: undefined }).size).toBe(1);
  });

  test('of several kinds of records has each with its own fields', () => {
    const { messages } = created();
    messages.add({ type: 'tell', to: s1, place: { x: 1, y: 0 } });
    messages.add({ type: 'ask', to: s1 });
    expect([...messages]).toEqual([
      { type: 'ask', to: s1 },
      { type: 'tell', to: s1, place: { x: 1, y: 0 } },
    ]);
    const told = messages.where({ type: 'tell' }).find(({ to }) => to === s1);
    expect(told?.place.x).toBe(1);
    expect(messages.where({ type: 'tell', place: { x: 0, y: 0 } }).isEmpty).toBe(true);
  });

  test('gives values that stay as they are', () => {
    const { votes } = created();
    votes.add({ from: s1, term: 1 });
    const vote = votes.find(() => true);
    votes.clear();
    expect(vote).toEqual({ from: s1, term: 1, to: undefined });
    expect(() => Object.assign(vote ?? {}, { term: 2 })).toThrow(TypeError);
  });

  const mistakes: [string, () => unknown, string][] = [
    [
      'a number outside',
      () => created().numbers.has(1),
      'protocol.numbers: expected a whole number from 2 to 9, found 1',
    ],
    ['no number', () => created().numbers.add('2' as never), 'found 2'],
    [
      'a part that is missing',
      () => created().votes.add({ from: s1 } as never),
      'protocol.votes.term: expected a whole number',
    ],
    [
      'a part that there is not',
      () => created().votes.has({ from: s1, term: 1, tO: s2 } as never),
      'protocol.votes: there is no field "tO": expected from, term, to',
    ],
    [
      'no record',
      () => created().votes.add(3 as never),
      'protocol.votes: expected a record of from, term, to, found 3',
    ],
    [
      'a kind that there is not',
      () => created().messages.add({ type: 'shout', to: s1 } as never),
      'protocol.messages.type: expected one of ask, tell, found shout',
    ],
    [
      'a part of another kind',
      () => created().messages.add({ type: 'ask', to: s1, place: { x: 0, y: 0 } } as never),
      'there is no field "place": expected type, to',
    ],
    [
      'a pattern without its kind',
      () => created().messages.where({ to: s1 } as never),
      'protocol.messages.type',
    ],
    [
      'a pattern of scalars',
      () => created().numbers.where({} as never),
      'protocol.numbers: only records have fields',
    ],
  ];
  test.each(mistakes)('refuses %s', (_, use, message) => {
    expect(use).toThrow(BoundsError);
    expect(use).toThrow(message);
  });

  test('reads one byte to tell whether it has an element, and writes one to add it', () => {
    const trace = new ByteTrace(4 * schema.wordLength, { read: [], from: 0 });
    const { votes } = schema.createTraced(trace).protocol;
    votes.has({ from: s2, term: 1 });
    expect([trace.read.length, trace.written.length]).toEqual([1, 0]);
    votes.add({ from: s2, term: 2 });
    expect([trace.read.length, trace.written.length]).toEqual([1, 1]);
    votes.where({ from: s3, term: 0 }).some(() => false);
    expect(trace.read.length).toBe(1 + 4);
  });
});

describe('a map', () => {
  test('has values for some keys', () => {
    const { terms, shades, slots } = created();
    terms.set(s2, 400);
    terms.set(s1, 0);
    expect([terms.get(s2), terms.get(s1), terms.get(s3)]).toEqual([400, 0, undefined]);
    expect([terms.has(s1), terms.has(s3), terms.size, terms.isEmpty]).toEqual([
      true,
      false,
      2,
      false,
    ]);
    expect([...terms]).toEqual([
      [s1, 0],
      [s2, 400],
    ]);
    expect([terms.some(term => term > 9), terms.every(term => term > 9)]).toEqual([true, false]);
    expect(terms.find(term => term > 9)).toEqual([s2, 400]);
    expect(terms.filter((_, key) => key === s1)).toEqual([[s1, 0]]);
    terms.delete(s2);
    expect(terms.toJSON()).toEqual([[s1, 0]]);
    terms.clear();
    expect([...terms, ...shades]).toEqual([]);
    shades.set('dark', { depth: 3 });
    shades.set('dark', { depth: 4, by: s1 });
    expect(shades.get('dark')).toEqual({ depth: 4, by: s1 });
    slots.set(-1, false);
    expect([slots.has(-1), slots.get(-1), slots.has(0)]).toEqual([true, false, false]);
  });

  test('is the same bytes whichever way it came to its content', () => {
    const [one, other] = [schema.create(), schema.create()];
    one.protocol.shades.set('light', { depth: 1, by: s1 });
    one.protocol.shades.delete('light');
    expect(one.bytes).toEqual(other.bytes);
    expect(() => one.protocol.shades.set('dark', { depth: 5, by: 7 as never })).toThrow(
      BoundsError,
    );
    expect(one.bytes).toEqual(other.bytes);
  });

  test('refuses keys and values that there cannot be', () => {
    const { terms, slots } = created();
    expect(() => terms.get(4 as never)).toThrow('protocol.terms: key: expected a server, found 4');
    expect(() => slots.has(2)).toThrow('protocol.slots: key: expected a whole number from -1 to 1');
    expect(() => slots.set(0, undefined as never)).toThrow('expected a value: use delete(...)');
    expect(() => terms.set(s2, 501)).toThrow('protocol.terms.server-2: expected a whole number');
  });

  test('reads what tells whether there is a value, and the value', () => {
    const trace = new ByteTrace(4 * schema.wordLength, { read: [], from: 0 });
    const { shades } = schema.createTraced(trace).protocol;
    shades.has('dark');
    shades.get('dark');
    expect(trace.read).toHaveLength(1);
    shades.set('dark', { depth: 1 });
    expect(trace.written).toHaveLength(3);
  });
});

describe('an optional record', () => {
  test('is there as a whole, or not', () => {
    const state = schema.create();
    const { protocol } = state;
    expect(protocol.last).toBeUndefined();
    protocol.last = { from: s2, term: 300 };
    const kept = protocol.last;
    expect(kept).toEqual({ from: s2, term: 300, old: undefined });
    protocol.last = { ...kept, old: true };
    expect([protocol.last?.old, kept.old]).toEqual([true, undefined]);
    protocol.last = undefined;
    expect(state.bytes).toEqual(schema.create().bytes);
    expect(() => (protocol.last = { from: s1, term: 301 })).toThrow('protocol.last.term: expected');
    expect(protocol.last).toBeUndefined();
  });
});

describe('what is kept for each node', () => {
  test('may be a set, a list, a set of nodes or an optional record', () => {
    const state = schema.create();
    const { boxes, queues, seen, owners } = state.protocol;
    boxes.get(s2).add(1);
    queues.get(s3).push({ id: 4 });
    seen.get(s1).add(s3);
    owners.set(s2, { by: s1 });
    expect([boxes.get(s1).size, boxes.get(s2).size]).toEqual([0, 1]);
    expect(queues.get(s3).get(0).id).toBe(4);
    expect(seen.toJSON()).toEqual([[s3], [], []]);
    expect([owners.get(s1), owners.get(s2)]).toEqual([undefined, { by: s1 }]);
    const first = queues.get(s3).get(0);
    queues.clear(s3);
    boxes.clear(s2);
    seen.clear(s1);
    owners.clear(s2);
    expect(state.bytes).toEqual(schema.create().bytes);
    expect(() => first.id).toThrow('moved or removed');
  });
});

describe('a list', () => {
  test('gives plain values of what is looked for or taken away', () => {
    const { digits, rows } = created();
    for (const digit of [3, 1, 4, 1]) digits.push(digit);
    expect([digits.findIndex(one => one < 2), digits.find(one => one > 3)]).toEqual([1, 4]);
    expect([digits.some(one => one === 9), digits.every(one => one < 9)]).toEqual([false, true]);
    expect(digits.filter(one => one === 1)).toEqual([1, 1]);
    digits.set(0, 8);
    expect([digits.shift(), digits.removeAt(1), digits.toJSON()]).toEqual([8, 4, [1, 1]]);
    const { seen } = created();
    seen.get(s1).add(s2);
    for (const id of [1, 2, 3]) rows.push({ id, seen: seen.get(s1) });
    const found = rows.find(({ id }) => id === 2);
    expect(rows.removeAt(0)).toEqual({ id: 1, seen: [s2], log: [] });
    expect(found).toEqual({ id: 2, seen: [s2], log: [] });
    expect(rows.filter(({ id }) => id > 2)).toEqual([{ id: 3, seen: [s2], log: [] }]);
    expect(rows.find(({ id }) => id === 1)).toBeUndefined();
  });

  test('forgets what was in the place of an element that is set', () => {
    const [one, other] = [schema.create(), schema.create()];
    const { rows, seen } = one.protocol;
    rows.push({ id: 1, seen: seen.get(s1) });
    rows.get(0).log.push(5);
    rows.set(0, { id: 2, seen: seen.get(s1) });
    other.protocol.rows.push({ id: 2, seen: other.protocol.seen.get(s1) });
    expect(one.bytes).toEqual(other.bytes);
    rows.set(0, rows.get(0));
    expect(one.bytes).toEqual(other.bytes);
  });

  test('refuses what is not there', () => {
    const { digits } = created();
    expect(() => digits.shift()).toThrow('protocol.digits: there is no element 0');
    expect(() => digits.removeAt(2)).toThrow('there is no element 2');
    expect(() => digits.set(0, 1)).toThrow('there is no element 0');
    digits.push(1);
    expect(() => digits.set(0, 10)).toThrow('protocol.digits[0]: expected a whole number');
  });

  test('leaves no view of an element that reads another one', () => {
    const { rows, seen } = created();
    for (const id of [1, 2]) rows.push({ id, seen: seen.get(s1) });
    const [first, second] = [rows.get(0), rows.get(1)];
    rows.shift();
    expect(() => first.id).toThrow('moved or removed');
    expect(() => second.id).toThrow('moved or removed');
    expect(rows.get(0).id).toBe(2);
  });
});
