import { describe, expect, test } from 'vitest';
import { unlimited } from '../../../checker/core/control.ts';
import {
  type ExhaustiveOptions,
  exploreExhaustively,
} from '../../../checker/exhaustive/exhaustive.ts';
import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyInt, anyOf } from '../../../checker/model/params.ts';
import { anyProperties } from '../../../checker/model/property.ts';
import { int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import {
  counterModel,
  graphModel,
  invariant,
  placeSchema,
  sometimes,
  stepProperty,
  toyModel,
} from '../subjects/toys.ts';

/** Places in the order in which they are first reached, each with its depth. */
async function visitsOf(
  model: AnyModel,
  options: ExhaustiveOptions = {},
): Promise<[unknown, number][]> {
  const visits: [unknown, number][] = [];
  await exploreExhaustively(model, [], {
    ...options,
    onState: ({ protocol }, depth) => visits.push([protocol['place'], depth]),
  });
  return visits;
}

const notAt = (place: number) =>
  invariant(placeSchema, `not-at-${place}`, {
    holds: ({ protocol }) => protocol.place !== place || `at ${place}`,
  });

describe('the order of the search', () => {
  test('is breadth first, edges in the order of their declaration', async () => {
    const edges = [
      [0, 2],
      [0, 1],
      [1, 3],
      [2, 4],
      [4, 1],
      [3, 0],
      [4, 5],
      [3, 5],
    ] as const;
    expect(await visitsOf(graphModel(edges))).toEqual([
      [0, 1],
      [2, 2],
      [1, 2],
      [4, 3],
      [3, 3],
      [5, 4],
    ]);
    const result = await exploreExhaustively(graphModel(edges), []);
    expect(result).toMatchObject({
      engine: 'exhaustive',
      verdict: 'holds',
      distinctStates: 6,
      generatedStates: 9,
      depth: 4,
      steps: 8,
      coverage: { actions: { follow: 8 } },
    });
  });

  test('starts with every initial state, each once', async () => {
    const edges = [
      [0, 1],
      [7, 8],
      [8, 0],
    ] as const;
    expect(await visitsOf(graphModel(edges, [7, 0, 7]))).toEqual([
      [7, 1],
      [0, 1],
      [8, 2],
      [1, 2],
    ]);
    const result = await exploreExhaustively(
      graphModel(edges, [7, 0, 7]),
      anyProperties([notAt(1)]),
    );
    expect(result.violations).toMatchObject([{ initialState: 1, clause: 'at 1' }]);
    expect(result.violations[0]?.steps).toHaveLength(1);
  });

  test('ends in a state without successors, which is no error', async () => {
    const result = await exploreExhaustively(graphModel([[0, 1]]), anyProperties([notAt(2)]));
    expect(result).toMatchObject({ verdict: 'holds', distinctStates: 2, depth: 2 });
  });
});

describe('a counterexample', () => {
  test('is a shortest path', async () => {
    const detour = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 9],
      [0, 5],
      [5, 9],
    ] as const;
    const { violations } = await exploreExhaustively(graphModel(detour), anyProperties([notAt(9)]));
    expect(violations[0]?.steps.map(step => step.params)).toEqual([{ edge: 4 }, { edge: 5 }]);
  });

  test('may be an initial state', async () => {
    const { verdict, violations } = await exploreExhaustively(
      graphModel([[0, 1]], [4, 0]),
      anyProperties([notAt(0)]),
    );
    expect(verdict).toBe('violated');
    expect(violations).toMatchObject([{ initialState: 1, steps: [], clause: 'at 0' }]);
  });

  test('of a step property ends with the step, even when it leads to a known state', async () => {
    const growing = stepProperty(placeSchema, 'growing', {
      holds: (before, after, action) =>
        after.protocol.place > before.protocol.place ||
        `${action.name} goes back from ${before.protocol.place}`,
    });
    const edges = [
      [0, 1],
      [1, 0],
    ] as const;
    const { violations } = await exploreExhaustively(graphModel(edges), anyProperties([growing]));
    expect(violations).toMatchObject([
      { property: 'growing', kind: 'step', clause: 'follow goes back from 1' },
    ]);
    expect(violations[0]?.steps.map(step => step.params)).toEqual([{ edge: 0 }, { edge: 1 }]);
  });

  test('says the statement when the property gives no clause', async () => {
    const never = invariant(placeSchema, 'never', { holds: () => false });
    const { violations } = await exploreExhaustively(graphModel([[0, 1]]), anyProperties([never]));
    expect(violations[0]?.clause).toBe('never holds');
  });

  test('is one by default, and one for each property with keepGoing', async () => {
    const properties = anyProperties([notAt(5), notAt(3), notAt(100)]);
    const first = await exploreExhaustively(counterModel(20), properties);
    expect(first.violations.map(({ property, steps }) => [property, steps.length])).toEqual([
      ['not-at-3', 3],
    ]);
    expect(first.properties.map(report => report.verdict)).toEqual([
      'inconclusive',
      'violated',
      'inconclusive',
    ]);
    const all = await exploreExhaustively(counterModel(20), properties, { keepGoing: true });
    expect(all.violations.map(({ property, steps }) => [property, steps.length])).toEqual([
      ['not-at-3', 3],
      ['not-at-5', 5],
    ]);
    expect(all.properties.map(report => report.verdict)).toEqual(['violated', 'violated', 'holds']);
    expect(all).toMatchObject({ verdict: 'violated', distinctStates: 21 });
  });
});

