import { describe, expect, test } from 'vitest';
import { NondeterminismError } from '../../../checker/core/errors.ts';
import type { AnyModel } from '../../../checker/model/model.ts';
import { expectSameRuns } from '../../../checker/random/expectSameRuns.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import type { ExplorationResult } from '../../../checker/results/result.ts';
import { heldByAtMost, lockModel } from '../subjects/lock.ts';
import { graphModel } from '../subjects/toys.ts';

const options = { seed: 1, runs: 100, maxSteps: 40 };
const play = (model: AnyModel): Promise<ExplorationResult> =>
  simulate(model, [heldByAtMost(3)].slice(0, model.name === 'lock' ? 1 : 0), options);

describe('two simulations with one seed', () => {
  test('have one hash chain', async () => {
    const [first, second] = [await play(lockModel()), await play(lockModel())];
    expect(first.chain).toMatch(/^[0-9a-f]{16}$/);
    expect(second.chain).toBe(first.chain);
    expect(() => expectSameRuns(first, second)).not.toThrow();
  });

  test('have another chain with another seed', async () => {
    const other = await simulate(lockModel(), [], { ...options, seed: 2 });
    expect(other.chain).not.toBe((await play(lockModel())).chain);
  });

  test('are told apart when something outside decides', async () => {
    let made = 0;
    // A model that is another every time it is made.
    const restless = (): AnyModel => {
      const shift = made++;
      return graphModel(
        Array.from({ length: 30 }, (_, place) => [place, (place + 1 + shift) % 30]),
      );
    };
    const [first, second] = [await play(restless()), await play(restless())];
    expect(() => expectSameRuns(first, second)).toThrow(NondeterminismError);
    expect(() => expectSameRuns(first, second)).toThrow(
      /one seed gave two different results .* \([0-9a-f]{16} after \d+ steps and [0-9a-f]{16}/,
    );
  });

  test('are not compared when a limit cut one of them short', async () => {
    const whole = await play(lockModel());
    const stopped = { poll: () => Promise.resolve('time limit' as const) };
    const cut = await simulate(lockModel(), [], { ...options, control: stopped });
    expect(cut.chain).not.toBe(whole.chain);
    expect(() => expectSameRuns(whole, cut)).not.toThrow();
  });
});
