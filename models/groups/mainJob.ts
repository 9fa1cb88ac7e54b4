import { column, type MainJob, plannerFor } from '../description/mainJob.ts';
import { type GroupsBounds, type GroupsConfig, largeScope } from './config.ts';
import { eventKinds, groupsPairs } from './eventPairs.ts';

const { covering, random, fairRuns, settling } = plannerFor<GroupsConfig, GroupsBounds>(
  largeScope,
  { repairs: ['all'] },
);

const cooperative = { assignor: 'cooperative', partitions: 2 } as const;
const consumer = { protocol: 'consumer' } as const;
const own = { instanceIds: 'own' } as const;
const shared = { instanceIds: 'shared' } as const;

/**
 * Two members and one partition where nothing else is said. Known bugs are repaired, so that others are looked for.
 */
export const groupsMainJob: MainJob = {
  title: 'A group of two members, with known mistakes repaired',
  events: eventKinds,
  plans: [
    ...column('eager', [
      covering('a crash, two records', { records: 2, crashes: 1 }),
      covering('two partitions', { crashes: 1 }, { partitions: 2 }),
      covering('commit after', { records: 2, missedSessions: 1 }, { commit: 'after' }),
      covering('commit before', { missedSessions: 1 }, { commit: 'before' }),
      covering('asynchronous commit', { failovers: 1 }, { commit: 'async' }),
      covering('other threads', { records: 2, crashes: 1 }, { commit: 'handedOver' }),
      covering('from the latest', { crashes: 1 }, { reset: 'latest' }),
    ]),
    ...column('coordinator', [
      covering('unnoticed failover', { lateResignations: 1 }),
      covering('three failovers, one member', { failovers: 3, records: 2 }, { members: 1 }),
      covering(
        'stale lookup, one member',
        { lateResignations: 1, staleLookups: 1 },
        { members: 1 },
      ),
    ]),
    ...column('cooperative', [
      covering('a member leaves', { leaves: 1 }, cooperative),
      covering('missed session', { missedSessions: 1 }, { assignor: 'cooperative' }),
    ]),
    ...column('KIP-848', [
      covering('a crash', { crashes: 1, failovers: 1 }, consumer),
      covering('two partitions', { leaves: 1 }, { ...consumer, partitions: 2 }),
      covering(
        'commit after',
        { missedSessions: 1, slowPolls: 1 },
        { ...consumer, commit: 'after' },
      ),
      covering('unnoticed failover', { lateResignations: 1 }, consumer),
      covering('4.2', { records: 2, leaves: 1 }, { ...consumer, kafka: '4.2' }),
    ]),
    ...column('static', [
      covering('a crash', { crashes: 1 }, own),
      covering('closed', { leaves: 1, failovers: 1 }, own),
      covering('one instance id', { crashes: 1 }, shared),
    ]),
    ...column('two events', groupsPairs),
    ...column('at random', [
      random('random', {}),
      random('random, cooperative', cooperative),
      random('random, KIP-848', { ...consumer, partitions: 2 }),
    ]),
    ...column('what must happen', [
      fairRuns('after a crash', { crashes: 1 }),
      fairRuns('after a failover', { failovers: 1 }),
      fairRuns('after a missed session', { missedSessions: 1 }),
      fairRuns('after a late poll', { slowPolls: 1 }),
      fairRuns('static, after a crash', { crashes: 1 }, own),
      fairRuns('KIP-848, after a crash', { crashes: 1 }, consumer),
      fairRuns('KIP-848, after a failover', { failovers: 1 }, consumer),
      settling('at random'),
    ]),
  ],
};
