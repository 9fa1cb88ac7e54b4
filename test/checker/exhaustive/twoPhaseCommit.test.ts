import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import type { AnyModel } from '../../../checker/model/model.ts';
import { consistent, twoPhaseCommit } from '../subjects/twoPhaseCommit.ts';

/** The same model with another guard for one of its actions. */
function weaken(model: AnyModel, name: string): AnyModel {
  const actions = model.actions.map(action =>
    action.name === name ? { ...action, enabled: () => true } : action,
  );
  return { ...model, actions };
}

describe('two-phase commit', () => {
  test('with 3 managers has the counts that TLC reports', async () => {
    const result = await exploreExhaustively(twoPhaseCommit(3), consistent(3));
    expect(result).toMatchObject({
      verdict: 'holds',
      symmetry: false,
      distinctStates: 288,
      generatedStates: 1146,
      depth: 11,
      steps: 1145,
      violations: [],
    });
    expect(result.properties[0]).toMatchObject({
      verdict: 'holds',
      evaluated: 288,
      antecedent: 288,
    });
  });

  test('with 5 managers has the counts that TLC reports', async () => {
    const result = await exploreExhaustively(twoPhaseCommit(5), consistent(5));
    expect(result).toMatchObject({
      verdict: 'holds',
      distinctStates: 8832,
      generatedStates: 58_146,
    });
  });

  test.each([
    [3, 80],
    [5, 314],
  ])('with %i managers has %i states up to renaming', async (managers, distinctStates) => {
    const model = twoPhaseCommit(managers);
    const result = await exploreExhaustively(model, consistent(managers), { symmetry: true });
    expect(result).toMatchObject({ verdict: 'holds', symmetry: true, distinctStates });
  });

  test('is inconsistent when the manager commits without waiting, in the fewest steps', async () => {
    const broken = weaken(twoPhaseCommit(3), 'commit');
    for (const symmetry of [false, true]) {
      const result = await exploreExhaustively(broken, consistent(3), { symmetry });
      expect(result.verdict).toBe('violated');
      const [violation] = result.violations;
      expect(violation).toMatchObject({ property: 'consistent', shortest: true });
      const steps = violation?.steps ?? [];
      expect(steps.map(step => step.name)).toHaveLength(3);
      expect(steps[0]?.name).toBe('commit');
      const [aborted, committed] = ['chooseToAbort', 'receiveCommit'].map(
        name => steps.find(step => step.name === name)?.params['resource'],
      );
      expect([aborted, committed]).not.toContain(undefined);
      expect(aborted).not.toBe(committed);
    }
  });
});
