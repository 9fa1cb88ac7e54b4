import { smallScope } from '../../../models/replication/config.ts';
import type { Scope } from './scope.ts';

/** What an exploration of a scope comes to. */
export interface Counts {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly verdict: 'holds' | 'violated' | 'vacuous';
  /** The broken properties with the length of a shortest counterexample. */
  readonly broken?: Readonly<Record<string, number>>;
  /** The goals and antecedents that never came true. */
  readonly idle?: readonly string[];
}

/** A scope that the engine covers completely. */
export interface Entry {
  readonly name: string;
  readonly scope: Scope;
  /** Under symmetry. */
  readonly counts: Counts;
  /** Without symmetry; absent where that takes too long. Verdict and depth are the same. */
  readonly full?: { readonly distinct: number; readonly generated: number };
}

/**
 * What the replication model is, counted: for every rule and kind of event a scope that the engine
 * covers completely. A number that changes here is a change of the model, and needs a reason.
 * Configuration and bounds are those of Kafka's defaults with three brokers and
 * min.insync.replicas=2, one record and nothing else, apart from what an entry names.
 */
export const manifest: readonly Entry[] = [
  {
    name: 'one broker crashes twice',
    scope: { config: { brokers: 1, minInsyncReplicas: 1 }, bounds: { records: 2, crashes: 2 } },
    counts: { distinct: 162, generated: 261, depth: 15, verdict: 'holds' },
    full: { distinct: 162, generated: 261 },
  },
  {
    name: 'one broker loses power',
    scope: { config: { brokers: 1, minInsyncReplicas: 1 }, bounds: { records: 2, powerLosses: 1 } },
    counts: {
      distinct: 28,
      generated: 45,
      depth: 9,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 7, 'exposed-records-survive': 7 },
    },
    full: { distinct: 28, generated: 45 },
  },
  {
    name: 'one broker crashes and is cut off',
    scope: {
      config: { brokers: 1, minInsyncReplicas: 1 },
      bounds: { records: 2, crashes: 1, partitions: 1 },
    },
    counts: { distinct: 319, generated: 794, depth: 15, verdict: 'holds' },
    full: { distinct: 319, generated: 794 },
  },
  {
    name: 'two brokers, no fault',
    scope: { config: { brokers: 2 } },
    counts: { distinct: 12, generated: 30, depth: 8, verdict: 'holds' },
    full: { distinct: 12, generated: 30 },
  },
  {
    name: 'two brokers, a crash',
    scope: { config: { brokers: 2 }, bounds: { records: 2, crashes: 1 } },
    counts: { distinct: 1583, generated: 5145, depth: 25, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, two crashes',
    scope: { config: { brokers: 2, minInsyncReplicas: 1 }, bounds: { crashes: 2 } },
    counts: { distinct: 6947, generated: 24577, depth: 28, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, two crashes, unclean election',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, uncleanLeaderElection: true },
      bounds: { crashes: 2 },
    },
    counts: {
      distinct: 9577,
      generated: 34912,
      depth: 28,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 10, 'exposed-records-survive': 10 },
    },
  },
  {
    name: 'two brokers, minIsr=1, a crash and an unclean election on request',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1 },
      bounds: { crashes: 2, uncleanElections: 1 },
    },
    counts: {
      distinct: 9839,
      generated: 35939,
      depth: 28,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 11, 'exposed-records-survive': 11 },
    },
  },
  {
    name: 'two brokers, minIsr=1, a crash and a power loss',
    scope: { config: { brokers: 2, minInsyncReplicas: 1 }, bounds: { crashes: 1, powerLosses: 1 } },
    counts: {
      distinct: 6863,
      generated: 23772,
      depth: 29,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 10, 'exposed-records-survive': 10 },
    },
  },
  {
    name: 'two brokers, minIsr=1, a crash and a power loss, every record flushed',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, flushEveryRecord: true },
      bounds: { crashes: 1, powerLosses: 1 },
    },
    counts: { distinct: 582, generated: 2053, depth: 19, verdict: 'holds' },
    full: { distinct: 582, generated: 2053 },
  },
  {
    name: 'two brokers, minIsr=1, a crash and a lost disk',
    scope: { config: { brokers: 2, minInsyncReplicas: 1 }, bounds: { crashes: 1, diskLosses: 1 } },
    counts: {
      distinct: 7143,
      generated: 24739,
      depth: 29,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 10, 'exposed-records-survive': 10 },
    },
  },
  {
    name: 'two brokers, minIsr=1, a cut',
    scope: { config: { brokers: 2, minInsyncReplicas: 1 }, bounds: { records: 2, partitions: 1 } },
    counts: { distinct: 2856, generated: 12701, depth: 24, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, a crash and a lost message',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1 },
      bounds: { crashes: 1, lostMessages: 1 },
    },
    counts: { distinct: 3239, generated: 16788, depth: 21, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, a shrink, an election and a controller failover',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1 },
      bounds: { isrShrinks: 1, preferredElections: 1, controllerFailovers: 1 },
    },
    counts: { distinct: 4340, generated: 20653, depth: 24, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, a shutdown and a crash',
    scope: { config: { brokers: 2, minInsyncReplicas: 1 }, bounds: { shutdowns: 1, crashes: 1 } },
    counts: { distinct: 20702, generated: 79469, depth: 29, verdict: 'holds' },
  },
  {
    name: 'two brokers, two elections',
    scope: { config: { brokers: 2 }, bounds: { records: 2, preferredElections: 2 } },
    counts: { distinct: 2794, generated: 10099, depth: 24, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, a crash and a checkpoint',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1 },
      bounds: { records: 2, crashes: 1, checkpoints: 1 },
    },
    counts: { distinct: 5304, generated: 23583, depth: 25, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, a crash and deleted records',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1 },
      bounds: { records: 2, crashes: 1, deletions: 1 },
    },
    counts: { distinct: 6810, generated: 26504, depth: 25, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, a crash and a retry',
    scope: { config: { brokers: 2, minInsyncReplicas: 1 }, bounds: { crashes: 1, retries: 1 } },
    counts: { distinct: 2990, generated: 12324, depth: 27, verdict: 'holds' },
  },
  {
    name: 'two brokers and a spare one, minIsr=1, a reassignment and an election',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, spareBrokers: 1 },
      bounds: { reassignments: 1, preferredElections: 1 },
    },
    counts: { distinct: 37519, generated: 184446, depth: 32, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, a topic deleted and created again, a crash',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1 },
      bounds: { topicDeletions: 1, crashes: 1 },
    },
    counts: { distinct: 11687, generated: 45796, depth: 26, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, a topic deleted and created again, twice',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1 },
      bounds: { topicDeletions: 2 },
    },
    counts: { distinct: 2057, generated: 7834, depth: 21, verdict: 'holds' },
    full: { distinct: 2057, generated: 7834 },
  },
  {
    name: 'two brokers, minIsr=1, kip-320, a topic deleted and created again, a crash',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, kafka: 'kip-320' },
      bounds: { topicDeletions: 1, crashes: 1 },
    },
    counts: { distinct: 4054, generated: 13192, depth: 26, verdict: 'holds' },
    full: { distinct: 4054, generated: 13192 },
  },
  {
    name: 'two brokers, minIsr=1, alter-partition, a topic deleted and created again, a crash',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, kafka: 'alter-partition' },
      bounds: { topicDeletions: 1, crashes: 1 },
    },
    counts: { distinct: 12192, generated: 46750, depth: 27, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, a pause',
    scope: { config: { brokers: 2, minInsyncReplicas: 1 }, bounds: { records: 2, pauses: 1 } },
    counts: { distinct: 2277, generated: 9556, depth: 24, verdict: 'holds' },
  },
  {
    name: 'two brokers, missed heartbeats',
    scope: { config: { brokers: 2 }, bounds: { missedHeartbeats: 1 } },
    counts: { distinct: 495, generated: 1688, depth: 18, verdict: 'holds' },
    full: { distinct: 495, generated: 1688 },
  },
  {
    name: 'two brokers, minIsr=1, a shutdown and a power loss',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1 },
      bounds: { shutdowns: 1, powerLosses: 1 },
    },
    counts: {
      distinct: 11081,
      generated: 40443,
      depth: 30,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 10, 'exposed-records-survive': 10 },
    },
  },
  {
    name: 'two brokers, minIsr=1, a shutdown and a lost disk',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1 },
      bounds: { shutdowns: 1, diskLosses: 1 },
    },
    counts: {
      distinct: 11922,
      generated: 43991,
      depth: 30,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 10, 'exposed-records-survive': 10 },
    },
  },
  {
    name: 'one broker and a spare one, two reassignments and a crash',
    scope: {
      config: { brokers: 1, minInsyncReplicas: 1, spareBrokers: 1 },
      bounds: { reassignments: 2, crashes: 1 },
    },
    counts: { distinct: 22002, generated: 84992, depth: 33, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, kip-279, three elections',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, kafka: 'kip-279' },
      bounds: { preferredElections: 3 },
    },
    counts: {
      distinct: 2961,
      generated: 11189,
      depth: 24,
      verdict: 'violated',
      broken: {
        'isr-members-have-committed-records': 9,
        'high-watermark-within-maximal-isr': 11,
        'logs-agree-below-high-watermark': 11,
        'acknowledged-records-survive': 11,
        'exposed-records-survive': 11,
        'stale-leader-commits-nothing-alone': 11,
        'reported-end-offset-monotonic': 12,
      },
    },
  },
  {
    name: 'two brokers, a crash and another min.insync.replicas',
    scope: { config: { brokers: 2 }, bounds: { crashes: 1, minIsrChanges: 1 } },
    counts: { distinct: 4429, generated: 17787, depth: 24, verdict: 'holds' },
  },
  {
    name: 'two brokers, acks=all, 1 and 0, a crash',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, acks: ['all', '1', '0'] },
      bounds: { crashes: 1 },
    },
    counts: { distinct: 1383, generated: 5098, depth: 19, verdict: 'holds' },
    full: { distinct: 1383, generated: 5098 },
  },
  {
    name: 'two brokers, minIsr=1, late requests, a crash and a shrink',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, requestsInFlight: true },
      bounds: { crashes: 1, isrShrinks: 1 },
    },
    counts: { distinct: 6930, generated: 28257, depth: 31, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, late requests, an election and a lost message',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, requestsInFlight: true },
      bounds: { preferredElections: 1, lostMessages: 1 },
    },
    counts: { distinct: 996, generated: 4659, depth: 21, verdict: 'holds' },
    full: { distinct: 996, generated: 4659 },
  },
  {
    name: 'two brokers, minIsr=1, truncate-to-high-watermark, a crash and an election',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, kafka: 'truncate-to-high-watermark' },
      bounds: { crashes: 1, preferredElections: 1 },
    },
    counts: { distinct: 2639, generated: 9525, depth: 24, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, kip-101, a crash and an election',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, kafka: 'kip-101' },
      bounds: { crashes: 1, preferredElections: 1 },
    },
    counts: { distinct: 2636, generated: 9430, depth: 24, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, kip-279, a crash and an election',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, kafka: 'kip-279' },
      bounds: { crashes: 1, preferredElections: 1 },
    },
    counts: { distinct: 2636, generated: 9430, depth: 24, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, kip-320, a crash and an election',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, kafka: 'kip-320' },
      bounds: { crashes: 1, preferredElections: 1 },
    },
    counts: { distinct: 2298, generated: 8021, depth: 24, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, alter-partition, a crash and an election',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, kafka: 'alter-partition' },
      bounds: { crashes: 1, preferredElections: 1 },
    },
    counts: { distinct: 2838, generated: 10439, depth: 25, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, current, a crash and an election',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, eligibleLeaderReplicas: false },
      bounds: { crashes: 1, preferredElections: 1 },
    },
    counts: { distinct: 2926, generated: 10930, depth: 25, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, current-elr, a crash and an election',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, eligibleLeaderReplicas: true },
      bounds: { crashes: 1, preferredElections: 1 },
    },
    counts: { distinct: 2926, generated: 10930, depth: 25, verdict: 'holds' },
  },
  {
    name: 'two brokers, ELR, two crashes',
    scope: { config: { brokers: 2, eligibleLeaderReplicas: true }, bounds: { crashes: 2 } },
    counts: { distinct: 18910, generated: 59967, depth: 35, verdict: 'holds' },
  },
  {
    name: 'two brokers, ELR, two power losses',
    scope: { config: { brokers: 2, eligibleLeaderReplicas: true }, bounds: { powerLosses: 2 } },
    counts: {
      distinct: 11412,
      generated: 36117,
      depth: 37,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 13, 'exposed-records-survive': 13 },
    },
  },
  {
    name: 'two brokers, ELR, a lost disk and a shrink',
    scope: {
      config: { brokers: 2, eligibleLeaderReplicas: true },
      bounds: { diskLosses: 1, isrShrinks: 1 },
    },
    counts: { distinct: 4998, generated: 16957, depth: 30, verdict: 'holds' },
  },
  {
    name: 'two brokers, ELR, a shutdown and a shrink',
    scope: {
      config: { brokers: 2, eligibleLeaderReplicas: true },
      bounds: { shutdowns: 1, isrShrinks: 1 },
    },
    counts: { distinct: 6185, generated: 23373, depth: 29, verdict: 'holds' },
  },
  {
    name: 'one broker, two crashes, and ELR switched on',
    scope: {
      config: { brokers: 1, minInsyncReplicas: 1 },
      bounds: { crashes: 2, elrEnablings: 1 },
    },
    counts: { distinct: 672, generated: 1089, depth: 17, verdict: 'holds' },
    full: { distinct: 672, generated: 1089 },
  },
  {
    name: 'two brokers, ELR, a crash and an unregistered broker',
    scope: {
      config: { brokers: 2, eligibleLeaderReplicas: true },
      bounds: { crashes: 1, unregistrations: 1 },
    },
    counts: { distinct: 2260, generated: 6972, depth: 23, verdict: 'holds' },
    full: { distinct: 2260, generated: 6972 },
  },
  {
    name: 'one broker and a spare one, a replaced reassignment',
    scope: {
      config: { brokers: 1, spareBrokers: 1, minInsyncReplicas: 1 },
      bounds: { reassignments: 1, replacedReassignments: 1 },
    },
    counts: { distinct: 854, generated: 3339, depth: 17, verdict: 'holds' },
    full: { distinct: 857, generated: 3345 },
  },
  {
    name: 'two brokers, minIsr=1, a crash and another unclean setting',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1 },
      bounds: { crashes: 1, uncleanSettingChanges: 1 },
    },
    counts: { distinct: 2747, generated: 11_663, depth: 21, verdict: 'holds' },
    full: { distinct: 2747, generated: 11_663 },
  },
  {
    name: 'two brokers, minIsr=1, a shrink, a crash and another unclean setting',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1 },
      bounds: { isrShrinks: 1, crashes: 1, uncleanSettingChanges: 1 },
    },
    counts: {
      distinct: 20061,
      generated: 85863,
      depth: 28,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 10, 'exposed-records-survive': 10 },
    },
  },
  {
    name: 'one broker is shut down and unregistered',
    scope: { config: { brokers: 1 }, bounds: { shutdowns: 1, unregistrations: 1 } },
    counts: { distinct: 54, generated: 97, depth: 10, verdict: 'holds' },
    full: { distinct: 54, generated: 97 },
  },
  {
    name: 'two brokers, ELR, a crash and another min.insync.replicas',
    scope: {
      config: { brokers: 2, eligibleLeaderReplicas: true },
      bounds: { crashes: 1, minIsrChanges: 1 },
    },
    counts: { distinct: 10321, generated: 41580, depth: 26, verdict: 'holds' },
  },
  {
    name: 'two brokers, minIsr=1, ELR, answers, a shrink and another min.insync.replicas',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, eligibleLeaderReplicas: true, isrAnswers: true },
      bounds: { isrShrinks: 1, minIsrChanges: 1 },
    },
    counts: {
      distinct: 5634,
      generated: 26893,
      depth: 24,
      verdict: 'violated',
      broken: {
        'elr-members-have-committed-records': 5,
        'maximal-isr-covers-isr': 6,
        'isr-members-have-committed-records': 7,
        'isr-joiners-have-high-watermark': 7,
        'logs-agree-below-high-watermark': 7,
        'high-watermark-within-maximal-isr': 8,
      },
    },
  },
  {
    name: 'three brokers, no fault',
    scope: {},
    counts: { distinct: 70, generated: 212, depth: 14, verdict: 'holds' },
    full: { distinct: 70, generated: 212 },
  },
  {
    name: 'three brokers, a crash',
    scope: { bounds: { crashes: 1 } },
    counts: { distinct: 15947, generated: 79790, depth: 30, verdict: 'holds' },
  },
  {
    name: 'three brokers, a shrink',
    scope: { bounds: { isrShrinks: 1 } },
    counts: { distinct: 12105, generated: 60211, depth: 29, verdict: 'holds' },
  },
  {
    name: 'three brokers, two records, an election',
    scope: { bounds: { records: 2, preferredElections: 1 } },
    counts: { distinct: 21268, generated: 97189, depth: 31, verdict: 'holds' },
  },
  {
    name: 'two partitions on two brokers, minIsr=1, two records, an election',
    scope: {
      config: { partitions: 2, brokers: 2, minInsyncReplicas: 1 },
      bounds: { records: 2, preferredElections: 1 },
    },
    counts: { distinct: 5074, generated: 27409, depth: 21, verdict: 'holds' },
  },
  {
    name: 'two partitions on two brokers, minIsr=1, two records, a broker fenced',
    scope: {
      config: { partitions: 2, brokers: 2, minInsyncReplicas: 1 },
      bounds: { records: 2, missedHeartbeats: 1 },
    },
    counts: { distinct: 70564, generated: 472973, depth: 27, verdict: 'holds' },
  },
  {
    name: 'two partitions on three brokers, two records',
    scope: { config: { partitions: 2 }, bounds: { records: 2 } },
    counts: { distinct: 9562, generated: 57843, depth: 27, verdict: 'holds' },
  },
  {
    name: 'the default small scope',
    scope: { bounds: smallScope },
    counts: { distinct: 141490, generated: 797640, depth: 37, verdict: 'holds' },
  },
];
