import { describe, expect, it } from 'vitest';
import { withCommentary } from '../../../checker/explain/commentary.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { readTrace, writeTrace } from '../../../checker/trace/readTrace.ts';
import type { TraceCommentary, TraceExplanation } from '../../../checker/trace/traceFile.ts';
import { postSpecification, postTrace } from './post.ts';

function commentaryOf(property: string, steps: readonly string[]): TraceCommentary {
  const { commentary } = withCommentary(postSpecification, postTrace(property, steps));
  if (commentary === undefined) throw new Error('no commentary');
  return commentary;
}

function explanationOf(property: string, steps: readonly string[]): TraceExplanation {
  const { explanation } = commentaryOf(property, steps);
  if (explanation === undefined) throw new Error('no explanation');
  return explanation;
}

const poor = [
  'draw clerk-1',
  'draw clerk-2',
  'draw clerk-1',
  'write clerk-1 clerk-3',
  'read clerk-1 clerk-3',
];

describe('a commentary', () => {
  it('says of each step what kind it is, what happens, and what it depends on', () => {
    const { steps } = commentaryOf('third-is-poor', poor);
    expect(steps).toEqual([
      { kind: 'client', phrase: 'clerk-1 draws a stamp', causes: [] },
      { kind: 'client', phrase: 'clerk-2 draws a stamp', causes: [] },
      { kind: 'client', phrase: 'clerk-1 draws a stamp', causes: [1] },
      { kind: 'protocol', causes: [3] },
      { kind: 'protocol', causes: [4] },
    ]);
  });

  it('names the chain of causes, and the steps that nothing follows from', () => {
    const { chain, unrelated } = explanationOf('third-is-poor', poor);
    expect(chain).toEqual([1, 3, 4, 5]);
    expect(unrelated).toEqual([2]);
  });

  it('follows messages until they are delivered, ignored or lost', () => {
    const { messages } = commentaryOf('third-is-poor', [
      'draw clerk-1',
      'write clerk-1 clerk-2',
      'read clerk-1 clerk-2',
      'write clerk-1 clerk-2',
      'read clerk-1 clerk-2',
      'write clerk-1 clerk-2',
      'lose clerk-1 clerk-2',
      'write clerk-1 clerk-2',
      'draw clerk-1',
      'write clerk-1 clerk-3',
      'read clerk-1 clerk-3',
    ]);
    const letter = { name: 'letter', from: 'clerk-1', to: 'clerk-2', content: 'stamp 1' };
    expect(messages).toEqual([
      { ...letter, sent: 2, left: 3, fate: 'delivered' },
      { ...letter, sent: 4, left: 5, fate: 'ignored' },
      { ...letter, sent: 6, left: 7, fate: 'lost' },
      { ...letter, sent: 8, fate: 'inFlight' },
      { ...letter, to: 'clerk-3', content: 'stamp 2', sent: 10, left: 11, fate: 'delivered' },
    ]);
  });

  it('refuses a message to whom nobody is', () => {
    const { model, properties } = postSpecification;
    const messages = () => [{ name: 'letter', from: 'clerk-1', to: 'clerk-9', content: '' }];
    const trace = postTrace('third-is-poor', poor);
    expect(() => withCommentary({ model: { ...model, messages }, properties }, trace)).toThrow(
      'model "post": messages: "letter": to: "clerk-9" is no node, and nobody who acts',
    );
  });

  it('has the lifecycles with the fields that hold them', () => {
    const { machines } = commentaryOf('third-is-poor', poor);
    expect(machines).toEqual([
      {
        name: 'clerk',
        states: ['awake', 'asleep'],
        moves: [
          { from: 'awake', event: 'doze', to: 'asleep' },
          { from: 'asleep', event: 'wake', to: 'awake' },
        ],
        fields: [1, 2, 3].map(number => `protocol.clerks.clerk-${number}.state`),
      },
    ]);
  });

  it('has the truth of every property in every state', () => {
    const { properties } = commentaryOf('third-is-poor', [
      'draw clerk-1',
      'write clerk-1 clerk-3',
      'read clerk-1 clerk-3',
      'doze clerk-3',
      'draw clerk-1',
      'write clerk-1 clerk-3',
      'wake clerk-3',
      'read clerk-1 clerk-3',
    ]);
    expect(properties.map(({ name, truth }) => [name, truth])).toEqual([
      ['third-is-poor', 'hhhhhhhhv'],
      ['no-mail-for-sleepers', 'nnnnhhvnn'],
      ['second-gets-no-mail', 'hhhhhhhhh'],
      ['third-learns', 'nnnrnnnnr'],
    ]);
  });

  it('knows which faults are necessary, by leaving each out', () => {
    const steps = ['doze clerk-2', 'doze clerk-3', 'write clerk-1 clerk-3'];
    expect(explanationOf('no-mail-for-sleepers', steps).faults).toEqual([
      { step: 1, necessary: false },
      { step: 2, necessary: true },
    ]);
    expect(explanationOf('third-is-poor', poor).faults).toEqual([]);
  });

  it('knows the last step after which the violation could be avoided', () => {
    // Two stamps of clerk-1 reach clerk-3 in the end, and nothing but a fault could stop them; the
    // third stamp could still have gone to another clerk.
    expect(explanationOf('third-is-poor', poor).avoidable?.until).toBe(2);
    // Whoever sleeps may wake before the letter is written.
    const sleeper = ['doze clerk-3', 'write clerk-1 clerk-3'];
    expect(explanationOf('no-mail-for-sleepers', sleeper).avoidable?.until).toBe(1);
  });

  it('says so where it was never avoidable, and where that is not known', () => {
    const never = explanationOf('second-gets-no-mail', ['draw clerk-1', 'write clerk-1 clerk-2']);
    expect(never.avoidable).toEqual({ states: expect.any(Number) });
    const trace = postTrace('third-is-poor', poor);
    const { commentary } = withCommentary(postSpecification, trace, { maxStates: 3 });
    expect(commentary?.explanation?.avoidable).toEqual({
      unknown: 'after step 4 there are too many ways to look at all of them',
      states: 4,
    });
  });

  it('looks at what a goal reads, and asks not how it could be avoided', () => {
    const steps = ['draw clerk-2', 'draw clerk-1', 'write clerk-1 clerk-3', 'read clerk-1 clerk-3'];
    const explanation = explanationOf('third-learns', steps);
    expect(explanation).toEqual({ chain: [2, 3, 4], unrelated: [1], faults: [] });
  });

  it('is part of a trace that can be written and read', () => {
    const trace = withCommentary(postSpecification, postTrace('third-is-poor', poor));
    expect(readTrace('trace.json', writeTrace(trace))).toEqual(trace);
  });

  it("says nothing of a run that is not the model's", () => {
    const trace = postTrace('third-is-poor', poor);
    const changed = [
      { ...trace, steps: trace.steps.slice(0, -1) },
      { ...trace, steps: trace.steps.map(step => ({ ...step, fingerprint: '0'.repeat(16) })) },
      { ...trace, initial: { ...trace.initial, fingerprint: '0'.repeat(16) } },
      { ...trace, initial: { ...trace.initial, index: 1 } },
      { ...trace, model: { ...trace.model, version: 2 } },
      { ...trace, model: { ...trace.model, name: 'other' } },
      { ...trace, property: { ...trace.property, name: 'other' } },
      { ...trace, steps: trace.steps.map(step => ({ ...step, action: 'other' })) },
      { ...trace, steps: trace.steps.toReversed() },
    ];
    for (const other of changed) {
      expect(withCommentary(postSpecification, other)).toBe(other);
    }
  });

  it('asks not how a violation in the initial state could be avoided', () => {
    const properties = postSpecification.properties.map(property =>
      property.name === 'third-is-poor' ? { ...property, holds: () => false } : property,
    ) as readonly AnyProperty[];
    const trace = postTrace('third-is-poor', []);
    const { commentary } = withCommentary({ ...postSpecification, properties }, trace);
    expect(commentary?.explanation).toEqual({ chain: [], unrelated: [], faults: [] });
  });

  it('leaves a trace as it is whose model fails', () => {
    const trace = postTrace('third-is-poor', poor);
    const broken = postSpecification.properties.map(property =>
      property.name === 'no-mail-for-sleepers'
        ? { ...property, holds: fail, when: fail }
        : property,
    );
    const specification = { ...postSpecification, properties: broken as readonly AnyProperty[] };
    expect(withCommentary(specification, trace)).toBe(trace);
  });
});

function fail(): never {
  throw new Error('this property has a mistake');
}
