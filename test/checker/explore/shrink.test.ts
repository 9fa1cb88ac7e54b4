import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../checker/explore/compiledModel.ts';
import { shrink } from '../../../checker/explore/shrink.ts';
import { type Walk, WalkArbitrary } from '../../../checker/explore/walk.ts';
import type { TakenAction } from '../../../checker/model/property.ts';
import { heldByAtMost, lockModel } from './lock.ts';

const model = lockModel();
const compiled = new CompiledModel(model);

function stepsOf(walk: Walk): TakenAction[] {
  return walk.actions.flatMap(action => compiled.instances[action]?.taken ?? []);
}

describe('shrinking', () => {
  test('leaves out everything that a violation does not need', () => {
    let shrunk = 0;
    fc.assert(
      fc.property(new WalkArbitrary(compiled, 60), walk => {
        const steps = stepsOf(walk);
        const found = shrink(model, heldByAtMost(1), { initialState: 0, steps });
        if (found === undefined) return;
        shrunk++;
        expect(found.steps.map(({ name }) => name)).toEqual(['acquire', 'acquire']);
        expect(found.clause).toBe('2 clients hold the lock');
        expect(found.attempts).toBeGreaterThan(0);
      }),
      { seed: 11, numRuns: 200 },
    );
    expect(shrunk).toBeGreaterThan(50);
  });

  test('gives nothing for a run that breaks nothing', () => {
    const steps = stepsOf({ actions: [0] } as unknown as Walk);
    expect(shrink(model, heldByAtMost(1), { initialState: 0, steps })).toBeUndefined();
  });

  test('gives nothing for a run of another model', () => {
    const steps = [{ name: 'steal', actor: 'nobody', params: {} }];
    expect(shrink(model, heldByAtMost(1), { initialState: 0, steps })).toBeUndefined();
  });

  test('cannot be improved by leaving out one more step', () => {
    fc.assert(
      fc.property(new WalkArbitrary(compiled, 60), walk => {
        const property = heldByAtMost(2);
        const found = shrink(model, property, { initialState: 0, steps: stepsOf(walk) });
        if (found === undefined) return;
        const again = shrink(model, property, { initialState: 0, steps: found.steps });
        expect(again?.steps).toEqual(found.steps);
      }),
      { seed: 12, numRuns: 200 },
    );
  });
});
