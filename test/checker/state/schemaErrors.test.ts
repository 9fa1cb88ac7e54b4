import { describe, expect, test } from 'vitest';
import { DeclarationError } from '../../../checker/declarationError.ts';
import { MOST_INT_SPAN, MOST_NODES } from '../../../checker/limits.ts';
import {
  enumeration,
  type Fields,
  flag,
  int,
  list,
  map,
  nodeSet,
  optional,
  perNode,
  record,
  set,
  variants,
} from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';

const server = nodeType('server', 2);
/** What a builder has not made, and the compiler has not seen. */
const byHand = (field: object) => () =>
  defineSchema({ protocol: { a: field as never }, ghost: {}, budget: {} });
const schemaWith = (protocol: Fields) => () => defineSchema({ protocol, ghost: {}, budget: {} });

describe('a schema that cannot be laid out is refused', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `name${index}`);
  const cases: [string, () => unknown, string][] = [
    [
      'reversed bounds',
      schemaWith({ a: int(3, 2) }),
      'protocol.a: int(3, 2): expected whole bounds, min <= max',
    ],
    [
      'bounds of a part',
      schemaWith({ a: perNode(server, record({ b: list(int(3, 2), 1) })) }),
      'protocol.a.b: int(3, 2)',
    ],
    ['fractional bounds', schemaWith({ a: int(0.5, 2) }), 'int(0.5, 2)'],
    ['bounds that are no numbers', schemaWith({ a: int(0, Number.NaN) }), 'int(0, NaN)'],
    ['too wide an integer', schemaWith({ a: int(0, MOST_INT_SPAN + 1) }), 'int(0, 65535)'],
    [
      'no names',
      schemaWith({ a: enumeration() }),
      'protocol.a: enumeration(): expected 1 to 254 distinct names',
    ],
    ['a name twice', schemaWith({ a: enumeration('red', 'green', 'red') }), '(red, green, red)'],
    ['255 names', schemaWith({ a: enumeration(...names(255)) }), 'expected 1 to 254 distinct'],
    [
      'a list for nothing',
      schemaWith({ a: list(flag(), 0) }),
      'protocol.a: list: expected a capacity from 1 to 255, found 0',
    ],
    ['a list too long', schemaWith({ a: list(flag(), 256) }), 'found 256'],
    ['a fractional capacity', schemaWith({ a: list(flag(), 1.5) }), 'found 1.5'],
    ['an int by hand', byHand({ kind: 'int', min: 0, max: '9' }), 'protocol.a: int(0, "9")'],
    ['names by hand', byHand({ kind: 'enum', names: 'red' }), 'expected names, found "red"'],
    ['a list by hand', byHand({ kind: 'list', element: flag() }), 'found nothing'],
    [
      'a lifecycle by hand',
      byHand({ kind: 'lifecycle', table: { name: 'a', states: ['on'] } }),
      'protocol.a: lifecycle: expected what compileLifecycle returns, found an object',
    ],
    ['a node by hand', byHand({ kind: 'node', type: { name: 'a' } }), 'expected a node type'],
    ['a field of no kind', byHand({ kind: 'text' }), 'protocol.a: expected int, flag'],
    ['no nodes', () => nodeType('server', 0), 'node type "server": expected 1 to 8 nodes, found 0'],
    ['too many nodes', () => nodeType('server', MOST_NODES + 1), 'found 9'],
    [
      'nodes of which it is not said',
      () => nodeType('server', 2, {} as never),
      'node type "server": interchangeable: expected true or false, found nothing',
    ],
    ['half a node', () => nodeType('server', 1.5), 'found 1.5'],
    ['a node type with a dash', () => nodeType('my-server', 2), 'node type "my-server"'],
    ['a node type without a name', () => nodeType('', 2), 'must be a camelCase word'],
    ['a field with a dash', schemaWith({ 'my-field': flag() }), 'field "my-field"'],
    ['a field with a capital', schemaWith({ Field: flag() }), 'field "Field"'],
    ['a field with code in it', schemaWith({ "x'](){}": flag() }), 'must be a camelCase word'],
    ['a field named __proto__', schemaWith({ ['__proto__']: flag() }), 'field "__proto__"'],
    ['a field named constructor', schemaWith({ constructor: flag() }), 'field "constructor"'],
    ['a field named toJSON', schemaWith({ toJSON: flag() }), 'field "toJSON"'],
    [
      'a field named then',
      schemaWith({ ['th' + 'en']: flag() }),
      'JavaScript asks every object for it',
    ],
    ['a field named toString', schemaWith({ toString: flag() }), 'field "toString"'],
    ['a bad name deep inside', schemaWith({ a: list(record({ $b: flag() }), 2) }), 'field "$b"'],
    [
      'a set of too many values',
      schemaWith({ a: set(record({ b: int(0, 999), c: int(0, 9) })) }),
      'protocol.a: set: there are 10,000 values that its element can have: expected at most 4,096',
    ],
    [
      'a set of containers',
      schemaWith({ a: set(record({ b: list(flag(), 2) })) }),
      'protocol.a.b: set(...) cannot hold a list: only int, flag, enum, node, optional and records',
    ],
    ['a set of sets', byHand({ kind: 'set', element: set(flag()) }), 'a set cannot hold a set'],
    [
      'a kind of record with a container',
      schemaWith({ a: set(variants('type', { ask: { b: nodeSet(server) } })) }),
      'protocol.a.b: set(...) cannot hold a nodeSet',
    ],
    [
      'a tag that is a field as well',
      schemaWith({ a: set(variants('type', { ask: { type: flag() } })) }),
      'protocol.a: "ask": "type" is the tag',
    ],
    ['no kinds', schemaWith({ a: set(variants('type', {})) }), 'expected 1 to 254 distinct names'],
    [
      'kinds of records outside of a set',
      byHand(variants('type', { ask: { b: flag() } })),
      'protocol.a: expected int, flag',
    ],
    [
      'a map by flags',
      byHand({ kind: 'map', key: flag(), value: flag() }),
      'protocol.a: map: expected node(...), int(...) or enumeration(...) as the key, found flag',
    ],
    [
      'a map of lists',
      byHand({ kind: 'map', key: int(0, 2), value: list(flag(), 2) }),
      'protocol.a: a map cannot hold a list',
    ],
    ['a map by too many numbers', schemaWith({ a: map(int(0, 9999), flag()) }), 'map: there are'],
    [
      'an optional record with a container',
      schemaWith({ a: optional(record({ b: nodeSet(server) })) }),
      'protocol.a.b: optional(...) cannot hold a nodeSet',
    ],
    [
      'two node types of one name',
      schemaWith({ a: nodeSet(nodeType('server', 2)), b: perNode(nodeType('server', 2), flag()) }),
      'two node types are named "server"',
    ],
  ];
  test.each(cases)('%s', (_, define, message) => {
    expect(define).toThrow(DeclarationError);
    expect(define).toThrow(message);
  });
});

