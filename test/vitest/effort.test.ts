import { describe, expect, it } from 'vitest';
import { type EffortOptions, effortOf, type Surroundings } from '../../vitest/effort.ts';

function effort(options: EffortOptions, surroundings: Partial<Surroundings> = {}) {
  return effortOf(options, {
    modelName: 'lock',
    environment: {},
    sequenceSeed: undefined,
    ...surroundings,
  });
}

describe('the effort of a model test', () => {
  it('takes the seed from the option, the environment, vitest or the name of the model', () => {
    const environment = { HIGHWATER_SEED: '7' };
    expect(effort({ seed: 5 }, { environment, sequenceSeed: 9 }).seed).toBe(5);
    expect(effort({}, { environment, sequenceSeed: 9 }).seed).toBe(7);
    expect(effort({}, { sequenceSeed: 9 }).seed).toBe(9);
    expect(effort({}).seed).toBe(effort({}).seed);
    expect(effort({}).seed).not.toBe(effort({}, { modelName: 'gate' }).seed);
  });

  it('passes over the seed that vitest draws from the clock to shuffle', () => {
    expect(effort({}, { sequenceSeed: 1_700_000_000_000 }).seed).toBe(effort({}).seed);
  });

  it('takes runs and time from the options, then the environment', () => {
    const environment = { HIGHWATER_RUNS: '50', HIGHWATER_TIME_LIMIT: '1.5m' };
    expect(effort({}, { environment })).toMatchObject({ runs: 50, timeLimit: 90_000 });
    expect(effort({ runs: 3, timeLimit: 10 }, { environment })).toMatchObject({
      runs: 3,
      timeLimit: 10,
    });
    expect(effort({}, { environment: { HIGHWATER_RUNS: '' } })).toMatchObject({
      runs: 1000,
      maxSteps: 100,
      timeLimit: 60_000,
    });
  });

  it.each<[string, EffortOptions, Record<string, string>]>([
    ['seed', { seed: -1 }, {}],
    ['HIGHWATER_SEED', {}, { HIGHWATER_SEED: 'x' }],
    ['runs', { runs: 0 }, {}],
    ['HIGHWATER_RUNS', {}, { HIGHWATER_RUNS: '1e3' }],
    ['maxSteps', { maxSteps: 1.5 }, {}],
    ['maxStates', { maxStates: 0 }, {}],
    ['settleSteps', { settleSteps: -1 }, {}],
    ['timeLimit', { timeLimit: 0 }, {}],
    ['HIGHWATER_TIME_LIMIT', {}, { HIGHWATER_TIME_LIMIT: '90' }],
  ])('names what is out of range: %s', (name, options, environment) => {
    expect(() => effort(options, { environment })).toThrow(
      new RegExp(`${name}.*: expected a whole number from`),
    );
  });
});
