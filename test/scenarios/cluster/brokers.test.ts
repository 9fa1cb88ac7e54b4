import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  fence,
  heal,
  learn,
  prefer,
  produce,
  unfence,
} from '../replication/replicationStory.ts';
import { C1, C2, crash, cutNode, fetchMetadata, restart, storiesIn } from './clusterStory.ts';

const register = 'register(broker=broker-3)';
const load = 'receiveRegistrationAnswer(broker=broker-3)';

describe('cluster: brokers observe the quorum (separate, brokers=3, minIsr=2)', () => {
  const story = storiesIn();
  const led = () => story().elect(C1, C2).commit();

  test('nobody learns of a decision before it is committed, nor before it has fetched it', () => {
    const told = led().take(prefer(B2), fetchMetadata(B2, C1));
    expect(told.decisionsAt(B2), 'its node has the entry').toBe('electPreferred@1');
    expect(told.guard(learn(B2))).toBe('there are not so many records to replay');
    told.take(fetchMetadata(C2, C1), fetchMetadata(C2, C1), 'applyCommitted()');
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.guard(learn(B2)), 'its node does not know that it is committed').toBe(
      'its node does not have so many records',
    );
    told.take(fetchMetadata(B2, C1), learn(B2));
    expect(told.doing(B2)).toBe('running, leading');
    expect(told.guard(learn(B1))).toBe('its node does not have so many records');
    expect(told.doing(B1), 'the old leader does not know yet').toBe('running, leading');
    told.catchUp();
    expect(told.doing(B1)).toBe('running, following');
    expect(told.broken).toEqual([]);
  });

  test('a broker that restarts has the committed metadata before it serves', () => {
    const told = led().take(produce(B1)).catchUp().take(crash(B3)).decide(fence(B3));
    told.decide(prefer(B2)).take(restart(B3));
    told.take(register, fetchMetadata(C2, C1), fetchMetadata(C2, C1));
    told.take('applyCommitted()');
    expect(told.knowledge(B3)).toBe('offset 0, partition epoch 0');
    expect(told.guard(load)).toBe('its node has not caught up');
    told.commit().take(load);
    expect(told.knowledge(B3)).toBe('offset 4, partition epoch 2');
    expect(told.partitionKnownTo(B3)).toBe('leader 2, epoch 1, ISR 1 2');
    expect(told.doing(B3), 'it copies, and serves nobody').toBe('recovery, following');
    told.decide(unfence(B3)).catchUp();
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.log(B3)).toBe('1@0');
    expect(told.broken).toEqual([]);
  });

  test('a broker may start with metadata that is not the newest any more', () => {
    const told = led().take(crash(B3)).decide(fence(B3)).take(restart(B3)).commit();
    told.decide(register).take(prefer(B2), fetchMetadata(C2, C1), fetchMetadata(C2, C1));
    told.take('applyCommitted()', load);
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2');
    expect(told.partitionKnownTo(B3)).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.reached).toContain('broker-loads-older-metadata');
    told.decide(unfence(B3)).catchUp();
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.broken).toEqual([]);
  });

  test('a zombie leader: cut from all controllers, not from clients, it commits nothing alone', () => {
    const told = led().take(produce(B1)).catchUp().take(cutNode(B1, 'controllers'));
    told.decide(fence(B1));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.doing(B1), 'its node does not hear of it').toBe('running, leading');
    told.take(learn(B2), learn(B3), produce(B1)).catchUp();
    expect(told.log(B1)).toBe('1@0 2@0');
    expect(told.waiting(B1)).toBe(1);
    expect(told.guard(produce(B2))).toBe('enabled');
    told.take(produce(B2)).catchUp();
    expect(told.acknowledged).toEqual([1, 3]);
    told.take(heal).commit().decide(unfence(B1)).catchUp();
    expect(told.doing(B1)).toBe('running, following');
    expect([B1, B2, B3].map(broker => told.log(broker))).toEqual(['1@0 3@1', '1@0 3@1', '1@0 3@1']);
    expect(told.broken).toEqual([]);
  });
});
