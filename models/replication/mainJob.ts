import { column, type MainJob, plannerFor } from '../description/mainJob.ts';
import { largeScope, type ReplicationBounds, type ReplicationConfig } from './config.ts';
import { elrPairs, eventKinds, replicationHealing, replicationPairs } from './eventPairs.ts';

/** The newest release without the mistakes that are known of it: what is looked for is others. */
const { covering, random, fairRuns, settling } = plannerFor<ReplicationConfig, ReplicationBounds>(
  largeScope,
  { kafka: 'current' },
);

const pair = { brokers: 2, minInsyncReplicas: 1 } as const;
/** A release with its known mistakes repaired: its rules, where others have them. */
function older(kafka: string) {
  return { kafka, repairs: ['all'] } as const;
}
const elr = { eligibleLeaderReplicas: true } as const;
const fiveBrokers = { brokers: 5, minInsyncReplicas: 3 } as const;

/**
 * One kind of event at a time completely, on three brokers with `min.insync.replicas` 2 where nothing
 * else is said, every two kinds on two brokers, then all of them together at random. What must happen
 * at some time is looked at in every fair run of smaller scopes, since all steps are kept there. In
 * each group the longest searches come first, so that several jobs end at about the same time.
 */
export const replicationMainJob: MainJob = {
  title:
    'Replication of one topic partition, acks=all, unclean election off, with known mistakes repaired',
  events: eventKinds,
  untaken: [
    // Takes three brokers of an older release: the leader changes between two, while the third asks where its
    // epoch ends.
    'replica: truncating -truncate-> truncating',
    // Only with a defect: who has stopped cleanly has flushed everything.
    'broker: notRunning -losePower-> notRunning',
  ],
  plans: [
    ...column('brokers fail', [
      covering('process crash', { records: 2, crashes: 1 }),
      covering('power loss', { records: 2, powerLosses: 1 }),
      covering('disk loss', { diskLosses: 1 }),
      covering('paused process', { pauses: 1 }),
      covering('missed heartbeats', { missedHeartbeats: 1 }),
      covering('controlled shutdown', { shutdowns: 1 }),
    ]),
    ...column('network, operators', [
      covering('late requests', { crashes: 2, isrShrinks: 1 }, { ...pair, requestsInFlight: true }),
      covering('leader changes', { preferredElections: 2 }),
      // A follower ends where its leader knows nothing of its epoch: it takes a record under each of two leaders.
      covering('leader changes, two records', { records: 2, preferredElections: 2 }, pair),
      covering('lagging follower', { records: 2, isrShrinks: 1 }),
      covering('controller failover', { controllerFailovers: 1, isrShrinks: 1 }),
      covering('network partition', { partitions: 1 }),
      covering(
        'reassignment',
        { reassignments: 1, preferredElections: 1 },
        { ...pair, spareBrokers: 1 },
      ),
      covering('topic created again', { topicDeletions: 1, crashes: 1 }, pair),
      covering('retry after a crash', { retries: 1, crashes: 1, checkpoints: 1 }, pair),
      covering('deleted records', { records: 2, deletions: 1, crashes: 1 }, pair),
      covering('lost messages', { crashes: 1, lostMessages: 1 }, pair),
    ]),
    ...column('ELR on', [
      covering('crash, ELR', { records: 2, crashes: 1 }, elr),
      covering('two crashes, ELR', { crashes: 2 }, { ...elr, brokers: 2 }),
      covering(
        'power loss and lag, ELR',
        { powerLosses: 1, isrShrinks: 1 },
        { ...elr, brokers: 2 },
      ),
      covering('shutdown and lag, ELR', { isrShrinks: 1, shutdowns: 1 }, { ...elr, brokers: 2 }),
      covering('new minimum, ELR', { minIsrChanges: 1, crashes: 1 }, { ...elr, brokers: 2 }),
      covering('ELR switched on', { elrEnablings: 1, crashes: 1 }, { ...pair, brokers: 1 }),
    ]),
    ...column('two events', replicationPairs),
    ...column('two events, ELR', elrPairs),
    ...column('older releases', [
      covering('crash and lag, 2.4', { crashes: 1, isrShrinks: 1 }, { ...pair, ...older('2.4') }),
      covering(
        'leader changes, 2.4',
        { preferredElections: 2, shutdowns: 1 },
        { ...pair, ...older('2.4') },
      ),
      covering(
        'reassignment, 2.4',
        { crashes: 1, reassignments: 2 },
        { ...older('2.4'), ...pair, brokers: 1, spareBrokers: 1 },
      ),
      covering('crash and lag, 3.4', { crashes: 1, isrShrinks: 1 }, { ...pair, ...older('3.4') }),
    ]),
    ...column('at random', [
      random('random, 3 brokers'),
      random('random, ELR', elr),
      random('random, 5 brokers', fiveBrokers),
      random('random, late requests', { requestsInFlight: true }),
    ]),
    ...column('in the end', [
      fairRuns('lag heals', { lostMessages: 1, isrShrinks: 1 }),
      fairRuns('failover heals', { controllerFailovers: 1, isrShrinks: 1 }),
      fairRuns('partition heals', { partitions: 1 }),
      fairRuns('crash heals', { crashes: 1 }),
      fairRuns('crash heals, ELR', { crashes: 1 }, elr),
      fairRuns('ELR switched on heals', { crashes: 1, elrEnablings: 1 }, { ...pair, brokers: 1 }),
      ...replicationHealing,
      settling('settling, 3 brokers'),
    ]),
  ],
};
