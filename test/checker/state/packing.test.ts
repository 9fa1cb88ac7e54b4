import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInModels } from '../../../catalogue/models.ts';
import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { RandomSource } from '../../../checker/core/randomSource.ts';
import type { AnyModel } from '../../../checker/model/model.ts';
import { BoundsError } from '../../../checker/state/errors.ts';
import {
  enumeration,
  type Fields,
  flag,
  int,
  lifecycle,
  links,
  list,
  node,
  nodeSet,
  optional,
  perNode,
  record,
} from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { type Packing, packingOf } from '../../../checker/state/packing.ts';
import { type AnySchema, type AnyState, defineSchema } from '../../../checker/state/schema.ts';
import { casesOf } from '../../long.ts';
import { scopeOf } from '../../published/figures.ts';
import { specOf } from '../../published/kafkaReplication.ts';
import { modelOf, variantNames } from '../../published/variants.ts';
import { dieHard } from '../subjects/dieHard.ts';
import { lockModel } from '../subjects/lock.ts';
import { counterModel, graphModel } from '../subjects/toys.ts';
import { twoPhaseCommit } from '../subjects/twoPhaseCommit.ts';
import { arbitrarySchema, arbitraryStateJson, doorTable, stateOf } from './arbitrarySchema.ts';
import { stateFromJson } from './stateFromJson.ts';

/** What no packing may leave behind in bytes, nor put into words that are not its own. */
const DIRT = 0xa5;
const GUARD = 0xdeadbeef;

/** The bytes of a state, packed between two guards and unpacked over dirt. */
function throughPacking({ wordLength, pack, unpack }: Packing, bytes: Uint8Array): Uint8Array {
  const words = new Uint32Array(wordLength + 3).fill(GUARD);
  pack(bytes, words, 2);
  expect([words[0], words[1], words.at(-1)]).toEqual([GUARD, GUARD, GUARD]);
  const unpacked = new Uint8Array(bytes.length).fill(DIRT);
  unpack(words, 2, unpacked);
  return unpacked;
}

function packedWords({ wordLength, pack }: Packing, { bytes }: AnyState): number[] {
  const words = new Uint32Array(wordLength).fill(GUARD);
  pack(bytes, words, 0);
  return [...words];
}

function schemaOf(protocol: Fields): AnySchema {
  return defineSchema({ protocol, ghost: {}, budget: {} });
}

/** A schema, its packing, and a state of it that is written as JSON. */
function packed(protocol: Fields, json: object): { packing: Packing; state: AnyState } {
  const schema = schemaOf(protocol);
  const state = schema.create();
  stateFromJson(schema, { protocol: { ...json }, ghost: {}, budget: {} }, state);
  return { packing: packingOf(schema), state };
}

describe('the packing of random schemas', () => {
  const sample = arbitrarySchema().chain(schema =>
    fc.array(arbitraryStateJson(schema), { minLength: 1, maxLength: 5 }).map(states => ({
      packing: packingOf(schema),
      wordLength: schema.wordLength,
      states: states.map(json => stateOf(schema, json)),
    })),
  );

  test('gives back every byte of every state, and is never longer than the state', () => {
    let shorter = 0;
    fc.assert(
      fc.property(sample, ({ packing, wordLength, states }) => {
        expect(packing.wordLength).toBeLessThanOrEqual(wordLength);
        if (packing.wordLength < wordLength) shorter++;
        for (const { bytes } of states) expect(throughPacking(packing, bytes)).toEqual(bytes);
      }),
      { seed: 3, numRuns: casesOf(130, 400) },
    );
    expect(shorter).toBeGreaterThan(casesOf(65, 200));
  });
});

describe('the packing of a model', () => {
  const models: (readonly [string, AnyModel])[] = [
    ...builtInModels.flatMap(entry =>
      (['smallScope', 'largeScope'] as const).map(scope => {
        const { model } = entry.build({ config: {}, bounds: entry[scope], defects: [] });
        return [`${entry.name}, ${scope}`, model] as const;
      }),
    ),
    ...variantNames.map(
      name => [name, modelOf(name, specOf(scopeOf({ replicas: 3, maxLeaderEpoch: 2 })))] as const,
    ),
    ['two-phase commit', twoPhaseCommit(5)],
    ['die hard', dieHard()],
    ['lock', lockModel()],
    [
      'graph',
      graphModel([
        [0, 1],
        [1, 2],
        [2, 0],
      ]),
    ],
    ['counter', counterModel(9)],
  ];

  test.each(models)('gives back every state of random runs: %s', (_, model) => {
    const compiled = new CompiledModel(model);
    const packing = packingOf(model.schema);
    const random = new RandomSource(7);
    const state = compiled.createState();
    let [steps, lost] = [0, 0];
    for (let run = 0; run < 10; run++) {
      compiled.initialize(state, random.below(model.initialStates.length));
      for (let step = 0; step < 60; step++) {
        if (!Buffer.from(throughPacking(packing, state.bytes)).equals(state.bytes)) lost++;
        const enabled = [...compiled.live].filter(index => compiled.enabled(state, index) === true);
        const taken = enabled[random.below(enabled.length)];
        if (taken === undefined) break;
        compiled.step(state, taken);
        steps++;
      }
    }
    expect(steps).toBeGreaterThan(50);
    expect(lost).toBe(0);
  });
});

