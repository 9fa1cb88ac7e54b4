import { describe, expect, it } from 'vitest';
import { specificationOf } from '../../../application/tasks/replayTrace.ts';
import { builtInModels } from '../../../catalogue/models.ts';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { stateToJson } from '../../../checker/state/json.ts';
import { statesOf, valueAt } from '../../../checker/trace/statesOf.ts';
import type { TraceFile, TraceJson } from '../../../checker/trace/traceFile.ts';
import { everyFew } from '../../long.ts';
import { traceAt, tracesIn } from './corpusFiles.ts';
import { traceOf } from './traces.ts';

/** The last state after changes of these paths to these values. */
function changed(state: TraceJson, ...changes: readonly (readonly [string, TraceJson])[]): unknown {
  const trace = traceOf(1);
  const [step = expect.fail()] = trace.steps;
  trace.initial.state = state;
  trace.steps = [
    { ...step, changes: changes.map(([path, after]) => ({ path, before: null, after })) },
  ];
  return statesOf(trace)[1];
}

/** The states of the model along the steps of a trace. */
function played({ model: of, initial, steps }: TraceFile): unknown[] {
  const { model } = specificationOf(of, builtInModels);
  const compiled = new CompiledModel(model);
  const state = compiled.createState();
  compiled.initialize(state, initial.index);
  const states: unknown[] = [stateToJson(model.schema, state)];
  for (const { action, params } of steps) {
    compiled.step(state, compiled.find({ name: action, params }) ?? expect.fail(action));
    states.push(stateToJson(model.schema, state));
  }
  return states;
}

describe('the states of a trace', () => {
  it.each(everyFew(tracesIn('traces'), 4))('are those of the model: %s', path => {
    const trace = traceAt(path);
    expect(statesOf(trace)).toEqual(played(trace));
  });

  it('leaves what is there before as it was, and shares what did not change', () => {
    const trace = traceOf(2);
    trace.initial.state = { cars: { 'car-1': { floor: 0 } }, ghost: { log: [] }, other: { a: 1 } };
    const states = statesOf(trace);
    expect(states).toHaveLength(3);
    expect(states.map(state => valueAt(state, 'other'))).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
    expect(valueAt(states[2] ?? null, 'other')).toBe(valueAt(states[0] ?? null, 'other'));
    expect(trace.initial.state).toEqual({
      cars: { 'car-1': { floor: 0 } },
      ghost: { log: [] },
      other: { a: 1 },
    });
  });

  it('puts elements at the end of a list and cuts them off', () => {
    expect(changed({ log: [1] }, ['log[1]', 2], ['log[2]', 3])).toEqual({ log: [1, 2, 3] });
    expect(changed({ log: [1, 2, 3] }, ['log[1]', null], ['log[2]', null])).toEqual({ log: [1] });
    expect(changed({ log: [{ a: 1 }, { a: 2 }] }, ['log[1].a', 3])).toEqual({
      log: [{ a: 1 }, { a: 3 }],
    });
  });

  it('takes nothing beyond the end of a list for an element of it', () => {
    const beyond = [
      ['log[4294967294]', null],
      ['log[200000000]', 2],
      ['log[2].a', 2],
    ] as const;
    expect(changed({ log: [1] }, ...beyond)).toEqual({ log: [1] });
  });

  it('takes a key with a dot, a bracket or an arrow for one key', () => {
    const state = { links: { 'a.b[0]->c': { up: true }, a: { b: 1 } } };
    expect(changed(state, ['links.a.b[0]->c.up', false])).toEqual({
      links: { 'a.b[0]->c': { up: false }, a: { b: 1 } },
    });
  });

  it('survives paths that lead nowhere, and no prototype is reached', () => {
    expect(changed(3, ['', 4])).toBe(4);
    expect(changed(null, ['a.b', 1])).toEqual({ a: { b: 1 } });
    changed({}, ['__proto__.polluted', true], ['constructor.prototype.polluted', true]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('the value at a path', () => {
  const state: TraceJson = { a: { 'b-1': [{ c: 1 }, null] }, '': 2 };

  it.each([
    ['', state],
    ['a.b-1[0].c', 1],
    ['a.b-1[1]', null],
    ['a.b-1[2]', null],
    ['a.b-1.c', null],
    ['a[0]', null],
    ['toString', null],
    ['__proto__', null],
  ])('%j', (path, value) => {
    expect(valueAt(state, path)).toEqual(value);
  });
});
