import { describe, expect, test } from 'vitest';
import { replicationDefects } from '../../../models/replication/defects.ts';
import {
  B1,
  B2,
  B3,
  checkpoint,
  consume,
  copy,
  decide,
  deleteRecords,
  fence,
  fetch,
  learn,
  leave,
  loseBroker,
  losePower,
  produce,
  ReplicationStory,
  receive,
  returnBroker,
  start,
  stop,
} from './replicationStory.ts';

/** Two records that everybody has and knows to be committed. */
const committed = (powerLosses = 0) =>
  new ReplicationStory({ bounds: { powerLosses } }).take(produce(B1), produce(B1)).catchUp();

describe('replication: the high watermark of a broker that restarts (brokers=3, minIsr=2)', () => {
  test('is the checkpoint, and without one the start of the log', () => {
    const told = committed().take(loseBroker(B2), start(B2));
    expect(told.log(B2)).toBe('1@0 2@0');
    expect(told.highWatermark(B2)).toBe(0);

    const other = committed();
    expect(other.guard(checkpoint(B2))).toBe('enabled');
    other.take(checkpoint(B2));
    expect(other.guard(checkpoint(B2))).toBe('the checkpoint is up to date');
    other.take(loseBroker(B2), start(B2));
    expect(other.highWatermark(B2)).toBe(2);
  });

  test('is older than what consumers have read, if the checkpoint is', () => {
    const told = new ReplicationStory({ config: { brokers: 1 } }).take(produce(B1), checkpoint(B1));
    told.take(produce(B1), consume(B1, 1), loseBroker(B1), returnBroker(B1));
    expect(told.highWatermark(B1)).toBe(1);
    expect(told.log(B1), 'nothing is truncated by it').toBe('1@0 2@0');
    told.take(learn(B1));
    expect(told.highWatermark(B1), 'alone in the ISR it catches up at once').toBe(2);
    expect(told.broken).toEqual([]);
  });

  test('a new leader with an old high watermark serves less until its followers have fetched', () => {
    const told = committed().take(loseBroker(B2), returnBroker(B2), learn(B1), fetch(B2, B1));
    // Back in the ISR with every record, it leads before it has heard of the high watermark.
    told.take(decide(B1), loseBroker(B1), learn(B2), learn(B2));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.log(B2)).toBe('1@0 2@0');
    expect(told.highWatermark(B2)).toBe(0);
    expect(told.guard(consume(B2, 1))).toBe('there is nothing below the read limit');
    told.take(learn(B3)).catchUp();
    expect(told.highWatermark(B2)).toBe(2);
    expect(told.guard(consume(B2, 1))).toBe('enabled');
    expect(told.broken).toEqual([]);
  });

  test('is kept by a controlled shutdown, which writes it', () => {
    const told = committed().take(leave(B2)).catchUp().take(stop(B2));
    expect(told.replica(B2).checkpointedHighWatermark).toBe(2);
    expect(told.replica(B2).flushedOffset, 'and it flushes the log').toBe(2);
    told.take(start(B2));
    expect(told.highWatermark(B2)).toBe(2);
  });

  test('is clipped to a log that a power loss has shortened', () => {
    const told = committed(1).take(checkpoint(B2), losePower(B2, 1), fence(B2), start(B2));
    expect(told.log(B2)).toBe('1@0');
    expect(told.highWatermark(B2)).toBe(1);
    expect(told.catchUp().log(B2)).toBe('1@0 2@0');
    expect(told.broken).toEqual([]);
  });
});

describe('replication: the machine of a broker that has stopped loses power', () => {
  const bounds = { powerLosses: 1 };
  const unflushed = replicationDefects.filter(({ name }) => name === 'clean-file-before-flush');
  const stopped = (defects: typeof unflushed = []) =>
    new ReplicationStory({ bounds, defects })
      .take(produce(B1), produce(B1))
      .catchUp()
      .take(leave(B2))
      .catchUp()
      .take(stop(B2));

  test('and with it nothing, since a clean stop has flushed it', () => {
    const told = stopped();
    for (const kept of [0, 1])
      expect(told.guard(losePower(B2, kept))).toBe('these records are flushed');
    expect(told.guard(losePower(B2, 2))).toBe('no record is lost');
  });

  test('and what was not flushed before the clean shutdown file was written', () => {
    const told = stopped(unflushed).take(losePower(B2, 1));
    expect(told.log(B2)).toBe('1@0');
    expect(told.broker(B2).cleanShutdownFile, 'which says otherwise').toBeDefined();
  });

  test('and after a crash nothing that was not lost by then', () => {
    const told = new ReplicationStory({ bounds: { ...bounds, crashes: 1 } })
      .take(produce(B1))
      .catchUp()
      .take(loseBroker(B2));
    expect(told.guard(losePower(B2, 0))).toBe(
      'it might as well have lost power when its process died',
    );
  });
});

describe('replication: records are deleted on request (KIP-107, brokers=3, minIsr=2)', () => {
  test('below the high watermark only; followers hear of it with their next fetch', () => {
    const told = new ReplicationStory().take(produce(B1));
    expect(told.guard(deleteRecords(B1))).toBe('there is nothing below the high watermark');
    told.catchUp().take(produce(B1), deleteRecords(B1));
    expect(told.logs).toEqual(['- 2@0', '1@0', '1@0']);
    told.take(copy(B2, B1));
    expect(told.log(B2)).toBe('- 2@0');
    expect(told.catchUp().acknowledged).toEqual(['1 at 0', '2 at 1']);
    expect(told.logs).toEqual(['- 2@0', '- 2@0', '- 2@0']);
    expect(told.broken).toEqual([]);
  });

  test('the leader changes: a deleted record stays deleted, or comes back, but is not missed', () => {
    const told = committed().take(deleteRecords(B1), copy(B2, B1), loseBroker(B1)).catchUp();
    expect(told.leader).toBe(B2);
    expect(told.logs).toEqual(['- -', '- -', '- -']);
    expect(told.broken).toEqual([]);
    const other = committed().take(deleteRecords(B1), loseBroker(B1)).catchUp();
    expect(other.log(B2), 'broker 2 had not heard of it').toBe('1@0 2@0');
    expect(other.take(returnBroker(B1)).catchUp().isr).toBe('1 2 3');
    expect(other.broken).toEqual([]);
  });

  test("a follower that was down meanwhile starts anew at the start of the leader's log", () => {
    const told = new ReplicationStory().take(produce(B1)).catchUp().take(loseBroker(B3)).catchUp();
    told.take(produce(B1), produce(B1)).catchUp().take(deleteRecords(B1), produce(B1));
    expect(told.log(B1)).toBe('- - - 4@0');
    told.take(returnBroker(B3));
    expect(told.log(B3)).toBe('1@0');
    // It asks for offset 1, which the leader does not have any more: OFFSET_OUT_OF_RANGE.
    told.take(fetch(B3, B1));
    expect(told.knownEndOffset(B1, B3), 'as before it was down').toBe(1);
    told.take(receive(B3, B1));
    expect(told.log(B3)).toBe('- - -');
    expect(told.replica(B3).logStartOffset).toBe(3);
    expect(told.highWatermark(B3)).toBe(3);
    expect(told.catchUp().logs).toEqual(['- - - 4@0', '- - - 4@0', '- - - 4@0']);
    expect(told.isr).toBe('1 2 3');
    expect(told.broken).toEqual([]);
  });
});
