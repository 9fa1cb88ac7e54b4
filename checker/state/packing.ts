import { byteCardinalities } from './cardinalities.ts';
import type { AnySchema } from './schema.ts';

/**
 * Packs the states of one schema into fewer words, for keeping many of them. Every stored value takes
 * the bits that its largest value needs, one after another and across the borders of words.
 *
 * A value above its largest would run into its neighbour; views refuse such values with a
 * BoundsError, and a lifecycle only enters states of its table.
 */
export interface Packing {
  /** Words of a packed state. */
  readonly wordLength: number;
  /** Writes the state with these bytes to `into`, {@link wordLength} words from the index `at`. */
  pack(bytes: Uint8Array, into: Uint32Array, at: number): void;
  /** Writes all bytes of the state that was packed at the index `at`; padding bytes become 0. */
  unpack(from: Uint32Array, at: number, bytes: Uint8Array): void;
}

/** A byte of a state, and where it is in the packed state. */
interface PackedByte {
  readonly at: number;
  /** How many of its low bits are used: 0 for padding and for values that never change. */
  readonly bits: number;
  /** The first of these bits, counted from the low end of the first word. */
  readonly position: number;
}

/**
 * So much goes into one function: V8 leaves functions of more than 60 KiB of bytecode to its slow
 * tiers, and one that unpacks 2,048 bytes was measured to be left there. 32 words hold at most 1,025
 * bytes.
 */
const BYTES_OF_A_FUNCTION = 512;
const WORDS_OF_A_FUNCTION = 32;

/** Compiles the packing of a schema: source text without loops, evaluated (see viewCompiler.ts). */
export function packingOf(schema: AnySchema): Packing {
  const bytes = packedBytes(schema);
  const words = packedWords(bytes);
  const packParts = chunksOf(words, WORDS_OF_A_FUNCTION).map((chunk, index) =>
    packFunction(chunk, index * WORDS_OF_A_FUNCTION),
  );
  const unpackParts = chunksOf(bytes, BYTES_OF_A_FUNCTION).map(unpackFunction);
  return { wordLength: words.length, pack: inTurn(packParts), unpack: inTurn(unpackParts) };
}

function packedBytes(schema: AnySchema): PackedByte[] {
  let position = 0;
  return Array.from(byteCardinalities(schema), (values, at) => {
    const bits = bitsUpTo(values - 1);
    const placed = { at, bits, position };
    position += bits;
    return placed;
  });
}

/** The bits that every whole number from 0 to `max` fits into. */
function bitsUpTo(max: number): number {
  return 32 - Math.clz32(max);
}

/** For each word of a packed state, the bytes that have bits in it. */
function packedWords(bytes: readonly PackedByte[]): PackedByte[][] {
  const words: PackedByte[][] = [];
  for (const byte of bytes) {
    if (byte.bits === 0) continue;
    const [first, last] = [byte.position >>> 5, (byte.position + byte.bits - 1) >>> 5];
    for (let word = first; word <= last; word++) {
      words[word] ??= [];
      words[word]?.push(byte);
    }
  }
  return words;
}

/** Writes these words, of which the first has the number `first`; a word array makes them unsigned. */
function packFunction(words: readonly (readonly PackedByte[])[], first: number): Packing['pack'] {
  const statements = words.map((bytes, index) => {
    const terms = bytes.map(({ at, bits, position }) => {
      const shift = position - (first + index) * 32;
      // A byte on a border is read once, for the word before it.
      if (shift < 0) return `${index === 0 ? `bytes[${at}]` : 'carried'} >>> ${-shift}`;
      return `${shift + bits > 32 ? `(carried = bytes[${at}])` : `bytes[${at}]`} << ${shift}`;
    });
    return `into[at + ${first + index}] = ${terms.join(' | ')};`;
  });
  const source = `'use strict'; let carried = 0; ${statements.join('\n')}`;
  return new Function('bytes', 'into', 'at', source) as Packing['pack'];
}

/** Writes these bytes, and reads each word when it comes to it. */
function unpackFunction(bytes: readonly PackedByte[]): Packing['unpack'] {
  const statements: string[] = [];
  let loaded = -1;
  const load = (word: number): string => {
    if (word > loaded) statements.push(`const word${word} = from[at + ${word}];`);
    loaded = Math.max(loaded, word);
    return `word${word}`;
  };
  for (const { at, bits, position } of bytes) {
    const [word, shift] = [position >>> 5, position & 31];
    if (bits === 0) {
      statements.push(`bytes[${at}] = 0;`);
      continue;
    }
    const low = `${load(word)} >>> ${shift}`;
    const stored = shift + bits > 32 ? `(${low} | ${load(word + 1)} << ${32 - shift})` : low;
    statements.push(`bytes[${at}] = ${stored} & ${2 ** bits - 1};`);
  }
  const source = `'use strict'; ${statements.join('\n')}`;
  return new Function('from', 'at', 'bytes', source) as Packing['unpack'];
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** One function that calls all of these; a single one needs no other around it. */
function inTurn<Args extends readonly unknown[]>(
  parts: readonly ((...args: Args) => void)[],
): (...args: Args) => void {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return (...args) => {
    for (const part of parts) part(...args);
  };
}
