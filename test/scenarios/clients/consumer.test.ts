import { describe, expect, test } from 'vitest';
import type { ClientsConfig } from '../../../models/clients/config.ts';
import {
  B1,
  B2,
  type ClientsStory,
  clientsStory,
  close,
  commit,
  crash,
  failOverUncleanly,
  find,
  learnEpoch,
  obtainId,
  poll,
  process,
  refresh,
  reset,
  start,
  store,
  storeCommit,
  validate,
} from './clientsStory.ts';

/** Two records are in the log, and a consumer with these settings begins. */
function reading(config: Partial<ClientsConfig>): ClientsStory {
  return clientsStory({ consumers: 1, ...config }).take(
    obtainId,
    store(),
    store(),
    start,
    find,
    reset,
  );
}

describe('a consumer that commits after it processes dies', () => {
  const begin = (): ClientsStory => reading({ commit: 'after' }).take(poll(2));

  test('before it processes: the next one processes', () => {
    const told = begin().take(crash, start, find, reset, poll(2), process, process, commit);
    expect(told.processed).toBe('1 1');
    expect(told.position).toBe('fetching at 2, committed 2');
    expect(told.broken).toEqual([]);
  });

  test('between processing and commit: the next one processes again', () => {
    const told = begin().take(process, crash, start, find, reset, poll(2), process, process);
    expect(told.processed).toBe('2 1');
    expect(told.broken).toEqual(['no-record-is-processed-twice']);
    expect(told.reached).toContain('record-processed-again');
  });

  test('after the commit: the next one goes on behind it', () => {
    const told = begin().take(process, process, commit, crash, start, find, validate);
    expect(told.position).toBe('fetching at 2, committed 2');
    expect(told.processed).toBe('1 1');
    expect(told.broken).toEqual([]);
  });

  test('it commits only when nothing is in hand', () => {
    expect(begin().guard(commit)).toBe('the application has records in hand');
    expect(begin().guard(poll(1))).toBe('the application has records in hand');
  });
});

test('one that commits before it processes, and dies between, passes a record over', () => {
  const told = reading({ commit: 'before' }).take(poll(2));
  expect(told.guard(process)).toBe('the application commits first');
  told.take(commit, process, crash, start, find, validate);
  expect(told.processed).toBe('1 0');
  expect(told.position).toBe('fetching at 2, committed 2');
  expect(told.broken).toEqual(['no-record-is-passed-over']);
});

describe('auto commit', () => {
  test('covers what polls have returned before, once the application asks for more', () => {
    const told = reading({}).take(poll(1));
    expect(told.guard(commit)).toBe('the application has records in hand');
    told.take(process, commit, storeCommit, poll(1), crash, start, find, validate);
    expect(told.position, 'what was in hand is read again').toBe('fetching at 1, committed 1');
    expect(told.broken).toEqual([]);
  });

  test('is lost with the process', () => {
    const told = reading({}).take(poll(1), process, commit, crash);
    expect(told.reached).toContain('commit-lost');
    expect(told.position).toBe('initializing at 0, committed nowhere');
  });

  test('covers what other threads have in hand', () => {
    const told = reading({ commit: 'handedOver' }).take(poll(2), commit, storeCommit);
    expect(told.processed).toBe('0 0');
    expect(told.broken, 'while they live').toEqual([]);
    expect(told.take(crash).broken).toEqual(['no-record-is-passed-over']);
  });

  test('covers what is in hand when the application closes the consumer', () => {
    const told = reading({}).take(poll(2), process, close);
    expect(told.processed).toBe('1 0');
    expect(told.position).toBe('initializing at 0, committed 2');
    expect(told.broken).toEqual(['no-record-is-passed-over']);
  });
});

test('a consumer that has not committed and begins at the latest passes over what is there', () => {
  const told = reading({ reset: 'latest' });
  expect(told.position).toBe('fetching at 2, committed nowhere');
  expect(told.reached).toContain('reset-passes-over');
});

describe('the log is cut below what a consumer has read', () => {
  const plain = { idempotence: false, maxInFlight: 1, commit: 'after' } as const;
  const cut = (config: Partial<ClientsConfig>): ClientsStory => {
    const bounds = { uncleanFailovers: 1, lateRequests: 0, resends: 0 };
    const told = clientsStory({ ...plain, consumers: 1, ...config }, bounds);
    told.take(store(), start, find, ...(config.reset === 'none' ? [] : [reset]), poll(1), process);
    return told.take(commit, failOverUncleanly(B2, 1), refresh, store(B2), store(B2));
  };

  test('since 2.3 it is fenced, and goes back to where the log may differ', () => {
    const told = cut({ kafka: '2.3' });
    expect(told.guard(poll(1))).toBe('the leader is of another epoch (FENCED_LEADER_EPOCH)');
    told.take(learnEpoch, validate);
    expect(told.reached).toContain('position-moved-back');
    told.take(poll(2), process, process);
    expect(told.processed).toBe('1 1 1');
    expect(told.broken).not.toContain('reads-go-on-in-the-same-log');
  });

  test('without a reset policy the application is told', () => {
    const told = cut({ kafka: '2.3', reset: 'none' }).take(learnEpoch, validate);
    expect(told.position).toBe('failed at 1, committed 1');
  });

  test('before, it goes on, and passes a record over', () => {
    const told = cut({ kafka: '2.2', repairs: [] }).take(poll(1), process);
    expect(told.log).toBe('2 3');
    expect(told.processed).toBe('1 0 1');
    expect(told.broken).toContain('reads-go-on-in-the-same-log');
  });
});

test('one that is away while its records are deleted begins anew', () => {
  const told = clientsStory({ consumers: 1, commit: 'after' }, { deletions: 1 });
  told.take(obtainId, store(B1), start, find, reset, poll(1), process, commit, store(B1), crash);
  told.take('deleteRecords(partition=partition-1)', start, find, validate);
  expect(told.guard(poll(1))).toBe('the records are deleted');
  told.take('losePosition(consumer=consumer-1, partition=partition-1)', reset);
  expect(told.position).toBe('fetching at 2, committed 1');
});
