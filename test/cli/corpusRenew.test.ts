import { describe, expect, it } from 'vitest';
import type { Renewal } from '../../application/corpus/renewal.ts';
import { renewTrace } from '../../application/corpus/renewTrace.ts';
import type { Specification } from '../../checker/model/specification.ts';
import { replay } from '../../checker/replay/replay.ts';
import type { TraceFile, TraceStep } from '../../checker/trace/traceFile.ts';
import { stepsDiff } from '../../cli/corpus/stepsDiff.ts';
import { handedOver, heldByAtMost, type LockOptions, lockModel } from '../checker/subjects/lock.ts';
import { bothHold, handOver, lockTrace, longWayToBoth } from '../corpus/lockTraces.ts';

const time = { milliseconds: 60_000, isInterrupted: () => false };
const counterexample = lockTrace('counterexample', bothHold);

function lock(options: LockOptions): Specification {
  return { model: lockModel(options), properties: [heldByAtMost(1), handedOver()] };
}

function wordOf(specification: Specification, trace: TraceFile): string {
  return replay(specification.model, specification.properties, trace).word;
}

function renewed(renewal: Renewal): Extract<Renewal, { word: 'renewed' }> {
  if (renewal.word !== 'renewed') throw new Error(`not renewed: ${renewal.word}`);
  return renewal;
}

describe('renewing a trace', () => {
  it('finds it anew when an action of the model has another name', async () => {
    const now = lock({ acquire: 'take' });
    expect(wordOf(now, counterexample)).toBe('not-applicable');
    const { by, trace } = renewed(await renewTrace(now, counterexample, time));
    expect(by).toBe('a new search');
    expect(trace.steps.map(({ action }) => action)).toEqual(['take', 'take']);
    expect(trace.explored.shortest).toBe(true);
    expect(wordOf(now, trace)).toBe('reproduced');
  });

  it('takes its steps again where the model has another version, leaving out the needless', async () => {
    const now = lock({ version: 2 });
    const long = lockTrace('counterexample', longWayToBoth);
    expect(wordOf(now, long)).toBe('not-applicable');
    const { by, trace } = renewed(await renewTrace(now, long, time));
    expect(by).toBe('its own steps');
    expect(trace.model.version).toBe(2);
    expect(trace.steps).toHaveLength(2);
    expect(wordOf(now, trace)).toBe('reproduced');
  });

  it('renews witnesses too', async () => {
    const now = lock({ acquire: 'take', checked: true });
    const witness = lockTrace('witness', handOver);
    const { trace } = renewed(await renewTrace(now, witness, time));
    expect(trace.kind).toBe('witness');
    expect(trace.steps.map(({ action }) => action)).toEqual(['take', 'release', 'take']);
    expect(wordOf(now, trace)).toBe('reproduced');
  });

  it('leaves alone what is as it was', async () => {
    expect(await renewTrace(lock({}), counterexample, time)).toEqual({ word: 'unchanged' });
  });

  it('says whether the whole scope was searched in vain', async () => {
    const now = lock({ checked: true });
    expect(wordOf(now, counterexample)).toBe('diverged');
    const covered = await renewTrace(now, counterexample, time);
    expect(covered).toMatchObject({
      word: 'not found',
      reason: expect.stringMatching(/^it cannot happen any more: the whole scope was explored/),
    });
    const interrupted = { ...time, isInterrupted: () => true };
    expect(await renewTrace(now, counterexample, interrupted)).toMatchObject({
      word: 'not found',
      reason: expect.stringContaining('which is no proof'),
    });
  });

  it('cannot find what has no property, or one that does not apply', async () => {
    const { model } = lock({ version: 2 });
    const reasonOf = async (properties: Specification['properties']): Promise<string> => {
      const renewal = await renewTrace({ model, properties }, counterexample, time);
      return renewal.word === 'not found' ? renewal.reason : renewal.word;
    };
    expect(await reasonOf([])).toBe('there is no property "held-by-few"');
    const inapplicable = { ...heldByAtMost(1), notApplicable: 'there is one client' };
    expect(await reasonOf([inapplicable])).toBe('there is one client');
  });
});

describe('the difference of two runs', () => {
  const [first, second, third, fourth] = lockTrace('counterexample', longWayToBoth).steps;
  const all = [first, second, third, fourth].filter(
    (step): step is TraceStep => step !== undefined,
  );

  it('has the steps that only one of them has, in order', () => {
    expect(stepsDiff(all, all.slice(2))).toEqual([
      '- 1  client-3  acquire(client=client-3)',
      '- 2  client-3  release(client=client-3)',
    ]);
    expect(stepsDiff(all.slice(1), all.slice(0, 3))).toEqual([
      '+ 1  client-3  acquire(client=client-3)',
      '- 3  client-2  acquire(client=client-2)',
    ]);
    expect(stepsDiff(all.slice(0, 1), all.slice(1, 2))).toEqual([
      '- 1  client-3  acquire(client=client-3)',
      '+ 1  client-3  release(client=client-3)',
    ]);
  });

  it('is empty between a run and itself', () => {
    expect(stepsDiff(all, all)).toEqual([]);
  });
});
