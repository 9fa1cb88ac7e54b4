import { expect, test } from 'vitest';
import { RepresentativeCache } from '../../../checker/exhaustive/representativeCache.ts';

const representative = { low: 1, high: 2 };

test('recent states: the representative of a state is recalled once it was remembered', () => {
  const recent = new RepresentativeCache();
  expect(recent.recall(7, 9)).toBe(false);
  recent.remember(7, 9, representative);
  expect(recent.recall(7, 9)).toBe(true);
  expect(recent).toMatchObject(representative);
  expect(recent.recall(9, 7)).toBe(false);
});

test('recent states: what falls into the same slot takes the place of what was there', () => {
  const recent = new RepresentativeCache();
  const slots = 1 << 17;
  recent.remember(5, 0, representative);
  recent.remember(5 + slots, 0, { low: 3, high: 4 });
  expect(recent.recall(5, 0)).toBe(false);
  expect(recent.recall(5 + slots, 0)).toBe(true);
  expect(recent).toMatchObject({ low: 3, high: 4 });
});

test('recent states: an empty slot is never taken for the hash zero', () => {
  const recent = new RepresentativeCache();
  expect(recent.recall(0, 0)).toBe(false);
});
