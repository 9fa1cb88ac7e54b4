import { describe, expect, test } from 'vitest';
import { statesOf } from '../../checker/trace/statesOf.ts';
import type { TraceJson } from '../../checker/trace/traceFile.ts';
import { clusterCuts, clusterLaneState } from '../../viewer/page/frames/cluster/clusterView.ts';
import { genericLaneState, genericLanes } from '../../viewer/page/frames/generic/genericLanes.ts';
import { kraftCuts, kraftLaneState } from '../../viewer/page/frames/kraft/kraftView.ts';
import { Place, placeOf } from '../../viewer/page/frames/place.ts';
import {
  replicationCuts,
  replicationLaneState,
} from '../../viewer/page/frames/replication/replicationView.ts';
import { shapeOf } from '../../viewer/page/frames/shapeOf.ts';
import { transactionsLaneState } from '../../viewer/page/frames/transactions/transactionsView.ts';
import { type GenericNode, genericView } from '../../viewer/page/frames/view/genericView.ts';
import { logStrip, offsetAt } from '../../viewer/page/frames/view/logStrip.ts';
import { said, setWords } from '../../viewer/page/frames/view/said.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';
import { factsOf, partsOf, stillTrace, viewAt } from './framesTraces.ts';

const replication = corpusTrace('unclean-leader-election--acknowledged-records-survive');
const kraft = corpusTrace('double-vote--one-leader-per-epoch');
const transactions = corpusTrace('half-of-transaction-read--transactions-are-read-at-once');

describe('a place in the state', () => {
  test('knows whether the step changed what is there', () => {
    const states = [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }];
    expect(placeOf(states, 1).at('a', 1, 'b').changed).toBe(true);
    expect(placeOf(states, 1).at('a', 0).changed).toBe(false);
    expect(placeOf(states, 0).at('a', 1, 'b').changed).toBe(false);
  });

  test('takes equal values that were made anew for the same', () => {
    expect(new Place({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }).changed).toBe(false);
    expect(new Place({ a: 1 }, { b: 1 }).changed).toBe(true);
    expect(new Place([1], { 0: 1 }).changed).toBe(true);
  });

  test('finds nothing that the state does not have of its own', () => {
    const place = new Place(JSON.parse('{"a": {"__proto__": {"polluted": 1}}}'));
    expect(place.at('constructor').now).toBeNull();
    expect(place.at('a', 'toString').now).toBeNull();
    expect(place.at('a', '__proto__', 'polluted').number).toBe(1);
    expect(place.at('a', 'polluted').now).toBeNull();
    expect(new Place('text').at('length').now).toBeNull();
    expect(new Place([1]).at('length').now).toBeNull();
  });

  test('says what was there before', () => {
    const place = new Place(['broker-2'], ['broker-1', 'broker-2']);
    expect(said(place, setWords)).toEqual({ text: '2', changed: true, was: '1, 2' });
  });

  test('shortens names only if all are brokers or all are nodes', () => {
    const words = (...names: string[]) => setWords(new Place(names));
    expect(words('broker-1', 'broker-3')).toBe('1, 3');
    expect(words('node-1', 'broker-3')).toBe('node-1, broker-3');
    expect(words('controller-1', 'controller-3')).toBe('controller-1, 3');
    expect(words('a', 'b')).toBe('a, b');
    expect(words()).toBe('–');
  });
});

const noLog = { process: 'running', replica: 'leading', log: 'log' };

