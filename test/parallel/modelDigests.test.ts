import { describe, expect, test } from 'vitest';
import { builtInModel } from '../../catalogue/models.ts';
import { actionsOf, defineModel } from '../../checker/model/model.ts';
import { anyInt } from '../../checker/model/params.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { Specification } from '../../checker/model/specification.ts';
import { flag, int } from '../../checker/state/fields.ts';
import { defineSchema } from '../../checker/state/schema.ts';
import { modelDigests } from '../../parallel/modelDigests.ts';
import { valueText } from '../../parallel/valueText.ts';
import { invariant, sometimes, stepProperty, toyModel } from '../checker/subjects/toys.ts';

/** What of a small model can be written in another way. */
const written = {
  most: 3,
  fields: (most: number) => ({ count: int(0, most), isOpen: flag() }),
  seen: { seen: int(0, 1) },
  budget: { crashes: int(0, 1) },
  start: (state: { protocol: { count: number } }): void => {
    state.protocol.count = 0;
  },
  record: (ghost: { seen: number }): void => {
    ghost.seen = 1;
  },
  open: {
    kind: 'protocol' as 'protocol' | 'client',
    params: { by: anyInt(1, 2) },
    enabled: ({ protocol }: { protocol: { count: number } }) => protocol.count < 3,
    due: undefined as undefined | (() => boolean),
  },
  holds: ({ protocol }: { protocol: { count: number } }): boolean => protocol.count < 4,
  when: (): boolean => true,
  reaches: (): boolean => true,
  names: ['open', 'close'],
};

function specificationOf(changed: Partial<typeof written> = {}): Specification {
  const now = { ...written, ...changed };
  const schema = defineSchema({
    protocol: now.fields(now.most),
    ghost: now.seen,
    budget: now.budget,
  });
  const recorders = { record: now.record };
  const action = actionsOf(schema, recorders);
  const actions = now.names.map(name =>
    action({
      name,
      kind: 'protocol',
      actor: 'somebody',
      params: {},
      enabled: () => true,
      step: () => undefined,
      ...(name === 'open' ? { ...now.open, due: now.open.due ?? (() => true) } : {}),
    }),
  );
  const model = { ...toyModel, name: 'written', schema, recorders, actions };
  const properties = [
    invariant(schema, 'few', { holds: now.holds }),
    stepProperty(schema, 'grows', { when: now.when, holds: () => true }),
    sometimes(schema, 'ends', now.reaches),
  ];
  return {
    model: defineModel({ ...model, initialStates: [now.start] }),
    properties: properties as unknown as readonly AnyProperty[],
  };
}

/** The parts of which the digest is another one. */
function changedBy(changed: Partial<typeof written>): string[] {
  const [before, now] = [modelDigests(specificationOf()), modelDigests(specificationOf(changed))];
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    name => before[name] !== now[name],
  );
}

describe('the digests of a model', () => {
  test('are the same for what is written alike', () => {
    expect(changedBy({})).toEqual([]);
    expect(Object.keys(modelDigests(specificationOf()))).toEqual([
      'action open',
      'action close',
      'property few',
      'property grows',
      'property ends',
      'initial state 1',
      'recorder record',
      'protocol field count',
      'protocol field isOpen',
      'ghost field seen',
      'budget crashes',
      'the order of the fields',
      'the order of the actions',
    ]);
  });

  test.each<[string, Partial<typeof written>, string[]]>([
    [
      'a guard',
      { open: { ...written.open, enabled: ({ protocol }) => protocol.count < 2 } },
      ['action open'],
    ],
    ['where it is due', { open: { ...written.open, due: () => false } }, ['action open']],
    ['a domain', { open: { ...written.open, params: { by: anyInt(1, 3) } } }, ['action open']],
    ['a kind', { open: { ...written.open, kind: 'client' } }, ['action open']],
    ['a claim', { holds: ({ protocol }) => protocol.count < 3 }, ['property few']],
    ['an antecedent', { when: () => false }, ['property grows']],
    ['a goal', { reaches: () => false }, ['property ends']],
    [
      'an initial state',
      {
        start: ({ protocol }) => {
          protocol.count = 1;
        },
      },
      ['initial state 1'],
    ],
    [
      'a recorder',
      {
        record: ghost => {
          ghost.seen = 0;
        },
      },
      ['recorder record'],
    ],
    ['the bounds of a field', { most: 4 }, ['protocol field count']],
    ['a budget', { budget: { crashes: int(0, 2) } }, ['budget crashes']],
    [
      'the order of fields',
      { fields: most => ({ isOpen: flag(), count: int(0, most) }) },
      ['the order of the fields'],
    ],
    ['the order of actions', { names: ['close', 'open'] }, ['the order of the actions']],
    ['another action', { names: ['open'] }, ['action close', 'the order of the actions']],
  ])('tell %s', (_, changed, expected) => {
    expect(changedBy(changed)).toEqual(expected);
  });

  test.each(['replication', 'kraft', 'cluster'])(
    'are those of %s however often it is built',
    name => {
      const { build, smallScope } = builtInModel(name);
      const request = { config: {}, bounds: smallScope, defects: [] };
      const [first, second] = [modelDigests(build(request)), modelDigests(build(request))];
      expect(second).toEqual(first);
      expect(Object.keys(first).length).toBeGreaterThan(50);
    },
  );
});

describe('a value as text', () => {
  class Rule {
    readonly limit = 3;
    holds(): boolean {
      return this.limit > 2;
    }
  }
  class OtherRule {
    readonly limit = 3;
    holds(): boolean {
      return this.limit > 3;
    }
  }

  test('has the methods of its class', () => {
    expect(valueText(new Rule())).toBe(valueText(new Rule()));
    expect(valueText(new Rule())).not.toBe(valueText(new OtherRule()));
  });

  test('has an accessor without calling it', () => {
    const lazy = {
      get value(): number {
        throw new Error('called');
      },
    };
    expect(valueText(lazy)).toContain('called');
  });

  test('ends where a value holds itself', () => {
    const ring: { next?: unknown } = {};
    ring.next = { next: ring };
    expect(valueText(ring)).toBe('{"next":{"next":^2}}');
  });

  test.each([
    [1, '1'],
    [-0, 0],
    [[1, 2], new Set([1, 2])],
    [null, undefined],
    [() => 1, () => 2],
    [Object.assign(() => 1, { weight: 1 }), Object.assign(() => 1, { weight: 2 })],
    [{ a: 1 }, { a: undefined }],
  ])('tells %s from %s', (a, b) => {
    expect(valueText(a)).not.toBe(valueText(b));
  });
});
