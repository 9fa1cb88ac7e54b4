import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import type { LivenessViolation } from '../../../checker/liveness/livenessResult.ts';
import { simulateLiveness } from '../../../checker/liveness/simulateLiveness.ts';
import type { AnyTemporalProperty } from '../../../checker/model/temporal.ts';
import { recordTrace } from '../../../checker/replay/record.ts';
import { replay } from '../../../checker/replay/replay.ts';
import { casesOf } from '../../long.ts';
import { edgesOf, type LabelledGraph, labelledModel, leads, reaches } from './labelledGraph.ts';

const settling = { seed: 1, runs: 50, maxSteps: 20, settleSteps: 30 };

async function clauseOf(edges: string, property: AnyTemporalProperty): Promise<string | undefined> {
  const model = labelledModel({ edges: edgesOf(edges) });
  return (await exploreLiveness(model, [property])).violations[0]?.clause;
}

async function boundedClauseOf(edges: string, property: AnyTemporalProperty) {
  const model = labelledModel({ edges: edgesOf(edges) });
  return (await simulateLiveness(model, [property], settling)).violations[0]?.clause;
}

describe('the goal is due since', () => {
  test('the first step that asks for it, and not since the last one that still does', async () => {
    const edges = '0 ask 1, 1 tick 2, 2 tock 3, 3 tick 4';
    const property = leads([1, 2, 3, 4], [9]);
    const clause = 'due since step 1, never reached: after step 4 nothing has to happen';
    expect(await clauseOf(edges, property)).toBe(clause);
    expect(await boundedClauseOf(edges, property)).toBe(clause);
  });

  test('a step before others that would ask for it as well', async () => {
    const clause = await clauseOf('0 a 1, 1 b 2, 2 c 3, 3 d 2', leads([1, 3], [9]));
    expect(clause).toBe('due since step 1, never reached: steps 3 to 4 repeat for ever');
  });

  test('the step after it was met for the last time', async () => {
    const edges = '0 a 1, 1 b 9, 9 c 2, 2 d 3, 3 e 3';
    const clause = 'due since step 3, never reached: step 5 repeats for ever';
    expect(await clauseOf(edges, leads([1, 2], [9]))).toBe(clause);
  });

  test('no step that asks for it where it is met at once', async () => {
    const edges = '0 a 9, 9 b 1, 1 c 2, 2 d 3';
    const clause = 'due since step 3, never reached: after step 4 nothing has to happen';
    expect(await clauseOf(edges, leads([0, 9, 2, 3], [0, 9]))).toBe(clause);
  });

  test('where what repeats begins, if only that asks for it', async () => {
    const clause = await clauseOf('0 a 1, 1 b 2, 2 c 1', leads([2], [9]));
    expect(clause).toBe('due since step 2, never reached: steps 3 to 4 repeat for ever');
  });

  test('the beginning, if that asks for it, or if it must hold at some time', async () => {
    const edges = '0 a 1, 1 b 2, 2 c 1';
    expect(await clauseOf(edges, leads([0, 2], [9]))).toBe(
      'due from the beginning, never reached: steps 2 to 3 repeat for ever',
    );
    expect(await clauseOf(edges, reaches(9))).toBe(
      'the goal never holds: steps 2 to 3 repeat for ever',
    );
  });

  test('in random runs, the step before faults stopped that was never met', async () => {
    const edges = '0 a 9, 9 b 1, 1 c 2, 2 d 3, 3 e 2';
    const clause = await boundedClauseOf(edges, leads([0, 1, 2, 3], [9]));
    expect(clause).toMatch(/^due since step 2, not within 30 steps after faults stopped/);
  });
});

/** Small graphs of which every place may ask, and a few are the goal. */
const places = fc.integer({ min: 0, max: 5 });
const someGraph = fc
  .record({
    edges: fc.array(fc.tuple(places, fc.constantFrom('a', 'b', 'c'), places), { maxLength: 12 }),
    asks: fc.uniqueArray(places, { minLength: 1 }),
    goals: fc.uniqueArray(places, { maxLength: 2 }),
    unfair: fc.subarray(['a', 'b', 'c']),
  })
  .map(({ edges, asks, goals, unfair }) => {
    const labelled = edges.map(([from, label, to]) => ({ from, label, to }));
    const graph: LabelledGraph = { edges: [{ from: 0, label: 'd', to: 1 }, ...labelled], unfair };
    return { graph, asks, goals };
  });

/** The places of a run, by the edges that its steps are. */
function placesOf({ edges }: LabelledGraph, { steps }: LivenessViolation): number[] {
  const run = [0];
  for (const { name } of steps) {
    run.push(edges.find(({ from, label }) => from === run.at(-1) && label === name)?.to ?? -1);
  }
  return run;
}

test('in any small graph, since is when the run begins to owe for ever', async () => {
  let [found, bounded] = [0, 0];
  await fc.assert(
    fc.asyncProperty(someGraph, async ({ graph, asks, goals }) => {
      const model = labelledModel(graph);
      const property = leads(asks, goals);
      const results = [
        await exploreLiveness(model, [property]),
        await simulateLiveness(model, [property], { ...settling, runs: 5 }),
      ];
      for (const { engine, violations, ...numbers } of results) {
        for (const violation of violations) {
          if (engine === 'exhaustive') found++;
          else bounded++;
          const run = placesOf(graph, violation);
          const lastMet = run.findLastIndex(place => goals.includes(place));
          const since = run.findIndex((place, at) => at > lastMet && asks.includes(place));
          const start = since === 0 ? 'due from the beginning,' : `due since step ${since},`;
          expect(violation.clause.startsWith(start), violation.clause).toBe(true);
          const explored = { engine, ...numbers, shortest: false };
          const trace = recordTrace(model, { ...violation, property }, explored);
          expect(replay(model, [property], trace)).toMatchObject({
            word: 'reproduced',
            reason: violation.clause,
          });
        }
      }
    }),
    { seed: 1, numRuns: casesOf(100, 300) },
  );
  // Or nothing was compared.
  expect(found).toBeGreaterThan(50);
  expect(bounded).toBeGreaterThan(50);
});

test('a stored trace that says otherwise is told as it is', async () => {
  const model = labelledModel({ edges: edgesOf('0 ask 1, 1 tick 2') });
  const property = leads([1, 2], [9]);
  const { violations, ...result } = await exploreLiveness(model, [property]);
  const [violation] = violations;
  if (violation === undefined) throw new Error('expected a violation');
  const explored = { ...result, shortest: true };
  const clause = 'due since step 2, never reached: after step 2 nothing has to happen';
  const trace = recordTrace(model, { ...violation, property, clause }, explored);
  const reason = 'due since step 1, never reached: after step 2 nothing has to happen';
  expect(replay(model, [property], trace)).toMatchObject({ word: 'reproduced', reason });
});
