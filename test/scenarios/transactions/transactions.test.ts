import { describe, expect, test } from 'vitest';
import {
  abort,
  abortAfterError,
  add,
  append,
  commit,
  complete,
  decided,
  end,
  expire,
  failOverCoordinator,
  find,
  finish,
  giveUp,
  handle,
  init,
  lateEnd,
  lateMarker,
  lateRecord,
  leave,
  leaveEnd,
  leaveMarker,
  load,
  mark,
  note,
  poll,
  process,
  ready,
  rebalance,
  replicate,
  restart,
  send,
  store,
  timeOut,
  transactionsStory,
} from './transactionsStory.ts';

const first = { transactionVersion: '1', partitions: 1 } as const;

describe('a transaction over two partitions', () => {
  test('is committed, and its halves are read one after the other', () => {
    const told = transactionsStory().take(ready(), store(1), store(2));
    expect(told.read, 'the reader waits').toBe('');
    expect(told.guard(poll(1))).toBe('nothing is new');
    told.take(commit(), end(), decided);
    expect(told.producer(), 'told before the markers').toBe('ready');
    told.take(mark(1), replicate(1), poll(1));
    expect(told.read).toBe('1');
    expect(told.broken, 'what nobody is promised').toEqual(['transactions-are-read-at-once']);
    told.take(mark(2), replicate(2), poll(2), complete, decided);
    expect([told.log(1), told.log(2), told.read]).toEqual(['1@0 commit@1', '2@0 commit@1', '1 2']);
    expect(told.transaction).toBe('completeCommit@1');
    expect(told.told).toBe('committed');
  });

  test('is aborted, and passed over', () => {
    const told = transactionsStory().take(
      ready(),
      store(1),
      abort(),
      end(),
      decided,
      finish(1),
      poll(1),
    );
    expect([told.log(), told.read, told.told]).toEqual(['1@0 abort@1', '', 'aborted']);
    expect(told.reached).toContain('aborted-record-passed-over');
    expect(told.broken).toEqual([]);
  });
});

describe('a producer is fenced', () => {
  test('by the next process with its id, which has its transaction aborted first', () => {
    const told = transactionsStory({ producers: 2, partitions: 1 });
    told.take(ready(1), store(1, 1), init(2));
    expect(told.transaction, 'with an epoch that is told to nobody').toBe('prepareEpochFence@1');
    told.take(decided);
    expect(told.guard(init(2))).toBe('the last transaction is completed first');
    told.take(finish(1), init(2), decided);
    expect([told.producer(1), told.producer(2)]).toEqual(['inTransaction', 'ready']);
    told.take(commit(1), end(1));
    expect([told.producer(1), told.told]).toEqual(['fatalError', 'failure']);
    told.take(store(1, 2), commit(2), end(2), decided, finish(1), poll(1));
    expect([told.log(), told.read]).toEqual(['1@0 abort@1 2@2 commit@3', '2']);
    expect(told.reached).toContain('transaction-aborted-by-restart');
    expect(told.broken).toEqual([]);
  });
});

describe('a transaction takes too long', () => {
  test('its coordinator aborts it, and its producer can only close', () => {
    const told = transactionsStory({ partitions: 1 }).take(ready(), store(), timeOut, decided);
    expect(told.transaction).toBe('prepareAbort@1');
    told.take(finish(1), commit(), end());
    expect([told.producer(), told.told, told.log()]).toEqual([
      'fatalError',
      'failure',
      '1@0 abort@1',
    ]);
    told.take(restart(), ready(), store(), commit(), end(), decided, finish(1), poll());
    expect([told.log(), told.read]).toEqual(['1@0 abort@1 2@2 commit@3', '2']);
    expect(told.broken).toEqual([]);
  });

  test('in 0.11.0.0 its producer went on, and half of it was committed', () => {
    const told = transactionsStory({ kafka: '0.11', repairs: [] });
    told.take(init(), decided, send(1), add(), decided, handle(1), replicate(1));
    told.take(timeOut, decided, finish(1), send(2), add(), decided, handle(2), replicate(2));
    told.take(commit(), end(), decided, finish(2));
    expect([told.log(1), told.log(2), told.told]).toEqual([
      '1@0 abort@0',
      '2@0 commit@0',
      'committed',
    ]);
    expect(told.broken).toContain('committed-transactions-are-kept');
    expect(told.broken).toContain('transactions-end-one-way');
  });
});

