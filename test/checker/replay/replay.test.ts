import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { anyProperties } from '../../../checker/model/property.ts';
import { recordTrace } from '../../../checker/replay/record.ts';
import { replay } from '../../../checker/replay/replay.ts';
import { readTrace, writeTrace } from '../../../checker/trace/readTrace.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { handedOver, heldByAtMost, lockModel } from '../subjects/lock.ts';
import { counterModel, invariant, placeSchema } from '../subjects/toys.ts';

const property = heldByAtMost(1);
const explored = {
  engine: 'script',
  distinctStates: 0,
  generatedStates: 0,
  depth: 0,
  shortest: false,
} as const;

const by = (client: number) => ({
  actor: `client-${client}`,
  params: { client: `client-${client}` },
});
const steps = [
  { name: 'acquire', ...by(1) },
  { name: 'hum', actor: 'nobody', params: { tune: 'low' } },
  { name: 'acquire', ...by(2) },
];
const clause = '2 clients hold the lock';
const recorded = (): TraceFile =>
  recordTrace(lockModel(), { property, clause, initialState: 0, steps }, explored);

describe('recording', () => {
  test('writes down each step with what it changed', () => {
    const trace = recorded();
    expect(trace).toMatchObject({
      format: 'highwater-trace',
      formatVersion: 1,
      kind: 'counterexample',
      model: { name: 'lock', version: 1, defects: [] },
      property: { name: 'held-by-few', kind: 'invariant', clause },
      initial: { index: 0 },
    });
    expect(trace.steps.map(({ changes }) => changes.map(({ path }) => path))).toEqual([
      ['protocol.holders', 'ghost.grants'],
      ['protocol.noise'],
      ['protocol.holders', 'ghost.grants'],
    ]);
    expect(trace.steps[2]?.changes[0]).toEqual({
      path: 'protocol.holders',
      before: ['client-1'],
      after: ['client-1', 'client-2'],
    });
    expect(new Set(trace.steps.map(({ fingerprint }) => fingerprint)).size).toBe(3);
  });

  test('and replaying come to the same states, also by way of a file', () => {
    const trace = readTrace('lock.trace.json', writeTrace(recorded()));
    expect(trace).toEqual(recorded());
    expect(replay(lockModel(), [property], trace)).toEqual({
      word: 'reproduced',
      step: 3,
      reason: clause,
    });
  });

  test('refuses a run that is not one of the model', () => {
    const record = (...broken: typeof steps) =>
      recordTrace(lockModel(), { property, clause, initialState: 0, steps: broken }, explored);
    expect(() => record({ name: 'steal', ...by(1) })).toThrow(
      'steal(client=client-1) cannot be taken: it is unknown',
    );
    expect(() => record({ name: 'expire', ...by(1) })).toThrow(
      'expire(client=client-1) cannot be taken: nothing to expire',
    );
    expect(() => record({ name: 'release', ...by(1) })).toThrow(
      'release(client=client-1) cannot be taken: it is not enabled',
    );
  });

  test('keeps a witness of a goal, which is reproduced when the goal is reached', async () => {
    const goal = handedOver();
    const { witnesses } = await exploreExhaustively(lockModel({ checked: true }), [goal]);
    const run = { property: goal, clause: '', initialState: 0, steps: witnesses[0]?.steps ?? [] };
    const trace = recordTrace(lockModel({ checked: true }), run, explored);
    expect(trace.kind).toBe('witness');
    expect(replay(lockModel({ checked: true }), [goal], trace)).toMatchObject({
      word: 'reproduced',
      step: 3,
    });
  });
});

describe('replaying is "fixed"', () => {
  test('when the steps can be taken and the property holds now', () => {
    expect(replay(lockModel(), [heldByAtMost(2)], recorded())).toEqual({
      word: 'fixed',
      step: 3,
      reason: 'every step can be taken and the property holds',
    });
  });
});

