import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  type BrokerName,
  copy,
  crash,
  fence,
  fetch,
  learn,
  leave,
  loseBroker,
  produce,
  ReplicationStory,
  receiveRegistration,
  register,
  restart,
  returnBroker,
  start,
  stop,
  unfence,
} from './replicationStory.ts';

/** The broker that leads, which there must be. */
function leaderOf(told: ReplicationStory): BrokerName {
  const leader = [B1, B2, B3].find(broker => broker === told.leader);
  if (leader === undefined) throw new Error('the partition has no leader');
  return leader;
}

describe('replication: brokers restart one after the other by controlled shutdown (brokers=3, minIsr=2)', () => {
  test.each(['current', 'current-elr'] as const)(
    '%s: nothing is lost, and the partition always has a leader that takes acks=all',
    generation => {
      const told = new ReplicationStory({
        config: { kafka: generation },
        bounds: { shutdowns: 3 },
      });
      for (const broker of [B1, B2, B3] as const) {
        told
          .take(produce(leaderOf(told)))
          .catchUp()
          .take(leave(broker));
        expect(leaderOf(told), 'the leadership has moved already').not.toBe(broker);
        expect(told.registration(broker)).toBe('controlledShutdown');
        expect(told.guard(stop(broker))).toBe('the controller does not give leave yet');
        told.catchUp();
        expect(told.doing(broker)).toBe('pendingControlledShutdown, idle');
        told
          .take(produce(leaderOf(told)))
          .catchUp()
          .take(stop(broker));
        expect(told.registration(broker)).toBe('fenced');
        expect(told.doing(broker)).toBe('notRunning, offline');
        told.take(returnBroker(broker)).catchUp();
        expect(told.isr).toBe('1 2 3');
      }
      expect(told.acknowledged).toHaveLength(6);
      expect(new Set(told.logs).size, 'three equal logs').toBe(1);
      expect(told.highWatermarks).toEqual([6, 6, 6]);
      expect(told.broken).toEqual([]);
      expect(told.reached).toContain('isr-shrinks-and-expands-again');
    },
  );

  test('the leader, step by step', () => {
    const told = new ReplicationStory().take(produce(B1)).catchUp().take(leave(B1));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    // It serves until it has heard that it does not lead any more.
    expect(told.doing(B1)).toBe('pendingControlledShutdown, leading');
    expect(told.guard(produce(B1))).toBe('enabled');
    told.take(learn(B1), learn(B2));
    expect(told.doing(B1), 'out of the ISR it does not fetch any more').toBe(
      'pendingControlledShutdown, idle',
    );
    expect(told.guard(unfence(B1))).toBe('the broker is not fenced');
    expect(told.guard(stop(B1)), 'broker 3 has not heard').toBe(
      'the controller does not give leave yet',
    );
    told.take(learn(B3), stop(B1));
    expect(told.broker(B1).cleanShutdownFile).toBe(told.broker(B2).brokerEpoch);
    told.take(restart(B1));
    expect(told.broker(B1).cleanShutdownFile, 'read and deleted').toBeUndefined();
    expect(told.broker(B1).previousBrokerEpoch).toBeDefined();
  });

  test('a broker that gets no leave stops all the same, and is fenced when its session is over', () => {
    const told = new ReplicationStory().take(produce(B1)).catchUp();
    told.take(leave(B1), stop(B1, 'notGranted'));
    expect(told.registration(B1)).toBe('controlledShutdown');
    told.take(fence(B1));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    told.take(returnBroker(B1)).catchUp();
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.broken).toEqual([]);
  });

  test('the last replica of the ISR leaves as well, and the partition waits for its return', () => {
    const told = new ReplicationStory().take(loseBroker(B2), loseBroker(B3)).catchUp();
    told.take(leave(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR 1');
    expect(told.registration(B1)).toBe('controlledShutdown');
    told.take(learn(B1), stop(B1), returnBroker(B1));
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1');
  });
});

describe('replication: brokers restart one after the other by kill (brokers=3, minIsr=2)', () => {
  test.each(['alter-partition', 'current', 'current-elr'] as const)(
    '%s: nothing is lost, but the partition is without a leader until the kill is noticed',
    generation => {
      const told = new ReplicationStory({ config: { kafka: generation } });
      for (const broker of [B1, B2, B3] as const) {
        const before = leaderOf(told);
        told.take(produce(before)).catchUp().take(crash(broker));
        expect(told.leader, 'dead or not').toBe(before);
        const answer = before === broker ? 'the broker does not act as leader' : 'enabled';
        expect(told.guard(produce(before))).toBe(answer);
        told.take(fence(broker)).catchUp();
        told.take(produce(leaderOf(told))).catchUp();
        told.take(returnBroker(broker)).catchUp();
        expect(told.isr).toBe('1 2 3');
      }
      expect(told.acknowledged).toHaveLength(6);
      expect(new Set(told.logs).size, 'three equal logs').toBe(1);
      expect(told.broken).toEqual([]);
    },
  );

  test('everything is kept step by step', () => {
    const told = new ReplicationStory().take(produce(B1)).catchUp();
    told.take(loseBroker(B2), learn(B1), learn(B3));
    expect(told.isr).toBe('1 3');
    told.take(returnBroker(B2), copy(B2, B1)).catchUp();
    expect(told.isr).toBe('1 2 3');
    told.take(loseBroker(B1), learn(B2), learn(B3), produce(B2), copy(B3, B2), fetch(B3, B2));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1']);
    told.take(returnBroker(B1)).catchUp();
    expect(told.logs).toEqual(['1@0 2@1', '1@0 2@1', '1@0 2@1']);
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.broken).toEqual([]);
  });
});

