import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EvenSample } from '../../../../checker/exhaustive/sample/evenSample.ts';
import { FirstLevels } from '../../../../checker/exhaustive/sample/firstLevels.ts';

/** Words of a record: its hash, and one more. */
const LENGTH = 3;

type Record = readonly [number, number, number];

const word = fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 3 }));
const recordsOf = (maxLength: number): fc.Arbitrary<Record[]> =>
  fc.uniqueArray(fc.tuple(word, word, word), {
    maxLength,
    selector: ([low, high]) => `${low},${high}`,
  });

function wordsOf(records: readonly Record[]): Uint32Array {
  return Uint32Array.from(records.flat());
}

describe('an even sample', () => {
  test('is of the records with the smallest hashes, in whatever order and pieces they come', () => {
    fc.assert(
      fc.property(
        recordsOf(60),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(20),
        (records, most, size) => {
          const sample = new EvenSample(most, LENGTH);
          for (let from = 0; from < records.length; from += size + 1) {
            sample.add(wordsOf(records.slice(from, from + size + 1)));
            // Looking at it changes nothing.
            expect(sample.records.length).toBeLessThanOrEqual(most * LENGTH);
          }
          const expected = records.toSorted(([a, b], [c, d]) => a - c || b - d).slice(0, most);
          expect([...sample.records]).toEqual(expected.flat());
        },
      ),
    );
  });

  test('goes on from what was kept of it', () => {
    fc.assert(
      fc.property(recordsOf(40), fc.nat(40), (records, from) => {
        const [whole, first, second] = [0, 1, 2].map(() => new EvenSample(5, LENGTH));
        whole?.add(wordsOf(records));
        first?.add(wordsOf(records.slice(0, from)));
        second?.add(first?.records ?? new Uint32Array(0));
        second?.add(wordsOf(records.slice(from)));
        expect(second?.records).toEqual(whole?.records);
      }),
    );
  });
});

describe('the first levels', () => {
  const levels = [[1], [2, 3], [4, 5, 6], [7, 8]];

  test.each([
    [0, []],
    [1, [1]],
    [2, [1]],
    [5, [1, 2, 3]],
    [6, [1, 2, 3, 4, 5, 6]],
    [8, [1, 2, 3, 4, 5, 6, 7, 8]],
    [100, [1, 2, 3, 4, 5, 6, 7, 8]],
  ])('are those that fit into %i words wholly', (most, expected) => {
    let first = new FirstLevels(most);
    for (const level of levels) {
      for (const record of level) {
        first.add(Uint32Array.of(record));
        // As if the search was stopped and gone on with everywhere.
        first = new FirstLevels(most, first.saved);
      }
      first.endLevel();
    }
    expect([...first.saved.records]).toEqual(expected);
  });
});
