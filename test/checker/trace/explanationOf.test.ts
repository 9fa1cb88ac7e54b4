import { describe, expect, it } from 'vitest';
import { explanationOf } from '../../../checker/trace/explanationOf.ts';
import type { TraceExplanation, TraceFile } from '../../../checker/trace/traceFile.ts';
import { commentedTrace } from './commentedTrace.ts';
import { traceOf } from './traces.ts';

function explained(explanation: Partial<TraceExplanation>, kind: TraceFile['kind']): string[] {
  const trace = commentedTrace();
  const { commentary = expect.fail() } = trace;
  const nothing: TraceExplanation = { chain: [], unrelated: [], faults: [] };
  const reasons = explanationOf({
    ...trace,
    kind,
    commentary: { ...commentary, explanation: { ...nothing, ...explanation } },
  });
  return reasons.map(({ topic, text, steps }) => `${topic} ${steps.join()}: ${text}`);
}

describe('the explanation in sentences', () => {
  it('is empty without a commentary, or where that has none', () => {
    expect(explanationOf(traceOf(2))).toEqual([]);
    const { explanation: _, ...commentary } = commentedTrace().commentary ?? expect.fail();
    expect(explanationOf({ ...commentedTrace(), commentary })).toEqual([]);
  });

  it('has every topic in its order, each with the steps that it is about', () => {
    const reasons = explanationOf(commentedTrace());
    expect(reasons.map(({ topic, steps }) => [topic, steps])).toEqual([
      ['faults', [6, 4]],
      ['avoidable', [6]],
      ['chain', [2, 3, 5, 6, 7]],
      ['unrelated', [1]],
    ]);
  });

  it('tells necessary faults from the others', () => {
    const faults = (...necessary: boolean[]): string[] =>
      explained(
        { faults: necessary.map((each, index) => ({ step: index + 2, necessary: each })) },
        'counterexample',
      );
    expect(faults()).toEqual(['faults : No fault is needed: these steps break the property.']);
    expect(faults(true)).toEqual([
      'faults 2: Without the fault of step 2 the remaining steps do not break the property.',
    ]);
    expect(faults(true, true, true)).toEqual([
      'faults 2,3,4: Without any one of the faults of steps 2, 3 and 4 the remaining steps do not break the property.',
    ]);
    expect(faults(false)).toEqual([
      'faults 2: The remaining steps break the property without the fault of step 2.',
    ]);
    expect(faults(true, false)[0]).toContain('They still do without the fault of step 3.');
  });

  it('has little to say where the initial state breaks the property', () => {
    const trace = { ...commentedTrace(), steps: [] };
    expect(explanationOf(trace)[0]?.text).toBe('It is broken before any step.');
    expect(explanationOf({ ...trace, kind: 'witness' })[0]?.text).toBe(
      'It is reached before any step.',
    );
  });

  it('speaks of a goal where one is reached', () => {
    expect(explained({ faults: [{ step: 1, necessary: true }] }, 'witness')[0]).toBe(
      'faults 1: Without the fault of step 1 the remaining steps do not reach the goal.',
    );
  });

  it('names the last step at which it could be avoided, or why that is not known', () => {
    const avoidable = (until?: number, unknown?: string): string | undefined =>
      explained(
        {
          avoidable: {
            states: 1234,
            ...(until === undefined ? {} : { until }),
            ...(unknown === undefined ? {} : { unknown }),
          },
        },
        'counterexample',
      )[1];
    expect(avoidable(6)).toMatch(/^avoidable 7: .* until the last step .*1,234 states/);
    expect(avoidable(4)).toMatch(/^avoidable 5: After step 4 .* avoided; from step 5 on/);
    expect(avoidable(0)).toMatch(/^avoidable 1: Before step 1 .* avoided; from step 1 on/);
    expect(avoidable()).toMatch(/^avoidable : .*even from the initial state/);
    expect(avoidable(undefined, 'too many states')).toContain('too many states');
  });

  it('tells the chain in the words of the model, or by numbers where there are none', () => {
    expect(explained({ chain: [1, 2, 6] }, 'counterexample')).toContain(
      'chain 1,2,6: somebody presses the button (1), then 2, then car-2 breaks down (6).',
    );
    expect(explained({ unrelated: [3, 4] }, 'counterexample')).toContain(
      'unrelated 3,4: The end does not follow from steps 3 and 4.',
    );
  });
});
