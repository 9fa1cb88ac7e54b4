import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCommentary } from '../../../checker/explain/commentary.ts';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import type { AnyModel } from '../../../checker/model/model.ts';
import type { AnyTemporalProperty } from '../../../checker/model/temporal.ts';
import { explanationOf } from '../../../checker/trace/explanationOf.ts';
import { readTrace, writeTrace } from '../../../checker/trace/readTrace.ts';
import { renderText } from '../../../checker/trace/renderText.ts';
import type { TraceFile, TraceLiveness } from '../../../checker/trace/traceFile.ts';
import { recordLiveness } from '../../../corpus/recordLiveness.ts';
import { casesOf } from '../../long.ts';
import {
  edgesOf,
  type LabelledGraph,
  labelledModel,
  leads,
  reaches,
} from '../liveness/labelledGraph.ts';
import { outbox } from '../liveness/outbox.ts';

/** The first violation of a property in a model, with its commentary; undefined if there is none. */
async function missedIn(
  model: AnyModel,
  property: AnyTemporalProperty,
): Promise<TraceFile | undefined> {
  const result = await exploreLiveness(model, [property]);
  const [violation] = result.violations;
  if (violation === undefined) return undefined;
  const trace = recordLiveness(model, property, violation, { result });
  return withCommentary({ model, properties: [], temporal: [property] }, trace);
}

async function livenessIn(graph: LabelledGraph, property = reaches(9)): Promise<TraceLiveness> {
  const liveness = (await missedIn(labelledModel(graph), property))?.commentary?.liveness;
  if (liveness === undefined) throw new Error('expected a commentary');
  return liveness;
}

/** `out disabled 0 1`: what was passed over, why, where it could be taken, and where not. */
async function passedOver(edges: string, unfair: readonly string[] = []): Promise<string[]> {
  const found = await livenessIn({ edges: edgesOf(edges), unfair });
  return found.passedOver.map(({ action, why, able, unable }) =>
    [action, why, able, unable].filter(each => each !== undefined).join(' '),
  );
}

async function outboxTrace(): Promise<TraceFile> {
  const { model, temporal = [] } = outbox({ comesBack: false });
  const [property] = temporal;
  const trace = property && (await missedIn(model, property));
  if (trace === undefined) throw new Error('expected a violation');
  return trace;
}

describe('what was passed over', () => {
  it('could be taken in some states that repeat, and not in all', async () => {
    expect(await passedOver('0 a 1, 1 b 0, 1 out 9')).toEqual(['out disabled 1 2']);
  });

  it('is due in some of them only', async () => {
    expect(await passedOver('0 a 1, 1 b 0, 0 out 9, 1 out 9 early')).toEqual(['out disabled 0 1']);
  });

  it('is early wherever it can be taken', async () => {
    expect(await passedOver('0 a 1, 1 b 1, 1 out 9 early')).toEqual(['out early 1']);
  });

  it('is held back by a bound in some of them', async () => {
    expect(await passedOver('0 a 1, 1 b 0, 1 out -')).toEqual(['out heldBack 1']);
  });

  it('never has to happen, as what the environment does', async () => {
    expect(await passedOver('0 a 1, 1 b 0, 0 out 9, 1 out 9', ['out'])).toEqual(['out unfair 0']);
  });

  it('was possible before what repeats, and not any more', async () => {
    expect(await passedOver('0 a 1, 0 out 9, 1 b 1')).toEqual(['out disabled 0 1']);
  });

  it('is not what was taken since, nor what was possible before the goal was due', async () => {
    const taken = { edges: edgesOf('0 a 1, 1 c 2, 2 b 2') };
    expect((await livenessIn(taken)).passedOver).toEqual([]);
    const before = { edges: edgesOf('0 a 1, 0 out 9, 1 b 1') };
    expect((await livenessIn(before, leads([1], [9]))).passedOver).toEqual([]);
  });
});

