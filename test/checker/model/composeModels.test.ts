import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import { composeModels } from '../../../checker/model/composeModels.ts';
import { noDeadlock } from '../../../checker/model/deadlock.ts';
import { extendModel } from '../../../checker/model/extendModel.ts';
import { temporalOf } from '../../../checker/model/propertiesOf.ts';
import { DirectedRun } from '../../../checker/replay/directedRun.ts';
import { heldByAtMost, lockModel } from '../subjects/lock.ts';
import { counterModel, graphModel, invariant, placeSchema } from '../subjects/toys.ts';

const atMost = (limit: number) =>
  invariant(placeSchema, 'at-most', { holds: ({ protocol }) => protocol.place <= limit });
const counter = (last: number, limit = last) => ({
  model: counterModel(last),
  properties: [atMost(limit) as never],
  schema: placeSchema,
});

describe('a model of parts', () => {
  test('has every state of one part with every state of the other', async () => {
    const { model, properties } = composeModels('both', { left: counter(3), right: counter(4) });
    const { distinctStates, generatedStates, depth, verdict, coverage } = await exploreExhaustively(
      model,
      properties,
      { symmetry: true },
    );
    expect({ distinctStates, generatedStates, depth, verdict }).toEqual({
      distinctStates: 4 * 5,
      generatedStates: 1 + 3 * 5 + 4 * 4,
      depth: 8,
      verdict: 'holds',
    });
    expect(Object.keys(coverage.actions)).toEqual(['left.count', 'right.count']);
  });

  test('has each initial state of one part with each of the other', async () => {
    const starts = { model: graphModel([[9, 9]], [1, 2, 3]), properties: [] };
    const { model } = composeModels('both', { left: starts, right: starts });
    expect((await exploreExhaustively(model, [])).distinctStates).toBe(9);
  });

  test('breaks the property of the instance that is wrong, by its name', async () => {
    const { model, properties } = composeModels('both', { left: counter(3), right: counter(3, 1) });
    const { violations } = await exploreExhaustively(model, properties, { keepGoing: true });
    expect(violations.map(({ property, steps }) => [property, steps.length])).toEqual([
      ['right.at-most', 2],
    ]);
  });

  test('has several instances of a model with nodes, ghost and recorders, apart from each other', () => {
    const locks = { model: lockModel(), properties: [heldByAtMost(1)] };
    const { model, properties } = composeModels('locks', { left: locks, right: locks });
    const run = new DirectedRun(model, properties);
    run.take('left.acquire(client=client-1)', 'right.acquire(client=client-2)');
    expect(run.broken).toEqual([]);
    run.take('left.acquire(client=client-2)');
    expect(run.broken).toEqual(['left.held-by-few']);
  });

  test('is extended by what lies between the parts, which sees all of them', async () => {
    const parts = composeModels('both', { left: counter(3), right: counter(3) });
    const { model, properties } = extendModel(parts, {
      actions: action => [
        action({
          name: 'move',
          kind: 'protocol',
          actor: 'between',
          params: {},
          enabled: ({ protocol: { left, right } }) => left.place > 0 && right.place < 3,
          step: ({ protocol: { left, right } }) => {
            left.place--;
            right.place++;
          },
        }),
      ],
      properties: ({ invariant: claim }) => [
        claim({
          name: 'never-both-full',
          statement: 'They are never both full.',
          holds: ({ protocol: { left, right } }) => left.place + right.place < 6,
        }),
      ],
    });
    const { violations } = await exploreExhaustively(model, properties);
    expect(violations).toMatchObject([{ property: 'never-both-full', steps: { length: 6 } }]);
  });

  test('comes to an end where all of its parts have, and asks temporal properties of each', async () => {
    const ending = { ...counterModel(2), ends: ({ place }: { place: number }) => place === 2 };
    const goal = temporalOf(placeSchema).eventually({
      name: 'counts',
      statement: 'It counts to two.',
      goal: ({ protocol }) => protocol.place === 2,
    });
    const whole = { model: ending as never, properties: [], temporal: [goal] };
    const parts = composeModels('both', { left: whole, right: whole });
    expect((await exploreExhaustively(parts.model, [noDeadlock(parts.model)])).verdict).toBe(
      'holds',
    );
    const stuck = composeModels('both', {
      left: whole,
      right: { ...whole, model: counterModel(3) },
    });
    const result = await exploreExhaustively(stuck.model, [noDeadlock(stuck.model)]);
    expect(result.violations).toMatchObject([{ property: 'no-deadlock', steps: { length: 5 } }]);
    const { properties } = await exploreLiveness(parts.model, parts.temporal ?? []);
    expect(properties.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'left.counts holds',
      'right.counts holds',
    ]);
  });

  test('is refused where a part is no specification', () => {
    expect(() => composeModels('both', { left: 3 as never })).toThrow(
      'model "both": parts.left: expected a specification',
    );
  });
});
