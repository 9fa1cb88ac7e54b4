import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { compileLifecycle } from '../../../checker/model/compileLifecycle.ts';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { transitionCoverage } from '../../../checker/results/result.ts';
import { flag, lifecycle, perNode, record } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { toyModel } from '../subjects/toys.ts';

const lamp = setup({
  types: { events: {} as { type: 'press' } | { type: 'smash' } | { type: 'repair' } },
  actions: { shine: () => undefined },
}).createMachine({
  id: 'lamp',
  initial: 'dark',
  states: {
    dark: { on: { press: 'lit', smash: 'broken' } },
    lit: { entry: 'shine', on: { press: 'dark' } },
    broken: { on: { repair: 'dark' } },
  },
});

const room = nodeType('room', 2);
const table = compileLifecycle(lamp);
const schema = defineSchema({
  protocol: { rooms: perNode(room, record({ lamp: lifecycle(table), warm: flag() })) },
  ghost: {},
  budget: {},
});
const action = actionsOf(schema, {});
const params = { where: anyNode(room) };
const effects = {
  shine: (of: { warm: boolean }) => {
    of.warm = true;
  },
};
const model = defineModel({
  ...toyModel,
  name: 'lamps',
  schema,
  initialStates: [() => undefined],
  actions: [
    action({
      name: 'press',
      kind: 'client',
      actor: 'where',
      params,
      enabled: ({ protocol }, { where }) => protocol.rooms.get(where).lamp.state !== 'broken',
      step: ({ protocol }, { where }) => {
        const it = protocol.rooms.get(where);
        it.lamp.send('press', effects, it);
      },
    }),
    action({
      name: 'smash',
      kind: 'fault',
      actor: 'where',
      params,
      enabled: ({ protocol }, { where }) => protocol.rooms.get(where).lamp.state === 'dark',
      step: ({ protocol }, { where }) => {
        const it = protocol.rooms.get(where);
        it.lamp.send('smash', effects, it);
      },
    }),
    action({
      name: 'never',
      kind: 'recovery',
      actor: 'where',
      params,
      enabled: () => 'not in this model',
      step: () => undefined,
    }),
  ],
});

describe('coverage', () => {
  // Each room alone has 5 states (cold and dark or broken; warm and dark, lit or broken) with
  // 2 + 0 + 2 + 1 + 0 steps; each step happens once for every state of the other room.
  test('counts every action and every lifecycle transition exactly', async () => {
    const result = await exploreExhaustively(model, []);
    expect(result).toMatchObject({ distinctStates: 25, steps: 2 * 5 * 5 });
    expect(result.coverage).toEqual({
      actions: { press: 2 * 5 * 3, smash: 2 * 5 * 2, never: 0 },
      transitions: {
        'lamp: dark -press-> lit': 2 * 5 * 2,
        'lamp: dark -smash-> broken': 2 * 5 * 2,
        'lamp: lit -press-> dark': 2 * 5,
        'lamp: broken -repair-> dark': 0,
      },
    });
  });

  test('counts under symmetry only the steps that are taken', async () => {
    const result = await exploreExhaustively(model, [], { symmetry: true });
    expect(result.distinctStates).toBe((5 * 6) / 2);
    const { actions, transitions } = result.coverage;
    expect(actions['press']).toBe(
      (transitions['lamp: dark -press-> lit'] ?? 0) + (transitions['lamp: lit -press-> dark'] ?? 0),
    );
    expect(actions['smash']).toBe(transitions['lamp: dark -smash-> broken']);
    expect(actions['press']).toBeLessThan(30);
  });

  test('is the same when nondeterminism is looked for along the way', async () => {
    const [first, second] = await Promise.all([
      exploreExhaustively(model, []),
      exploreExhaustively(model, []),
    ]);
    expect(first).toEqual(second);
  });

  test('adds up two compilations of one machine', () => {
    const hitsOf = (count: number) => new Uint32Array(table.next.length).fill(count);
    const hits = new Map([
      [table, hitsOf(2)],
      [compileLifecycle(lamp), hitsOf(3)],
    ]);
    expect(transitionCoverage(hits)).toEqual({
      'lamp: dark -press-> lit': 5,
      'lamp: dark -smash-> broken': 5,
      'lamp: lit -press-> dark': 5,
      'lamp: broken -repair-> dark': 5,
    });
  });
});
