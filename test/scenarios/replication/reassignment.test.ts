import { describe, expect, test } from 'vitest';
import type { ReplicationConfig } from '../../../models/replication/config.ts';
import { replicationDefects } from '../../../models/replication/defects.ts';
import {
  B1,
  B2,
  B3,
  B4,
  cancelReassignment,
  copy,
  decide,
  fetch,
  learn,
  loseBroker,
  produce,
  ReplicationStory,
  reassign,
  recordLost,
  returnBroker,
} from './replicationStory.ts';

/** In releases from 3.8 to 4.2 a reassignment waits for every replica of its target. */
const waitingForAll = { kafka: '4.2', repairs: ['all'] } as const;

/** One committed record, and broker 4 is about to take the place of another. */
function moving(
  from: typeof B1 | typeof B3 | 'none' = B3,
  release: Partial<ReplicationConfig> = waitingForAll,
): ReplicationStory {
  const told = new ReplicationStory({ config: { spareBrokers: 1, ...release } });
  expect(told.doing(B4)).toBe('running, absent');
  return told.take(produce(B1)).catchUp().take(reassign(B4, from));
}

describe('replication: a reassignment replaces a replica (brokers=3, spares=1, minIsr=2)', () => {
  test('it is complete when every replica of the target is in the ISR', () => {
    const told = moving();
    expect(told.assignment).toBe('1 2 +4 -3');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
    expect(told.guard(reassign(B4, B2))).toBe('a reassignment is under way');
    told.take(learn(B4), learn(B1));
    expect(told.doing(B4)).toBe('running, following');
    told.take(copy(B4, B1));
    expect(told.pending(B1), 'without the committed record it is not proposed').toBe('none');
    told.take(fetch(B4, B1));
    expect(told.pending(B1)).toBe('expand to 1 2 3 4');
    told.take(decide(B1));
    expect(told.assignment).toBe('1 2 4');
    expect(told.partition, 'a replica has left: a new leader epoch').toBe(
      'leader 1, epoch 1, ISR 1 2 4',
    );
    // The replaced replica deletes its log when it hears of it.
    expect(told.doing(B3)).toBe('running, following');
    told.take(learn(B3), learn(B3));
    expect(told.doing(B3)).toBe('running, absent');
    expect(told.log(B3)).toBe('');
    told.catchUp().take(produce(B1)).catchUp();
    expect(told.logs).toEqual(['1@0 2@1', '1@0 2@1', '', '1@0 2@1']);
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1']);
    expect(told.broken).toEqual([]);
  });

  test('the replaced replica led: the next one of the target is elected', () => {
    const told = moving(B1);
    expect(told.assignment).toBe('2 3 +4 -1');
    expect(told.leader, 'until the reassignment is complete').toBe(B1);
    told.catchUp();
    expect(told.assignment).toBe('2 3 4');
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3 4');
    expect(told.doing(B1)).toBe('running, absent');
    told.take(produce(B2)).catchUp();
    expect(told.logs).toEqual(['', '1@0 2@1', '1@0 2@1', '1@0 2@1']);
    expect(told.broken).toEqual([]);
  });

  test('acks=all waits for an added replica as soon as it is in the ISR', () => {
    const told = moving('none').catchUp();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3 4');
    expect(told.assignment, 'nobody leaves: one replica more').toBe('1 2 3 4');
    told.take(produce(B1), copy(B2, B1), copy(B3, B1), fetch(B2, B1), fetch(B3, B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(copy(B4, B1), fetch(B4, B1));
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1']);
  });

  test('a replica is only removed: at once, for the target is in the ISR already', () => {
    const told = new ReplicationStory().take(produce(B1)).catchUp().take(reassign('none', B3));
    expect(told.assignment).toBe('1 2');
    expect(told.partition).toBe('leader 1, epoch 1, ISR 1 2');
    expect(told.catchUp().logs).toEqual(['1@0', '1@0', '']);
  });
});

describe('replication: the adding replica crashes in a reassignment (brokers=3, spares=1, minIsr=2)', () => {
  test('before it is in the ISR: nothing changes, and it goes on when it is back', () => {
    const told = moving().take(learn(B4), learn(B1), copy(B4, B1), loseBroker(B4));
    expect(told.assignment).toBe('1 2 +4 -3');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
    told.take(produce(B1)).catchUp();
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1']);
    told.take(returnBroker(B4)).catchUp();
    expect(told.assignment).toBe('1 2 4');
    expect(told.partition).toBe('leader 1, epoch 1, ISR 1 2 4');
    expect(told.log(B4)).toBe('1@0 2@0');
    expect(told.broken).toEqual([]);
  });

  test('after it has entered the ISR, while another one of the target is missing', () => {
    const told = moving().take(loseBroker(B2)).catchUp();
    expect(told.partition, 'broker 2 is missing').toBe('leader 1, epoch 0, ISR 1 3 4');
    expect(told.assignment).toBe('1 2 +4 -3');
    told.take(loseBroker(B4)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
    told.take(returnBroker(B2)).catchUp();
    expect(told.assignment).toBe('1 2 +4 -3');
    told.take(returnBroker(B4)).catchUp();
    expect(told.assignment).toBe('1 2 4');
    expect(told.isr).toBe('1 2 4');
    expect(told.broken).toEqual([]);
  });

  test('the leader crashes: a replica that is to be removed may lead until the end', () => {
    const told = moving().take(loseBroker(B2)).catchUp().take(loseBroker(B1)).catchUp();
    expect(told.partition, 'the target goes first in the assignment').toBe(
      'leader 4, epoch 1, ISR 3 4',
    );
    told.take(loseBroker(B4)).catchUp();
    expect(told.partition).toBe('leader 3, epoch 2, ISR 3');
    told.take(returnBroker(B1), returnBroker(B2), returnBroker(B4)).catchUp();
    expect(told.assignment).toBe('1 2 4');
    expect(told.partition).toBe('leader 1, epoch 3, ISR 1 2 4');
    expect(told.catchUp().log(B4)).toBe('1@0');
    expect(told.broken).toEqual([]);
  });
});

describe('replication: whom a reassignment waits for (KAFKA-15665, KAFKA-19975, brokers=3, spares=1)', () => {
  const withoutB2 = (release: Partial<ReplicationConfig>): ReplicationStory =>
    moving(B3, release).take(loseBroker(B2)).catchUp();

  test.each(['4.3', '3.7'])('in %s for whom it adds, whoever else is missing', kafka => {
    const told = withoutB2({ kafka, repairs: ['all'] });
    expect(told.assignment).toBe('1 2 4');
    expect(told.isr).toBe('1 4');
    expect(told.broken).toEqual([]);
  });

  test('in 4.2 for all that are to stay', () => {
    const told = withoutB2(waitingForAll);
    expect(told.assignment).toBe('1 2 +4 -3');
    expect(told.isr).toBe('1 3 4');
  });

  test('in 4.3 for all where there will be fewer, in 3.7 for nobody', () => {
    const removing = (kafka: string): ReplicationStory =>
      new ReplicationStory({ config: { kafka, repairs: ['all'] } })
        .take(loseBroker(B2))
        .take(reassign('none', B3));
    expect(removing('4.3').assignment).toBe('1 2 -3');
    const told = removing('3.7');
    expect(told.assignment).toBe('1 2');
    expect(told.isr, 'below min.insync.replicas').toBe('1');
    expect(told.broken).toEqual([]);
  });
});

describe('replication: the ELR goes by the minimum of before (brokers=3, minIsr=3, ELR)', () => {
  const config = { eligibleLeaderReplicas: true, minInsyncReplicas: 3 } as const;
  const stays = replicationDefects.filter(({ name }) => name === 'removed-replica-elected');
  const begin = (defects = stays): ReplicationStory =>
    new ReplicationStory({ config, defects }).take(reassign('none', B3));

  test('a replica that is removed stays in it, for three were to be in sync', () => {
    expect(begin().partition).toBe('leader 1, epoch 1, ISR 1 2, ELR 3');
    expect(begin([]).partition, 'repaired').toBe('leader 1, epoch 1, ISR 1 2');
  });

  test('the next change goes by two, and clears it', () => {
    const told = begin().take(loseBroker(B2));
    expect(told.partition).toBe('leader 1, epoch 1, ISR 1, ELR 2 3');
    told.take(returnBroker(B2)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 1, ISR 1 2');
    expect(told.broken).toEqual([]);
  });

  test('added again it is elected with the log that it has then', () => {
    const told = begin().catchUp().take(produce(B1)).catchUp();
    expect(told.logs).toEqual(['1@1', '1@1', '']);
    told.take(loseBroker(B2), reassign(B3, 'none'));
    expect(told.partition).toBe('leader 1, epoch 1, ISR 1, ELR 2 3');
    expect(told.broken).toEqual(['elr-members-have-committed-records']);
    told.take(loseBroker(B1));
    expect(told.partition).toBe('leader 3, epoch 2, ISR 3, ELR 1 2');
    expect(told.catchUp().broken).toEqual(expect.arrayContaining(recordLost));
  });

  test('it cannot be added while it would be elected at once', () => {
    const told = begin().take(loseBroker(B2), loseBroker(B1));
    expect(told.partition).toBe('no leader, epoch 2, ISR empty, ELR 1 2 3, last leader 1');
    expect(told.guard(reassign(B3, 'none'))).toBe('UNKNOWN_SERVER_ERROR');
  });
});

describe('replication: a reassignment is cancelled (KIP-455, brokers=3, spares=1, minIsr=2)', () => {
  test('the adding replica leaves, and its log with it', () => {
    const told = moving().take(learn(B4), learn(B1), copy(B4, B1));
    expect(told.log(B4)).toBe('1@0');
    told.take(cancelReassignment);
    expect(told.assignment).toBe('1 2 3');
    expect(told.partition).toBe('leader 1, epoch 1, ISR 1 2 3');
    told.catchUp();
    expect(told.doing(B4)).toBe('running, absent');
    expect(told.logs).toEqual(['1@0', '1@0', '1@0', '']);
    expect(told.guard(cancelReassignment)).toBe('no reassignment is under way');
    expect(told.broken).toEqual([]);
  });

  test('the adding replica had been elected: the leadership goes back', () => {
    const told = moving().take(loseBroker(B2)).catchUp().take(loseBroker(B1)).catchUp();
    expect(told.leader).toBe(B4);
    told.take(cancelReassignment);
    expect(told.partition).toBe('leader 3, epoch 2, ISR 3');
    expect(told.catchUp().doing(B4)).toBe('running, absent');
    expect(told.log(B3)).toBe('1@0');
    expect(told.broken).toEqual([]);
  });

  test('it is refused where nobody in sync would be left', () => {
    const told = moving().take(loseBroker(B2)).catchUp().take(loseBroker(B1), loseBroker(B3));
    expect(told.partition).toBe('leader 4, epoch 1, ISR 4');
    expect(told.guard(cancelReassignment)).toBe('nobody in sync would be left');
  });

  test('what the leader had proposed before is stale: the added replica does not enter', () => {
    const told = moving().take(learn(B4), learn(B1), copy(B4, B1), fetch(B4, B1));
    expect(told.pending(B1)).toBe('expand to 1 2 3 4');
    told.take(cancelReassignment, decide(B1));
    expect(told.partition).toBe('leader 1, epoch 1, ISR 1 2 3');
    expect(told.catchUp().pending(B1)).toBe('none');
    expect(told.broken).toEqual([]);
  });
});
