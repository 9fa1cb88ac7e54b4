import { describe, expect, it } from 'vitest';
import { callOf, drawnSteps, lanesOf } from '../../../checker/trace/drawnSteps.ts';
import type { TraceMessage } from '../../../checker/trace/traceFile.ts';
import { commentedTrace } from './commentedTrace.ts';
import { traceOf } from './traces.ts';

describe('the steps of a sequence diagram', () => {
  const drawn = drawnSteps(commentedTrace());

  it('show the message that arrives or is lost, otherwise whom the step names', () => {
    expect(
      drawn.map(({ number, from, to, message, isFault }) =>
        [number, from, to, message, isFault ? 'fault' : undefined].filter(Boolean).join(' '),
      ),
    ).toEqual([
      '1 rider',
      '2 car-2 car-1',
      '3 car-2 car-1 arrives',
      '4 car-2 car-3 lost fault',
      '5 car-1 car-2 arrives',
      '6 car-2 fault',
      '7 mechanic car-2',
    ]);
  });

  it('show whom they name where there is no commentary', () => {
    const { commentary: _, ...trace } = commentedTrace();
    const { from, to, message, isFault } = drawnSteps(trace)[4] ?? expect.fail();
    expect([from, to, message, isFault]).toEqual(['car-2', 'car-1', undefined, false]);
  });

  it('show a message that somebody else lets arrive, if there is only one', () => {
    const trace = commentedTrace();
    const [step = expect.fail()] = trace.steps;
    const [message = expect.fail()] = trace.commentary?.messages ?? [];
    const peopleWith = (...messages: TraceMessage[]): unknown[] => {
      const { commentary = expect.fail() } = trace;
      const steps = [{ ...step, actor: 'network', action: 'deliver', params: {} }];
      const [{ from, to } = expect.fail()] = drawnSteps({
        ...trace,
        steps,
        commentary: { ...commentary, messages },
      });
      return [from, to];
    };
    const arrived = { ...message, left: 1 };
    expect(peopleWith(arrived)).toEqual(['car-2', 'car-1']);
    expect(peopleWith(arrived, { ...arrived, to: 'car-3' })).toEqual(['network', undefined]);
  });

  it('need not be those of the commentary', () => {
    const { commentary = expect.fail() } = commentedTrace();
    const drawn = drawnSteps({ ...traceOf(5), commentary: { ...commentary, steps: [] } });
    expect(drawn.map(({ from, isFault }) => `${from} ${isFault}`)).toHaveLength(5);
    expect(drawn.some(({ isFault }) => isFault)).toBe(false);
  });

  it('have a lane for each, those that are numbered side by side', () => {
    expect(lanesOf(drawn)).toEqual(['rider', 'car-1', 'car-2', 'car-3', 'mechanic']);
    const actors = ['node-10', 'driver', 'node-9', 'node-2', 'other-1'];
    const trace = traceOf(5);
    trace.steps = trace.steps.map((step, index) => ({ ...step, actor: actors[index] ?? '' }));
    expect(lanesOf(drawnSteps(trace))).toEqual([
      'node-2',
      'node-9',
      'node-10',
      'driver',
      'other-1',
    ]);
  });

  it('are called by action and arguments, without those that the arrow tells', () => {
    expect(drawn.map(step => callOf(step, true))).toEqual([
      'press(floor=3)',
      'call(floor=3)',
      'answer',
      'network: loseCall',
      'hear',
      'breakDown(kept=none)',
      'repair(hours=2)',
    ]);
    expect(callOf(drawn[1] ?? expect.fail(), false)).toBe(
      'car-2: call(from=car-2, to=car-1, floor=3)',
    );
  });
});
