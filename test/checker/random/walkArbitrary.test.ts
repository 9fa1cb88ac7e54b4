import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { Walk } from '../../../checker/core/walk.ts';
import { NOT_OURS, WalkArbitrary } from '../../../checker/random/walkArbitrary.ts';
import { shorterRuns } from '../../../checker/runs/shorterRuns.ts';
import { casesOf } from '../../long.ts';
import { replicationIn } from '../../models/replication/scope.ts';
import { lockModel } from '../subjects/lock.ts';

const replication = replicationIn({
  bounds: { records: 2, crashes: 2, partitions: 1, preferredElections: 1, isrShrinks: 1 },
}).model;
const models = [
  ['lock', lockModel()],
  ['replication', replication],
] as const;

/** Whether every action can be taken in its turn. */
function isRun(model: CompiledModel, walk: Walk): boolean {
  const state = model.createState();
  model.initialize(state, walk.initialState);
  return walk.actions.every(action => {
    const enabled = model.enabled(state, action) === true;
    if (enabled) model.step(state, action);
    return enabled;
  });
}

describe.each(models)('a random walk of the %s model', (_, model) => {
  const compiled = new CompiledModel(model);
  const walks = new WalkArbitrary(compiled, { maxSteps: 40 });

  test('takes only enabled actions, at least one and at most as many as asked for', () => {
    fc.assert(
      fc.property(walks, walk => {
        expect(isRun(compiled, walk)).toBe(true);
        expect(walk.actions.length).toBeGreaterThan(0);
        expect(walk.actions.length).toBeLessThanOrEqual(40);
      }),
      { seed: 7, numRuns: casesOf(100, 300) },
    );
  });

  test('is drawn again from the same seed', () => {
    const draw = (seed: number) =>
      fc.sample(new WalkArbitrary(compiled, { maxSteps: 40, guided: true }), {
        seed,
        numRuns: casesOf(100, 300),
      });
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  test('shrinks only to strictly shorter runs of the model', () => {
    fc.assert(
      fc.property(walks, walk => {
        for (const { value } of walks.shrink(walk, undefined).take(30)) {
          expect(value.actions.length).toBeLessThan(walk.actions.length);
          expect(isRun(compiled, value)).toBe(true);
          expect(value.initialState).toBe(walk.initialState);
        }
      }),
      { seed: 8, numRuns: casesOf(20, 60) },
    );
  });

  test('is cut after its failure first', () => {
    fc.assert(
      fc.property(walks, fc.nat(), (walk, place) => {
        const failing = new Walk(walk.initialState, walk.actions);
        failing.failedAfter = place % walk.actions.length;
        const shorter = [...shorterRuns(compiled, failing)];
        expect(shorter).toEqual([walk.actions.slice(0, failing.failedAfter)]);
      }),
      { seed: 9, numRuns: 100 },
    );
  });
});

describe('the parts of all runs', () => {
  const compiled = new CompiledModel(replication);
  const draw = (shard?: { index: number; count: number }): Walk[] =>
    fc.sample(
      new WalkArbitrary(compiled, {
        maxSteps: 10,
        guided: true,
        ...(shard === undefined ? {} : { shard }),
      }),
      { seed: 5, numRuns: 1200 },
    );

  test.each([2, 3])('of %i are together what is drawn without parts', count => {
    const whole = draw();
    const parts = Array.from({ length: count }, (_, index) => draw({ index, count }));
    for (const part of parts) {
      const own = part.filter(walk => walk !== NOT_OURS).length;
      expect(own).toBeGreaterThan(0);
      expect(own).toBeLessThan(1200);
    }
    const together = whole.map((_, run) =>
      parts.map(part => part[run]).find(walk => walk !== NOT_OURS),
    );
    expect(together).toEqual(whole);
  });
});

describe('a walk', () => {
  const walks = new WalkArbitrary(new CompiledModel(lockModel()), { maxSteps: 10 });

  test('can be shrunk without the context of its drawing', () => {
    expect(walks.canShrinkWithoutContext(new Walk(0, [0, 1]))).toBe(true);
    expect(walks.canShrinkWithoutContext([0, 1])).toBe(false);
    expect(walks.canShrinkWithoutContext(undefined)).toBe(false);
  });

  test('of one step shrinks to none, and one of none not at all', () => {
    const shrunk = (walk: Walk) =>
      [...walks.shrink(walk, undefined)].map(each => each.value.actions);
    expect(shrunk(new Walk(0, [0]))).toEqual([[]]);
    expect(shrunk(new Walk(0, []))).toEqual([]);
  });

  test('given as an example is shrunk by fast-check like any other', () => {
    const hums = Array.from({ length: 10 }, () => 6);
    const details = fc.check(
      fc.property(walks, walk => walk.actions.length < 2),
      { seed: 1, numRuns: 1, examples: [[new Walk(0, hums)]] },
    );
    expect(details.failed).toBe(true);
    expect(details.counterexample?.[0]?.actions).toHaveLength(2);
  });
});
