import { describe, expect, test } from 'vitest';
import { Distribution, foundText, smallest, tryModel } from './runModels.ts';

const draw = { seed: 1, looksAtViews: true };
const MODELS = 250;

describe('engines and a naive reference', () => {
  test('say the same of models drawn at random', async () => {
    const distribution = new Distribution();
    for (let number = 0; number < MODELS; number++) {
      const tried = await tryModel(draw, number);
      if (tried !== undefined && 'problem' in tried) {
        expect.fail(foundText(draw, await smallest(tried)));
      }
      distribution.add(tried);
    }
    // Models that show something: neither too few of a kind, nor all too small.
    const { compared, states, withError, violated, asymmetric, learningFull, temporalViolated } =
      distribution.data;
    expect(compared).toBeGreaterThan(0.8 * MODELS);
    expect(states.half).toBeGreaterThanOrEqual(6);
    expect(states.nineTenths).toBeGreaterThanOrEqual(40);
    expect(withError).toBeGreaterThan(0.05 * MODELS);
    expect(violated).toBeGreaterThan(0.25 * MODELS);
    expect(asymmetric).toBeGreaterThan(0.05 * MODELS);
    expect(learningFull).toBeGreaterThan(0.05 * MODELS);
    expect(temporalViolated).toBeGreaterThan(0.1 * MODELS);
  });
});
