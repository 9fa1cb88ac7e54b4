import { describe, expect, test } from 'vitest';
import type {
  TraceFile,
  TraceJson,
  TraceMessage,
  TraceStep,
} from '../../checker/trace/traceFile.ts';
import type { Cut, LaneState } from '../../viewer/page/frames/frame.ts';
import { extentOf, lineOf, shownColumns, xOf, yOf } from '../../viewer/page/layout/geometry.ts';
import { type Layout, layoutOf, spansOf } from '../../viewer/page/layout/layout.ts';
import { traceOf } from './traceOf.ts';

const up: LaneState = { condition: 'up', leads: false };

function step(actor: string, params: TraceStep['params'] = {}): TraceStep {
  return { action: 'act', actor, params, fingerprint: '0'.repeat(16), changes: [] };
}

function message(given: Partial<TraceMessage>): TraceMessage {
  return { name: 'm', from: 'a-1', to: 'a-2', content: '', sent: 1, fate: 'delivered', ...given };
}

/** Lays out a run of two nodes whose states are given for each state of the run. */
function laidOut(
  trace: TraceFile,
  laneStates: readonly LaneState[] = [],
  cuts: readonly (readonly Cut[])[] = [],
): Layout {
  const states = Array.from({ length: trace.steps.length + 1 }, (_, index): TraceJson => index);
  return layoutOf(trace, states, {
    lanes: () => ['a-1', 'a-2'],
    laneState: (state, lane) => (lane === 'a-1' ? laneStates[Number(state)] : undefined) ?? up,
    cuts: state => cuts[Number(state)] ?? [],
  });
}

describe('the layout of a run', () => {
  test('has a lane for each node of the view, and for whoever else acts or is written to', () => {
    const messages = [message({ from: 'late', to: 'a-1' })];
    const { lanes, last } = laidOut(traceOf({ steps: [step('client'), step('a-2')], messages }));
    expect(lanes.map(({ name }) => name)).toEqual(['a-1', 'a-2', 'client', 'late']);
    expect(last).toBe(2);
  });

  test('joins states in which a node stays as it is', () => {
    const leads: LaneState = { condition: 'up', role: 'leader', epoch: 1, leads: true };
    const { lanes } = laidOut(traceOf({ steps: [step('a-1'), step('a-1'), step('a-1')] }), [
      up,
      { ...up },
      leads,
      { ...leads, epoch: 2 },
    ]);
    expect(lanes[0]?.segments).toEqual([
      { first: 0, last: 1, state: up },
      { first: 2, last: 2, state: leads },
      { first: 3, last: 3, state: { ...leads, epoch: 2 } },
    ]);
    expect(lanes[1]?.segments).toEqual([{ first: 0, last: 3, state: up }]);
  });

  test.each([
    ['up', 'down', ['stopped']],
    ['paused', 'down', ['stopped']],
    ['down', 'up', ['started']],
    ['down', 'fenced', ['started']],
    ['up', 'paused', ['paused']],
    ['paused', 'up', ['resumed']],
    ['up', 'fenced', ['fenced']],
    ['fenced', 'up', ['unfenced']],
    ['up', 'up', []],
  ] as const)('tells what it means that a node was %s and is %s', (before, after, kinds) => {
    const { lanes } = laidOut(traceOf({ steps: [step('a-1')] }), [
      { condition: before, leads: false },
      { condition: after, leads: false, role: 'anything' },
    ]);
    expect(lanes[0]?.events).toEqual(kinds.map(kind => ({ step: 1, kind })));
  });

  test('marks who starts to lead, also one epoch after the other', () => {
    const leads: LaneState = { condition: 'up', epoch: 1, leads: true };
    const { lanes } = laidOut(traceOf({ steps: [step('a-1'), step('a-1'), step('a-1')] }), [
      up,
      leads,
      { ...leads, role: 'leader' },
      { ...leads, epoch: 2 },
    ]);
    expect(lanes[0]?.events).toEqual([
      { step: 1, kind: 'elected' },
      { step: 3, kind: 'elected' },
    ]);
  });

  test('says from when to when a node is cut off, and from whom', () => {
    const cut = [{ from: 'a-1', to: 'a-2' }];
    const { lanes } = laidOut(
      traceOf({ steps: [step('a-1'), step('a-1'), step('a-1')] }),
      [],
      [[], cut, [...cut], []],
    );
    expect(lanes[0]?.cuts).toEqual([{ first: 1, last: 2, to: ['a-2'], from: [] }]);
    expect(lanes[1]?.cuts).toEqual([{ first: 1, last: 2, to: [], from: ['a-1'] }]);
  });

  test('leads a step to the other node that it names, unless a message does', () => {
    const about = step('a-1', { node: 'a-2' });
    const handled = step('a-2', { from: 'a-1', to: 'a-2' });
    const trace = traceOf({
      steps: [about, about, handled, handled],
      kinds: ['client', 'fault', 'protocol', 'recovery'],
      messages: [message({ sent: 2, left: 3 })],
    });
    expect(laidOut(trace).marks).toEqual([
      { step: 1, lane: 0, kind: 'client', concerns: 1 },
      { step: 2, lane: 0, kind: 'fault' },
      { step: 3, lane: 1, kind: 'protocol' },
      { step: 4, lane: 1, kind: 'recovery', concerns: 0 },
    ]);
  });

  test('does without a commentary', () => {
    const layout = laidOut(traceOf({ steps: [step('a-2')] }));
    expect(layout.marks).toEqual([{ step: 1, lane: 1, kind: 'unknown' }]);
    expect(layout.arrows).toEqual([]);
  });

  test('has an arrow for each message', () => {
    const messages = [message({ from: 'a-2', to: 'a-1' }), message({ sent: 0 })];
    const { arrows } = laidOut(traceOf({ steps: [step('a-1')], messages }));
    expect(arrows).toEqual([
      { message: messages[0], from: 1, to: 0 },
      { message: messages[1], from: 0, to: 1 },
    ]);
  });
});

