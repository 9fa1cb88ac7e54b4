import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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
import { type JsonValue, stateToJson } from '../../../checker/state/json.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { casesOf } from '../../long.ts';
import {
  arbitrarySchema,
  arbitraryStateJson,
  bytesText,
  doorTable,
  stateOf,
} from './arbitrarySchema.ts';
import { StateJsonError, stateFromJson } from './stateFromJson.ts';

const server = nodeType('server', 2);
const schema = defineSchema({
  protocol: {
    servers: perNode(
      server,
      record({
        log: list(record({ epoch: int(0, 300) }), 2),
        door: lifecycle(doorTable),
        up: flag(),
      }),
    ),
    shade: enumeration('red', 'green'),
    chosen: node(server),
    maybe: optional(int(-3, 3)),
    group: nodeSet(server),
    wires: links(server, record({ load: int(0, 9) })),
  },
  ghost: { last: optional(node(server)) },
  budget: { crashes: int(0, 2) },
});

const full = {
  protocol: {
    servers: {
      'server-1': { log: [{ epoch: 300 }, { epoch: 1 }], door: 'open', up: true },
      'server-2': { log: [], door: 'shut', up: false },
    },
    shade: 'green',
    chosen: 'server-2',
    maybe: -3,
    group: ['server-1', 'server-2'],
    wires: { 'server-1->server-2': { load: 9 }, 'server-2->server-1': { load: 0 } },
  },
  ghost: { last: 'server-1' },
  budget: { crashes: 2 },
};

describe('a state as JSON', () => {
  test('uses names for nodes, enumerations and lifecycle states', () => {
    const state = stateOf(schema, full);
    expect(stateToJson(schema, state)).toEqual(full);
    const [first, second] = server.all;
    if (first === undefined || second === undefined) throw new Error();
    expect(state.protocol).toMatchObject({ shade: 'green', chosen: second, maybe: -3 });
  });

  test('shows what is unset or absent as null', () => {
    const initial = stateToJson(schema, schema.create());
    expect(initial).toMatchObject({
      protocol: { chosen: null, maybe: null, shade: 'red', group: [] },
      ghost: { last: null },
    });
  });

  test('reads back to the same bytes, over whatever the state held, on random schemas', () => {
    fc.assert(
      fc.property(
        arbitrarySchema().chain(random =>
          fc.tuple(fc.constant(random), arbitraryStateJson(random), arbitraryStateJson(random)),
        ),
        ([random, json, previous]) => {
          const state = stateOf(random, json);
          const again = stateOf(random, previous);
          const text = JSON.stringify(stateToJson(random, state));
          stateFromJson(random, JSON.parse(text), again);
          expect(bytesText(again)).toBe(bytesText(state));
          expect(JSON.stringify(stateToJson(random, again))).toBe(text);
        },
      ),
      { seed: 6, numRuns: casesOf(100, 300) },
    );
  });
});

describe('JSON that is no state of the schema', () => {
  const { protocol } = full;
  const within = (changed: Record<string, JsonValue>): JsonValue => ({
    ...full,
    protocol: { ...protocol, ...changed },
  });
  const withServer = (changed: Record<string, JsonValue>): JsonValue =>
    within({
      servers: { ...protocol.servers, 'server-1': { ...protocol.servers['server-1'], ...changed } },
    });
  const { shade: _, ...withoutShade } = protocol;
  const cases: [string, JsonValue, string][] = [
    ['no object', 7, 'state: expected an object, found 7'],
    ['an array', [], 'state: expected an object, found []'],
    ['null', null, 'state: expected an object, found null'],
    ['a missing part', { protocol }, 'ghost: expected a value, found undefined'],
    ['a missing field', { ...full, protocol: withoutShade }, 'protocol.shade: expected a value'],
    ['an unknown part', { ...full, extra: 1 }, 'extra: expected no such field, found "extra"'],
    ['an unknown field', within({ extra: 1 }), 'protocol.extra: expected no such field'],
    [
      'an unknown name',
      within({ shade: 'pink' }),
      'protocol.shade: expected one of red, green, found "pink"',
    ],
    [
      'an unknown node',
      within({ chosen: 'server-3' }),
      'protocol.chosen: expected one of server-1, server-2',
    ],
    ['a node of no name', within({ chosen: 1 }), 'protocol.chosen: expected one of'],
    [
      'an unknown member',
      within({ group: ['server-2', 'x'] }),
      'protocol.group[1]: expected one of',
    ],
    ['a set that is none', within({ group: 'server-1' }), 'protocol.group: expected an array'],
    [
      'a number too large',
      within({ maybe: 4 }),
      'protocol.maybe: expected a whole number from -3 to 3, found 4',
    ],
    ['a fraction', within({ maybe: 0.5 }), 'protocol.maybe: expected a whole number'],
    ['a number as text', within({ maybe: '1' }), 'protocol.maybe: expected a whole number'],
    ['a flag as number', withServer({ up: 1 }), 'server-1.up: expected true or false, found 1'],
    [
      'a missing flag value',
      withServer({ up: null }),
      'server-1.up: expected true or false, found null',
    ],
    [
      'an unknown lifecycle state',
      withServer({ door: 'ajar' }),
      'door: expected one of shut, open, broken',
    ],
    [
      'a deep element',
      withServer({ log: [{ epoch: 1 }, { epoch: 301 }] }),
      'log[1].epoch: expected',
    ],
    ['a long list', withServer({ log: [1, 2, 3] }), 'log: expected at most 2 elements, found 3'],
    ['a missing node', within({ servers: {} }), 'server-1: expected a value, found undefined'],
    [
      'a link to itself',
      within({ wires: { ...protocol.wires, 'server-1->server-1': {} } }),
      'no such field',
    ],
    [
      'a missing count',
      { ...full, budget: { crashes: null } },
      'budget.crashes: expected a whole number',
    ],
  ];
  test.each(cases)('%s is refused, naming the path', (_name, json, message) => {
    const read = () => stateFromJson(schema, json, schema.create());
    expect(read).toThrow(StateJsonError);
    expect(read).toThrow(message);
  });
});
