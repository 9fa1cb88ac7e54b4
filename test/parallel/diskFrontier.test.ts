import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Frontier, MemoryFrontier } from '../../checker/exhaustive/frontier.ts';
import { DiskFrontier } from '../../parallel/diskFrontier.ts';
import { StorageError } from '../../parallel/storageError.ts';

/** Small enough for a few records to be more than fits. */
const MOST_BYTES = 64;
const BLOCK_WORDS = 8;

const operation = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('add' as const), count: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const), count: fc.nat(20) }) },
  fc.record({ kind: fc.constant('take and put back' as const), count: fc.nat(20) }),
);

/** All that is left, as one list. */
function contents(frontier: Frontier): number[] {
  return [...frontier.blocks].flatMap(block => [...block]);
}

/** As many words as asked for, or all there are: how many come at once is for a frontier to choose. */
function takeAll(frontier: Frontier, count: number): number[] {
  const words: number[] = [];
  while (words.length < count && frontier.length > 0) {
    words.push(...frontier.take(count - words.length));
  }
  return words;
}

afterEach(() => vi.unstubAllEnvs());

describe('a frontier on the disk', () => {
  test('holds what one in memory does, in the same order', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), operations => {
        const frontiers = [new MemoryFrontier(), new DiskFrontier(MOST_BYTES, BLOCK_WORDS)];
        let next = 0;
        for (const { kind, count } of operations) {
          const records = Uint32Array.from({ length: count }, () => next++);
          const taken = frontiers.map(frontier => {
            if (kind === 'add') {
              frontier.add(records);
              return [];
            }
            const words = takeAll(frontier, count);
            if (kind === 'take and put back' && words.length > 0) {
              frontier.putBack(Uint32Array.from(words.slice(words.length >> 1)));
            }
            return words;
          });
          expect(taken[1]).toEqual(taken[0]);
          const [inMemory, onDisk] = frontiers.map(contents);
          expect(onDisk).toEqual(inMemory);
          expect(frontiers.map(({ length }) => length)).toEqual([onDisk?.length, onDisk?.length]);
        }
        for (const frontier of frontiers) frontier.close();
      }),
    );
  });

  test('keeps no more in memory than it may, but for the first and the last block', () => {
    const frontier = new DiskFrontier(MOST_BYTES, BLOCK_WORDS);
    const most = MOST_BYTES + 3 * BLOCK_WORDS * Uint32Array.BYTES_PER_ELEMENT;
    for (let word = 0; word < 1000; word++) {
      frontier.add(Uint32Array.of(word));
      expect(frontier.bytes).toBeLessThanOrEqual(most);
    }
    expect(frontier.bytesOnDisk).toBeGreaterThan(3000);
    for (let word = 0; word < 1000; word++) {
      expect([...frontier.take(1)]).toEqual([word]);
      expect(frontier.bytes).toBeLessThanOrEqual(most);
    }
    expect([frontier.length, frontier.bytes]).toEqual([0, 0]);
    frontier.close();
  });

  test('says so where there is no place for its file', () => {
    vi.stubEnv('TMPDIR', '/nowhere');
    const frontier = new DiskFrontier(MOST_BYTES, BLOCK_WORDS);
    const fill = (): void => {
      for (let word = 0; word < 1000; word++) frontier.add(Uint32Array.of(word));
    };
    expect(fill).toThrow(StorageError);
    expect(fill).toThrow(
      /states that do not fit into memory cannot be written to \/nowhere: ENOENT/,
    );
  });
});
