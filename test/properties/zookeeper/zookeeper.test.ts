import { describe, expect, test } from 'vitest';
import { partitionBoundsOf, partitionConfigOf } from '../../../models/zookeeper/config.ts';
import { replicationProperties } from '../../../properties/replication.ts';
import { zooKeeperProperties, zooKeeperTemporal } from '../../../properties/zookeeper.ts';
import { saysWhatIsDue } from '../groups/cases/progress.ts';
import { holdToCases } from '../holdToCases.ts';
import { judge } from '../judge.ts';
import { zooKeeperCases } from './allCases.ts';
import { progressCases } from './cases/progress.ts';
import { handBuiltScope } from './handBuilt.ts';

const { config, bounds } = handBuiltScope;
const all = zooKeeperProperties(config, bounds);
const ofPartition = replicationProperties(partitionConfigOf(config), partitionBoundsOf(bounds));

/** Those of the partition are held to their cases where they are written: replication. */
const own = all.filter(({ name }) => !ofPartition.some(property => property.name === name));

holdToCases('ZooKeeper mode', own, zooKeeperCases);

describe('what is due', () => {
  const places = zooKeeperTemporal(config, bounds).flatMap(property =>
    Object.entries(progressCases[property.name]?.bad ?? {}).map(
      ([name, [place, said]]) =>
        [property.name, name, saysWhatIsDue(property), place, said] as const,
    ),
  );
  test.each(places)('%s, when %s', (_name, _when, property, place, said) => {
    expect(judge(property, place)).toBe(said);
  });
});

test('everything is said of the scope of the hand-built states', () => {
  expect(own.filter(({ notApplicable }) => notApplicable !== undefined)).toEqual([]);
  expect(all.filter(({ name }) => own.every(property => property.name !== name))).toHaveLength(17);
});