describe('the shape of a state', () => {
  test('is told by the state and not by the name of the model', () => {
    expect(shapeOf(replication)).toBe('replication');
    expect(shapeOf(kraft)).toBe('kraft');
    expect(shapeOf({ ...kraft, model: { ...kraft.model, name: 'replication' } })).toBe('kraft');
    const both = { quorum: kraft.initial.state, partition: replication.initial.state };
    const protocol = { quorum: protocolOf(both.quorum), partition: protocolOf(both.partition) };
    expect(shapeOf(stillTrace(kraft, { protocol }))).toBe('cluster');
  });

  test.each([
    ['null', null],
    ['a list', []],
    ['no brokers', { protocol: { brokers: {}, metadata: { history: [{}] } } }],
    ['no history', { protocol: { brokers: { b: { process: 'p', replica: 'r', log: [] } } } }],
    ['a broker without a log', { protocol: { brokers: { b: {} }, metadata: { history: [{}] } } }],
    ['a log that is none', { protocol: { brokers: { b: noLog }, metadata: { history: [{}] } } }],
    ['a text for a node', { protocol: { nodes: { n: 'leader' }, connections: {} } }],
  ])('is generic where there is %s', (_, state) => {
    expect(shapeOf(stillTrace(replication, state))).toBe('generic');
  });
});

function protocolOf(state: TraceJson): TraceJson {
  return new Place(state).at('protocol').now;
}

/** The state with one of its values replaced, for each of its values. */
function* spoilt(state: TraceJson, by: TraceJson): Generator<TraceJson> {
  yield by;
  if (state === null || typeof state !== 'object') return;
  for (const [key, child] of Object.entries(state)) {
    for (const inner of spoilt(child, by)) {
      yield Array.isArray(state)
        ? state.map((one, index) => (String(index) === key ? inner : one))
        : { ...state, [key]: inner };
    }
  }
}

const wrong: readonly (readonly [string, TraceJson])[] = [
  ['null', null],
  ['a text', '__proto__'],
  ['a negative number', -1],
  ['a huge number', 1e300],
  ['a fraction', 0.5],
  ['a list', [[], {}, null, 'x']],
  ['a record', { __proto__: null, constructor: 1, 'a->b->c': { cut: true } }],
];

const part = replication.initial.state;
const quorum = kraft.initial.state;
const cluster = {
  protocol: { quorum: protocolOf(quorum), partition: protocolOf(part) },
  ghost: {},
};

const models = {
  replication: [part, replicationLaneState, replicationCuts],
  kraft: [quorum, kraftLaneState, kraftCuts],
  cluster: [cluster, clusterLaneState, clusterCuts],
  // Everything is there after the last step.
  transactions: [statesOf(transactions).at(-1) ?? null, transactionsLaneState, () => []],
} as const;

describe.each(['replication', 'kraft', 'transactions'] as const)('a state of %s', model => {
  test.each(wrong)('is shown whatever of it is %s', (_, by) => {
    const [state, laneState, cuts] = models[model];
    let count = 0;
    for (const bad of spoilt(state, by)) {
      const view = viewAt(stillTrace(replication, bad), model);
      for (const { rows, records } of partsOf(view, 'nodes')) {
        for (const { strip } of [...rows, ...records]) {
          expect(strip.slots.length).toBeLessThanOrEqual(256);
        }
      }
      for (const lane of ['broker-1', 'node-1', 'coordinator', '__proto__', 'constructor']) {
        expect(laneState(bad, lane).condition).toMatch(/^(up|down|paused|fenced)$/);
      }
      expect(Array.isArray(cuts(bad))).toBe(true);
      count++;
    }
    expect(count).toBeGreaterThan(100);
  });
});

test('a cluster of which half is missing is shown', () => {
  for (const [, by] of wrong) {
    for (const key of ['quorum', 'partition']) {
      const state = { ...cluster, protocol: { ...cluster.protocol, [key]: by } };
      expect(viewAt(stillTrace(kraft, state), 'cluster')).toHaveLength(3);
      expect(models.cluster[1](state, 'broker-1').leads).toBe(key === 'quorum');
      expect(models.cluster[2](state)).toEqual([]);
    }
  }
});

test('fields of an extension are shown as they are', () => {
  const state = JSON.parse(JSON.stringify(part));
  state.protocol.rot = { 'broker-1': true };
  state.ghost.seen = ['<script>'];
  const shown = partsOf(viewAt(stillTrace(replication, state), 'replication'), 'rest');
  expect(shown.map(({ title }) => title)).toEqual([
    'Further fields of the protocol',
    'Further ghost fields',
  ]);
  expect(linesOf(shown[1]?.node)).toEqual(['seen: [<script>]']);
  expect(partsOf(viewAt(replication, 'replication'), 'rest')).toEqual([]);
});

