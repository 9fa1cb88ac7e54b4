import { describe, expect, test } from 'vitest';
import { replicationDefects } from '../../../models/replication/defects.ts';
import {
  B1,
  B2,
  B3,
  checkpoint,
  consume,
  copy,
  crash,
  decide,
  deleteTopic,
  fence,
  fetch,
  learn,
  loseBroker,
  missHeartbeats,
  prefer,
  produce,
  ReplicationStory,
  receive,
  recreateTopic,
  restart,
  returnBroker,
  type StoryScope,
  shrink,
  start,
  unfence,
} from './replicationStory.ts';

function story({ config = {}, ...scope }: StoryScope = {}): ReplicationStory {
  return new ReplicationStory({
    config: { brokers: 2, minInsyncReplicas: 1, ...config },
    bounds: { topicDeletions: 2 },
    ...scope,
  });
}

/** One committed record; then broker 2 is down, and the topic is deleted and created again without it. */
function recreatedWithoutB2(scope: StoryScope = {}): ReplicationStory {
  return story(scope)
    .take(produce(B1))
    .catchUp()
    .take(loseBroker(B2), deleteTopic, recreateTopic(B1), learn(B1), learn(B1), learn(B1));
}

describe('replication: a topic is deleted and created again (brokers=2, minIsr=1)', () => {
  test('it begins anew, in epoch 0, and what it had is not lost', () => {
    const told = story().take(produce(B1), copy(B2, B1), fetch(B2, B1), prefer(B2)).catchUp();
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(deleteTopic);
    expect(told.partition).toBe('no leader, epoch 2, ISR empty');
    expect(told.guard(deleteTopic)).toBe('UNKNOWN_TOPIC_ID');
    told.take(learn(B1), recreateTopic(B1));
    expect(told.guard(recreateTopic(B1))).toBe('TOPIC_ALREADY_EXISTS');
    expect(told.doing(B1), 'it has heard of the deletion').toBe('running, absent');
    expect(told.doing(B2), 'it has not').toBe('running, leading');
    expect(told.logs).toEqual(['', '1@0']);
    told.catchUp().take(produce(B1)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.logs).toEqual(['2@0', '2@0']);
    expect(told.acknowledged).toEqual(['2 at 0']);
    expect(told.exposed).toEqual([2]);
    expect(told.broken).toEqual([]);
  });

  test('a leader that has not heard of it goes on serving, and promises nothing', () => {
    const told = story().take(deleteTopic, produce(B1), ...copy(B2, B1), fetch(B2, B1));
    expect(told.highWatermark(B1)).toBe(1);
    expect(told.acknowledged).toEqual([]);
    told.take(recreateTopic(B1)).catchUp();
    expect(told.logs).toEqual(['', '']);
    expect(told.broken).toEqual([]);
  });

  test('fetches and answers of the deleted topic do not count for the new one', () => {
    const told = story().take(produce(B1), fetch(B2, B1), deleteTopic, recreateTopic(B1));
    told.take(learn(B1), learn(B1), produce(B1));
    told.take(receive(B2, B1));
    expect(told.log(B2), 'the answer came to a replica of the deleted topic').toBe('1@0');
    expect(told.guard(fetch(B2, B1))).toBe('INCONSISTENT_TOPIC_ID');
    expect(told.highWatermark(B1)).toBe(0);
    told.catchUp();
    expect(told.logs).toEqual(['2@0', '2@0']);

    const late = story().take(produce(B1), fetch(B2, B1), deleteTopic, recreateTopic(B1));
    late.take(learn(B2), learn(B2), receive(B2, B1));
    expect(late.log(B2), 'and this one to a replica of the new topic').toBe('');
    expect(late.broken).toEqual([]);
  });

  test('an ISR change of the deleted topic is refused, although its epochs come round', () => {
    const told = story().take(produce(B1), shrink(B1, B2), deleteTopic, recreateTopic(B1));
    expect(told.pending(B1)).toBe('shrink to 1');
    told.take(decide(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.broken).toEqual([]);
  });
});

describe('replication: the high watermark of a deleted topic, which is on disk by its name', () => {
  const recreated = () =>
    story({ bounds: { records: 2, topicDeletions: 1, checkpoints: 2, crashes: 1 } })
      .take(produce(B1), copy(B2, B1), fetch(B2, B1), checkpoint(B1))
      .take(deleteTopic, recreateTopic(B1), learn(B1), learn(B1), produce(B1));

  test('is that of the new one after a crash', () => {
    const told = recreated();
    expect(told.highWatermark(B1)).toBe(0);
    expect(told.replica(B1).checkpointedHighWatermark).toBe(1);
    told.take(crash(B1), start(B1));
    expect(told.highWatermark(B1), 'nobody else has the record').toBe(1);
    expect(told.logs).toEqual(['2@0', '1@0']);
    // It leads no more, and hears of the high watermark that there is.
    expect(told.catchUp().broken).toEqual([]);
  });

  test('is gone once the file was written anew', () => {
    const told = recreated().take(checkpoint(B1), crash(B1), start(B1));
    expect(told.highWatermark(B1)).toBe(0);
  });

  test('stays while the broker has no partition to write it of', () => {
    const told = story({ bounds: { topicDeletions: 1, checkpoints: 2 } });
    told.take(produce(B1), copy(B2, B1), fetch(B2, B1), checkpoint(B1), deleteTopic, learn(B1));
    expect(told.guard(checkpoint(B1))).toBe('the checkpoint is up to date');
    expect(told.replica(B1).checkpointedHighWatermark).toBe(1);
  });

  test('is written anew by a start that finds the log of the deleted topic', () => {
    const told = story({ bounds: { topicDeletions: 1, checkpoints: 2, crashes: 1 } });
    told.take(produce(B1), copy(B2, B1), fetch(B2, B1), checkpoint(B1), loseBroker(B1));
    told.take(deleteTopic, recreateTopic(B2), start(B1));
    expect(told.replica(B1).checkpointedHighWatermark).toBe(0);
  });
});

describe('replication: a broker is down while its topic is deleted and created again', () => {
  test('it replaces what it had, and gets back into the ISR', () => {
    const told = recreatedWithoutB2();
    expect(told.partition, 'a fenced broker has a replica, outside the ISR').toBe(
      'leader 1, epoch 0, ISR 1',
    );
    expect(told.assignment).toBe('1 2');
    told.take(produce(B1), consume(B1, 0));
    expect(told.logs, 'the log of the deleted topic is on its disk').toEqual(['2@0', '1@0']);
    told.take(returnBroker(B2));
    expect(told.log(B2)).toBe('');
    told.catchUp();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.logs).toEqual(['2@0', '2@0']);
    expect(told.reached).toContain('stray-log-replaced');
    expect(told.reached).toContain('absent-broker-joins-recreated-topic');
    expect(told.broken).toEqual([]);
  });

  test('if it takes that for its own, it fits, and it leads with it (stray-log-taken)', () => {
    const defects = replicationDefects.filter(({ name }) => name === 'stray-log-taken');
    const told = recreatedWithoutB2({ defects }).take(produce(B1), returnBroker(B2));
    expect(told.broken).toEqual(['deleted-topic-stays-deleted', 'same-epoch-same-record']);
    told.catchUp();
    expect(told.logs, 'one epoch, one offset, two records').toEqual(['2@0', '1@0']);
    expect(told.isr).toBe('1 2');
    told.take(loseBroker(B1)).catchUp().take(consume(B2, 0));
    expect(told.leader).toBe(B2);
    expect(told.broken).toContain('acknowledged-records-survive');
    expect(told.broken).toContain('readers-agree');
  });

  test('before 3.7 the log is in the way, and there is no replica before the next change', () => {
    const config = { kafka: 'alter-partition' } as const;
    const told = recreatedWithoutB2({ config }).take(produce(B1), returnBroker(B2)).catchUp();
    expect(told.doing(B2), 'KAFKA-14616').toBe('running, absent');
    expect(told.log(B2)).toBe('');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1');
    // Whatever changes the partition makes the replica.
    told.take(loseBroker(B1), returnBroker(B1)).catchUp();
    expect(told.doing(B2)).toBe('running, following');
    expect(told.isr).toBe('1 2');
    expect(told.broken).toEqual([]);
  });

  test('with ZooKeeper the topic is deleted when all are back, and created when none has it', () => {
    const config = { kafka: 'kip-320' } as const;
    const told = story({ config }).take(produce(B1)).catchUp().take(loseBroker(B2));
    const waits = 'a broker with a replica is down, or a reassignment is under way';
    expect(told.guard(deleteTopic)).toBe(waits);
    told.take(returnBroker(B2)).catchUp().take(deleteTopic, learn(B1));
    expect(told.guard(recreateTopic(B1))).toBe('a broker has not deleted its replica yet');
    told.take(learn(B2), recreateTopic(B2)).catchUp();
    expect(told.partition).toBe('leader 2, epoch 0, ISR 1 2');
    expect(told.broken).toEqual([]);
  });
});

