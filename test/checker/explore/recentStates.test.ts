import { expect, test } from 'vitest';
import { RecentStates } from '../../../checker/explore/recentStates.ts';

test('recent states: a fingerprint is recalled once it was seen', () => {
  const recent = new RecentStates();
  expect(recent.recall(7, 9)).toBe(false);
  expect(recent.recall(7, 9)).toBe(true);
  expect(recent.recall(9, 7)).toBe(false);
});

test('recent states: what falls into the same slot takes the place of what was there', () => {
  const recent = new RecentStates();
  const slots = 1 << 18;
  expect(recent.recall(5, 0)).toBe(false);
  expect(recent.recall(5 + slots, 0)).toBe(false);
  expect(recent.recall(5, 0)).toBe(false);
});

test('recent states: an empty slot is never taken for the zero fingerprint', () => {
  const recent = new RecentStates();
  expect(recent.recall(0, 0)).toBe(false);
  expect(recent.recall(0, 0)).toBe(false);
});
