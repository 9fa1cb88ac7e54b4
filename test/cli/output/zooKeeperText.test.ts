import { expect, test } from 'vitest';
import { zooKeeperSentences } from '../../../cli/check/zooKeeperText.ts';

const [one, two] = [{ replicationFactor: 1 }, { replicationFactor: 2 }];

test('with ZooKeeper it is said what a power loss costs beside the table, where there are replicas', () => {
  expect(zooKeeperSentences({ mode: 'zookeeper' }, { classes: [one, two] })).toEqual([
    expect.stringContaining(
      'if another controller is elected before one has noticed: records are LOST',
    ),
  ]);
  expect(zooKeeperSentences({ mode: 'kraft' }, { classes: [one, two] })).toEqual([]);
  expect(zooKeeperSentences({ mode: 'zookeeper' }, { classes: [one] })).toEqual([]);
});
