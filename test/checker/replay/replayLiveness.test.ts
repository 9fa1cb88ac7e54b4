import { describe, expect, test } from 'vitest';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import { simulateLiveness } from '../../../checker/liveness/simulateLiveness.ts';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import { temporalOf } from '../../../checker/model/propertiesOf.ts';
import { recordTrace } from '../../../checker/replay/record.ts';
import { replay } from '../../../checker/replay/replay.ts';
import { flag, int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { readTrace, writeTrace } from '../../../checker/trace/readTrace.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import {
  edgesOf,
  type LabelledGraph,
  labelledModel,
  leads,
  reaches,
} from '../liveness/labelledGraph.ts';
import { toyModel } from '../subjects/toys.ts';

const explored = {
  engine: 'exhaustive',
  distinctStates: 1,
  generatedStates: 1,
  depth: 1,
  shortest: false,
} as const;

/** The trace of what is found in a graph, as it is read from a file. */
async function traceIn(graph: LabelledGraph, property = reaches(9)): Promise<TraceFile> {
  const model = labelledModel(graph);
  const { violations } = await exploreLiveness(model, [property]);
  const [violation] = violations;
  if (violation === undefined) throw new Error('nothing was found');
  const trace = recordTrace(model, { ...violation, property }, explored);
  return readTrace('a test', writeTrace(trace));
}

function replayIn(graph: LabelledGraph, trace: TraceFile, property = reaches(9)) {
  return replay(labelledModel(graph), [property], trace);
}

const round: LabelledGraph = { edges: edgesOf('0 a 1, 1 b 2, 2 c 1') };

describe('a trace with a loop', () => {
  test('says where it returns to, and is reproduced', async () => {
    const trace = await traceIn(round);
    expect(trace).toMatchObject({ kind: 'counterexample', loop: { from: 1 } });
    expect(trace.property.kind).toBe('eventually');
    expect(replayIn(round, trace)).toMatchObject({ word: 'reproduced', step: 3 });
  });

  test('is reproduced where the run stays in its last state', async () => {
    const graph = { edges: edgesOf('0 a 1, 1 out 9'), unfair: ['out'] };
    const trace = await traceIn(graph);
    expect(trace.loop).toEqual({ from: 1 });
    expect(replayIn(graph, trace).word).toBe('reproduced');
    const fair = replayIn({ edges: graph.edges }, trace);
    expect(fair.word).toBe('fixed');
    expect(fair.reason).toBe('it cannot go on so for ever: out() would have to happen');
  });

  test('is fixed once the way out is open all along', async () => {
    const open = { edges: [...round.edges, ...edgesOf('1 out 9, 2 out 9')] };
    expect(replayIn(open, await traceIn(round)).reason).toContain('out() would have to happen');
    const held = { edges: [...round.edges, ...edgesOf('1 out -, 2 out -')] };
    expect(replayIn(held, await traceIn(round)).word).toBe('fixed');
    const ajar = { edges: [...round.edges, ...edgesOf('1 out 9')] };
    expect(replayIn(ajar, await traceIn(round)).word).toBe('reproduced');
  });

  test('is fixed once what repeats is not due where it happens', async () => {
    const trace = await traceIn(round);
    const early = replayIn({ edges: edgesOf('0 a 1, 1 b 2, 2 c 1 early') }, trace);
    expect(early).toMatchObject({ word: 'fixed', step: 3 });
    expect(early.reason).toBe('it cannot go on so for ever: c() is not due there');
    const before = replayIn({ edges: edgesOf('0 a 1 early, 1 b 2, 2 c 1') }, trace);
    expect(before.word).toBe('reproduced');
    const aside = edgesOf('1 out 9, 2 out 9 early');
    expect(replayIn({ edges: [...round.edges, ...aside] }, trace).word).toBe('reproduced');
  });

  test('is fixed if it does not close, or reaches the goal', async () => {
    const trace = await traceIn(round);
    const elsewhere = replayIn({ edges: edgesOf('0 a 1, 1 b 2, 2 c 3') }, trace);
    expect(elsewhere).toMatchObject({ word: 'fixed', differsFrom: 3 });
    expect(elsewhere.reason).toBe('the last step does not return to the state after step 1');
    const met = replayIn(round, trace, reaches(2));
    expect(met).toMatchObject({
      word: 'fixed',
      step: 2,
      reason: 'the goal is not due all along what repeats',
    });
  });

  test('is fixed if nothing is due any more', async () => {
    const trace = await traceIn(round, leads([0], [9]));
    expect(replayIn(round, trace, leads([0], [9])).word).toBe('reproduced');
    expect(replayIn(round, trace, leads([0], [1])).word).toBe('fixed');
    expect(replayIn(round, trace, leads([7], [9])).word).toBe('fixed');
    expect(replayIn(round, trace, leads([2], [9])).word).toBe('fixed');
  });

  test('has diverged if a step cannot be taken any more', async () => {
    const other = { edges: edgesOf('0 a 1, 1 b 2, 5 c 1') };
    expect(replayIn(other, await traceIn(round))).toMatchObject({ word: 'diverged', step: 3 });
  });

  test('is not applicable without a loop, to another kind, or to an unknown step', async () => {
    const { loop: _, ...trace } = await traceIn(round);
    expect(replayIn(round, trace).word).toBe('not-applicable');
    expect(replayIn(round, { ...trace, loop: { from: 4 } }).word).toBe('not-applicable');
    const kind = { ...reaches(9), kind: 'leadsTo' as const, when: () => true };
    expect(replayIn(round, { ...trace, loop: { from: 1 } }, kind).word).toBe('not-applicable');
    const fewer = { edges: edgesOf('0 a 1, 1 b 2') };
    expect(replayIn(fewer, { ...trace, loop: { from: 1 } }).word).toBe('not-applicable');
  });
});

