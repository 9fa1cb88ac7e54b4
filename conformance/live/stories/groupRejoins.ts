import { pauseFor } from '../cluster.ts';
import { moveTo, ObservedMembers, OFFSETS } from '../observedMembers.ts';
import { doesNotHappen } from '../scene.ts';
import type { Story } from '../story.ts';

/* A coordinator that has read a group which is not committed. */

/** Longer than a fetch waits at the leader: what a broker that stands still had asked for is answered, with nothing. */
const FETCH_MS = 2000;
/** How long a member has to get a partition that it is not to get. */
const SECONDS = 10;

/**
 * A second member joins, and the next coordinator has read what it is to get, which a third broker does not have. By
 * that it would answer a member that asks again; but a member whose SyncGroup fails joins again.
 */
export const groupRejoins: Story = {
  name: 'groupRejoins',
  tells:
    'A member gets no partition from the next coordinator by a group that is not committed: it joins again.',
  source: 'traces/sync-sent-again--partitions-have-one-owner.trace.json',
  shape: {
    version: '4.3.1',
    controllers: [1],
    brokers: [11, 12, 13],
    properties: {
      'offsets.topic.replication.factor': 3,
      // Nobody is to be fenced, and no ISR is to shrink.
      'broker.session.timeout.ms': 45_000,
      'replica.lag.time.max.ms': 120_000,
      'auto.leader.rebalance.enable': 'true',
      'leader.imbalance.check.interval.seconds': 1,
    },
  },
  async play(scene) {
    const { cluster } = scene;
    await cluster.ask('create', { topic: 'g', replicas: [12], partitions: 2, configs: {} });
    const members = new ObservedMembers(scene, {
      'group.id': 'g',
      'session.timeout.ms': 60_000,
      'heartbeat.interval.ms': 500,
    });
    await members.open('m1');
    await members.until('m1 has both partitions', () => members.placesOf('m1').size === 2);
    await moveTo(scene, OFFSETS, [11, 12, 13]);
    await members.until('m1 is back with 11', () => members.placesOf('m1').size === 2);
    cluster.pause(13);
    await pauseFor(FETCH_MS);
    const before = cluster.replicaBytes(12, OFFSETS);
    await members.open('m2');
    await members.until('m1 has given up its partitions', () => members.placesOf('m1').size === 0);
    await cluster.until('12 has the new group', () => cluster.replicaBytes(12, OFFSETS) > before);
    // Its application is busy, so that the other one asks the next coordinator first.
    await members.rest('m1', true);
    await moveTo(scene, OFFSETS, [12, 11, 13]);
    const hasOne = members.until(
      'm2 has a partition',
      () => members.placesOf('m2').size > 0,
      SECONDS,
    );
    const isKept = await doesNotHappen(hasOne);
    cluster.resume(13);
    await members.rest('m1', false);
    await members.until('each has a partition', () => members.isShared());
    return isKept
      ? { verdict: 'confirmed', because: `m2 got nothing for ${SECONDS} s, and then each got one` }
      : {
          verdict: 'not reproduced',
          because: 'm2 got a partition by a group that was not committed',
        };
  },
};