describe('replication: where the replicas of a topic go that is created again', () => {
  test('on brokers that are not fenced, in the order of their ids, and then on fenced ones', () => {
    const config = { brokers: 3, spareBrokers: 1, minInsyncReplicas: 2 };
    const told = story({ config }).take(missHeartbeats(B3), deleteTopic);
    expect(told.guard(recreateTopic(B3))).toBe('INVALID_REPLICATION_FACTOR');
    told.take(recreateTopic(B2)).catchUp();
    expect(told.assignment).toBe('2 4 1');
    expect(told.partition).toBe('leader 2, epoch 0, ISR 1 2 4');

    const scarce = story({ config: { ...config, spareBrokers: 0 } });
    scarce.take(missHeartbeats(B1), deleteTopic, recreateTopic(B3));
    expect(scarce.assignment).toBe('3 2 1');
    expect(scarce.partition).toBe('leader 3, epoch 0, ISR 2 3');
    scarce.take(unfence(B1)).catchUp();
    expect(scarce.isr).toBe('1 2 3');
    expect(scarce.broken).toEqual([]);
  });

  test('nowhere while everybody is fenced', () => {
    const told = story({ config: { brokers: 1 } }).take(loseBroker(B1), deleteTopic);
    expect(told.guard(recreateTopic(B1))).toBe('INVALID_REPLICATION_FACTOR');
    told.take(restart(B1));
    expect(told.guard(fence(B1))).toBe('the broker is fenced already');
  });
});
