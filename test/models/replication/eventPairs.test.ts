import { describe, expect, test } from 'vitest';
import { exploreModel } from '../../../application/api/explore.ts';
import { leftOut } from '../../../models/description/mainJob.ts';
import { quietScope } from '../../../models/replication/config.ts';
import { elrPairs, replicationPairs } from '../../../models/replication/eventPairs.ts';
import { isLong } from '../../long.ts';

const short = [...replicationPairs, ...elrPairs].filter(plan => plan.isLong !== true);

/** Every state of all of them takes a minute. */
describe.runIf(isLong)('every two kinds of events', () => {
  test.each(short)('$name: breaks what is not asked there, and nothing else', async plan => {
    const { result } = await exploreModel('replication', {
      settings: plan.config,
      bounds: { ...quietScope, ...plan.bounds },
    });
    const broken = result.properties.filter(({ verdict }) => verdict === 'violated');
    const names = broken.map(({ name }) => name).sort();
    expect(names).toEqual([...leftOut(plan.asks)].sort());
  });
});

test('a loss and whatever leaves one copy ask for nothing that survives', () => {
  const unasked = short.filter(plan => leftOut(plan.asks).length > 0);
  expect(unasked.length).toBeGreaterThan(0);
  expect(unasked.length).toBeLessThan(short.length / 4);
});
