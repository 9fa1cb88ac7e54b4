import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { anyProperties } from '../../../checker/model/property.ts';
import { dieHard, dieHardSchema } from '../subjects/dieHard.ts';
import { invariant, sometimes } from '../subjects/toys.ts';

describe('the jugs of 3 and 5 gallons', () => {
  test('have 16 reachable states', async () => {
    const result = await exploreExhaustively(dieHard(), []);
    expect(result).toMatchObject({
      verdict: 'holds',
      distinctStates: 16,
      generatedStates: 97,
      steps: 96,
    });
  });

  test('measure 4 gallons in 6 actions and no fewer, and the actions replay to 4', async () => {
    const notFour = invariant(dieHardSchema, 'not-four', {
      holds: ({ protocol }) => protocol.big !== 4 || `the big jug holds ${protocol.big}`,
    });
    const { verdict, violations } = await exploreExhaustively(dieHard(), anyProperties([notFour]));
    expect(verdict).toBe('violated');
    const [violation] = violations;
    expect(violation).toMatchObject({ property: 'not-four', kind: 'invariant', shortest: true });
    expect(violation?.clause).toBe('the big jug holds 4');
    expect(violation?.steps).toHaveLength(6);

    const model = new CompiledModel(dieHard());
    const state = model.createState();
    model.initialize(state, violation?.initialState ?? -1);
    for (const step of violation?.steps ?? []) {
      const instance = model.find(step) ?? -1;
      expect(model.enabled(state, instance)).toBe(true);
      model.step(state, instance);
    }
    expect(state.protocol).toMatchObject({ big: 4 });
  });

  test('show 4 gallons as a goal, with the same 6 actions as its witness', async () => {
    const four = sometimes(dieHardSchema, 'four', (_, { protocol }) => protocol.big === 4);
    const result = await exploreExhaustively(dieHard(), anyProperties([four]));
    expect(result.verdict).toBe('holds');
    expect(result.properties[0]).toMatchObject({ name: 'four', verdict: 'reached', antecedent: 1 });
    expect(result.witnesses[0]?.steps.map(step => step.name)).toEqual([
      'fillBig',
      'bigToSmall',
      'emptySmall',
      'bigToSmall',
      'fillBig',
      'bigToSmall',
    ]);
  });
});
