import { describe, expect, test } from 'vitest';
import { NondeterminismError } from '../../../checker/core/errors.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyInt } from '../../../checker/model/params.ts';
import { propertiesOf } from '../../../checker/model/propertiesOf.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import { int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { toyModel } from '../subjects/toys.ts';

const schema = defineSchema({
  protocol: { n: int(0, 300), other: int(0, 3) },
  ghost: { noted: int(0, 1000) },
  budget: {},
});
const { invariant, stepProperty, sometimes } = propertiesOf(schema);
const said = { name: 'p', statement: 'p holds' };

interface Functions {
  readonly enabled?: (n: number) => boolean;
  /** How much a step adds. */
  readonly step?: () => number;
  /** What a recorder writes down. */
  readonly noted?: () => number;
}

/** Counts, and sets another number to anything. */
function counting({ enabled, step, noted }: Functions): AnyModel {
  const recorders = {
    note(ghost: { noted: number }): void {
      ghost.noted = noted?.() ?? 0;
    },
  };
  const action = actionsOf(schema, recorders);
  return defineModel({
    ...toyModel,
    name: 'counting',
    schema,
    recorders,
    initialStates: [() => undefined],
    actions: [
      action({
        name: 'tick',
        kind: 'protocol',
        actor: 'clock',
        params: {},
        enabled: ({ protocol }) => protocol.n < 290 && (enabled?.(protocol.n) ?? true),
        step({ protocol, record }) {
          protocol.n += step?.() ?? 1;
          record.note();
        },
      }),
      action({
        name: 'set',
        kind: 'client',
        actor: 'client',
        params: { to: anyInt(0, 3) },
        enabled: () => true,
        step({ protocol }, { to }) {
          protocol.other = to;
        },
      }),
    ],
  });
}

async function outcomeOf(
  model: AnyModel,
  properties: readonly AnyProperty[],
  seed: number,
): Promise<string> {
  try {
    const { verdict } = await simulate(model, properties, { seed, runs: 20, maxSteps: 60 });
    return verdict;
  } catch (error) {
    if (error instanceof NondeterminismError) return error.message;
    throw error;
  }
}

/** What each run has anew, and what it is called in the error. */
const cases: readonly [string, () => readonly [Functions, readonly AnyProperty[]], RegExp][] = [
  [
    'an invariant that counts its calls',
    () => {
      let calls = 0;
      return [{}, [invariant({ ...said, holds: () => ++calls < 100 || `asked ${calls} times` })]];
    },
    /^property "p" gave two different results/,
  ],
  [
    'an antecedent that counts its calls',
    () => {
      let calls = 0;
      return [{}, [invariant({ ...said, when: () => ++calls < 100, holds: () => true })]];
    },
    /^property "p"/,
  ],
  [
    'a step property with a memory of values',
    () => {
      const seen = new Set<number>();
      const holds = (_: unknown, { protocol }: { protocol: { other: number } }) =>
        seen.add(protocol.other).size < 4 || 'all values were seen';
      return [{}, [stepProperty({ ...said, holds })]];
    },
    /^property "p"/,
  ],
  [
    'an invariant with a memory of the largest number',
    () => {
      let largest = 0;
      const holds = ({ protocol }: { protocol: { n: number } }) => {
        largest = Math.max(largest, protocol.n);
        return protocol.n >= largest || `${protocol.n} after ${largest}`;
      };
      return [{}, [invariant({ ...said, holds })]];
    },
    /^property "p"/,
  ],
  [
    'a goal that is reached by asking often',
    () => {
      let calls = 0;
      return [{}, [sometimes({ ...said, reaches: () => ++calls === 150 })]];
    },
    /^property "p"/,
  ],
  [
    'a property of what a step left outside',
    () => {
      let left = 0;
      const step = (): number => {
        left++;
        return 1;
      };
      return [{ step }, [invariant({ ...said, holds: () => left < 40 || `left ${left}` })]];
    },
    /^property "p"/,
  ],
  [
    'a guard that counts its calls',
    () => {
      let calls = 0;
      return [{ enabled: () => ++calls % 7 !== 0 }, []];
    },
    /^the guard of tick\(\)/,
  ],
  [
    'a guard with a memory of where it was',
    () => {
      const seen = new Set<number>();
      const enabled = (n: number): boolean => {
        const isNew = !seen.has(n);
        seen.add(n);
        return isNew;
      };
      return [{ enabled }, []];
    },
    /^the guard of tick\(\)/,
  ],
  [
    'a step that depends on a variable outside',
    () => {
      let outside = 0;
      return [{ step: () => 1 + (outside++ % 3) }, []];
    },
    /^tick\(\)/,
  ],
  ['a step by chance', () => [{ step: () => (Math.random() < 0.5 ? 1 : 2) }, []], /^tick\(\)/],
  [
    'a recorder with a memory',
    () => {
      let notes = 0;
      return [{ noted: () => ++notes % 1000 }, []];
    },
    /^tick\(\)/,
  ],
];

describe('random runs name what does not depend on the state alone', () => {
  describe.each([1, 2, 3])('with seed %i:', seed => {
    test.each(cases)('%s', async (_, make, message) => {
      const [functions, properties] = make();
      expect(await outcomeOf(counting(functions), properties, seed)).toMatch(message);
    });
  });

  test('as exhaustive search names a property that counts its calls', async () => {
    let calls = 0;
    const few = invariant({ ...said, holds: () => ++calls < 100 || `asked ${calls} times` });
    await expect(exploreExhaustively(counting({}), [few], { keepGoing: true })).rejects.toThrow(
      'property "p" gave two different results',
    );
  });

  test('as every engine names an initial state that is another one each time', async () => {
    let made = 0;
    const initialStates = [
      ({ protocol }: { protocol: { other: number } }) => {
        protocol.other = made++ % 3;
      },
    ] as unknown as AnyModel['initialStates'];
    await expect(exploreExhaustively({ ...counting({}), initialStates }, [])).rejects.toThrow(
      'initialStates[0] gave two different results',
    );
  });

  test('and nothing that does', async () => {
    const properties = [
      invariant({ ...said, holds: ({ protocol }) => protocol.n < 300 }),
      stepProperty({
        ...said,
        name: 's',
        holds: (before, after) => before.protocol.n <= after.protocol.n,
      }),
      sometimes({ ...said, name: 'g', reaches: (_, { protocol }) => protocol.n === 3 }),
    ];
    expect(await outcomeOf(counting({}), properties, 1)).toBe('nothing found');
    const broken = invariant({ ...said, holds: ({ protocol }) => protocol.n < 9 });
    expect(await outcomeOf(counting({}), [broken], 1)).toBe('violated');
  });

  test('nor a guard that throws where no run takes the action', async () => {
    const enabled = (n: number): boolean => {
      if (n > 1) throw new Error('this is not asked');
      return true;
    };
    await expect(
      simulate(counting({ enabled }), [], { seed: 1, runs: 50, maxSteps: 20 }),
    ).rejects.toThrow('the model crashed in action tick()');
  });
});
