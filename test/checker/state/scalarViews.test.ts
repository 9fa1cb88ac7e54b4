import { describe, expect, test } from 'vitest';
import { BoundsError } from '../../../checker/state/errors.ts';
import { enumeration, flag, int, node, optional } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';

const server = nodeType('server', 8);
const colour = enumeration('red', 'green', 'blue');
const schema = defineSchema({
  protocol: {
    byte: int(0, 255),
    word: int(0, 256),
    widest: int(-2, 65_532),
    negative: int(-5, -1),
    single: int(7, 7),
    ready: flag(),
    shade: colour,
    chosen: node(server),
    maybeByte: optional(int(1, 255)),
    maybeWord: optional(int(0, 255)),
    maybeWidest: optional(int(0, 65_534)),
    maybeReady: optional(flag()),
    maybeShade: optional(colour),
    maybeChosen: optional(node(server)),
  },
  ghost: { count: int(0, 3) },
  budget: { crashes: int(0, 2) },
});

/** Runs `action` and returns the BoundsError it throws. */
function boundsErrorOf(action: () => unknown): BoundsError {
  try {
    action();
  } catch (error) {
    if (error instanceof BoundsError) return error;
    throw error;
  }
  throw new Error('expected a BoundsError');
}

const initial = {
  byte: 0,
  word: 0,
  widest: -2,
  negative: -5,
  single: 7,
  ready: false,
  shade: 'red',
  maybeByte: undefined,
  maybeWord: undefined,
  maybeWidest: undefined,
  maybeReady: undefined,
  maybeShade: undefined,
  maybeChosen: undefined,
};

const bounds: Record<string, readonly unknown[]> = {
  byte: [0, 1, 254, 255],
  word: [0, 1, 255, 256],
  widest: [-2, -1, 0, 253, 254, 65_532],
  negative: [-5, -1],
  single: [7],
  ready: [true, false],
  shade: ['red', 'green', 'blue'],
  chosen: [server.all[0], server.all[7]],
  maybeByte: [1, 255, undefined],
  maybeWord: [0, 254, 255, undefined],
  maybeWidest: [0, 255, 256, 65_534, undefined],
  maybeReady: [true, false, undefined],
  maybeShade: ['red', 'blue', undefined],
  maybeChosen: [server.all[0], server.all[7], undefined],
};

const outside: Record<string, readonly unknown[]> = {
  byte: [-1, 256, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32, undefined],
  word: [-1, 257, 65_536],
  widest: [-3, 65_533],
  negative: [-6, 0],
  single: [6, 8],
  ready: [1, 'true', undefined],
  shade: ['pink', 0, undefined],
  chosen: [-1, 8, undefined],
  maybeByte: [0, 256],
  maybeWord: [-1, 256],
  maybeWidest: [-1, 65_535],
  maybeReady: [0],
  maybeShade: ['pink'],
  maybeChosen: [-1, 8],
};

/** The protocol fields as a table, to write values of any type by name. */
function tableOf(state: { readonly protocol: object }): Record<string, unknown> {
  return state.protocol as Record<string, unknown>;
}

describe('scalars', () => {
  test('read their initial values from zeroed memory', () => {
    expect(schema.create().protocol).toMatchObject(initial);
  });

  test('take one byte, or two when 256 stored values are not enough', () => {
    const sizes = (field: ReturnType<typeof int> | ReturnType<typeof optional>) =>
      defineSchema({ protocol: { field }, ghost: {}, budget: {} }).byteLength;
    expect([int(0, 255), int(0, 256)].map(sizes)).toEqual([1, 2]);
    expect([optional(int(0, 254)), optional(int(0, 255))].map(sizes)).toEqual([1, 2]);
  });

  test.each(Object.keys(bounds))('%s reads back every value at and near its bounds', name => {
    const state = schema.create();
    const fields = tableOf(state);
    for (const value of bounds[name] ?? []) {
      fields[name] = value;
      expect(fields[name]).toBe(value);
    }
  });

  test.each(Object.keys(bounds))('%s is written without touching any other field', name => {
    for (const filler of [0, -1]) {
      const state = schema.create();
      const fields = tableOf(state);
      for (const other of Object.keys(bounds)) fields[other] = bounds[other]?.at(filler);
      state.ghost.count = 3;
      state.budget.crashes = 2;
      const others = Object.keys(bounds).filter(other => other !== name);
      const before = others.map(other => fields[other]);
      for (const value of bounds[name] ?? []) fields[name] = value;
      expect(others.map(other => fields[other])).toEqual(before);
      expect([state.ghost.count, state.budget.crashes]).toEqual([3, 2]);
    }
  });

  test.each(Object.keys(outside))(
    '%s refuses values outside its bounds, naming the field',
    name => {
      const state = schema.create();
      const fields = tableOf(state);
      const before = [...state.bytes];
      for (const value of outside[name] ?? []) {
        const isAbsence = value === undefined && name.startsWith('maybe');
        if (isAbsence) continue;
        const error = boundsErrorOf(() => {
          fields[name] = value;
        });
        expect(error.path).toBe(`protocol.${name}`);
        expect(error.message).toContain(`protocol.${name}: expected `);
        expect(error.message).toContain(`found ${String(value)}`);
      }
      expect([...state.bytes]).toEqual(before);
    },
  );

  test('count beyond a bound is an error in every part of the state', () => {
    const state = schema.create();
    state.ghost.count = 3;
    expect(boundsErrorOf(() => state.ghost.count++).message).toBe(
      'ghost.count: expected a whole number from 0 to 3, found 4',
    );
    expect(boundsErrorOf(() => state.budget.crashes--).message).toBe(
      'budget.crashes: expected a whole number from 0 to 2, found -1',
    );
  });

  test('a node that was never set cannot be read', () => {
    const state = schema.create();
    expect(boundsErrorOf(() => state.protocol.chosen).message).toBe(
      'protocol.chosen: the node is read before it was set',
    );
  });

  test('an error says what was expected', () => {
    const fields = tableOf(schema.create());
    const messageOf = (name: string): string =>
      boundsErrorOf(() => {
        fields[name] = 'pink';
      }).message;
    expect(messageOf('shade')).toContain('expected one of red, green, blue, found pink');
    expect(messageOf('ready')).toContain('expected true or false');
    expect(messageOf('chosen')).toContain('expected a server');
  });
});
