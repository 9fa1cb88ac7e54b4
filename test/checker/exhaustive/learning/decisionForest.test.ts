import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DecisionForest, UNKNOWN } from '../../../../checker/exhaustive/learning/decisionForest.ts';

const cardinalities = Uint16Array.from([2, 3, 4, 5]);

/** A function that reads bytes one after the other: which comes next depends on what it has read. */
function asked(bytes: Uint8Array): { read: number[]; outcome: number } {
  const read: number[] = [];
  const at = (place: number): number => {
    if (!read.includes(place)) read.push(place);
    return bytes[place] as number;
  };
  const outcome = at(0) === 0 ? at(2) : at(1) > 1 ? 7 : at(3) * 10 + at(0);
  return { read, outcome };
}

const anyBytes = fc
  .tuple(...Array.from(cardinalities, values => fc.nat(values - 1)))
  .map(values => Uint8Array.from(values));

describe('a decision tree', () => {
  test('answers as the function does, wherever it has learned what is read', () => {
    fc.assert(
      fc.property(fc.array(anyBytes, { maxLength: 60 }), states => {
        const forest = new DecisionForest(cardinalities);
        const tree = forest.addTree();
        for (const bytes of states) {
          const { read, outcome } = asked(bytes);
          const known = forest.find(tree, bytes);
          expect([UNKNOWN, outcome]).toContain(known);
          if (known === UNKNOWN) expect(forest.learn(tree, bytes, read, outcome)).toBe(true);
          expect(forest.find(tree, bytes)).toBe(outcome);
        }
      }),
    );
  });

  test('answers for every state that agrees in what was read', () => {
    const forest = new DecisionForest(cardinalities);
    const tree = forest.addTree();
    forest.learn(tree, Uint8Array.from([0, 1, 2, 3]), [0, 2], 42);
    expect(forest.find(tree, Uint8Array.from([0, 2, 2, 4]))).toBe(42);
    expect(forest.find(tree, Uint8Array.from([0, 1, 1, 3]))).toBe(UNKNOWN);
    expect(forest.find(tree, Uint8Array.from([1, 1, 2, 3]))).toBe(UNKNOWN);
  });

  test('knows nothing of what another tree has learned', () => {
    const forest = new DecisionForest(cardinalities);
    const [one, other] = [forest.addTree(), forest.addTree()];
    forest.learn(one, new Uint8Array(4), [], 3);
    expect(forest.find(one, new Uint8Array(4))).toBe(3);
    expect(forest.find(other, new Uint8Array(4))).toBe(UNKNOWN);
  });

  test('finds out a function that reads other bytes although it has read the same', () => {
    const forest = new DecisionForest(cardinalities);
    const tree = forest.addTree();
    forest.learn(tree, Uint8Array.from([0, 0, 0, 0]), [0, 1], 1);
    expect(forest.learn(tree, Uint8Array.from([0, 1, 0, 0]), [0, 2], 1)).toBe(false);
  });

  test('stays within its memory, and goes on answering what it has learned', () => {
    // So many bytes that few bits are left for nodes.
    const wide = new Uint16Array(1 << 20).fill(256);
    const forest = new DecisionForest(wide);
    const bytes = new Uint8Array(1 << 20);
    const first = forest.addTree();
    forest.learn(first, bytes, [1], 5);
    for (let turn = 0; turn < 80; turn++) forest.learn(forest.addTree(), bytes, [turn, 9, 8], 1);
    expect(forest.isFull).toBe(true);
    expect(forest.bytes).toBeLessThanOrEqual(4 * 8192);
    expect(forest.find(first, bytes)).toBe(5);
    const late = forest.addTree();
    expect(forest.learn(late, bytes, [4], 1)).toBe(true);
    expect(forest.find(late, bytes)).toBe(UNKNOWN);
  });
});
