import { type EventKind, pairScopes } from '../description/eventPairs.ts';
import type { ScopePlan } from '../description/mainJob.ts';
import type { ZooKeeperBounds, ZooKeeperConfig } from './config.ts';
import { boundWords } from './words.ts';

type Kind = EventKind<ZooKeeperConfig, ZooKeeperBounds>;

/** What happens to brokers, to controllers, and at the hands of operators. */
const kinds: readonly Kind[] = [
  { bound: 'crashes' },
  { bound: 'powerLosses' },
  { bound: 'sessionExpiries' },
  { bound: 'shutdowns' },
  { bound: 'controllerMoves' },
  { bound: 'lostAnswers' },
  { bound: 'isrShrinks' },
  // Another one than the preferred must lead before.
  { bound: 'preferredElections', needs: { sessionExpiries: 1 } },
  { bound: 'topicDeletions' },
];

/** The bounds that count events. */
export const eventKinds: readonly string[] = kinds.map(({ bound }) => bound);

/** What takes seconds: the others have hundreds of thousands of states and more. */
const quick: readonly (readonly string[])[] = [
  ['controllerMoves', 'controllerMoves'],
  ['controllerMoves', 'lostAnswers'],
  ['lostAnswers', 'lostAnswers'],
  ['lostAnswers', 'isrShrinks'],
  ['isrShrinks', 'isrShrinks'],
  ['lostAnswers', 'topicDeletions'],
  ['isrShrinks', 'topicDeletions'],
  ['crashes', 'lostAnswers'],
];

/** What a leader that loses power, and is back before its session ends, takes along while the controller changes. */
export const lostWithPower: readonly string[] = [
  'acknowledged-records-survive',
  'exposed-records-survive',
  // It leads on in the same epoch, and appends others in their place.
  'same-epoch-same-record',
];

/** Every two kinds of events together. The one topic is deleted once, however often that is allowed. */
export const zooKeeperPairs: readonly ScopePlan[] = pairScopes(kinds, boundWords, {
  name: 'two brokers',
  config: { repairs: ['all'] },
  notKept: (...pair) => (pair.includes('powerLosses') ? lostWithPower : []),
  isLong: (first, second) => !quick.some(([one, other]) => one === first && other === second),
});
