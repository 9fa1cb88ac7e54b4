import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { noDeadlock } from '../../../checker/model/deadlock.ts';
import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import type { ExplorationResult } from '../../../checker/results/result.ts';
import { flag, int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { toyModel } from '../subjects/toys.ts';

const schema = defineSchema({
  protocol: { done: int(0, 3), broken: flag() },
  ghost: {},
  budget: { jobs: int(0, 3), crashes: int(0, 1) },
});

interface WorkOptions {
  readonly jobs?: number;
  readonly isRepaired?: boolean;
  /** How much is meant to be done. */
  readonly end?: number;
  /** Nothing but the scope keeps the fourth job from being done. */
  readonly isHeldBack?: boolean;
}

/** Up to three jobs are done; what does them may break, once. */
function work({ jobs = 3, isRepaired = true, end, isHeldBack = false }: WorkOptions): AnyModel {
  const action = actionsOf(schema, {});
  return defineModel({
    ...toyModel,
    name: 'work',
    bounds: { jobs, crashes: 1 },
    schema,
    initialStates: [({ budget }) => void Object.assign(budget, { jobs, crashes: 1 })],
    actions: [
      action({
        name: 'work',
        kind: 'protocol',
        actor: 'worker',
        params: {},
        spends: 'jobs',
        enabled({ protocol }) {
          if (protocol.broken) return 'it is broken';
          return protocol.done < 3 || 'all is done';
        },
        step: ({ protocol }) => void protocol.done++,
        heldBack: ({ protocol }) => isHeldBack && protocol.done === 3,
      }),
      action({
        name: 'crash',
        kind: 'fault',
        actor: 'worker',
        params: {},
        spends: 'crashes',
        enabled: ({ protocol }) => !protocol.broken,
        step({ protocol }) {
          protocol.broken = true;
        },
      }),
      action({
        name: 'repair',
        kind: 'recovery',
        actor: 'worker',
        params: {},
        enabled: ({ protocol }) => (isRepaired && protocol.broken) || 'nobody repairs it',
        step({ protocol }) {
          protocol.broken = false;
        },
      }),
    ],
    ...(end === undefined ? {} : { ends: ({ done }) => done === end }),
  });
}

function explored(options: WorkOptions): Promise<ExplorationResult> {
  const model = work(options);
  return exploreExhaustively(model, [noDeadlock(model)], { symmetry: true });
}

describe('a deadlock', () => {
  test('is a state in which nothing can happen but a fault', async () => {
    const { violations } = await explored({});
    expect(violations.map(({ steps, clause }) => [steps.map(({ name }) => name), clause])).toEqual([
      [
        ['work', 'work', 'work'],
        'nothing can happen: work: all is done; repair: nobody repairs it',
      ],
    ]);
  });

  test('is none where the model has come to its end', async () => {
    expect((await explored({ end: 3 })).verdict).toBe('holds');
  });

  test('is none where only a budget is spent, or the scope keeps an action back', async () => {
    expect((await explored({ jobs: 2, end: 3 })).verdict).toBe('holds');
    expect((await explored({ isHeldBack: true })).verdict).toBe('holds');
  });

  test('is one where an action has no budget from the start', async () => {
    const { violations } = await explored({ jobs: 0, end: 3 });
    expect(violations).toMatchObject([
      { steps: [], clause: 'nothing can happen: repair: nobody repairs it' },
    ]);
  });

  test('is found by random runs as well, after the fault that leads there', async () => {
    const model = work({ isRepaired: false, end: 3 });
    const options = { seed: 1, runs: 30, maxSteps: 10 };
    const { violations } = await simulate(model, [noDeadlock(model)], options);
    expect(violations).toMatchObject([{ steps: [{ name: 'crash' }], shortest: true }]);
  });
});