describe('replaying is "diverged"', () => {
  test('when a guard is false now, naming the step and the guard', () => {
    expect(replay(lockModel({ checked: true }), [property], recorded())).toEqual({
      word: 'diverged',
      step: 3,
      reason: 'acquire(client=client-2): the lock is taken',
    });
  });

  test('when a budget is used up now', () => {
    const trace = recordTrace(
      lockModel(),
      {
        property,
        clause,
        initialState: 0,
        steps: [
          { name: 'acquire', ...by(1) },
          { name: 'expire', actor: 'clock', params: { client: 'client-1' } },
        ],
      },
      explored,
    );
    const model = lockModel();
    const poor = { ...model, initialStates: [() => undefined] };
    expect(replay(poor, [property], trace)).toEqual({
      word: 'diverged',
      step: 2,
      reason: 'expire(client=client-1): no expiries are left in this scope',
      differsFrom: 0,
    });
  });
});

describe('replaying is "not-applicable", and never a pass', () => {
  test.each([
    [
      'an action is renamed',
      () => replay(lockModel({ acquire: 'take' }), [property], recorded()),
      'step 1: there is no action acquire(client=client-1)',
    ],
    [
      'an argument is not in the domain',
      () => {
        const trace = recorded();
        const [first, second, third] = trace.steps;
        if (first === undefined || second === undefined || third === undefined) throw new Error();
        const strange = { ...third, params: { client: 'client-9' } };
        return replay(lockModel(), [property], { ...trace, steps: [first, second, strange] });
      },
      'step 3: there is no action acquire(client=client-9)',
    ],
    [
      'the model is another one',
      () => replay(counterModel(3), [property], recorded()),
      'the trace is of model "lock", not "counter"',
    ],
    [
      'the version is another one',
      () => replay(lockModel({ version: 2 }), [property], recorded()),
      'the trace is of version 1 of the model; this is version 2',
    ],
    [
      'the property is gone',
      () => replay(lockModel(), [handedOver()], recorded()),
      'there is no property "held-by-few"',
    ],
    [
      'the property is of another kind',
      () => replay(lockModel(), [{ ...handedOver(), name: 'held-by-few' }], recorded()),
      'the property is now of kind sometimes',
    ],
    [
      'the property is not claimed any more',
      () => replay(lockModel(), [{ ...property, notApplicable: 'no longer claimed' }], recorded()),
      'no longer claimed',
    ],
    [
      'the initial state is gone',
      () => {
        const trace = recorded();
        return replay(lockModel(), [property], {
          ...trace,
          initial: { ...trace.initial, index: 1 },
        });
      },
      'there is no such initial state',
    ],
  ])('when %s', (_, outcome, reason) => {
    expect(outcome()).toEqual({ word: 'not-applicable', reason });
  });
});

describe('replaying notices a state that is not the recorded one', () => {
  test('and still says what became of the property', () => {
    const trace = recorded();
    const altered = trace.steps.map((step, index) =>
      index === 1 ? { ...step, fingerprint: '0000000000000000' } : step,
    );
    expect(replay(lockModel(), [property], { ...trace, steps: altered })).toEqual({
      word: 'reproduced',
      step: 3,
      reason: clause,
      differsFrom: 2,
    });
  });

  test('from the initial state on', () => {
    const trace = recorded();
    const initial = { ...trace.initial, fingerprint: '0000000000000000' };
    expect(replay(lockModel(), [property], { ...trace, initial })).toMatchObject({
      word: 'reproduced',
      differsFrom: 0,
    });
  });
});

describe('replaying decides at the earliest step', () => {
  test('that breaks the property, though the trace goes on', () => {
    const longer = [...steps, { name: 'hum', actor: 'nobody', params: { tune: 'high' } }];
    const trace = recordTrace(
      lockModel(),
      { property, clause, initialState: 0, steps: longer },
      explored,
    );
    expect(replay(lockModel(), [property], trace)).toMatchObject({ word: 'reproduced', step: 3 });
  });

  test('which may be none at all', () => {
    const [never] = anyProperties([invariant(placeSchema, 'never', { holds: () => 'no' })]);
    if (never === undefined) throw new Error('expected a property');
    const run = { property: never, clause: 'no', initialState: 0, steps: [] };
    const trace = recordTrace(counterModel(3), run, explored);
    expect(replay(counterModel(3), [never], trace)).toEqual({
      word: 'reproduced',
      step: 0,
      reason: 'no',
    });
  });
});
