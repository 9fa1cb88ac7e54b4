import { column, type MainJob, plannerFor } from '../description/mainJob.ts';
import { largeScope, type TransactionsBounds, type TransactionsConfig } from './config.ts';
import { eventKinds, transactionsPairs } from './eventPairs.ts';

const { covering, random, fairRuns } = plannerFor<TransactionsConfig, TransactionsBounds>(
  largeScope,
  { repairs: ['all'] },
);

const first = { transactionVersion: '1' } as const;
const narrow = { partitions: 1 } as const;
const narrowFirst = { ...narrow, ...first } as const;
const two = { producers: 2 } as const;
const processing = { ...narrow, pattern: 'process' } as const;
const takingOver = { ...processing, producers: 2, transactionalIds: 2 } as const;
const plain = { ...narrow, transactions: false } as const;
const late = { records: 2, lateRequests: 1, expiries: 1 } as const;
const input = { records: 2, inputs: 2 } as const;

/**
 * Two partitions where nothing else is said. Each version of the protocol is explored completely in scopes of its own,
 * every two kinds of events together in the second one, and what applications make of it beside them. Known bugs are
 * repaired, so that others are looked for.
 */
export const transactionsMainJob: MainJob = {
  title: 'Transactions over two partitions, with known mistakes repaired',
  events: eventKinds,
  // Forty thousand states: two processes over two partitions, and a lost answer, in version 1.
  untaken: ['transactionalProducer: abortableError -fail-> fatalError'],
  plans: [
    ...column('version 2', [
      covering('another coordinator', { records: 2, coordinatorFailovers: 1 }),
      covering('two further coordinators', { timeouts: 1, coordinatorFailovers: 2 }),
      covering('another leader', { records: 2, failovers: 1 }),
      covering('a restart', { records: 2, restarts: 1 }),
      covering('two processes', { records: 2, timeouts: 1 }, { ...two, ...narrow }),
      covering('two processes, a lost answer', { disconnects: 1 }, { ...two, ...narrow }),
      covering('an abort, and a late end', { records: 2, aborts: 1, lateEnds: 1 }),
    ]),
    ...column('version 1', [
      covering('another coordinator, 1', { records: 2, coordinatorFailovers: 1 }, first),
      covering('another leader, 1', { records: 2, failovers: 1 }, first),
      covering('a restart, 1', { records: 2, restarts: 1 }, first),
      covering('time-outs', { records: 2, timeouts: 2 }, narrowFirst),
      covering(
        'a change given up',
        { appendTimeouts: 1, timeouts: 2, coordinatorFailovers: 1 },
        narrowFirst,
      ),
      covering('late records', { ...late, timeouts: 1 }, narrowFirst),
      covering('two processes, 1', { records: 2 }, { ...two, ...first }),
      covering(
        'two processes, an expired batch',
        { expiries: 1, disconnects: 1 },
        { ...two, ...narrowFirst },
      ),
    ]),
    ...column('earlier', [
      covering('4.1', { records: 2, aborts: 1, restarts: 1 }, { ...narrow, kafka: '4.1' }),
      covering('3.5', { records: 2, disconnects: 1, expiries: 1 }, { ...narrow, kafka: '3.5' }),
      covering('2.6', { records: 2, timeouts: 1, restarts: 1 }, { ...narrow, kafka: '2.6' }),
      covering('2.4', { records: 2, disconnects: 1, expiries: 1 }, { ...narrow, kafka: '2.4' }),
      covering('0.11', { records: 2, timeouts: 1 }, { ...narrow, kafka: '0.11' }),
    ]),
    ...column('applications', [
      covering('exactly once', { ...input, restarts: 1 }, processing),
      covering('exactly once, an abort', { ...input, aborts: 1, timeouts: 1 }, processing),
      covering('exactly once, version 1', { ...input, restarts: 1 }, { ...processing, ...first }),
      covering('another process', { records: 2, inputs: 1, rebalances: 1 }, takingOver),
      covering(
        'without transactions',
        { records: 3, inputs: 2, restarts: 1 },
        { ...plain, pattern: 'process' },
      ),
      covering(
        'another process, without',
        { ...input, rebalances: 1 },
        { ...plain, pattern: 'process', ...two },
      ),
      covering('outbox', { records: 3, inputs: 2, restarts: 1 }, { ...plain, pattern: 'outbox' }),
      covering(
        'idempotent consumer',
        { records: 3, inputs: 2, restarts: 1, readerCrashes: 1 },
        { ...plain, pattern: 'outbox', deduplicates: true },
      ),
      covering('reader that crashes', { records: 2, aborts: 1, readerCrashes: 1 }, narrow),
      covering(
        'read uncommitted',
        { records: 2, aborts: 1 },
        { ...narrow, isolation: 'read_uncommitted' },
      ),
    ]),
    ...column('two events', transactionsPairs),
    ...column('at random', [random('random', {}), random('random, version 1', first)]),
    ...column('in the end', [
      fairRuns('a restart heals', { records: 2, timeouts: 2, restarts: 1 }, narrow),
      fairRuns(
        'another coordinator heals',
        { timeouts: 1, coordinatorFailovers: 1, lateMarkers: 1 },
        narrow,
      ),
      fairRuns('late records heal', { lateRequests: 1, expiries: 1, timeouts: 1 }, narrowFirst),
    ]),
  ],
};
