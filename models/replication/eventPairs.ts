import {
  type EventKind,
  healingScopes,
  pairScopes,
  type RuleFamily,
} from '../description/eventPairs.ts';
import type { ScopePlan } from '../description/mainJob.ts';
import type { ReplicationBounds, ReplicationConfig } from './config.ts';
import { boundWords } from './words.ts';

type Kind = EventKind<ReplicationConfig, ReplicationBounds>;
type Family = RuleFamily<ReplicationConfig, ReplicationBounds>;

/** What happens to brokers, to the network and at the hands of operators. */
const kinds: readonly Kind[] = [
  { bound: 'crashes' },
  { bound: 'powerLosses' },
  { bound: 'diskLosses' },
  { bound: 'pauses' },
  { bound: 'missedHeartbeats' },
  { bound: 'shutdowns' },
  { bound: 'partitions' },
  { bound: 'lostMessages' },
  { bound: 'controllerFailovers' },
  { bound: 'preferredElections' },
  // Asked for where a leader is missing.
  { bound: 'uncleanElections', needs: { crashes: 1 } },
  { bound: 'isrShrinks' },
  // Of the only replica, so that the scopes stay small.
  { bound: 'reassignments', config: { brokers: 1, spareBrokers: 1, minInsyncReplicas: 1 } },
  { bound: 'minIsrChanges' },
  // Read by a broker that starts.
  { bound: 'checkpoints', needs: { crashes: 1 } },
  { bound: 'deletions' },
  { bound: 'retries' },
  { bound: 'topicDeletions' },
  { bound: 'elrEnablings' },
  // Of a broker that is down.
  { bound: 'unregistrations', needs: { crashes: 1 } },
  {
    bound: 'replacedReassignments',
    needs: { reassignments: 1 },
    config: { brokers: 1, spareBrokers: 1, minInsyncReplicas: 1 },
  },
  // Looked at where a leader is missing.
  { bound: 'uncleanSettingChanges', needs: { crashes: 1 } },
];

/** The bounds that count events. */
export const eventKinds: readonly string[] = kinds.map(({ bound }) => bound);

/** What is said of records that somebody was told of. */
export const survival = ['acknowledged-records-survive', 'exposed-records-survive'];

/** What no record outlives of which there is one copy. */
const losses = ['powerLosses', 'diskLosses'];
/** After these a broker does not count as one that has everything, or is passed over. */
const crashing = [
  ...[...losses, 'crashes', 'checkpoints', 'unregistrations'],
  ...['uncleanElections', 'uncleanSettingChanges'],
];
/** These leave one broker in the ISR, which goes on alone. */
const leaving = [
  'pauses',
  'missedHeartbeats',
  'shutdowns',
  'partitions',
  'isrShrinks',
  'reassignments',
  'replacedReassignments',
];

/** Nothing survives where one of the first meets one of the others: no property can ask for it there. */
function losesLastCopy(
  ...rules: readonly (readonly [readonly string[], readonly string[]])[]
): NonNullable<Family['notKept']> {
  const loses = (one: string, other: string): boolean =>
    rules.some(([some, others]) => some.includes(one) && others.includes(other));
  return (first, second) => (loses(first, second) || loses(second, first) ? survival : []);
}

/* Both without the known mistakes of releases, as all of the main job: what is looked for is others. */

/**
 * Of what operators do now and then, with which events always: the plainest, and what it takes to see all of it. With
 * others in long jobs.
 */
const ofOperators = new Map<string, readonly string[]>([
  ['elrEnablings', ['crashes']],
  ['unregistrations', ['crashes', 'shutdowns']],
  ['replacedReassignments', ['crashes']],
  ['uncleanSettingChanges', ['crashes', 'isrShrinks']],
]);

/** The last in sync has the only copy of what it acknowledges. */
const withoutElr: Family = {
  name: 'one of two in sync',
  config: { kafka: 'current', brokers: 2, minInsyncReplicas: 1 },
  notKept: losesLastCopy(
    [losses, [...crashing, ...leaving]],
    [
      ['uncleanElections', 'uncleanSettingChanges'],
      [...losses, ...leaving],
    ],
  ),
  isLong: (first, second) => ofOperators.get(second)?.includes(first) === false,
};

/** What the ELR and the ISR depend on, each in its plainest form, in scopes of less than a second. */
const ofElr = [
  ...['crashes', 'powerLosses', 'missedHeartbeats', 'isrShrinks'],
  ...['preferredElections', 'uncleanElections', 'minIsrChanges'],
];

/** Whoever leaves the ISR goes to the ELR, for two must be in sync; who crashes leaves that, too. */
const withElr: Family = {
  name: 'ELR',
  config: { kafka: 'current', eligibleLeaderReplicas: true, brokers: 2, minInsyncReplicas: 2 },
  notKept: losesLastCopy([losses, [...crashing, 'reassignments', 'replacedReassignments']]),
  isLong: (first, second) => !(ofElr.includes(first) && ofElr.includes(second)),
};

/** Every two kinds of events together on two brokers. */
export const replicationPairs: readonly ScopePlan[] = pairScopes(kinds, boundWords, withoutElr);

/** The assignment may be larger than where there are no ELR, and they are off where they are to be switched on. */
const ofElrScopes: Partial<Record<Kind['bound'], Pick<Kind, 'config'>>> = {
  reassignments: { config: { spareBrokers: 1 } },
  replacedReassignments: { config: { spareBrokers: 1 } },
  elrEnablings: { config: { eligibleLeaderReplicas: false } },
};

/** The same with ELR; what is rarer, or like others, only in long jobs, which have time for two replicas. */
export const elrPairs: readonly ScopePlan[] = pairScopes(
  kinds.map(kind => ({ ...kind, ...ofElrScopes[kind.bound] })),
  boundWords,
  withElr,
);

/** What must be well again after every kind of event, on two brokers, and with ELR where that makes a difference. */
export const replicationHealing: readonly ScopePlan[] = [
  ...healingScopes(kinds, boundWords, withoutElr),
  ...healingScopes(
    kinds.filter(({ bound }) => ofElr.includes(bound)),
    boundWords,
    withElr,
  ),
];
