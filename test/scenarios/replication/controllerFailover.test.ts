import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  copy,
  crash,
  decide,
  failOverController,
  fence,
  fetch,
  learn,
  loseBroker,
  loseControllerMessage,
  prefer,
  produce,
  ReplicationStory,
  resend,
  shrink,
} from './replicationStory.ts';

/** Broker 3 has the record, broker 2 lags; the leader has asked to go on without it. */
function shrinkRequested(): ReplicationStory {
  const told = new ReplicationStory().take(
    produce(B1),
    copy(B3, B1),
    fetch(B3, B1),
    shrink(B1, B2),
  );
  expect(told.pending(B1)).toBe('shrink to 1 3');
  return told;
}

describe('replication: the controller fails over in the middle of an ISR change (brokers=3, minIsr=2)', () => {
  test.each([
    ['with the old controller', failOverController],
    ['with its connection', loseControllerMessage(B1)],
  ])('the request is lost %s: the leader resends it', (_, loss) => {
    const told = shrinkRequested();
    expect(told.guard(resend(B1))).toBe('the request is in flight');
    told.take(loss);
    expect(told.guard(decide(B1))).toBe('no request is in flight');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
    expect(told.pending(B1), 'the leader does not know').toBe('shrink to 1 3');
    expect(told.guard(shrink(B1, B2))).toBe('an ISR change is pending');
    expect(told.highWatermark(B1)).toBe(0);
    told.take(resend(B1), decide(B1), learn(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });

  test('decided, and the answer is lost: the leader hears of it by metadata', () => {
    const told = shrinkRequested().take(decide(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
    expect(told.pending(B1)).toBe('shrink to 1 3');
    expect(told.highWatermark(B1), 'it waits for all three as long').toBe(0);
    expect(told.guard(failOverController)).toBe('no request waits for an answer');
    told.take(learn(B1));
    expect(told.pending(B1)).toBe('none');
    expect(told.highWatermark(B1)).toBe(1);
  });

  test('decided, and the leader resends before it has heard: refused, and nothing changes', () => {
    const told = shrinkRequested().take(decide(B1), resend(B1), decide(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
    told.take(learn(B1));
    expect(told.pending(B1)).toBe('none');
    expect(told.guard(learn(B1))).toBe('there are not so many records to replay');
    expect(told.guard(resend(B1))).toBe('no change is pending');
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });

  test('a proposal that an election has overtaken is refused, resent or not', () => {
    const told = shrinkRequested().take(failOverController, prefer(B3), resend(B1), decide(B1));
    expect(told.partition).toBe('leader 3, epoch 1, ISR 1 2 3');
    told.take(learn(B1));
    expect(told.pending(B1)).toBe('none');
    expect(told.doing(B1)).toBe('running, following');
    told.catchUp();
    expect(told.logs).toEqual(['1@0', '1@0', '1@0']);
    expect(told.broken).toEqual([]);
  });

  test('a proposal that another ISR change has overtaken is refused, resent or not', () => {
    const told = shrinkRequested().take(failOverController, loseBroker(B3), resend(B1), decide(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    // The leader goes on with the new ISR, of which the lagging replica is a member.
    told.take(learn(B1));
    expect(told.pending(B1)).toBe('none');
    expect(told.highWatermark(B1)).toBe(0);
    told.take(copy(B2, B1), fetch(B2, B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });

  test('while no controller decides, a dead follower holds up acks=all', () => {
    const told = new ReplicationStory().take(crash(B3), produce(B1), copy(B2, B1), fetch(B2, B1));
    told.take(shrink(B1, B3), failOverController);
    expect(told.highWatermark(B1)).toBe(0);
    // The new controller hears no heartbeat either, and its decision releases the record.
    told.take(fence(B3), learn(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });
});