describe('what is just within the limits works', () => {
  test('254 names, the widest integer, the longest list, one and eight nodes', () => {
    const names = Array.from({ length: 254 }, (_, index) => `name${index}`);
    const schema = defineSchema({
      protocol: {
        names: enumeration(...names),
        wide: int(0, MOST_INT_SPAN),
        long: list(int(0, 300), 255),
        one: nodeSet(nodeType('single', 1)),
        eight: perNode(nodeType('server', 8), flag()),
      },
      ghost: {},
      budget: {},
    });
    const { protocol } = schema.create();
    protocol.names = 'name253';
    protocol.wide = MOST_INT_SPAN;
    for (let index = 0; index < 255; index++) protocol.long.push(index);
    expect([protocol.names, protocol.wide, protocol.long.length]).toEqual(['name253', 65_534, 255]);
    expect(protocol.long.get(254)).toBe(254);
  });

  test('field names that JavaScript uses itself', () => {
    const schema = defineSchema({
      protocol: {
        class: int(0, 9),
        length: int(0, 9),
        init: int(0, 9),
        value: int(0, 9),
        bytes: int(0, 9),
      },
      ghost: {},
      budget: {},
    });
    const { protocol } = schema.create();
    Object.assign(protocol, { class: 1, length: 2, init: 3, value: 4, bytes: 5 });
    expect(protocol.class + 10 * protocol.init).toBe(31);
    expect([protocol.length, protocol.value, protocol.bytes]).toEqual([2, 4, 5]);
  });

  test('a state without any field', () => {
    const state = defineSchema({ protocol: {}, ghost: {}, budget: {} }).create();
    expect([state.bytes.length, state.words.length]).toEqual([0, 0]);
  });

  test('a node type used in several places is listed once', () => {
    const server = nodeType('server', 2);
    const schema = defineSchema({
      protocol: { a: nodeSet(server), b: perNode(server, record({ c: nodeSet(server) })) },
      ghost: { d: nodeSet(server) },
      budget: {},
    });
    expect(schema.nodeTypes).toEqual([server]);
  });

  test('nodes have names, and names have nodes', () => {
    const server = nodeType('server', 3);
    expect(server.all.map(each => server.nameOf(each))).toEqual([
      'server-1',
      'server-2',
      'server-3',
    ]);
    expect(server.named('server-3')).toBe(2);
    expect(server.named('server-4')).toBeUndefined();
  });
});
