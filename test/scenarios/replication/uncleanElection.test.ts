import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  copy,
  decide,
  electUncleanly,
  fetch,
  learn,
  loseBroker,
  produce,
  ReplicationStory,
  recordLost,
  returnBroker,
  start,
  unfence,
} from './replicationStory.ts';

describe('replication: the only in-sync replica is down, another one returns (brokers=2, minIsr=1)', () => {
  const story = (uncleanLeaderElection: boolean) => {
    const told = new ReplicationStory({
      config: { brokers: 2, minInsyncReplicas: 1, uncleanLeaderElection },
    });
    told.take(produce(B1), loseBroker(B2), learn(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(loseBroker(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR 1');
    return told.take(start(B2));
  };

  test('with unclean.leader.election.enable the returning replica leads, and the record is lost', () => {
    const told = story(true).take(unfence(B2));
    expect(told.partition).toBe('leader 2, epoch 2, ISR 2, recovering');
    told.take(learn(B2));
    expect(told.broken).toEqual(expect.arrayContaining(recordLost));
    // The old leader follows the new truth.
    told.take(returnBroker(B1), copy(B1, B2));
    expect(told.log(B1)).toBe('');
  });

  test('without it the partition waits for the old leader and keeps the record', () => {
    const told = story(false).take(unfence(B2));
    expect(told.partition).toBe('no leader, epoch 1, ISR 1');
    told.take(returnBroker(B1)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1 2');
    expect(told.logs).toEqual(['1@0', '1@0']);
    expect(told.broken).toEqual([]);
  });
});

describe('replication: an operator elects uncleanly, and the old leader returns (brokers=3, minIsr=1)', () => {
  /** Record 1 is everywhere, record 2 only on broker 1, which is down; broker 2 is back. */
  const story = () => {
    const told = new ReplicationStory({
      config: { minInsyncReplicas: 1 },
      bounds: { uncleanElections: 1 },
    });
    told.take(produce(B1)).catchUp();
    expect(told.guard(electUncleanly)).toBe('ELECTION_NOT_NEEDED');
    told.take(loseBroker(B2), loseBroker(B3), learn(B1), learn(B1), produce(B1));
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1']);
    told.take(loseBroker(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR 1');
    expect(told.guard(electUncleanly)).toBe('ELIGIBLE_LEADERS_NOT_AVAILABLE');
    return told.take(returnBroker(B2));
  };

  test('the first active replica leads whatever it has, and RECOVERING ends with its first ISR change', () => {
    const told = story();
    expect(told.partition).toBe('no leader, epoch 1, ISR 1');
    told.take(electUncleanly, learn(B2));
    expect(told.partition).toBe('leader 2, epoch 2, ISR 2, recovering');
    expect(told.broken).toEqual(expect.arrayContaining(recordLost));
    told.take(returnBroker(B3), copy(B3, B2), decide(B2));
    expect(told.partition).toBe('leader 2, epoch 2, ISR 2 3');
  });

  test('the old leader cuts off what the new one does not have', () => {
    const told = story().take(electUncleanly, learn(B2), produce(B2));
    expect(told.logs).toEqual(['1@0 2@0', '1@0 3@2', '1@0']);
    told.take(returnBroker(B1), copy(B1, B2));
    expect(told.log(B1), 'the same offset, another record').toBe('1@0');
    told.take(copy(B1, B2), fetch(B1, B2), decide(B2), learn(B2));
    expect(told.log(B1)).toBe('1@0 3@2');
    expect(told.partition).toBe('leader 2, epoch 2, ISR 1 2');
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1', '3 at 1']);
  });

  test('no unclean election is left once the old leader is back', () => {
    const told = story().take(returnBroker(B1));
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1');
    expect(told.guard(electUncleanly)).toBe('ELECTION_NOT_NEEDED');
    told.catchUp();
    expect(told.log(B2)).toBe('1@0 2@0');
    expect(told.broken).toEqual([]);
  });
});

describe('replication: an operator elects uncleanly with an empty ISR (brokers=3, minIsr=2, ELR)', () => {
  test('the ELR goes with it: ISR is the elected replica alone', () => {
    const told = new ReplicationStory({
      config: { eligibleLeaderReplicas: true },
      bounds: { uncleanElections: 1 },
    });
    told.take(produce(B1), copy(B2, B1), fetch(B2, B1), loseBroker(B3), learn(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(loseBroker(B2), loseBroker(B1), returnBroker(B3));
    expect(told.partition).toBe('no leader, epoch 1, ISR empty, ELR 1 2, last leader 1');
    told.take(electUncleanly, learn(B3));
    expect(told.partition).toBe('leader 3, epoch 2, ISR 3, recovering');
    expect(told.broken).toContain('acknowledged-records-survive');
  });
});
