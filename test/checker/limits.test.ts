import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CompiledModel } from '../../checker/core/compiledModel.ts';
import * as limits from '../../checker/limits.ts';
import { type AnyModel, actionsOf, defineModel } from '../../checker/model/model.ts';
import { anyInt } from '../../checker/model/params.ts';
import { propertiesOf } from '../../checker/model/propertiesOf.ts';
import { simulate } from '../../checker/random/simulate.ts';
import {
  type Fields,
  flag,
  int,
  lifecycle,
  list,
  perNode,
  record,
} from '../../checker/state/fields.ts';
import type { LifecycleTable } from '../../checker/state/lifecycleTable.ts';
import { nodeType } from '../../checker/state/nodeType.ts';
import { defineSchema } from '../../checker/state/schema.ts';
import { Canonicalizer } from '../../checker/state/symmetry.ts';
import { isLong } from '../long.ts';
import { toyModel } from './subjects/toys.ts';

test('the table of limits is that of the module', () => {
  const page = readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| ([\d,]+) \|/gm)].map(([, name, most]) => [
    name,
    most,
  ]);
  const constants = Object.entries(limits).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, value.toLocaleString('en')]] : [],
  );
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(constants));
});

const schema = defineSchema({ protocol: { done: flag() }, ghost: {}, budget: {} });

/** An action of which exactly one choice of arguments can be taken: the last. */
function choices(count: number, ...others: readonly number[]): AnyModel {
  const action = actionsOf(schema, {});
  return defineModel({
    ...toyModel,
    name: 'many',
    schema,
    initialStates: [() => undefined],
    actions: [count, ...others].map((most, place) =>
      action({
        name: `pick${place}`,
        kind: 'protocol',
        actor: 'someone',
        params: { n: anyInt(1, most) },
        enabled: ({ protocol }, { n }) => !protocol.done && n === most,
        step({ protocol }) {
          protocol.done = true;
        },
      }),
    ),
  });
}

describe('choices of arguments', () => {
  test('are refused before any is made, by the name of the action', () => {
    expect(() => choices(limits.MOST_INSTANCES + 1)).toThrow(
      'model "many": action "pick0": there are 1,048,577 choices of its arguments: expected at most ' +
        '1,048,576 in a model; give its parameters smaller domains',
    );
    expect(() => choices(2 ** 40)).toThrow('1,099,511,627,776 choices');
    expect(() => choices(limits.MOST_INSTANCES, 1)).toThrow(
      'action "pick1": there are 1 choices of its arguments, 1,048,577 with those of the actions before',
    );
  });

  test.runIf(isLong)('are all taken up to the limit', () => {
    expect(new CompiledModel(choices(limits.MOST_INSTANCES)).instances).toHaveLength(
      limits.MOST_INSTANCES,
    );
  });

  test('above two bytes keep their number in random runs', async () => {
    const last = 65_537;
    const { stepProperty } = propertiesOf(schema);
    const never = stepProperty({
      name: 'never-last',
      statement: 'The last is never taken.',
      holds: (_before, _after, { params }) => params['n'] !== last,
    });
    const { violations } = await simulate(choices(last), [never], {
      seed: 1,
      runs: 3,
      maxSteps: 2,
      proofStates: 0,
    });
    expect(violations).toMatchObject([
      { property: 'never-last', steps: [{ params: { n: last } }] },
    ]);
  });
});

describe('states', () => {
  const withRows = (rows: number, bytes: number) => () =>
    defineSchema({
      protocol: {
        rows: record(
          Object.fromEntries(
            Array.from({ length: rows }, (_, row) => [`row${row}`, list(int(0, 9), 254)]),
          ),
        ),
        rest: record(
          Object.fromEntries(Array.from({ length: bytes }, (_, place) => [`byte${place}`, flag()])),
        ) as never,
      } as Fields,
      ghost: {},
      budget: {},
    });

  test('have as many bytes as a place can say', () => {
    // 256 rows of 255 bytes, and 255 more.
    expect(withRows(256, 255)().byteLength).toBe(limits.MOST_STATE_BYTES);
    expect(withRows(256, 256)).toThrow(
      'protocol.rows: takes 65,280 of the 65,536 bytes of a state: expected at most 65,535 together',
    );
  });

  test('have lifecycles of as many states as a byte can say', () => {
    const table = (count: number): LifecycleTable<string, string> => ({
      name: 'ring',
      states: Array.from({ length: count }, (_, state) => `s${state}`),
      events: ['next'],
      next: Array.from({ length: count }, (_, state) => (state + 1) % count),
      effects: Array.from({ length: count }, () => []),
    });
    const schemaOf = (count: number) =>
      defineSchema({ protocol: { ring: lifecycle(table(count)) }, ghost: {}, budget: {} });
    const { protocol } = schemaOf(256).create();
    for (let step = 0; step < 255; step++) protocol.ring.send('next', {}, undefined);
    expect(protocol.ring.state).toBe('s255');
    expect(() => schemaOf(257)).toThrow(
      'protocol.ring: lifecycle "ring": expected 1 to 256 states, found 257',
    );
  });

  test('are renamed with twelve nodes in two types, and no more', () => {
    const withTypes = (...counts: readonly number[]) => {
      const types = counts.map((count, place) => nodeType(`t${place}`, count));
      const fields = types.map((type, place) => [`f${place}`, perNode(type, flag())] as const);
      return () =>
        new Canonicalizer(
          defineSchema({ protocol: Object.fromEntries(fields), ghost: {}, budget: {} }),
        );
    };
    expect(withTypes(8, 4)).not.toThrow();
    expect(withTypes(8, 5)).toThrow('found 8 of "t0", 5 of "t1": declare some of them with');
    expect(withTypes(2, 2, 2)).toThrow('at most 12 interchangeable nodes in at most 2 types');
  });
});