describe('spans', () => {
  test('are the longest of equal neighbours', () => {
    expect(spansOf([1, 1, 2, 1], (a, b) => a === b)).toEqual([
      { first: 0, last: 1, value: 1 },
      { first: 2, last: 2, value: 2 },
      { first: 3, last: 3, value: 1 },
    ]);
    expect(spansOf([], () => true)).toEqual([]);
  });
});

describe('the geometry', () => {
  const column = 40;

  test('lets a state last from its step to the next, and the last one to the end', () => {
    expect(extentOf({ first: 0, last: 0 }, 3, column)).toEqual({ x: 0, width: xOf(1, column) });
    expect(extentOf({ first: 1, last: 2 }, 3, column)).toEqual({ x: xOf(1, column), width: 80 });
    expect(extentOf({ first: 3, last: 3 }, 3, column)).toEqual({ x: xOf(3, column), width: 20 });
  });

  test('draws no more columns than can be seen, with a margin, of however many', () => {
    expect(shownColumns(0, 800, column, 5)).toEqual({ first: 0, last: 5 });
    const { first, last } = shownColumns(40_000, 800, column, 2_000);
    expect(first).toBeLessThanOrEqual(1_000);
    expect(last).toBeGreaterThanOrEqual(1_020);
    expect(last - first).toBeLessThan(70);
  });

  test('does not draw anew for a little scrolling', () => {
    expect(shownColumns(40_010, 800, column, 2_000)).toEqual(
      shownColumns(40_100, 800, column, 2_000),
    );
  });

  test('leads a message from lane to lane, and a lost one not all the way', () => {
    const arrow = { message: message({ sent: 1, left: 3 }), from: 0, to: 1 };
    const arrives = lineOf(arrow, 5, column);
    expect([arrives.x1, arrives.x2]).toEqual([xOf(1, column), xOf(3, column)]);
    expect(arrives.y1).toBeGreaterThan(yOf(0));
    expect(arrives.y2).toBeLessThan(yOf(1));
    const lost = lineOf({ ...arrow, message: message({ left: 3, fate: 'lost' }) }, 5, column);
    expect(lost.x2).toBeLessThan(arrives.x2);
    expect(lost.y2).toBeLessThan(arrives.y2);
  });

  test('lets a message that stays in flight end where the run ends', () => {
    const arrow = { message: message({ sent: 1, fate: 'inFlight' }), from: 1, to: 0 };
    const { x2, y2 } = lineOf(arrow, 5, column);
    expect(x2).toBe(6 * column);
    expect(y2).toBeGreaterThan(yOf(0));
  });
});
