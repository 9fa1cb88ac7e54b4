import { describe, expect, test } from 'vitest';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import {
  type AnyProperty,
  anyProperties,
  type TakenAction,
} from '../../../checker/model/property.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import { shrink } from '../../../checker/shrink/shrink.ts';
import { int, nodeSet } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { handedOver, heldByAtMost, lockModel } from '../subjects/lock.ts';
import { graphModel, invariant, placeSchema, toyModel } from '../subjects/toys.ts';

const model = lockModel();

const acquire = (client: string): TakenAction => ({
  name: 'acquire',
  actor: client,
  params: { client },
});
const hum: TakenAction = { name: 'hum', actor: 'client-1', params: {} };

test('a run of more interchangeable nodes than symmetry takes is shortened without it', async () => {
  const schema = defineSchema({
    protocol: {
      n: int(0, 2),
      ofA: nodeSet(nodeType('a', 2)),
      ofB: nodeSet(nodeType('b', 2)),
      ofC: nodeSet(nodeType('c', 2)),
    },
    ghost: {},
    budget: {},
  });
  const tick = actionsOf(
    schema,
    {},
  )({
    name: 'tick',
    kind: 'protocol',
    actor: 'clock',
    params: {},
    enabled: ({ protocol }) => protocol.n < 2,
    step: ({ protocol }) => {
      protocol.n++;
    },
  });
  const model = defineModel({
    ...toyModel,
    name: 'three-types',
    schema,
    initialStates: [() => undefined],
    actions: [tick],
  });
  const low = invariant(schema, 'low', { holds: ({ protocol }) => protocol.n < 2 });
  const runs = { seed: 1, runs: 5, maxSteps: 5 };
  const { violations } = await simulate(model, anyProperties([low]), runs);
  expect(violations.map(({ steps, shortest }) => [steps.length, shortest])).toEqual([[2, true]]);
});

describe('shrinking', () => {
  test('leaves out everything that a violation does not need', async () => {
    const steps = [acquire('client-1'), acquire('client-2'), acquire('client-3')];
    const found = await shrink(model, heldByAtMost(1), { initialState: 0, steps });
    expect(found?.steps.map(({ name }) => name)).toEqual(['acquire', 'acquire']);
    expect(found).toMatchObject({ clause: '2 clients hold the lock', shortest: true });
    expect(found?.attempts).toBeGreaterThan(0);
  });

  test('gives nothing for a run that breaks nothing', async () => {
    const steps = [acquire('client-1')];
    expect(await shrink(model, heldByAtMost(1), { initialState: 0, steps })).toBeUndefined();
  });

  test('gives nothing for a run of another model', async () => {
    const steps = [{ name: 'steal', actor: 'nobody', params: {} }];
    expect(await shrink(model, heldByAtMost(1), { initialState: 0, steps })).toBeUndefined();
  });

  test('finds a way that shares no step with the one it was given', async () => {
    // 0 to 9 step by step, or around by 20.
    const detour: [number, number][] = [
      [0, 20],
      [20, 9],
    ];
    const long = Array.from({ length: 9 }, (_, place): [number, number] => [place, place + 1]);
    const graph = graphModel([...long, ...detour]);
    const notAt9 = anyProperties([
      invariant(placeSchema, 'not-at-9', { holds: ({ protocol }) => protocol.place !== 9 }),
    ])[0] as AnyProperty;
    const steps = long.map((_, edge) => ({ name: 'follow', actor: 'walker', params: { edge } }));
    const found = await shrink(graph, notAt9, { initialState: 0, steps });
    expect(found).toMatchObject({ shortest: true });
    expect(found?.steps.map(({ params }) => params['edge'])).toEqual([9, 10]);
  });

  test('shortens the witness of a goal as well', async () => {
    const steps = [acquire('client-1'), hum];
    const reached = await simulate(lockModel({ checked: true }), [handedOver()], {
      seed: 1,
      runs: 100,
      maxSteps: 30,
    });
    const witness = reached.witnesses[0]?.steps ?? steps;
    const found = await shrink(lockModel({ checked: true }), handedOver(), {
      initialState: 0,
      steps: witness,
    });
    expect(found?.shortest).toBe(true);
    expect(found?.steps.map(({ name }) => name)).toEqual(['acquire', 'release', 'acquire']);
  });

  test('says why a counterexample is not known to be shortest', async () => {
    const steps = [acquire('client-1'), acquire('client-2'), acquire('client-3')];
    const counterexample = { initialState: 0, steps };
    const unasked = await shrink(model, heldByAtMost(2), counterexample, { maxStates: 0 });
    expect(unasked).toMatchObject({ shortest: false, unproved: 'no proof was asked for' });
    const cut = await shrink(model, heldByAtMost(2), counterexample, { maxStates: 2 });
    expect(cut).toMatchObject({ shortest: false });
    expect(cut?.unproved).toMatch(/^state limit after \d+ states; none has fewer than \d+ steps$/);
  });
});
