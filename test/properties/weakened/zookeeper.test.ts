import { expect, test } from 'vitest';
import type { zooKeeperProperties, zooKeeperTemporal } from '../../../properties/zookeeper.ts';
import { saysWhatIsDue } from '../groups/cases/progress.ts';
import { judge } from '../judge.ts';
import { zooKeeperCases } from '../zookeeper/allCases.ts';
import { progressCases } from '../zookeeper/cases/progress.ts';
import { handBuiltScope } from '../zookeeper/handBuilt.ts';
import { equivalentInZooKeeper } from './equivalent.ts';
import { casesOf, isNoticed, survivorsOf, weakenedModule } from './weakened.ts';

test('a hand-built case notices every condition of a property of ZooKeeper mode that is true or false for ever', async () => {
  const folder = 'properties/zookeeper/';
  const weakened = await weakenedModule('properties/zookeeper.ts', folder, []);
  const make = weakened.module['zooKeeperProperties'] as typeof zooKeeperProperties;
  const settle = weakened.module['zooKeeperTemporal'] as typeof zooKeeperTemporal;
  const { config, bounds } = handBuiltScope;
  const cases = [
    ...casesOf(make(config, bounds), zooKeeperCases, judge),
    ...casesOf(settle(config, bounds).map(saysWhatIsDue), progressCases, judge),
  ];
  expect(isNoticed(cases)).toBe(false);
  expect(weakened.weakenings.length).toBeGreaterThan(100);
  expect(survivorsOf(weakened, cases, folder)).toEqual([...equivalentInZooKeeper.keys()]);
});
