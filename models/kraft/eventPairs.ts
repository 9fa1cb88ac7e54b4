import {
  type EventKind,
  healingScopes,
  pairScopes,
  type RuleFamily,
} from '../description/eventPairs.ts';
import type { ScopePlan } from '../description/mainJob.ts';
import type { KraftBounds, KraftConfig } from './config.ts';
import { boundWords } from './words.ts';

type Kind = EventKind<KraftConfig, KraftBounds>;
type Family = RuleFamily<KraftConfig, KraftBounds>;

/** Messages of their own cost so many states that two voters have to do. */
const messages = { voters: 2, transport: 'inFlight' } as const;
/** Voters that change, or are known by directory id, with the bugs of Kafka in that repaired. */
const dynamic = {
  dynamicVoters: true,
  repairs: ['stands-again-after-following', 'replacing-voters-not-read'],
} as const;

/** What happens to nodes, to messages and at the hands of operators. */
const kinds: readonly Kind[] = [
  { bound: 'crashes' },
  // The file is lost while the node is down.
  { bound: 'quorumStateLosses', needs: { crashes: 1 } },
  // In a static quorum nobody knows that the disk is another.
  { bound: 'diskLosses', config: dynamic },
  { bound: 'resignations' },
  { bound: 'partitions' },
  { bound: 'lostMessages', config: messages },
  { bound: 'delayedMessages', config: messages },
  { bound: 'duplicatedMessages', config: messages },
  { bound: 'snapshots' },
  { bound: 'voterChanges', config: dynamic },
];

/** The bounds that count events. */
export const eventKinds: readonly string[] = kinds.map(({ bound }) => bound);

const lostMessages = ['lostMessages', 'delayedMessages', 'duplicatedMessages'];

/**
 * A voter that has lost its quorum-state file votes again: of three, for a second leader, and where two have lost
 * it, for one that has nothing of what the first has committed.
 */
const forgetsVotes: NonNullable<Family['notKept']> = (first, second) => {
  if (first !== 'quorumStateLosses' && second !== 'quorumStateLosses') return [];
  if (lostMessages.includes(second)) return ['one-vote-per-epoch'];
  const votes = ['one-vote-per-epoch', 'one-leader-per-epoch'];
  return first === second ? [...votes, 'committed-records-are-durable'] : votes;
};

/** With pre-votes, where a leader may crash before it has flushed; three voters but for messages. */
const flushedLate: Family = {
  name: 'flushed late',
  config: { kafka: '4.x', transport: 'rounds', lateFlush: true },
  notKept: forgetsVotes,
};

/** Every two kinds of events together, in one epoch. */
export const kraftPairs: readonly ScopePlan[] = pairScopes(kinds, boundWords, flushedLate);

/**
 * What must be well again after every kind of event, on two voters. Not after a quorum-state file is lost: who has
 * forgotten its leader waits there to hear of it again, which a leader of Kafka says from time to time to voters that
 * do not fetch, and one of the model once.
 */
export const kraftHealing: readonly ScopePlan[] = healingScopes(
  kinds.filter(({ bound }) => bound !== 'quorumStateLosses'),
  boundWords,
  { name: 'two voters', config: { ...flushedLate.config, voters: 2 } },
);