describe('the verdict', () => {
  test('is vacuous when an antecedent is never true', async () => {
    const untested = invariant(placeSchema, 'untested', {
      when: ({ protocol }) => protocol.place > 100,
      holds: () => false,
    });
    const tested = invariant(placeSchema, 'tested', {
      when: ({ protocol }) => protocol.place > 7,
      holds: () => true,
    });
    const result = await exploreExhaustively(counterModel(9), anyProperties([untested, tested]));
    expect(result.verdict).toBe('vacuous');
    expect(result.properties).toMatchObject([
      { name: 'untested', verdict: 'vacuous', evaluated: 10, antecedent: 0 },
      { name: 'tested', verdict: 'holds', evaluated: 10, antecedent: 2 },
    ]);
  });

  test('is vacuous when the antecedent of a step property is never true', async () => {
    const untested = stepProperty(placeSchema, 'untested', {
      when: () => false,
      holds: () => false,
    });
    const result = await exploreExhaustively(counterModel(9), anyProperties([untested]));
    expect(result).toMatchObject({
      verdict: 'vacuous',
      properties: [{ evaluated: 9, antecedent: 0 }],
    });
  });

  test('is vacuous when a goal is not reached', async () => {
    const goal = sometimes(placeSchema, 'far', (_, after) => after.protocol.place === 100);
    const near = sometimes(
      placeSchema,
      'near',
      (before, after, action) =>
        before.protocol.place === 3 && after.protocol.place === 4 && action.name === 'count',
    );
    const result = await exploreExhaustively(counterModel(9), anyProperties([goal, near]));
    expect(result.verdict).toBe('vacuous');
    expect(result.properties.map(report => report.verdict)).toEqual(['unreached', 'reached']);
    expect(result.witnesses.map(({ property, steps }) => [property, steps.length])).toEqual([
      ['near', 4],
    ]);
  });

  test('does not count a property that is not applicable', async () => {
    const skipped = { ...notAt(1), notApplicable: 'there is no place 1' };
    const asked = anyProperties([skipped, notAt(100)]);
    const result = await exploreExhaustively(counterModel(9), asked);
    expect(result.verdict).toBe('holds');
    expect(result.properties).toMatchObject([
      { verdict: 'not applicable', note: 'there is no place 1', evaluated: 0 },
      { verdict: 'holds' },
    ]);
  });

  test('is vacuous when no property is applicable', async () => {
    const skipped = { ...notAt(1), notApplicable: 'there is no place 1' };
    const result = await exploreExhaustively(counterModel(9), anyProperties([skipped]));
    expect(result.verdict).toBe('vacuous');
  });

  test('is violated rather than vacuous, and violated rather than inconclusive', async () => {
    const goal = sometimes(placeSchema, 'far', () => false);
    const result = await exploreExhaustively(counterModel(9), anyProperties([goal, notAt(9)]), {
      maxStates: 10,
    });
    expect(result.verdict).toBe('violated');
  });
});

describe('a limit', () => {
  test('on states makes the verdict inconclusive', async () => {
    const result = await exploreExhaustively(counterModel(100), anyProperties([notAt(500)]), {
      maxStates: 10,
    });
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      stopped: 'state limit',
      distinctStates: 10,
    });
    expect(result.properties[0]?.verdict).toBe('inconclusive');
  });

  test.each(['time limit', 'memory limit', 'interrupted'] as const)(
    '"%s" ends the search',
    async reason => {
      const progress: number[] = [];
      const control = {
        poll: (now: { distinctStates: number; bytes: number }) => {
          progress.push(now.distinctStates);
          expect(now).toMatchObject({ engine: 'exhaustive' });
          expect(now.bytes).toBeGreaterThan(0);
          return Promise.resolve(progress.length < 2 ? undefined : reason);
        },
      };
      const result = await exploreExhaustively(counterModel(9999), anyProperties([notAt(9998)]), {
        control,
      });
      expect(result).toMatchObject({ verdict: 'inconclusive', stopped: reason });
      expect(progress).toHaveLength(2);
      expect(result.distinctStates).toBeLessThan(9999);
    },
  );

  test('that is never reached changes nothing', async () => {
    const free = await exploreExhaustively(counterModel(5000), []);
    const limited = await exploreExhaustively(counterModel(5000), [], {
      control: unlimited,
      maxStates: 5002,
    });
    expect(limited).toEqual(free);
  });
});

describe('a budget', () => {
  const schema = defineSchema({
    protocol: { crashed: int(0, 9) },
    ghost: {},
    budget: { crashes: int(0, 2) },
  });
  const action = actionsOf(schema, {});
  const crash = {
    kind: 'fault',
    actor: 'environment',
    spends: 'crashes',
    enabled: () => true,
    step: ({ protocol }: { protocol: { crashed: number } }) => void protocol.crashed++,
  } as const;
  const model = defineModel({
    ...toyModel,
    name: 'budget',
    schema,
    initialStates: [
      ({ budget }) => {
        budget.crashes = 2;
      },
    ],
    actions: [
      action({ ...crash, name: 'crash', params: { how: anyOf('hard', 'soft') } }),
      action({ ...crash, name: 'crashAgain', params: { delay: anyInt(1, 2) } }),
    ],
  });

  test('limits all actions that spend it together', async () => {
    const result = await exploreExhaustively(model, []);
    expect(result).toMatchObject({ distinctStates: 3, generatedStates: 1 + 4 + 4, depth: 3 });
    expect(result.coverage.actions).toEqual({ crash: 4, crashAgain: 4 });
  });

  test('is part of what tells states apart', async () => {
    const still = {
      ...model,
      actions: model.actions.map(each => ({ ...each, step: () => undefined })),
    };
    const result = await exploreExhaustively(still, []);
    expect(result.distinctStates).toBe(3);
  });
});
