import { describe, expect, it } from 'vitest';
import { renewTrace } from '../../application/corpus/renewTrace.ts';
import { exploreLiveness } from '../../checker/liveness/exploreLiveness.ts';
import { claimsOf, type Specification } from '../../checker/model/specification.ts';
import { replay } from '../../checker/replay/replay.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { recordLiveness } from '../../corpus/recordLiveness.ts';
import { outbox } from '../checker/liveness/outbox.ts';

const time = { milliseconds: 60_000, isInterrupted: () => false };
const away = outbox({ comesBack: false });

async function foundIn({ model, temporal = [] }: Specification): Promise<TraceFile> {
  const result = await exploreLiveness(model, temporal);
  const [violation, property] = [result.violations[0], temporal[0]];
  if (violation === undefined || property === undefined) throw new Error('expected a violation');
  return recordLiveness(model, property, violation, { result });
}

describe('renewing a trace of a temporal property', () => {
  it('leaves alone what is as it was', async () => {
    expect(await renewTrace(away, await foundIn(away), time)).toEqual({ word: 'unchanged' });
  });

  it('says what is false now where the steps are still those', async () => {
    const trace = await foundIn(away);
    const clause = 'due since step 2, never reached: after step 2 nothing has to happen';
    const old = { ...trace, property: { ...trace.property, clause } };
    expect(await renewTrace(away, old, time)).toEqual({
      word: 'renewed',
      by: 'its own steps',
      trace,
    });
  });

  it('takes its steps again where the model has another version', async () => {
    const trace = await foundIn(away);
    const now = { ...away, model: { ...away.model, version: 2 } };
    const renewal = await renewTrace(now, trace, time);
    expect(renewal).toMatchObject({ word: 'renewed', by: 'its own steps' });
    if (renewal.word !== 'renewed') return;
    expect(renewal.trace.model.version).toBe(2);
    expect(replay(now.model, claimsOf(now), renewal.trace).word).toBe('reproduced');
  });

  it('finds it anew where its steps cannot be taken any more', async () => {
    const trace = await foundIn(away);
    const [first] = trace.steps;
    if (first === undefined) throw new Error('expected a step');
    const renamed = { ...trace, steps: [{ ...first, action: 'order' }, ...trace.steps.slice(1)] };
    expect(await renewTrace(away, renamed, time)).toEqual({
      word: 'renewed',
      by: 'a new search',
      trace,
    });
  });

  it('says that it cannot happen any more', async () => {
    const renewal = await renewTrace(outbox(), await foundIn(away), time);
    expect(renewal).toEqual({
      word: 'not found',
      reason: 'it cannot happen any more: every fair run was looked at, 72 distinct states',
    });
  });
});
