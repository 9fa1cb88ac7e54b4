import { describe, expect, it, test } from 'vitest';
import { profilesOf } from '../../../application/check/profiles.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { parseRelease, releaseNamed } from '../../../models/description/release.ts';
import { mistakesAt, releasesWith } from '../../../models/description/ruleTable.ts';
import { defaultConfig, quietScope } from '../../../models/replication/config.ts';
import { everyReplicationDefect } from '../../../models/replication/defects.ts';
import { generations } from '../../../models/replication/generation.ts';
import { replicationModel } from '../../../models/replication/model.ts';
import { repairNames } from '../../../models/replication/protocol.ts';
import { ruleTable } from '../../../models/replication/releases/table.ts';
import { rulesOf } from '../../../models/replication/rulesOf.ts';
import { combinedCompose, describeText } from '../kafkaConfig/helpers.ts';
import { replicationIn } from './scope.ts';

const rulesIn = (kafka: string, change = {}) => rulesOf({ ...defaultConfig, kafka, ...change });
const versions = Object.values(ruleTable).flat();

describe('a release', () => {
  it.each(['3.10', '4.9', '0.9', '3', '3.8.', '3.8.1.2.3', 'v3.8', 'latest', ''])(
    'is not "%s"',
    text => {
      expect(parseRelease(text)).toBeUndefined();
    },
  );

  it('without a patch is the first of its line', () => {
    for (const line of ['3.9', '4.0', '3.3', '2.0', '0.10']) {
      expect(rulesIn(line)).toEqual(rulesIn(line === '0.10' ? '0.10.0.0' : `${line}.0`));
    }
  });

  it('has a correction that went into several lines from the patch of its own on', () => {
    const drops = (kafka: string) => rulesIn(kafka).dropsRecordsOfNewerEpoch;
    expect(['3.8.9', '3.9.0', '3.9.1', '3.9.2', '4.0.0', '4.0.1', '4.1.0'].map(drops)).toEqual([
      ...[false, false, true, true, false, true, true],
    ]);
  });
});

