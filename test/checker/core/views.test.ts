import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import { propertiesOf } from '../../../checker/model/propertiesOf.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { simulate } from '../../../checker/random/simulate.ts';
import { flag, int, list, record } from '../../../checker/state/fields.ts';
import { defineSchema, type State } from '../../../checker/state/schema.ts';
import { plain } from '../../../checker/state/viewObjects.ts';

const pair = record({ a: int(0, 3), b: int(0, 3) });
const protocolFields = {
  n: int(0, 3),
  log: list(int(0, 9), 3),
  rows: list(record({ id: int(0, 5), done: flag() }), 3),
  pair,
};
const schema = defineSchema({ protocol: protocolFields, ghost: {}, budget: {} });
type Protocol = State<
  typeof protocolFields,
  Record<never, never>,
  Record<never, never>
>['protocol'];
const action = actionsOf(schema, {});
const { invariant, stepProperty } = propertiesOf(schema);

/** Grows a log and a pair three times, beside an action that only reads. */
function growing(step: (protocol: Protocol) => void = () => undefined) {
  return defineModel({
    name: 'growing',
    version: 1,
    config: {},
    bounds: {},
    defects: [],
    schema,
    recorders: {},
    initialStates: [() => undefined],
    actions: [
      action({
        name: 'look',
        kind: 'client',
        actor: 'client',
        params: {},
        enabled: ({ protocol }) => protocol.n === 0,
        step: () => undefined,
      }),
      action({
        name: 'grow',
        kind: 'protocol',
        actor: 'server',
        params: {},
        enabled: ({ protocol }) => protocol.n < 3,
        step: ({ protocol }) => {
          protocol.n++;
          protocol.log.push(protocol.n);
          protocol.rows.push({ id: protocol.n, done: false });
          protocol.pair.a = protocol.n;
          step(protocol);
        },
      }),
    ],
  });
}

const statement = 'It does not change.';
const stays = (name: string, isSame: Parameters<typeof stepProperty>[0]['holds']): AnyProperty =>
  stepProperty({ name, statement, holds: isSame });

/** What both engines come to: a verdict, or the error. */
async function verdicts(property: AnyProperty, model = growing()): Promise<string[]> {
  const told = (error: unknown): string => (error instanceof Error ? error.message : 'no error');
  const runs = { seed: 1, runs: 20, maxSteps: 6 };
  return [
    await exploreExhaustively(model, [property]).then(({ verdict }) => verdict, told),
    await simulate(model, [property], runs).then(({ verdict }) => verdict, told),
  ];
}

describe('a property that is false is violated in every engine, however it looks at the state', () => {
  test.each([
    stays('text', (a, b) => JSON.stringify(a.protocol.log) === JSON.stringify(b.protocol.log)),
    stays('template', (a, b) => `${a.protocol.log}` === `${b.protocol.log}`),
    stays('plain', (a, b) => isDeepStrictEqual(plain(a.protocol), plain(b.protocol))),
    stays('deep-equality', (a, b) => isDeepStrictEqual(a.protocol.pair, b.protocol.pair)),
    stays('spread-list', (a, b) => [...a.protocol.log].length === [...b.protocol.log].length),
    stays('scope', (a, b) => JSON.stringify(a) === JSON.stringify(b)),
    invariant({
      name: 'spread',
      statement,
      holds: ({ protocol }) => ({ ...protocol.pair }).a < 2,
    }),
    invariant({
      name: 'literal',
      statement,
      holds: ({ protocol }) => !isDeepStrictEqual(protocol.pair, { a: 2, b: 0 }),
    }),
    invariant({
      name: 'clone',
      statement,
      holds: ({ protocol }) => structuredClone(protocol.pair).a < 2,
    }),
  ])('$name', async property => {
    expect(await verdicts(property)).toEqual(['violated', 'violated']);
  });
});

