import { describe, expect, test } from 'vitest';
import { DeclarationError } from '../../../checker/declarationError.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { Part } from '../../../checker/model/part.ts';
import type { AnyScope, StepProperty } from '../../../checker/model/property.ts';
import type { Specification } from '../../../checker/model/specification.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import { refines } from '../../../checker/refinement/refines.ts';
import { recordTrace } from '../../../checker/replay/record.ts';
import { replay } from '../../../checker/replay/replay.ts';
import type { ExplorationResult } from '../../../checker/results/result.ts';
import { shrink } from '../../../checker/shrink/shrink.ts';
import type { Fields } from '../../../checker/state/fields.ts';
import { isLock, lock, room } from './boxes.ts';

/** Every engine that looks for violations, with and without symmetry. */
async function explored({ model, properties }: Specification): Promise<ExplorationResult[]> {
  return [
    await exploreExhaustively(model, properties, { symmetry: true }),
    await exploreExhaustively(model, properties, { symmetry: false }),
    await simulate(model, properties, { seed: 1, runs: 100, maxSteps: 20 }),
  ];
}

const verdicts = (results: readonly ExplorationResult[]) => results.map(({ verdict }) => verdict);

/** The one violation that each engine finds, which replays and cannot be shortened. */
async function broken(specification: Specification): Promise<{ steps: string[]; clause: string }> {
  const { model, properties } = specification;
  const lengths = new Set<number>();
  let first: { steps: string[]; clause: string } | undefined;
  const results = await explored(specification);
  expect(results.map(({ symmetry }) => symmetry)).toEqual([true, false, false]);
  for (const { violations, distinctStates, generatedStates, depth } of results) {
    expect(violations).toHaveLength(1);
    const [violation] = violations;
    if (violation === undefined) break;
    const { clause, steps, initialState, shortest } = violation;
    expect(shortest).toBe(true);
    lengths.add(steps.length);
    first ??= { steps: steps.map(({ name }) => name), clause };
    const run = { property: isLock, clause, initialState, steps };
    const trace = recordTrace(model, run, {
      engine: 'exhaustive',
      distinctStates,
      generatedStates,
      depth,
      shortest,
    });
    expect(replay(model, properties, trace)).toMatchObject({ word: 'reproduced' });
    expect(await shrink(model, isLock, violation)).toMatchObject({ steps, shortest: true });
  }
  expect(lengths.size).toBe(1);
  return first ?? { steps: [], clause: '' };
}

describe('a refinement', () => {
  test('holds where each step is one of the abstract model, or none', async () => {
    expect(verdicts(await explored(room()))).toEqual(['holds', 'holds', 'nothing found']);
  });

  test('is vacuous where nothing of the abstract model ever happens', async () => {
    const [result] = await explored(room({ isLocked: true }));
    expect(result?.properties).toMatchObject([{ verdict: 'vacuous', antecedent: 0 }]);
  });

  test('fails where a run begins in no initial state of the abstract model', async () => {
    const { steps, clause } = await broken(room({ isEntered: true }));
    expect(steps).toEqual([]);
    expect(clause).toBe(
      'the mapped state is no initial state of lock: in its initial state there is holders [], not ["client-2"]',
    );
  });

  test('fails at the first step that is none of the abstract model', async () => {
    const { steps, clause } = await broken(room({ letsTwoIn: true }));
    expect(steps).toHaveLength(4);
    expect(clause).toMatch(
      /^no step of lock changes holders: \["client-\d"\] -> \["client-\d","client-\d"\]; tried take: somebody holds it; release\(client=client-\d\) would change holders: \["client-\d"\] -> \[\], \(client=client-\d\), \(client=client-\d\): it is held by somebody else, or by nobody$/,
    );
  });

  test('that fails under a fault alone holds without it', async () => {
    const { steps } = await broken(room({ swaps: 1 }));
    expect(steps).toEqual(['knock', 'enter', 'swap']);
  });

  test('is of a part of a larger model as well, from its initial states on', () => {
    const part = new Part('inner', {});
    const lifted = part.liftProperty(isLock) as StepProperty<Fields, Fields>;
    const { model } = room({ isEntered: true });
    const state = model.schema.create();
    model.initialStates[0]?.(state as never);
    const whole = { protocol: { inner: state.protocol }, ghost: { inner: state.ghost } };
    expect(lifted.initially?.(whole as unknown as AnyScope)).toMatch(/is no initial state of lock/);
  });

  test('is refused with a schema that is not that of the abstract model', () => {
    const { schema } = room().model;
    const mapping = () => undefined;
    expect(() => refines(schema, { model: lock.model, schema }, { name: 'x', mapping })).toThrow(
      new DeclarationError('refinement "x": the schema is not that of the abstract model'),
    );
    expect(() => refines(schema, lock, { name: 'x', mapping: 3 as never })).toThrow(
      'expected a function "mapping", found 3',
    );
  });
});