describe('the commentary on what never happens', () => {
  it('says since when it is due, in the timeline as well', async () => {
    const edges = edgesOf('0 a 1, 1 b 9, 9 c 2, 2 d 3, 3 e 3');
    const trace = await missedIn(labelledModel({ edges }), leads([1, 2], [9]));
    expect(trace?.commentary?.liveness?.since).toBe(3);
    expect(trace?.commentary?.properties).toEqual([
      { name: 'leads', kind: 'leadsTo', statement: expect.any(String), truth: 'ndhddd' },
    ]);
  });

  it('is explained in sentences, with the words of the guard', async () => {
    expect(explanationOf(await outboxTrace()).map(({ text }) => text)).toEqual([
      'The goal is due since step 1: customer places an order.',
      'Nothing else has to happen: it stays so for ever.',
      'Not possible all along: relay sends an order (after step 1, not after step 2: the broker is down).',
      'Possible, but never has to happen: customer places an order; customer looks around.',
    ]);
  });

  it('says where nothing else could happen', async () => {
    const trace = await missedIn(labelledModel({ edges: edgesOf('0 a 1, 1 b 1') }), reaches(9));
    expect(trace && explanationOf(trace).map(({ text }) => text)).toEqual([
      'The goal is due from the beginning.',
      'Step 2 repeats for ever.',
      'Nothing else could happen.',
    ]);
  });

  it('is part of the report, within its limits', async () => {
    const command = { label: 'replay' as const, text: 'highwater replay x' };
    const lines = renderText(await outboxTrace(), { command }).split('\n');
    expect(lines).toContain('why       The goal is due since step 1: customer places an order.');
    expect(lines.some(line => line.includes('Not possible all along: relay sends'))).toBe(true);
    expect(lines.length).toBeLessThanOrEqual(40);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('is kept within the limits where very much was passed over', async () => {
    const labels = Array.from({ length: 150 }, (_, at) => `away${at}`);
    const others = labels.map(label => ({ from: 0, to: 9, label }));
    const graph = { edges: [...edgesOf('0 a 0'), ...others], unfair: labels };
    const trace = await missedIn(labelledModel(graph), reaches(9));
    if (trace === undefined) throw new Error('expected a violation');
    expect(trace.commentary?.liveness?.passedOver).toHaveLength(100);
    const command = { label: 'replay' as const, text: 'highwater replay x' };
    const lines = renderText(trace, { command }).split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.join('\n')).toMatch(/98 more\.$/m);
  });

  it('is valid in a file', async () => {
    const trace = await outboxTrace();
    expect(readTrace('a file', writeTrace(trace))).toEqual(trace);
  });

  it('is not there for a run in which the goal is not due', async () => {
    const { commentary: _, ...trace } = await outboxTrace();
    const { model, properties, temporal = [] } = outbox({ comesBack: false });
    const met = temporal.map(property => ({ ...property, goal: () => true }));
    expect(withCommentary({ model, properties, temporal: met }, trace)).toEqual(trace);
  });
});

const place = fc.integer({ min: 0, max: 4 });
const someEdges = fc.array(
  fc.record({
    from: place,
    to: place,
    label: fc.constantFrom('a', 'b', 'c', 'd'),
    isEarly: fc.boolean(),
  }),
  { minLength: 3, maxLength: 14 },
);

describe('in any small graph', () => {
  it('what is said of an action is so', async () => {
    let said = 0;
    await fc.assert(
      fc.asyncProperty(someEdges, fc.subarray(['a', 'b']), async (edges, unfair) => {
        const trace = await missedIn(labelledModel({ edges, unfair }), reaches(4));
        const liveness = trace?.commentary?.liveness;
        if (trace === undefined || liveness === undefined) return;
        const from = trace.loop?.from ?? 0;
        const run = placesOf(edges, trace);
        const edgeAt = (state: number, wanted: string) =>
          edges.find(edge => edge.from === run[state] && edge.label === wanted);
        const repeated = trace.steps.slice(from).map(({ action }) => action);
        for (const { action, why, able, unable } of liveness.passedOver) {
          said++;
          expect(repeated).not.toContain(action);
          const edge = edgeAt(able, action);
          expect(edge).toBeDefined();
          expect(unfair.includes(action)).toBe(why === 'unfair');
          if (why !== 'unfair') expect(edge?.isEarly).toBe(why === 'early');
          if (why === 'early' || why === 'unfair') expect(able).toBeGreaterThanOrEqual(from);
          if (why !== 'disabled') continue;
          expect(unable).toBeGreaterThan(able);
          expect(edgeAt(unable ?? 0, action)?.isEarly ?? true).toBe(true);
        }
      }),
      { seed: 1, numRuns: casesOf(170, 500) },
    );
    // Or nothing was looked at.
    expect(said).toBeGreaterThan(100);
  });
});

/** The places of a run: of one label at one place the first edge counts. */
function placesOf(
  edges: readonly { readonly from: number; readonly to: number; readonly label: string }[],
  { steps }: TraceFile,
): number[] {
  const run = [0];
  for (const { action } of steps) {
    run.push(edges.find(({ from, label }) => from === run.at(-1) && label === action)?.to ?? -1);
  }
  return run;
}
