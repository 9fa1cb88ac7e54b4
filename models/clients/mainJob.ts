import { column, type MainJob, plannerFor } from '../description/mainJob.ts';
import { type ClientsBounds, type ClientsConfig, largeScope } from './config.ts';
import { clientsPairs, eventKinds } from './eventPairs.ts';

const { covering, random } = plannerFor<ClientsConfig, ClientsBounds>(largeScope, {
  repairs: ['all'],
});

const plain = { idempotence: false } as const;
const oneInFlight = { ...plain, maxInFlight: 1 } as const;
const old = { kafka: '2.4' } as const;
const consuming = { consumers: 1 } as const;
const consumed = { records: 2, consumerCrashes: 1, consumerCloses: 1 } as const;
const cut = { ...consuming, ...oneInFlight, commit: 'after' } as const;
const lost = { deletions: 1, uncleanFailovers: 1, consumerCrashes: 1 } as const;
const cutting = { records: 2, uncleanFailovers: 1 } as const;
const failing = { records: 2, failovers: 1, disconnects: 1, refusals: 1 } as const;

/**
 * One producer and one partition where nothing else is said. Every two kinds of events are explored completely of an
 * idempotent producer, and the settings that promise less beside it. Known bugs are repaired, so that others are
 * looked for.
 */
export const clientsMainJob: MainJob = {
  title: 'Producers and a consumer of one partition, with known mistakes repaired',
  events: eventKinds,
  plans: [
    ...column('idempotent', [
      covering('two failovers, three records', { records: 3, failovers: 2, epochBumps: 2 }),
      covering('requests refused', { records: 3, failovers: 1, refusals: 1, epochBumps: 2 }),
      covering('two partitions', { records: 2, failovers: 1, epochBumps: 1 }, { partitions: 2 }),
      covering('two producers', { records: 2, failovers: 1, epochBumps: 1 }, { producers: 2 }),
    ]),
    ...column('not idempotent', [
      covering('acks=all', failing, plain),
      covering('acks=all, one in flight', failing, oneInFlight),
      covering('acks=all, no retries', failing, { ...plain, retries: false }),
      covering('acks=1', failing, { ...plain, acks: '1' }),
      covering('acks=0', { records: 2, failovers: 1, disconnects: 1 }, { ...plain, acks: '0' }),
    ]),
    ...column('consumer', [
      covering('auto commit', { records: 2, consumerCrashes: 2 }, consuming),
      covering('commit after', consumed, { ...consuming, commit: 'after' }),
      covering('commit before', consumed, { ...consuming, commit: 'before' }),
      covering('asynchronous commit', consumed, { ...consuming, commit: 'async' }),
      covering('other threads', consumed, { ...consuming, commit: 'handedOver' }),
      covering('from the latest', consumed, { ...consuming, reset: 'latest' }),
      covering('no reset', lost, { ...cut, reset: 'none' }),
      covering('unclean failover', { ...cutting, records: 3 }, cut),
      covering('unclean failover, crash', { ...cutting, consumerCrashes: 1 }, cut),
      covering('records deleted', { records: 2, deletions: 2 }, consuming),
    ]),
    ...column('before 2.5', [
      covering('failovers', { records: 2, failovers: 2, disconnects: 1, epochBumps: 1 }, old),
      covering('expired batch', { records: 2, disconnects: 1, expiries: 1, epochBumps: 1 }, old),
    ]),
    ...column('two events', clientsPairs),
    ...column('at random', [
      random('random', {}),
      random('random, acks=1', { ...plain, acks: '1' }),
    ]),
  ],
};
