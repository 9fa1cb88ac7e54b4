import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { ModelError, NondeterminismError } from '../../../checker/core/errors.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { type AnyModel, defineModel } from '../../../checker/model/model.ts';
import { type AnyProperty, anyProperties } from '../../../checker/model/property.ts';
import { BoundsError } from '../../../checker/state/errors.ts';
import {
  counterModel,
  graphModel,
  invariant,
  placeSchema,
  sometimes,
  stepProperty,
} from '../subjects/toys.ts';

async function errorOf(
  model: AnyModel,
  properties: readonly AnyProperty[] = [],
): Promise<ModelError> {
  try {
    await exploreExhaustively(model, properties);
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('expected a ModelError');
}

function explode(): never {
  throw new TypeError('boom');
}

describe('a model that goes wrong is reported as such, with the steps that lead there', () => {
  test('a step that throws', async () => {
    const error = await errorOf(counterModel(9, place => (place === 3 ? explode() : undefined)));
    expect(error.message).toBe(
      'the model crashed in action count() (this is not a property violation): TypeError: boom',
    );
    expect(error.steps.map(step => step.name)).toEqual(['count', 'count', 'count']);
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  test('a guard that throws', async () => {
    const model = counterModel(9);
    const actions = model.actions.map(action => ({ ...action, enabled: explode }));
    const error = await errorOf({ ...model, actions });
    expect(error.message).toContain('crashed in action count()');
    expect(error.steps.map(step => step.name)).toEqual(['count']);
  });

  test('a value that leaves its bounds, naming the field and the arguments', async () => {
    const error = await errorOf(
      graphModel([
        [0, 1],
        [1, 10_000],
      ]),
    );
    expect(error.message).toContain('action follow(edge=1)');
    expect(error.message).toContain(
      'protocol.place: expected a whole number from 0 to 9999, found 10000',
    );
    expect(error.cause).toBeInstanceOf(BoundsError);
    expect(error.steps.map(step => step.params)).toEqual([{ edge: 0 }, { edge: 1 }]);
  });

  test('an initial state that throws', async () => {
    const model = { ...counterModel(9), initialStates: [explode] };
    const error = await errorOf(model);
    expect(error.message).toContain('crashed in the initial state');
    expect(error.steps).toEqual([]);
  });

  const at = (place: number) => (state: { protocol: { place: number } }) =>
    state.protocol.place === place && explode();
  const properties: [string, readonly AnyProperty[], number][] = [
    [
      'an invariant',
      anyProperties([invariant(placeSchema, 'p', { holds: state => !at(2)(state) })]),
      2,
    ],
    [
      'an antecedent',
      anyProperties([invariant(placeSchema, 'p', { when: at(0), holds: () => true })]),
      0,
    ],
    [
      'a step property',
      anyProperties([stepProperty(placeSchema, 'p', { holds: before => !at(2)(before) })]),
      3,
    ],
    ['a goal', anyProperties([sometimes(placeSchema, 'p', (_, after) => at(4)(after))]), 4],
  ];
  test.each(properties)('%s that throws', async (_, broken, steps) => {
    const error = await errorOf(counterModel(9), broken);
    expect(error.message).toContain('crashed in property "p"');
    expect(error.message).toContain('TypeError: boom');
    expect(error.steps).toHaveLength(steps);
  });

  test('a property, and not a goal that would throw on an earlier step and is evaluated no more', async () => {
    const reached = sometimes(placeSchema, 'reached', before => !at(1)(before));
    const broken = stepProperty(placeSchema, 'broken', { holds: (_, after) => !at(3)(after) });
    const model = graphModel([
      [0, 1],
      [1, 2],
      [1, 3],
    ]);
    const error = await errorOf(model, anyProperties([reached, broken]));
    expect(error.message).toContain('crashed in property "broken"');
    expect(error.steps.map(step => step.params)).toEqual([{ edge: 0 }, { edge: 2 }]);
  });
});

describe('a model that reads something outside its arguments is found out', () => {
  test('when a step depends on it', async () => {
    let outside = 0;
    const model = graphModel(Array.from({ length: 200 }, (_, place) => [place, place + 1]));
    const actions = model.actions.map(action => ({
      ...action,
      step: (({ protocol }: { protocol: { place: number } }) => {
        protocol.place += 1 + (outside++ % 2);
      }) as unknown as typeof action.step,
    }));
    const error = await errorOf({ ...model, actions });
    expect(error).toBeInstanceOf(NondeterminismError);
    expect(error.message).toContain('gave two different results for the same state');
    expect(error.message).toContain('Math.random');
  });

  test('when a guard depends on it', async () => {
    let asked = 0;
    const model = counterModel(2000);
    const actions = model.actions.map(action => ({ ...action, enabled: () => ++asked < 60 }));
    const error = await errorOf({ ...model, actions });
    expect(error).toBeInstanceOf(NondeterminismError);
    expect(error.steps.at(-1)?.name).toBe('count');
  });

  test('when a step throws only the second time', async () => {
    const seen = new Set<number>();
    const model = counterModel(2000, place => {
      if (seen.has(place)) explode();
      seen.add(place);
    });
    expect(await errorOf(model)).toBeInstanceOf(NondeterminismError);
  });
});

describe('a model that is too small for samples', () => {
  test('is rechecked from its first step on', async () => {
    let outside = 0;
    const model = counterModel(3);
    const actions = model.actions.map(action => ({
      ...action,
      step: (({ protocol }: { protocol: { place: number } }) => {
        protocol.place += 1 + (outside++ % 2);
      }) as unknown as typeof action.step,
    }));
    const error = await errorOf({ ...model, actions });
    expect(error).toBeInstanceOf(NondeterminismError);
    expect(error.steps).toHaveLength(1);
  });
});

describe('a model', () => {
  test('that cannot make its initial state is no model to compile', () => {
    const model = { ...counterModel(1), initialStates: [explode] };
    expect(() => new CompiledModel(model)).toThrow(ModelError);
    expect(() => new CompiledModel(model)).toThrow('crashed in the initial state');
  });

  test('has no two actions of one name', () => {
    const model = counterModel(1);
    const twice = { ...model, actions: [...model.actions, ...model.actions] };
    expect(() => defineModel(twice as unknown as Parameters<typeof defineModel>[0])).toThrow(
      'model "counter": two actions named "count"',
    );
  });
});
