import { type EventKind, pairScopes } from '../description/eventPairs.ts';
import type { ScopePlan } from '../description/mainJob.ts';
import type { GroupsBounds, GroupsConfig } from './config.ts';
import { boundWords } from './words.ts';

type Kind = EventKind<GroupsConfig, GroupsBounds>;

/** What happens to members, and to the coordinator and its log. */
const kinds: readonly Kind[] = [
  { bound: 'crashes' },
  { bound: 'leaves' },
  { bound: 'missedSessions' },
  { bound: 'slowPolls' },
  { bound: 'failovers' },
  { bound: 'lateResignations' },
  { bound: 'uncleanFailovers' },
  // There is a deposed coordinator to be sent to.
  { bound: 'staleLookups', needs: { lateResignations: 1 } },
  { bound: 'offsetExpiries' },
];

/** The bounds that count events. */
export const eventKinds: readonly string[] = kinds.map(({ bound }) => bound);

/** Every two kinds of events together, of two members that read one partition. */
export const groupsPairs: readonly ScopePlan[] = pairScopes(kinds, boundWords, {
  name: 'classic',
  config: { repairs: ['all'] },
  isLong,
});

/** A coordinator that goes on beside the next one lets a group be in two states at once: most pairs take a minute. */
function isLong(first: keyof GroupsBounds, second: keyof GroupsBounds): boolean {
  const pair = [first, second];
  if (pair.includes('staleLookups')) return true;
  return pair.includes('lateResignations') && !pair.includes('offsetExpiries');
}
