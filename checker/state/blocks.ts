import { MOST_BLOCKS } from '../limits.ts';
import type { Field, Fields } from './fields.ts';
import { linkIndex, offsetsOf, sizeOf, strideOf } from './layout.ts';

/** The words of a set of blocks, of which each has a bit. */
export const PLANES: number = MOST_BLOCKS / 32;

/**
 * A division of a state into blocks, the units in which it is observed what code reads and what a
 * step changes. Coarser blocks cost nothing but precision.
 */
export interface Blocks {
  /** The block of each byte. */
  readonly ofByte: Uint8Array;
  /** For each block. */
  readonly words: readonly BlockWords[];
}

/** The words that hold bytes of a block, and which of their bits those are. */
export interface BlockWords {
  readonly indices: Uint32Array;
  readonly masks: Int32Array;
}

/** Where views leave their marks: sets of blocks, one bit each, that somebody else clears. */
export interface Marks {
  readonly reads: Int32Array;
  readonly writes: Int32Array;
  readonly blockOf: Uint8Array;
}

/** Adds a block to a set of blocks. */
export function addBlock(blocks: Int32Array, block: number): void {
  blocks[block >> 5] = (blocks[block >> 5] as number) | (1 << (block & 31));
}

/** Empties a set of blocks; for so few words faster than filling. */
export function clearBlocks(blocks: Int32Array): void {
  for (let plane = 0; plane < PLANES; plane++) blocks[plane] = 0;
}

/**
 * Divides a state: each list is a block, and each record with the scalars directly in it is two, one
 * for numbers, which change often, and one for lifecycles, flags, names and nodes, which do not.
 */
export function blocksOf(whole: Field): Blocks {
  const wordLength = Math.ceil(sizeOf(whole) / 4);
  const numbered: { at: number; size: number; block: number }[] = [];
  let count = 0;
  divide(whole, 0, (at, size, isNew) => {
    if (isNew) count++;
    numbered.push({ at, size, block: count - 1 });
  });
  const ofByte = new Uint8Array(wordLength * 4);
  for (const { at, size, block } of numbered) {
    const folded = count <= MOST_BLOCKS ? block : Math.floor((block * MOST_BLOCKS) / count);
    ofByte.fill(folded, at, at + size);
  }
  return { ofByte, words: wordsOf(ofByte) };
}

type Take = (at: number, size: number, isNew: boolean) => void;

function divide(field: Field, at: number, take: Take): void {
  switch (field.kind) {
    case 'record':
      divideRecord(field.fields, at, take);
      return;
    case 'perNode':
      divideElements(field.element, at, strideOf(field), field.type.count, take);
      return;
    case 'links': {
      const { count } = field.type;
      const links = linkIndex(count - 1, count - 2, count) + 1;
      divideElements(field.element, at, strideOf(field), count > 1 ? links : 0, take);
      return;
    }
    default:
      take(at, sizeOf(field), true);
  }
}

function divideElements(
  element: Field,
  at: number,
  stride: number,
  count: number,
  take: Take,
): void {
  if (isDirect(element)) take(at, stride * count, true);
  else for (let index = 0; index < count; index++) divide(element, at + index * stride, take);
}

function divideRecord(fields: Fields, at: number, take: Take): void {
  const placed = offsetsOf(fields);
  for (const numbers of [false, true]) {
    placed
      .filter(({ field }) => isDirect(field) && isNumber(field) === numbers)
      .forEach(({ field, offset }, index) => {
        take(at + offset, sizeOf(field), index === 0);
      });
  }
  for (const { field, offset } of placed) if (!isDirect(field)) divide(field, at + offset, take);
}

/** Whether a field of a record belongs to the blocks of the record itself. */
function isDirect(field: Field): boolean {
  return !['record', 'list', 'set', 'map', 'perNode', 'links'].includes(field.kind);
}

/** Whether a field belongs to its record's block of numbers. */
export function isNumber(field: Field): boolean {
  return (field.kind === 'optional' ? field.inner : field).kind === 'int';
}

function wordsOf(ofByte: Uint8Array): BlockWords[] {
  const masks = Array.from({ length: MOST_BLOCKS }, () => new Map<number, number>());
  ofByte.forEach((block, at) => {
    const ofBlock = masks[block] as Map<number, number>;
    // Through bytes, as a state is seen through words and bytes.
    const bits = new Uint32Array(
      Uint8Array.from([0, 1, 2, 3], byte => (byte === (at & 3) ? 255 : 0)).buffer,
    );
    ofBlock.set(at >> 2, (ofBlock.get(at >> 2) ?? 0) | (bits[0] as number));
  });
  return masks.map(ofBlock => ({
    indices: Uint32Array.from(ofBlock.keys()),
    masks: Int32Array.from(ofBlock.values()),
  }));
}
