import { describe, expect, test } from 'vitest';
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
  returnBroker,
} from './replicationStory.ts';

/** One committed record, and broker 4 is about to take the place of another. */
function moving(from: typeof B1 | typeof B3 | 'none' = B3): ReplicationStory {
  const told = new ReplicationStory({ config: { spareBrokers: 1 } });
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
