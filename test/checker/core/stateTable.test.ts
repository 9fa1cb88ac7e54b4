import { describe, expect, test } from 'vitest';
import type { StateKey } from '../../../checker/core/stateHash.ts';
import { StateTable, sameKey } from '../../../checker/core/stateTable.ts';

/** Pseudo-random words (xorshift), the same on every run. */
function wordsFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state | 0;
  };
}

function grown(table: StateTable): StateTable {
  const larger = new StateTable(table.largerMemory());
  const middle = table.capacity >> 1;
  larger.takeOver(table.memory, middle, table.capacity);
  larger.takeOver(table.memory, 0, middle);
  return larger;
}

describe('the table of states', () => {
  test('adds each of 100,000 random states exactly once, as it grows', () => {
    let table = new StateTable();
    const [next, again] = [wordsFrom(17), wordsFrom(17)];
    let added = 0;
    for (let index = 0; index < 100_000; index++) {
      if (table.isFull) table = grown(table);
      if (table.add(next(), next(), 1, 1)) added++;
    }
    expect([added, table.size]).toEqual([100_000, 100_000]);
    for (let index = 0; index < 100_000; index++) if (table.add(again(), again(), 1, 1)) added++;
    expect([added, table.size]).toEqual([100_000, 100_000]);
  });

  test('takes between 15 and 24 bytes for a state once it has grown', () => {
    let table = new StateTable();
    const next = wordsFrom(3);
    const taken: number[] = [];
    for (let index = 0; index < 300_000; index++) {
      if (table.isFull) table = grown(table);
      table.add(next(), next(), 1, 1);
      if (table.size >= 60_000) taken.push(table.bytes / table.size);
    }
    expect(taken.filter(bytes => bytes > 24 || bytes < 14.9)).toEqual([]);
  });

  test('tells states apart by both halves', () => {
    const table = new StateTable();
    const halves = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(halves.every(low => halves.every(high => table.add(low, high, 1, 1)))).toBe(true);
    expect(table.size).toBe(10_000);
  });

  test('holds states that begin in the same slot, and at the end of the table', () => {
    const table = new StateTable();
    for (let high = 1; high <= 300; high++) expect(table.add(-1, high, 1, 1)).toBe(true);
    for (let high = 1; high <= 300; high++) expect(table.add(-1, high, 1, 1)).toBe(false);
  });

  test('takes a half that is zero for one', () => {
    const table = new StateTable();
    expect(table.add(0, 0, 0, 1)).toBe(true);
    expect(table.add(1, 1, 0, 1)).toBe(false);
    expect(sameKey({ low: 0, high: 0 }, { low: 1, high: 1 })).toBe(true);
    expect(sameKey({ low: 0, high: 2 }, { low: 1, high: 1 })).toBe(false);
  });
});

describe('the parent that the table keeps', () => {
  const parents: readonly StateKey[] = [
    { low: 0x7000_0000, high: 5 },
    { low: 0x1000_0000, high: 6 },
    { low: 0x4000_0000, high: 7 },
  ];
  const child = { low: 0x2000_0000, high: 9 };

  function tableWith(order: readonly number[]): StateTable {
    const table = new StateTable();
    for (const { low, high } of parents) table.add(low, high, 0, 1);
    for (const parent of order) table.add(child.low, child.high, parents[parent]?.low ?? 0, 2);
    return table;
  }

  test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 0, 2]]])(
    'is the smallest of the level before, in whichever order they come: %j',
    order => {
      expect(tableWith(order).parentsOf(child)).toEqual([parents[1]]);
    },
  );

  test('is not replaced by one of the same level, nor by a later one', () => {
    const table = tableWith([0]);
    table.settle(child.low, child.high);
    table.add(child.low, child.high, 0x1000_0000, 3);
    table.add(child.low, child.high, 0x1000_0000, 5);
    expect(table.parentsOf(child)).toEqual([parents[0]]);
  });

  test('is not replaced in the level that is being expanded before it was settled', () => {
    const table = tableWith([0]);
    table.add(child.low, child.high, 0x1000_0000, 3);
    expect(table.parentsOf(child)).toEqual([parents[0]]);
  });

  test('stays as the table grows', () => {
    expect(grown(tableWith([0, 1])).parentsOf(child)).toEqual([parents[1]]);
  });

  test('may be one of several that cannot be told apart, smallest first', () => {
    const table = tableWith([1]);
    table.add(0x1000_0001, 3, 0, 1);
    table.add(0x1000_0004, 3, 0, 1);
    expect(table.parentsOf(child)).toEqual([parents[1], { low: 0x1000_0001, high: 3 }]);
  });

  test('is asked only of states that were reached', () => {
    expect(() => new StateTable().parentsOf(child)).toThrow('was not reached');
  });
});
