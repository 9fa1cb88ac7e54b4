import { describe, expect, test } from 'vitest';
import { exploreModel } from '../../../application/api/explore.ts';
import { leftOut } from '../../../models/description/mainJob.ts';
import { quietScope } from '../../../models/kraft/config.ts';
import { kraftPairs } from '../../../models/kraft/eventPairs.ts';
import { isLong } from '../../long.ts';

/** Every state of all of them takes half a minute. */
describe.runIf(isLong)('every two kinds of events', () => {
  test.each(kraftPairs)('$name: breaks what is not asked there, and nothing else', async plan => {
    const { result } = await exploreModel('kraft', {
      settings: plan.config,
      bounds: { ...quietScope, ...plan.bounds },
    });
    const broken = result.properties.filter(({ verdict }) => verdict === 'violated');
    const names = broken.map(({ name }) => name).sort();
    expect(names).toEqual([...leftOut(plan.asks)].sort());
  });
});

test('only a lost quorum-state file leaves something unasked', () => {
  const unasked = kraftPairs.filter(plan => leftOut(plan.asks).length > 0);
  const isLoss = (plan: (typeof kraftPairs)[number]): boolean =>
    plan.events?.includes('quorumStateLosses') === true;
  expect(unasked).toEqual(kraftPairs.filter(isLoss));
});
