import { describe, expect, test } from 'vitest';
import { NondeterminismError } from '../../../checker/core/errors.ts';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import { simulateLiveness } from '../../../checker/liveness/simulateLiveness.ts';
import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { temporalOf } from '../../../checker/model/propertiesOf.ts';
import type { AnyTemporalProperty } from '../../../checker/model/temporal.ts';
import { int, list } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { toyModel } from '../subjects/toys.ts';

const MOST = 40;
const schema = defineSchema({
  protocol: { n: int(0, MOST), log: list(int(0, 1), 2) },
  ghost: {},
  budget: {},
});
const { eventually, leadsTo } = temporalOf(schema);
const said = { name: 'p', statement: 'p comes about' };

interface Functions {
  readonly enabled?: () => boolean;
  readonly step?: () => number;
  readonly due?: () => boolean;
  readonly heldBack?: () => boolean;
}

/** Counts to the end, and begins anew. */
function counting({ enabled, step, due, heldBack }: Functions = {}): AnyModel {
  const action = actionsOf(schema, {});
  const text = { kind: 'protocol', actor: 'clock', params: {} } as const;
  return defineModel({
    ...toyModel,
    name: 'counting',
    schema,
    initialStates: [() => undefined],
    actions: [
      action({
        ...text,
        name: 'tick',
        ...(due === undefined ? {} : { due }),
        ...(heldBack === undefined ? {} : { heldBack }),
        enabled: ({ protocol }) => protocol.n < MOST - 1 && (enabled?.() ?? true),
        step({ protocol }) {
          protocol.n += step?.() ?? 1;
        },
      }),
      action({
        ...text,
        name: 'wrap',
        enabled: ({ protocol }) => protocol.n >= MOST - 1,
        step({ protocol }) {
          protocol.n = 0;
        },
      }),
    ],
  });
}

const end = eventually({ ...said, goal: ({ protocol }) => protocol.n === MOST - 1 });
/** A function that counts its calls, made anew for each engine. */
const onlyAfter = (most: number) => {
  let calls = 0;
  return () => ++calls > most;
};

const cases: readonly [string, () => readonly [AnyModel, AnyTemporalProperty], RegExp][] = [
  [
    'a goal that counts its calls',
    () => [counting(), eventually({ ...said, goal: onlyAfter(15) })],
    /^property "p" gave two different results/,
  ],
  [
    'a request that counts its calls',
    () => [
      counting(),
      leadsTo({ ...said, when: onlyAfter(15), goal: ({ protocol }) => protocol.n === 39 }),
    ],
    /^property "p" gave two different results/,
  ],
  [
    'a guard that counts its calls',
    () => {
      let calls = 0;
      return [counting({ enabled: () => ++calls % 7 !== 0 }), end];
    },
    /^the guard of tick\(\)/,
  ],
  [
    'a step that depends on a variable outside',
    () => {
      let outside = 0;
      return [counting({ step: () => 1 + (outside++ % 2) }), end];
    },
    /^tick\(\) gave two/,
  ],
];

describe('what does not depend on the state alone is named', () => {
  test.each([
    ...cases,
    [
      'a due that counts its calls',
      () => [counting({ due: onlyAfter(15) }), end],
      /^"due" of tick/,
    ],
    [
      'a heldBack that counts its calls',
      () => {
        const heldBack = onlyAfter(1);
        return [counting({ enabled: () => false, heldBack }), end];
      },
      /^"heldBack" of tick/,
    ],
  ] as typeof cases)('where every fair run is looked at: %s', async (_, make, message) => {
    const [model, property] = make();
    const explored = exploreLiveness(model, [property]);
    await expect(explored).rejects.toThrow(message);
    await expect(explored).rejects.toBeInstanceOf(NondeterminismError);
  });

  test.each(cases)('where runs settle: %s', async (_, make, message) => {
    const [model, property] = make();
    const options = { seed: 1, runs: 10, maxSteps: 30, settleSteps: 60 };
    await expect(simulateLiveness(model, [property], options)).rejects.toThrow(message);
  });

  test('and nothing that does', async () => {
    expect(await exploreLiveness(counting(), [end])).toMatchObject({ verdict: 'holds' });
    const options = { seed: 1, runs: 10, maxSteps: 30, settleSteps: 60 };
    const { verdict } = await simulateLiveness(counting(), [end], options);
    expect(verdict).toBe('nothing found');
  });
});

describe('where every fair run is looked at', () => {
  test('a goal that looks past the views is an error', async () => {
    const goal = ({ protocol }: { protocol: { log: object } }) =>
      Object.keys(protocol.log).length > 0;
    await expect(exploreLiveness(counting(), [eventually({ ...said, goal })])).rejects.toThrow(
      /property "p".*protocol\.log: it cannot be spread, compared or enumerated/,
    );
  });

  test('a goal that reads a view of another state is an error', async () => {
    let last: { readonly n: number } | undefined;
    const goal = ({ protocol }: { protocol: { n: number } }) => {
      const isLess = last !== undefined && protocol.n < last.n;
      last = protocol;
      return !isLess;
    };
    await expect(exploreLiveness(counting(), [eventually({ ...said, goal })])).rejects.toThrow(
      /property "p".*was kept from an earlier call/,
    );
  });
});