describe('the coordinator fails between the decision and the markers', () => {
  test('the next one reads the decision, and writes every marker, one of them again', () => {
    const told = transactionsStory().take(ready(), store(1), store(2), commit(), end(), decided);
    told.take(mark(1), replicate(1), failOverCoordinator(2));
    expect([told.transaction, told.guard(mark(2))]).toEqual(['dead@0', 'nothing is decided']);
    told.take(load, finish(1, 2), poll(1), poll(2));
    expect([told.log(1), told.log(2)]).toEqual(['1@0 commit@1 commit@1', '2@0 commit@1']);
    expect(told.read).toBe('1 2');
    expect(told.reached).toContain('decision-taken-over');
    expect(told.reached).toContain('marker-written-again');
    expect(told.broken).toEqual(['transactions-are-read-at-once']);
  });

  test('a decision that was not committed is lost, and the producer asks again', () => {
    const told = transactionsStory({ partitions: 1 }).take(ready(), store(), commit(), end());
    told.take(failOverCoordinator(2, 1), load);
    expect([told.transaction, told.producer()]).toEqual(['ongoing@0', 'committing']);
    told.take(end(), decided, finish(1));
    expect([told.log(), told.told]).toEqual(['1@0 commit@1', 'committed']);
    expect(told.broken).toEqual([]);
  });

  test('a decision that is read before it is committed, and lost after that, is decided anew', () => {
    const told = transactionsStory({ repairs: [] }).take(
      ready(),
      store(1),
      store(2),
      commit(),
      end(),
    );
    told.take(failOverCoordinator(2), load, mark(1), replicate(1), poll(1));
    expect(told.read).toBe('1');
    told.take(failOverCoordinator(1, 1), load, timeOut, decided, finish(1, 2), poll(2));
    expect([told.log(1), told.log(2)]).toEqual(['1@0 commit@1 abort@1', '2@0 abort@1']);
    expect(told.broken).toContain('transactions-end-one-way');
    expect(told.broken).toContain('decisions-stay');
  });

  test('a decision that it gave up waiting for stands, if the next one finds it', () => {
    const told = transactionsStory({ partitions: 1 }).take(ready(), store(), commit(), end());
    told.take(giveUp, decided, timeOut);
    expect(told.transaction, 'in memory it is open').toBe('prepareEpochFence@1');
    told.take(failOverCoordinator(2, 1), load);
    expect(told.transaction).toBe('prepareCommit@1');
    told.take(finish(1), end(), poll());
    expect([told.log(), told.told, told.read]).toEqual(['1@0 commit@1', 'committed', '1']);
    expect(told.reached).toContain('commit-answered-again');
    expect(told.broken).toEqual([]);
  });

  test('otherwise it waits until what it reads is committed', () => {
    const told = transactionsStory({ partitions: 1 }).take(ready(), store(), commit(), end());
    told.take(failOverCoordinator(2));
    expect(told.guard(load)).toBe('what it has read is not committed');
  });
});

describe('a record comes after the marker of its transaction', () => {
  const late = [send(), add(), decided, leave(), expire(), abortAfterError(), end(), decided];

  test('before 3.6 it opens a transaction that hangs', () => {
    const told = transactionsStory({ kafka: '3.5', partitions: 1, repairs: [] });
    told.take(ready(), late, finish(1), lateRecord, replicate());
    expect(told.log()).toBe('abort@0 1@0');
    expect(told.transaction).toBe('completeAbort@0');
    expect(told.broken).toContain('open-transactions-are-known');
    told.take(poll());
    expect(told.guard(poll()), 'for ever').toBe('nothing is new');
  });

  test('since then the coordinator is asked, and it is refused', () => {
    const told = transactionsStory(first).take(ready(), late, finish(1), lateRecord);
    expect(told.log()).toBe('abort@0');
    expect(told.reached).toContain('late-record-refused');
    expect(told.broken).toEqual([]);
  });

  test('a marker between the question and the record stops it', () => {
    const told = transactionsStory(first).take(
      ready(),
      late.slice(0, 4),
      lateRecord,
      late.slice(4),
    );
    told.take(mark(1), lateRecord);
    expect(told.log()).toBe('abort@0');
    expect(told.reached).toContain('append-stopped-by-marker');
    expect(told.broken).toEqual([]);
  });

  test('the producer goes on with its next epoch, since 2.5', () => {
    const told = transactionsStory(first).take(ready(), late, finish(1), init(), decided);
    expect([told.producer(), told.transaction]).toEqual(['ready', 'empty@1']);
    expect(told.reached).toContain('epoch-bumped-after-error');
  });
});

