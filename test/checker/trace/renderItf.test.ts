import { describe, expect, it } from 'vitest';
import { renderItf } from '../../../checker/trace/renderItf.ts';
import { statesOf } from '../../../checker/trace/statesOf.ts';
import type { TraceFile, TraceJson } from '../../../checker/trace/traceFile.ts';
import { commentedTrace } from './commentedTrace.ts';
import { readItf, valueOfItf } from './itf.ts';
import { traceOf } from './traces.ts';

function withState(state: TraceJson): TraceFile {
  const trace = traceOf(0);
  trace.initial.state = state;
  return trace;
}

/** The variables of the first state as they are written. */
function written(trace: TraceFile): unknown {
  const [{ 'mbt::actionTaken': _, 'mbt::nondetPicks': __, ...variables } = {}] = readItf(
    renderItf(trace),
  ).states;
  return variables;
}

const none = { tag: 'None', value: { '#tup': [] } };

describe('the Informal Trace Format', () => {
  it('has a variable for each part of the state, and the steps', () => {
    const { vars, states } = readItf(renderItf(commentedTrace()));
    expect(vars).toEqual(['protocol', 'ghost', 'budget', 'mbt::actionTaken', 'mbt::nondetPicks']);
    expect(states.map(state => state['mbt::actionTaken'])).toEqual([
      ...['init', 'press', 'call', 'answer', 'loseCall', 'hear', 'breakDown', 'repair'],
    ]);
    expect(states.map(({ 'mbt::nondetPicks': picks }) => valueOfItf(picks))[7]).toEqual({
      floor: null,
      from: null,
      to: null,
      of: null,
      car: 'car-2',
      kept: null,
      hours: 2,
    });
  });

  it('writes a set as a set', () => {
    const state = { sent: { '#set': [{ to: 'car-1', at: 2 }] }, empty: { '#set': [] } };
    expect(written(withState({ state }))).toEqual({
      state: {
        sent: { '#set': [{ to: 'car-1', at: { '#bigint': '2' } }] },
        empty: { '#set': [] },
      },
    });
  });

  it('says what it is and of what', () => {
    const { meta } = readItf(renderItf(traceOf(1)));
    expect(meta).toMatchObject({
      format: 'ITF',
      source: 'elevator, version 3',
      status: 'violation',
    });
    expect(meta['property']).toEqual(traceOf(1).property);
    const witness: TraceFile = { ...traceOf(1), kind: 'witness' };
    expect(readItf(renderItf(witness)).meta).toMatchObject({ status: 'ok' });
  });

  it('writes what is there by name of node or link as a map, and all else as a record', () => {
    const state = { cars: { 'car-1': { up: true }, 'car-1->car-2': { up: false } }, none: {} };
    expect(written(withState({ state }))).toEqual({
      state: {
        cars: {
          '#map': [
            ['car-1', { up: true }],
            ['car-1->car-2', { up: false }],
          ],
        },
        none: { '#map': [] },
      },
    });
  });

  it('writes integers of any size, and says of other numbers that there is no word for them', () => {
    expect(written(withState({ a: -3, b: 2 ** 60, c: 0.5, d: 1e308 }))).toEqual({
      a: { '#bigint': '-3' },
      b: { '#bigint': '1152921504606846976' },
      c: { '#unserializable': '0.5' },
      d: { '#bigint': BigInt(1e308).toString() },
    });
  });

  it('writes what is absent in one state, node or element as an option in all of them', () => {
    const trace = withState({ cars: { 'car-1': { by: null }, 'car-2': { by: 'x' } }, log: [1] });
    const change = { path: 'log[0]', before: 1, after: 2 };
    trace.steps = [{ ...(traceOf(1).steps[0] ?? expect.fail()), changes: [change] }];
    expect(written(trace)).toEqual({
      cars: {
        '#map': [
          ['car-1', { by: none }],
          ['car-2', { by: { tag: 'Some', value: 'x' } }],
        ],
      },
      log: [{ '#bigint': '1' }],
    });
  });

  it('has one variable where the state has no fields that could be variables', () => {
    for (const state of [null, 3, ['a'], { '#meta': 1 }, { 'mbt::actionTaken': 'x' }, {}]) {
      const { vars } = readItf(renderItf(withState(state)));
      expect(vars).toEqual(['state', 'mbt::actionTaken', 'mbt::nondetPicks']);
    }
  });

  it('keeps hostile names harmless', () => {
    const state = JSON.parse('{"a": {"__proto__": {"x": 1}, "#set": [1], "constructor": null}}');
    const trace = withState(state);
    const { states } = readItf(renderItf(trace));
    expect(valueOfItf({ '#map': [['a', states[0]?.['a']]] })).toEqual(state);
  });

  it('can be read back', () => {
    const trace = commentedTrace();
    const { states } = readItf(renderItf(trace));
    const read = states.map(({ 'mbt::actionTaken': _, 'mbt::nondetPicks': __, ...state }) =>
      valueOfItf(state),
    );
    expect(read).toEqual(statesOf(trace));
  });
});

describe('the reader of these tests', () => {
  const state = { '#meta': { index: 0 }, x: '' };
  it.each([
    ['a null', { ...state, x: null }],
    ['a number', { ...state, x: 1 }],
    ['a variable too many', { ...state, y: '' }],
    ['a variable missing', { '#meta': { index: 0 } }],
    ['another index', { ...state, '#meta': { index: 1 } }],
    ['an unknown constructor', { ...state, x: { '#bag': [] } }],
    ['a constructor among fields', { ...state, x: { '#set': [], a: '' } }],
    ['a number that is none', { ...state, x: { '#bigint': '1.5' } }],
    ['a map of no pairs', { ...state, x: { '#map': [['a']] } }],
  ])('refuses %s', (_, wrong) => {
    const text = (only: unknown): string =>
      JSON.stringify({ '#meta': {}, vars: ['x'], states: [only] });
    expect(() => readItf(text(state))).not.toThrow();
    expect(() => readItf(text(wrong))).toThrow();
  });
});