describe('replication: the clean shutdown file and the ELR (KIP-966, brokers=3, minIsr=2)', () => {
  /** Broker 3 is gone, then broker 2 leaves an ISR that falls below min.insync.replicas. */
  const story = () => {
    const told = new ReplicationStory({ config: { eligibleLeaderReplicas: true } });
    told.take(produce(B1)).catchUp().take(loseBroker(B3)).catchUp();
    expect(told.partition, 'two are enough: no ELR').toBe('leader 1, epoch 0, ISR 1 2');
    return told;
  };

  test('a broker that was stopped stays eligible, and leads when the last leader is gone', () => {
    const told = story().take(leave(B2)).catchUp().take(stop(B2));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1, ELR 2');
    told.take(restart(B2), register(B2));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1, ELR 2');
    told.take(loseBroker(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR empty, ELR 1 2, last leader 1');
    told.take(receiveRegistration(B2), unfence(B2)).catchUp();
    expect(told.partition).toBe('leader 2, epoch 2, ISR 2, ELR 1');
    expect(told.log(B2)).toBe('1@0');
    expect(told.broken).toEqual([]);
  });

  test('a broker that was killed is not: nothing proves that it has all it had', () => {
    const told = story().take(loseBroker(B2));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1, ELR 2');
    told.take(start(B2));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1');
    // It rejoins the ISR as any other replica.
    told.take(unfence(B2)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.broken).toEqual([]);
  });

  test('the ELR is emptied as soon as the ISR has min.insync.replicas again', () => {
    const told = story().take(leave(B2)).catchUp().take(stop(B2), returnBroker(B3)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
  });

  test('the last replica of the ISR may be stopped: it comes back out of the ELR', () => {
    const told = story().take(loseBroker(B2)).catchUp().take(leave(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR empty, ELR 1 2, last leader 1');
    told.catchUp().take(stop(B1), returnBroker(B1)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1, ELR 2');
    expect(told.highWatermark(B1), 'as the shutdown wrote it').toBe(1);
    expect(told.broken).toEqual([]);
  });
});