describe('the rules of a release', () => {
  it.each([
    ['3.2', '3.3', 'refusesIneligibleMembers', false, true],
    ['3.4', '3.5', 'checksBrokerEpochOfMembers', false, true],
    ['3.5', '3.6', 'shrinkBumpsLeaderEpoch', true, false],
    ['3.6', '3.7', 'highWatermarkNeedsMinIsr', false, true],
    ['3.6', '3.7', 'minIsrWithinReplicas', false, true],
    ['3.9', '4.0', 'unfencedPredecessor', 'overlooked', 'cleanedUp'],
    ['4.0', '4.1', 'lastKnownLeaderMustBeActive', false, true],
    ['2.6', '2.7', 'truncation', 'byEpochAndEndOffset', 'onFetch'],
    ['2.7', '2.8', 'reassignmentEndsWith', 'everyTarget', 'added'],
    ['3.7', '3.8', 'reassignmentEndsWith', 'added', 'everyTarget'],
    ['4.2', '4.3', 'reassignmentEndsWith', 'everyTarget', 'addedUnlessFewer'],
  ] as const)('change from %s to %s: %s', (before, after, rule, was, is) => {
    expect([rulesIn(before)[rule], rulesIn(after)[rule]]).toEqual([was, is]);
  });

  it('differ between ZooKeeper and KRaft', () => {
    expect(rulesIn('2.8').unfencedPredecessor).toBe('overlooked');
    expect(rulesIn('2.8', { zooKeeper: true }).unfencedPredecessor).toBe('refused');
    expect(rulesIn('3.9', { zooKeeper: true }).checksBrokerEpochOfMembers).toBe(false);
    expect(rulesIn('3.9', { zooKeeper: true }).actsOnEveryMetadataRecord).toBe(true);
  });

  it('have mistakes that are repaired one by one, or all', () => {
    const bounce = { repairs: ['unnoticed-bounce'] };
    expect(rulesIn('3.8', bounce).unfencedPredecessor).toBe('refused');
    expect(rulesIn('3.8', bounce).actsOnEveryMetadataRecord).toBe(false);
    expect(rulesIn('3.5', { repairs: ['all'] })).toEqual(rulesIn('alter-partition'));
    for (const name of generations) expect(rulesIn(name).takesAnswersOf).toBe('leaderEpoch');
  });

  it('name defects that there are, and repairs that can be asked for', () => {
    const all = everyReplicationDefect;
    const names = all.map(({ name }) => name);
    const repairable = versions.filter(({ repaired }) => repaired !== undefined);
    const defects = versions.flatMap(({ defect = [] }) => defect);
    expect(names).toEqual(expect.arrayContaining(defects));
    const known = new Set(repairable.flatMap(({ defect = [] }) => defect));
    expect([...known].sort()).toEqual(repairNames.slice(1).sort());
  });

  it('say in which releases a defect is what Kafka does', () => {
    expect(releasesWith(ruleTable, 'unnoticed-bounce')).toBe('0.10 to 2.1, 2.8 to 3.9 (KRaft)');
    expect(releasesWith(ruleTable, 'records-of-newer-epoch')).toBe('0.10 to 3.9.0, 4.0.0');
    expect(releasesWith(ruleTable, 'reads-to-log-end')).toBeUndefined();
    const mistakes = mistakesAt(ruleTable, { release: releaseNamed('4.3.1'), mode: 'kraft' });
    const earlier = mistakesAt(ruleTable, { release: releaseNamed('4.0.1'), mode: 'kraft' });
    const ofElr = earlier.filter(({ defect }) => defect === 'elr-enabled-while-offline');
    expect(ofElr.map(({ goneSince }) => goneSince)).toEqual([undefined]);
    expect(mistakes.map(({ defect }) => defect)).toEqual([
      ...['elr-enabled-while-offline', 'unregistered-broker-in-elr', 'removed-replica-in-elr'],
      ...['replaced-reassignment-never-ends', 'skipped-epoch-keeps-follower-state'],
    ]);
  });

  it.each([
    [{ kafka: '3.10' }, 'kafka: expected a Kafka release from 0.10 to 4.4'],
    [{ kafka: '3.9', eligibleLeaderReplicas: true }, 'false in Kafka 3.9'],
    [{ kafka: '4.0', zooKeeper: true }, '3.9 was the last release with ZooKeeper'],
  ])('are refused for %j', (change, message) => {
    expect(() => replicationModel({ ...defaultConfig, ...change }, quietScope)).toThrow(message);
  });
});

/* Kafka since 4.0 cleans up after a predecessor; before, a bounce between session and fencing is not noticed. */
test.each([
  ['2.8', true, true],
  ['2.8', false, false],
  ['3.2', false, false],
  ['3.5', false, false],
  ['3.8.1', false, false],
  ['4.0', false, true],
  ['4.1', false, true],
  ['4.2', false, true],
] as const)(
  '%s (ZooKeeper: %s), two replicas, one power loss: holds %s',
  async (kafka, zooKeeper, holds) => {
    const config = { kafka, zooKeeper, brokers: 2, minInsyncReplicas: 1 };
    const { model, properties } = replicationIn({ config, bounds: { powerLosses: 1 } });
    const asked = properties.filter(({ name }) => name === 'acknowledged-records-survive');
    const { violations } = await exploreExhaustively(model, asked);
    expect(violations.map(({ steps }) => steps.length)).toEqual(holds ? [] : [9]);
  },
);

test('what check says of a cluster of 3.8 names the mistakes of that release', () => {
  const more = ['KAFKA_DEFAULT_REPLICATION_FACTOR: 2', 'KAFKA_MIN_INSYNC_REPLICAS: 1'];
  const text = combinedCompose(3, more).replaceAll(
    '    environment:',
    '    image: apache/kafka:3.8.0\n    environment:',
  );
  const [profile] = profilesOf(describeText('compose.yml', text));
  const notes = profile?.notes.join(' ') ?? '';
  expect(notes).toContain('Kafka 3.8.0 still has unnoticed-bounce');
  expect(notes).toContain('A scope with 1 power loss has room for it');
});