describe('a trace of a run that settled', () => {
  test('is reproduced for as long as nothing else has happened since', async () => {
    const model = labelledModel(round);
    const property = reaches(9);
    const options = { seed: 1, runs: 1, maxSteps: 4, settleSteps: 6 };
    const { violations } = await simulateLiveness(model, [property], options);
    const [violation] = violations;
    if (violation === undefined) throw new Error('nothing was found');
    const trace = recordTrace(model, { ...violation, property }, explored);
    expect(trace.settling).toEqual({ from: trace.steps.length - 6 });
    expect(replayIn(round, trace).word).toBe('reproduced');
    expect(replayIn({ ...round, unfair: ['b'] }, trace).reason).toBe('b() does not have to happen');
    const early = replayIn({ edges: edgesOf('0 a 1, 1 b 2 early, 2 c 1') }, trace);
    expect(early.reason).toBe('b() does not have to happen');
    const met = replayIn(round, trace, reaches(2));
    expect(met.word).toBe('fixed');
    expect(met.reason).toBe('the goal is not due all along the 6 steps after faults stopped');
  });
});

describe('a trace of a run that settles', () => {
  const schema = defineSchema({
    protocol: { steps: int(0, 3), isOn: flag() },
    ghost: {},
    budget: {},
  });
  const action = actionsOf(schema, {});
  const model = defineModel({
    ...toyModel,
    name: 'settles',
    schema,
    initialStates: [() => undefined],
    actions: [
      action({
        name: 'count',
        kind: 'protocol',
        actor: 'someone',
        params: {},
        enabled: ({ protocol }) => protocol.steps < 3,
        step({ protocol }) {
          protocol.steps++;
        },
      }),
      action({
        name: 'turn',
        kind: 'protocol',
        actor: 'someone',
        params: {},
        enabled: ({ protocol }) => protocol.steps === 3,
        step({ protocol }) {
          protocol.isOn = !protocol.isOn;
        },
      }),
      action({
        name: 'rest',
        kind: 'protocol',
        actor: 'someone',
        params: {},
        enabled: () => false,
        step: () => undefined,
        heldBack({ protocol }) {
          if (protocol.steps < 3) throw new Error('it is not known yet');
          return false;
        },
      }),
    ],
  });
  const never = temporalOf(schema).eventually({
    name: 'never',
    statement: 'It comes to an end.',
    goal: () => false,
  });

  test('evaluates what holds actions back where the run did, at its end', async () => {
    const options = { seed: 1, runs: 3, maxSteps: 0, settleSteps: 20 };
    const { violations } = await simulateLiveness(model, [never], options);
    const [violation] = violations;
    if (violation === undefined) throw new Error('nothing was found');
    expect(violation.settling).toEqual({ from: 0 });
    const trace = recordTrace(model, { ...violation, property: never }, explored);
    expect(replay(model, [never], trace)).toMatchObject({ word: 'reproduced', step: 20 });
  });
});