describe('the packed words', () => {
  const server = nodeType('server', 3);

  test('hold values in the order of their bytes, from the low end, in as few bits as they need', () => {
    const fields = { a: int(0, 7), b: int(-1, 3), c: flag(), d: enumeration('x', 'y', 'z') };
    const { packing, state } = packed(fields, { a: 5, b: 3, c: true, d: 'z' });
    expect(packedWords(packing, state)).toEqual([0b10_1_100_101]);
  });

  test('hold 2 bytes of a wide number one after the other', () => {
    const fields = { low: int(0, 7), wide: int(0, 700), high: int(0, 7) };
    const { packing, state } = packed(fields, { low: 1, wide: 0b10_1010_0110, high: 7 });
    expect(packedWords(packing, state)).toEqual([0b111_1010100110_001]);
    expect(throughPacking(packing, state.bytes)).toEqual(state.bytes);
  });

  test.each([
    ['between the first byte and the second', 8],
    ['in the second byte', 4],
    ['in the first byte', 14],
  ])('may share a wide number, with the border %s', (_, bits) => {
    const most = 2 ** bits - 1;
    const fields = { a: int(0, 65_000), b: int(0, most), wide: int(0, 65_000), d: int(0, 3) };
    const { packing, state } = packed(fields, { a: 65_000, b: most, wide: 0xb6d3, d: 2 });
    const [low = 0, high = 0] = packedWords(packing, state);
    const expected = [2n, 0xb6d3n, BigInt(most), 65_000n];
    const widths = [2n, 16n, BigInt(bits), 16n];
    const whole = expected.reduce(
      (sum, value, index) => (sum << (widths[index] ?? 0n)) | value,
      0n,
    );
    expect((BigInt(high) << 32n) | BigInt(low)).toBe(whole);
    expect(throughPacking(packing, state.bytes)).toEqual(state.bytes);
  });

  test('are unsigned where their highest bit is set, and full where every bit is', () => {
    const bytes = { a: int(0, 255), b: int(0, 255), c: int(0, 255), d: int(0, 255) };
    const { packing, state } = packed(bytes, { a: 255, b: 255, c: 255, d: 255 });
    expect(packedWords(packing, state)).toEqual([0xffff_ffff]);
    expect(throughPacking(packing, state.bytes)).toEqual(state.bytes);
  });

  test('have no bits for values that never change, nor for padding', () => {
    const constants = { always: int(4, 4), only: enumeration('one') };
    const none = packed(constants, { always: 4, only: 'one' });
    expect(none.packing.wordLength).toBe(0);
    expect(throughPacking(none.packing, none.state.bytes)).toEqual(none.state.bytes);

    const padded = perNode(server, record({ a: flag(), always: int(4, 4), b: flag() }));
    const element = (a: boolean) => ({ a, always: 4, b: true });
    const { packing, state } = packed(
      { padded },
      {
        padded: {
          'server-1': element(true),
          'server-2': element(false),
          'server-3': element(true),
        },
      },
    );
    expect(state.bytes.length).toBe(12);
    expect(packedWords(packing, state)).toEqual([0b11_10_11]);
    expect(throughPacking(packing, state.bytes)).toEqual(state.bytes);
  });

  test.each([
    ['a number', int(0, 4), 3],
    ['a number of 256 values', int(0, 255), 8],
    ['an optional number of 256 values', optional(int(0, 255)), 9],
    ['a flag', flag(), 1],
    ['an optional flag', optional(flag()), 2],
    ['a name of four', enumeration('a', 'b', 'c', 'd'), 2],
    ['a node of three', node(server), 2],
    ['a set of three nodes', nodeSet(server), 3],
    ['a lifecycle of three states', lifecycle(doorTable), 2],
    ['a list of up to three numbers', list(int(0, 4), 3), 2 + 3 * 3],
    ['a record', record({ a: flag(), b: int(0, 4) }), 1 + 3],
    ['an element for each of three nodes', perNode(server, int(0, 4)), 3 * 3],
    ['a record for each of six links', links(server, record({ a: int(0, 4) })), 6 * 3],
  ])('have as many bits as the largest value needs: %s', (_, field, bits) => {
    // As often as 32 words have bits, so that one bit more or less is 32 bits more or less.
    const repeated = Object.fromEntries(
      Array.from({ length: 32 }, (_, index) => [`field${index}`, field]),
    );
    expect(packingOf(schemaOf(repeated)).wordLength).toBe(bits);
  });
});

describe('a state too large for one function', () => {
  const lists = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`list${index}`, list(int(0, 4), 255)]),
  );

  test('is packed as tightly, also across the borders of the functions', () => {
    const elements = Array.from({ length: 255 }, (_, index) => (index * 7 + 3) % 5);
    const { packing, state } = packed(
      lists,
      Object.fromEntries(Object.keys(lists).map(name => [name, elements])),
    );
    expect(packing.wordLength).toBe(Math.ceil((20 * (8 + 255 * 3)) / 32));
    expect(throughPacking(packing, state.bytes)).toEqual(state.bytes);
  });
});

describe('a value that is larger than its field', () => {
  test('is refused by the view, so that it never reaches the packing', () => {
    const schema = defineSchema({
      protocol: { number: int(0, 4), maybe: optional(int(0, 6)), log: list(int(0, 4), 1) },
      ghost: {},
      budget: {},
    });
    const { protocol, bytes } = schema.create();
    protocol.log.push(4);
    const before = bytes.slice();
    const writes = [
      () => {
        protocol.number = 5;
      },
      () => {
        protocol.maybe = 7;
      },
      () => protocol.log.push(0),
    ];
    for (const write of writes) expect(write).toThrow(BoundsError);
    expect(bytes).toEqual(before);
  });
});
