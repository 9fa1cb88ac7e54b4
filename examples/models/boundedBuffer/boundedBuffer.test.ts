import { exploreExhaustively } from 'highwater';
import { modelTest } from 'highwater/vitest';
import { expect, test } from 'vitest';
import { boundedBuffer } from './boundedBuffer.ts';

modelTest(
  'a buffer that wakes all who wait',
  boundedBuffer({ producers: 2, consumers: 1, capacity: 1, wakesAll: true }),
);

test.each([
  // As many threads as there are places, twice: then somebody always wakes the right one.
  [1, 1, 1, 'holds'],
  [2, 1, 1, 'violated'],
  [2, 2, 2, 'holds'],
  [3, 2, 2, 'violated'],
  [3, 2, 3, 'holds'],
])(
  '%s producers and %s consumers of %s places: %s',
  async (producers, consumers, capacity, verdict) => {
    const { model, properties } = boundedBuffer({ producers, consumers, capacity });
    const result = await exploreExhaustively(model, properties, { symmetry: true });
    expect(result.verdict).toBe(verdict);
    if (verdict === 'holds') return;
    const [violation] = result.violations;
    expect(violation?.property).toBe('no-deadlock');
    expect(violation?.clause).toBe('nothing can happen: put: it waits; take: it waits');
  },
);