describe('what is late is taken for the next transaction', () => {
  const firstOf = [send(), add(), decided, handle(), append(), replicate(), commit()];
  const next = [send(), add(), decided, handle(), append(), replicate()];

  test('in version 1: a request to commit', () => {
    const told = transactionsStory(first, { lateEnds: 1 });
    told.take(
      ready(),
      firstOf,
      leaveEnd(),
      end(),
      decided,
      finish(1),
      next,
      lateEnd,
      decided,
      finish(1),
    );
    expect(told.log()).toBe('1@0 commit@0 2@0 commit@0');
    told.take(poll());
    expect(told.broken).toEqual(['no-aborted-record-is-read']);
  });

  test('in version 2 its epoch is over', () => {
    const told = transactionsStory({ partitions: 1 }, { lateEnds: 1 });
    told.take(ready(), store(), commit(), leaveEnd(), end(), decided, finish(1), store(), lateEnd);
    expect([told.transaction, told.broken]).toEqual(['ongoing@1', []]);
  });

  test.each([
    ['4.1', '1@0 commit@1 2@1 commit@1'],
    ['4.2', '1@0 commit@1 2@1'],
  ])('a marker, in %s', (kafka, log) => {
    const told = transactionsStory({ kafka, partitions: 1, repairs: [] }, { lateMarkers: 1 });
    told.take(
      ready(),
      store(),
      commit(),
      end(),
      decided,
      leaveMarker(),
      finish(1),
      store(),
      lateMarker,
    );
    expect(told.log()).toBe(log);
    const isMistaken = kafka === '4.1' ? ['markers-follow-decisions'] : [];
    expect(told.broken).toEqual(isMistaken);
  });
});

describe('an input is processed', () => {
  const offsets = 2;
  const processed = (by = 1) => [
    process(1, by),
    handle(1, by),
    decided,
    append(1, by),
    replicate(1),
  ];
  const noted = (by = 1) => [handle(offsets, by), decided, append(offsets, by), replicate(offsets)];
  const exactlyOnce = { pattern: 'process', partitions: 1 } as const;

  test('twice without transactions, when the process ends before its offset is stored', () => {
    const told = transactionsStory({ ...exactlyOnce, transactions: false });
    told.take(init(), find(), process(), handle(), replicate(), note(), restart());
    told.take(init(), find(), process(), handle(), replicate(), poll());
    expect([told.log(), told.read]).toEqual(['1@1 2@2', '1 2']);
    expect(told.broken).toEqual(['no-output-is-there-twice', 'no-effect-comes-twice']);
    expect(told.reached).toContain('output-repeated');
  });

  test('once with transactions: what the process leaves is aborted, with its offset', () => {
    const told = transactionsStory(exactlyOnce);
    told.take(ready(), find(), processed(), noted(), restart(), init(), decided, finish(1, 2));
    told.take(init(), decided, find(), processed(), noted(), commit(), end(), decided);
    told.take(finish(1, 2), poll());
    expect(told.log(1)).toBe('1@0 abort@1 2@2 commit@3');
    expect(told.log(offsets)).toBe('offset 1@0 abort@1 offset 1@2 commit@3');
    expect([told.read, told.broken]).toEqual(['2', []]);
  });

  test('once by two processes: offsets of an earlier generation are refused', () => {
    const told = transactionsStory({ ...exactlyOnce, producers: 2, transactionalIds: 2 });
    told.take(ready(1), ready(2), find(1), processed(1), rebalance(2), find(2));
    told.take(handle(offsets, 1), decided, append(offsets, 1));
    expect([told.producer(1), told.log(offsets)]).toEqual(['abortableError', '']);
    expect(told.reached).toContain('earlier-generation-refused');
    expect(told.broken).toEqual([]);
  });
});
