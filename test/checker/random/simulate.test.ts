import { describe, expect, test } from 'vitest';
import type { Control, StopReason } from '../../../checker/core/control.ts';
import { ModelError, NondeterminismError } from '../../../checker/core/errors.ts';
import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyProperties } from '../../../checker/model/property.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import { handedOver, heldByAtMost, lockModel } from '../subjects/lock.ts';
import {
  counterModel,
  graphModel,
  invariant,
  placeSchema,
  sometimes,
  stepProperty,
  toyModel,
} from '../subjects/toys.ts';

const small = { seed: 1, runs: 200, maxSteps: 40 };

async function errorOf(model: AnyModel, properties = anyProperties([])): Promise<ModelError> {
  try {
    await simulate(model, properties, small);
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('expected a ModelError');
}

function explode(): never {
  throw new TypeError('boom');
}

describe('the seed', () => {
  test('decides everything: the same seed gives the same result', async () => {
    const [first, second] = [
      await simulate(lockModel({ checked: true }), [heldByAtMost(1)], small),
      await simulate(lockModel({ checked: true }), [heldByAtMost(1)], small),
    ];
    expect(second).toEqual(first);
  });

  test('gives other runs when it is another', async () => {
    const [first, second] = [
      await simulate(lockModel({ checked: true }), [], small),
      await simulate(lockModel({ checked: true }), [], { ...small, seed: 2 }),
    ];
    expect(second.coverage.actions).not.toEqual(first.coverage.actions);
  });

  test('gives the same counterexample', async () => {
    const found = await Promise.all(
      [1, 1].map(seed => simulate(lockModel(), [heldByAtMost(1)], { ...small, seed })),
    );
    expect(found[0]?.violations).toHaveLength(1);
    expect(found[0]).toEqual(found[1]);
  });
});

describe('a simulation', () => {
  test('that finds nothing claims no more than that, and says how much it looked at', async () => {
    const result = await simulate(lockModel({ checked: true }), [heldByAtMost(1)], small);
    expect(result).toMatchObject({
      engine: 'simulate',
      verdict: 'nothing found',
      stopped: 'run limit',
      runs: 200,
      violations: [],
      symmetry: false,
    });
    expect(result.generatedStates).toBe(result.steps + 200);
    expect(result.depth).toBeLessThanOrEqual(40);
    expect(result.properties).toMatchObject([{ verdict: 'nothing found' }]);
    expect(result.properties[0]?.evaluated).toBe(result.generatedStates);
    expect(result.properties[0]?.antecedent).toBeGreaterThan(0);
    const taken = Object.values(result.coverage.actions).reduce((sum, count) => sum + count, 0);
    expect(taken).toBe(result.steps);
  });

  test('shrinks a violation to its shortest run', async () => {
    const { verdict, violations } = await simulate(lockModel(), [heldByAtMost(2)], small);
    expect(verdict).toBe('violated');
    expect(violations).toMatchObject([
      { property: 'held-by-few', clause: '3 clients hold the lock', shortest: true },
    ]);
    expect(violations[0]?.steps.map(({ name }) => name)).toEqual(['acquire', 'acquire', 'acquire']);
  });

  test('finds a violation in an initial state, with no step at all', async () => {
    const never = invariant(placeSchema, 'never', { holds: () => false });
    const { violations } = await simulate(counterModel(9), anyProperties([never]), small);
    expect(violations).toMatchObject([{ property: 'never', steps: [] }]);
  });

  test('names the initial state from which a run fails', async () => {
    const model = graphModel([[7, 8]], [0, 7]);
    const notAt8 = invariant(placeSchema, 'not-at-8', {
      holds: ({ protocol }) => protocol.place !== 8,
    });
    const { violations } = await simulate(model, anyProperties([notAt8]), small);
    expect(violations).toMatchObject([{ initialState: 1, steps: [{ name: 'follow' }] }]);
  });

  test('checks step properties as well', async () => {
    const growing = stepProperty(placeSchema, 'growing', {
      holds: (before, after) => after.protocol.place > before.protocol.place,
    });
    const model = graphModel([
      [0, 1],
      [1, 0],
    ]);
    const { violations } = await simulate(model, anyProperties([growing]), small);
    expect(violations[0]?.steps).toHaveLength(2);
  });

  test('keeps a witness of every goal that it reaches', async () => {
    const result = await simulate(lockModel({ checked: true }), [handedOver()], small);
    expect(result.properties).toMatchObject([{ name: 'handed-over', verdict: 'reached' }]);
    const [witness] = result.witnesses;
    expect(witness?.property).toBe('handed-over');
    expect(witness?.steps.filter(({ name }) => name === 'acquire')).toHaveLength(2);
    expect(witness?.steps.at(-1)?.name).toBe('acquire');
    const never = sometimes(placeSchema, 'never', () => false);
    const unreached = await simulate(counterModel(5), anyProperties([never]), small);
    expect(unreached.properties).toMatchObject([{ verdict: 'unreached' }]);
    expect(unreached.verdict).toBe('vacuous');
  });

  test('is vacuous where a property was never put to the test', async () => {
    const silent = invariant(placeSchema, 'silent', { when: () => false, holds: () => true });
    const result = await simulate(counterModel(5), anyProperties([silent]), small);
    expect(result).toMatchObject({ verdict: 'vacuous', properties: [{ verdict: 'vacuous' }] });
  });

  test('of a shard leaves open what other shards may see', async () => {
    const silent = invariant(placeSchema, 'silent', { when: () => false, holds: () => true });
    const asked = invariant(placeSchema, 'asked', { holds: () => true });
    const never = sometimes(placeSchema, 'never', () => false);
    const options = { ...small, runs: 600, shard: { index: 0, count: 2 } };
    const result = await simulate(counterModel(5), anyProperties([silent, asked, never]), options);
    expect(result.verdict).toBe('inconclusive');
    expect(result.properties.map(({ verdict }) => verdict)).toEqual([
      'inconclusive',
      'nothing found',
      'inconclusive',
    ]);
  });

  test('of a model in which nothing can happen makes empty runs', async () => {
    const result = await simulate(counterModel(0), [], small);
    expect(result).toMatchObject({ steps: 0, distinctStates: 1, runs: 200 });
  });
});

describe('several properties', () => {
  const above = (most: number): ReturnType<typeof invariant> =>
    invariant(placeSchema, `above-${most}`, { holds: ({ protocol }) => protocol.place <= most });
  const far = sometimes(placeSchema, 'far', ({ protocol }) => protocol.place === 8);
  const wanted = anyProperties([above(2), above(6), above(20)]);

  test('are not all looked at by default: runs end at the first violation', async () => {
    const { violations, properties, stopped } = await simulate(counterModel(9), wanted, small);
    expect(violations.map(({ property }) => property)).toEqual(['above-2']);
    expect(properties.map(({ verdict }) => verdict)).toEqual([
      'violated',
      'inconclusive',
      'inconclusive',
    ]);
    expect(stopped).toBeUndefined();
  });

  test('have each their own answer with keepGoing', async () => {
    const result = await simulate(counterModel(9), wanted, { ...small, keepGoing: true });
    expect(result).toMatchObject({ verdict: 'violated', stopped: 'run limit', runs: 200 });
    expect(result.violations).toMatchObject([
      { property: 'above-2', shortest: true, run: 1 },
      { property: 'above-6', shortest: true },
    ]);
    expect(result.violations.map(({ steps }) => steps.length)).toEqual([3, 7]);
    expect(result.properties.map(({ verdict }) => verdict)).toEqual([
      'violated',
      'violated',
      'nothing found',
    ]);
  });

  test('end the runs with keepGoing once all are broken and all goals reached', async () => {
    const both = anyProperties([above(2), above(6)]);
    const broken = await simulate(counterModel(9), both, { ...small, keepGoing: true });
    expect(broken.violations).toHaveLength(2);
    expect(broken.runs).toBeLessThan(200);
    const withGoal = anyProperties([above(2), far]);
    const reached = await simulate(counterModel(9), withGoal, { ...small, keepGoing: true });
    expect(reached.properties.map(({ verdict }) => verdict)).toEqual(['violated', 'reached']);
  });

  test('that break in one step have each a story, also without keepGoing', async () => {
    const other = { ...above(2), name: 'other' };
    const { violations, properties } = await simulate(
      counterModel(9),
      anyProperties([above(2), other]),
      small,
    );
    expect(properties.map(({ verdict }) => verdict)).toEqual(['violated', 'violated']);
    expect(violations.map(({ property }) => property)).toEqual(['above-2', 'other']);
  });
});

describe('shrinking', () => {
  test('passes over shorter runs on which the model crashes', async () => {
    const action = actionsOf(placeSchema, {});
    const always = {
      kind: 'protocol',
      actor: 'somebody',
      params: {},
      enabled: () => true,
    } as const;
    const model = defineModel({
      ...toyModel,
      name: 'unprepared',
      schema: placeSchema,
      initialStates: [() => undefined],
      actions: [
        action({
          ...always,
          name: 'prepare',
          weight: 1000,
          step: ({ protocol }) => {
            protocol.place = Math.max(protocol.place, 1);
          },
        }),
        action({
          ...always,
          name: 'act',
          step: ({ protocol }) => {
            protocol.place = protocol.place === 0 ? explode() : 2;
          },
        }),
      ],
    });
    const notAt2 = invariant(placeSchema, 'not-at-2', {
      holds: ({ protocol }) => protocol.place !== 2,
    });
    const { violations } = await simulate(model, anyProperties([notAt2]), { ...small, seed: 9 });
    expect(violations[0]?.steps.map(({ name }) => name)).toEqual(['prepare', 'act']);
  });
});

describe('a control', () => {
  test.each(['time limit', 'memory limit', 'interrupted'] as const)(
    'stops the runs: %s',
    async (reason: StopReason) => {
      let polls = 0;
      const control: Control = {
        poll: progress => {
          polls++;
          expect(progress.engine).toBe('simulate');
          return Promise.resolve(polls < 3 ? undefined : reason);
        },
      };
      const options = { ...small, runs: 5000, control };
      const result = await simulate(lockModel({ checked: true }), [heldByAtMost(1)], options);
      expect(result).toMatchObject({ verdict: 'inconclusive', stopped: reason, violations: [] });
      expect(polls).toBe(3);
      expect(result.runs).toBeLessThan(5000);
    },
  );
});

describe('a model that goes wrong is reported as such, with the steps that lead there', () => {
  test('a step that throws', async () => {
    const error = await errorOf(counterModel(9, place => (place === 3 ? explode() : undefined)));
    expect(error.message).toBe(
      'the model crashed in action count() (this is not a property violation): TypeError: boom',
    );
    expect(error.steps.map(({ name }) => name)).toEqual(['count', 'count', 'count']);
  });

  test('a guard that throws', async () => {
    const model = counterModel(9);
    const actions = model.actions.map(action => ({ ...action, enabled: explode }));
    const error = await errorOf({ ...model, actions });
    expect(error.message).toContain('crashed in action count()');
    expect(error.steps.map(({ name }) => name)).toEqual(['count']);
  });

  test('an initial state that throws', async () => {
    const error = await errorOf({ ...counterModel(9), initialStates: [explode] });
    expect(error.message).toContain('crashed in the initial state');
    expect(error.steps).toEqual([]);
  });

  test.each([
    [
      'an invariant',
      invariant(placeSchema, 'p', { holds: s => s.protocol.place < 2 || explode() }),
    ],
    [
      'a step property',
      stepProperty(placeSchema, 'p', { holds: (_, s) => s.protocol.place < 2 || explode() }),
    ],
    ['a goal', sometimes(placeSchema, 'p', (_, s) => s.protocol.place >= 2 && explode())],
  ])('%s that throws', async (_, property) => {
    const error = await errorOf(counterModel(9), anyProperties([property]));
    expect(error).not.toBeInstanceOf(NondeterminismError);
    expect(error.message).toContain('crashed in property "p"');
    expect(error.steps).toHaveLength(2);
  });
});

describe('a model that reads something outside its arguments is found out', () => {
  test('when a step depends on it', async () => {
    let outside = 0;
    const model = graphModel(Array.from({ length: 90 }, (_, place) => [place, place + 1]));
    const actions = model.actions.map(action => ({
      ...action,
      step: (({ protocol }: { protocol: { place: number } }) => {
        protocol.place += 1 + (outside++ % 2);
      }) as unknown as typeof action.step,
    }));
    expect(await errorOf({ ...model, actions })).toBeInstanceOf(NondeterminismError);
  });
});