describe('a property that cannot be answered is an error that says what to use', () => {
  test.each<[AnyProperty, RegExp]>([
    [
      stays('deep-equality', (a, b) => isDeepStrictEqual(a.protocol.log, b.protocol.log)),
      /plain\(\.\.\.\)/,
    ],
    [
      stays('values', (a, b) => {
        const [before, after] = [Object.values(a.protocol.log), Object.values(b.protocol.log)];
        return isDeepStrictEqual(before, after);
      }),
      /protocol\.log: .*use get/,
    ],
    [stays('identity', (a, b) => a.protocol.log !== b.protocol.log), /"identity" depends on which/],
    [
      stays('map', (a, b) => !new Map([[a.protocol.pair, 1]]).has(b.protocol.pair)),
      /"map" depends on which objects it is given/,
    ],
    [
      invariant({
        name: 'writes',
        statement,
        holds: ({ protocol }) => {
          // A property that has lost its types.
          (protocol as { n: number }).n = 0;
          return true;
        },
      }),
      /protocol\.n: a guard or a property must not change the state/,
    ],
  ])('$name', async (property, message) => {
    for (const told of await verdicts(property)) expect(told).toMatch(message);
  });
});

test('a step that keeps an element while the list moves is an error in every engine', async () => {
  const model = growing(({ rows }) => {
    if (rows.length < 2) return;
    const kept = rows.get(0);
    rows.removeFirst(1);
    rows.push({ id: kept.id, done: kept.done });
  });
  const always = invariant({ name: 'always', statement, holds: () => true });
  for (const told of await verdicts(always, model)) {
    expect(told).toContain('protocol.rows[0]: this element was moved or removed');
  }
});

describe('what an object cannot see for itself is refused in every engine', () => {
  test.each<[AnyProperty, RegExp]>([
    [
      invariant({
        name: 'keys',
        statement,
        holds: ({ protocol }) => Object.keys(protocol.log).length < 2,
      }),
      /"keys".*protocol\.log: it cannot be spread, compared or enumerated/,
    ],
    [
      invariant({
        name: 'own-property',
        statement,
        holds: ({ protocol }) => !Object.hasOwn(protocol.log, '1'),
      }),
      /"own-property".*protocol\.log: it cannot be spread, compared or enumerated/,
    ],
    [
      invariant({
        name: 'concatenated',
        statement,
        // TypeScript knows that a view is no array, which it is told to be here.
        holds: ({ protocol }) => [0].concat(protocol.log as unknown as number[]).length < 2,
      }),
      /"concatenated".*protocol\.log: it cannot be spread, compared or enumerated/,
    ],
  ])('$name', async (property, message) => {
    for (const told of await verdicts(property)) expect(told).toMatch(message);
  });

  test('a step that asks for an index', async () => {
    const model = growing(protocol => {
      if ('1' in protocol.log) protocol.pair.b = 3;
    });
    const always = invariant({ name: 'always', statement, holds: () => true });
    expect((await verdicts(always, model))[0]).toMatch(
      /crashed in action grow\(\).*protocol\.log: it cannot be spread, compared or enumerated/,
    );
  });
});

describe('a property that keeps views is an error in every engine', () => {
  test.each<[string, () => AnyProperty]>([
    [
      'to compare with the state that it was asked about before',
      () => {
        let last: { readonly n: number } | undefined;
        return stays('kept', (_, { protocol }) => {
          const isLess = last !== undefined && protocol.n < last.n;
          last = protocol;
          return !isLess;
        });
      },
    ],
    [
      'to find what it has computed of them',
      () => {
        const known = new Map<object, number>();
        return stays('kept', (_, { protocol }) => {
          if (!known.has(protocol)) known.set(protocol, protocol.n);
          return (known.get(protocol) ?? 0) < 2;
        });
      },
    ],
  ])('%s', async (_, make) => {
    for (const engine of [0, 1]) {
      // Each engine has a memory of its own.
      const told = (await verdicts(make()))[engine];
      expect(told).toMatch(
        /"kept" (gave two different results|depends)|was kept from an earlier call/,
      );
    }
  });
});