test('cuts of hostile names are told apart', () => {
  const cutLinks = { 'a->b': { cut: true }, '__proto__->a': { cut: true }, x: { cut: true } };
  const trace = stillTrace(kraft, { protocol: { cutLinks } });
  expect(factsOf(viewAt(trace, 'kraft'), 'Clients and network').slice(1)).toEqual([
    'cut: a ⇸ b',
    'cut: __proto__ ⇸ a',
  ]);
});

test.each([-1, 0.5, 1e300, '3', null])('%s is no offset', value => {
  expect(offsetAt(new Place(value))).toBeUndefined();
  expect(offsetAt(new Place(3))).toBe(3);
});

test('a long log shows its end, and a mark far beyond it is named with its offset', () => {
  const cell = { label: 'r', words: 'record', isFlushed: true, isCommitted: false, changed: false };
  const cells = Array.from({ length: 1000 }, (_, offset) => ({ ...cell, offset }));
  const mark = { name: 'HW', offset: 1e9, kind: 'highWatermark', changed: false } as const;
  const strip = logStrip('log', cells, [mark]);
  expect(strip.slots).toHaveLength(256);
  expect(strip.hidden).toBe(1005 - 256);
  expect(strip.slots.at(-1)?.marks).toEqual([{ ...mark, name: 'HW 1000000000' }]);
});

describe('the view of any model', () => {
  const node = { role: 'leader', term: 2, entries: [{ term: 1, value: 'x' }] };
  const state = { nodes: { 'n-1': node, 'n-2': { ...node, role: 'down' } }, clock: 3 };
  const before = { ...state, clock: 2 };

  test('has a card for each node, and says what has changed', () => {
    const view = genericView(new Place(state, before));
    expect(linesOf(view)).toEqual([
      'nodes n-1 role: leader',
      'nodes n-1 term: 2',
      'nodes n-1 entries 0: 1, x',
      'nodes n-2 role: down',
      'nodes n-2 term: 2',
      'nodes n-2 entries 0: 1, x',
      'clock: 3 (was 2)',
    ]);
    expect(JSON.stringify(view)).toContain('"kind":"cards"');
  });

  test('finds lanes, and what it can of who is where', () => {
    const trace = { ...stillTrace(kraft, state), steps: kraft.steps.slice(0, 1) };
    expect(genericLanes(trace)).toEqual(['n-1', 'n-2', trace.steps[0]?.actor]);
    expect(genericLaneState(state, 'n-1')).toEqual({
      condition: 'up',
      role: 'leader',
      epoch: 2,
      leads: true,
    });
    expect(genericLaneState(state, 'n-2').condition).toBe('down');
    expect(genericLaneState({ seats: { 'seat-1': 'taken' } }, 'seat-1').role).toBe('taken');
  });

  test('leaves out what is too much, and says so', () => {
    const wide = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`f${i}`, i]));
    expect(genericView(new Place(wide))).toMatchObject({ kind: 'fields', missing: 50 });
    let deep: TraceJson = 'bottom';
    for (let i = 0; i < 60; i++) deep = { deep };
    expect(linesOf(genericView(new Place(deep)))[0]).toMatch(/^(deep ){5}deep: \{deep: .*\.\.\.$/);
  });
});

/** Each value with the way to it. */
function linesOf(node: GenericNode | undefined, way: readonly string[] = []): string[] {
  if (node === undefined) return [];
  if (node.kind === 'value') {
    const { text, was } = node.value;
    return [`${way.join(' ')}: ${text}${was === undefined ? '' : ` (was ${was})`}`];
  }
  if (node.kind === 'table') {
    return node.rows.map(
      ({ name, cells }) =>
        `${[...way, name].join(' ')}: ${cells.map(({ text }) => text).join(', ')}`,
    );
  }
  const fields = node.kind === 'cards' ? node.cards : node.fields;
  return fields.flatMap(field => linesOf(field.node, [...way, field.name]));
}
