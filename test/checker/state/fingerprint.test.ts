import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flag, int, list, nodeSet, perNode, record } from '../../../checker/state/fields.ts';
import {
  type Fingerprint,
  fingerprintOf,
  formatFingerprint,
} from '../../../checker/state/fingerprint.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import {
  type AnyState,
  copyState,
  defineSchema,
  equalStates,
} from '../../../checker/state/schema.ts';
import { arbitrarySchema, arbitraryStateJson, stateOf } from './arbitrarySchema.ts';

const scratch: Fingerprint = { low: 0, high: 0 };
function fingerprintText(state: { readonly words: Uint32Array }): string {
  fingerprintOf(state.words, scratch);
  return formatFingerprint(scratch);
}
/** The fingerprint as one number of 53 bits, cheap to keep in a set: stricter than all 64 bits. */
function fingerprintKey(words: Uint32Array): number {
  fingerprintOf(words, scratch);
  return (scratch.high & 0x1fffff) * 2 ** 32 + scratch.low;
}

const sample: fc.Arbitrary<AnyState> = arbitrarySchema().chain(schema =>
  arbitraryStateJson(schema).map(json => stateOf(schema, json)),
);

const server = nodeType('server', 3);
const schema = defineSchema({
  protocol: {
    servers: perNode(
      server,
      record({ log: list(int(0, 9), 4), up: flag(), seen: nodeSet(server) }),
    ),
    epoch: int(0, 1000),
  },
  ghost: { acknowledged: list(int(0, 9), 4) },
  budget: { crashes: int(0, 3) },
});

describe('a copy', () => {
  test('is equal, has the same fingerprint, and is independent', () => {
    const [original, copy] = [schema.create(), schema.create()];
    original.protocol.epoch = 777;
    original.ghost.acknowledged.push(3);
    copy.budget.crashes = 2;
    copyState(original, copy);
    expect(equalStates(original, copy)).toBe(true);
    expect(fingerprintText(original)).toBe(fingerprintText(copy));
    expect([copy.protocol.epoch, copy.ghost.acknowledged.get(0), copy.budget.crashes]).toEqual([
      777, 3, 0,
    ]);
    copy.protocol.epoch = 1;
    expect(original.protocol.epoch).toBe(777);
  });
});

describe('the fingerprint', () => {
  test('of equal states is equal, and of states that differ in any one byte is different', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 1, max: 255 }), (state, difference) => {
        const before = fingerprintText(state);
        const copy = { words: state.words.slice() };
        expect(fingerprintText(copy)).toBe(before);
        for (let at = 0; at < state.bytes.length; at++) {
          const kept = state.bytes[at] ?? 0;
          state.bytes[at] = kept ^ difference;
          expect(equalStates(state, copy)).toBe(false);
          expect(fingerprintText(state)).not.toBe(before);
          state.bytes[at] = kept;
        }
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  test('changes with every field of protocol, ghost and budget', () => {
    const state = schema.create();
    const [first] = server.all;
    if (first === undefined) throw new Error();
    const seen = [fingerprintText(state)];
    const changes: (() => void)[] = [
      () => state.protocol.servers.get(first).log.push(0),
      () => {
        state.protocol.servers.get(first).up = true;
      },
      () => state.protocol.servers.get(first).seen.add(first),
      () => {
        state.protocol.epoch = 256;
      },
      () => state.ghost.acknowledged.push(0),
      () => {
        state.budget.crashes = 1;
      },
    ];
    for (const change of changes) {
      change();
      seen.push(fingerprintText(state));
    }
    expect(new Set(seen).size).toBe(changes.length + 1);
  });

  test('of 200,000 states near each other shows no collision, even in 53 of its bits', () => {
    const words = new Uint32Array(8);
    const bytes = new Uint8Array(words.buffer);
    const seen = new Set<number>();
    let states = 0;
    const see = (): void => {
      seen.add(fingerprintKey(words));
      states++;
    };
    see();
    for (let first = 0; first < bytes.length; first++) {
      for (let a = 1; a <= 20; a++) {
        bytes[first] = a;
        see();
        for (let second = 0; second < first; second++) {
          for (let b = 1; b <= 20; b++) {
            bytes[second] = b;
            see();
          }
          bytes[second] = 0;
        }
      }
      bytes[first] = 0;
    }
    expect(states).toBe(1 + 32 * 20 + ((32 * 31) / 2) * 400);
    expect(seen.size).toBe(states);
  });

  test('of one-bit changes spreads over both halves', () => {
    const words = new Uint32Array(12);
    const lows = new Set<number>();
    const highs = new Set<number>();
    for (let bit = 0; bit < 384; bit++) {
      words[bit >> 5] = 1 << (bit & 31);
      fingerprintOf(words, scratch);
      lows.add(scratch.low);
      highs.add(scratch.high);
      words[bit >> 5] = 0;
    }
    expect([lows.size, highs.size]).toEqual([384, 384]);
  });

  test('is written as 16 hexadecimal digits, high half first', () => {
    expect(formatFingerprint({ low: 0xabc, high: 1 })).toBe('0000000100000abc');
    expect(fingerprintText(schema.create())).toMatch(/^[0-9a-f]{16}$/);
  });
});
