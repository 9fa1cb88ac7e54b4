import { column, type MainJob, plannerFor } from '../description/mainJob.ts';
import { type KraftBounds, type KraftConfig, largeScope } from './config.ts';
import { eventKinds, kraftHealing, kraftPairs } from './eventPairs.ts';

const { covering, random, fairRuns, settling } = plannerFor<KraftConfig, KraftBounds>(largeScope);

const old = { kafka: '3.9' } as const;
const rounds = { transport: 'rounds' } as const;
const dynamic = {
  dynamicVoters: true,
  repairs: ['stands-again-after-following', 'replacing-voters-not-read'],
} as const;
const pair = { ...rounds, voters: 2, lateFlush: true } as const;
const asking = {
  ...dynamic,
  voters: 1,
  observers: 1,
  bootstrapFetch: true,
  autoJoin: true,
} as const;
const joining = { voters: 2, observers: 1, dynamicVoters: true, bootstrapFetch: true } as const;

/**
 * Three voters where nothing else is said. Every kind of event is explored completely, with requests
 * in flight or, where there are too many interleavings, in rounds; then all together at random. What
 * must happen at some time is looked at in smaller scopes, since all steps are kept there. The known bugs of
 * dynamic voters are repaired, so that others are looked for.
 */
export const kraftMainJob: MainJob = {
  title: 'The metadata quorum, three voters, with known mistakes repaired',
  events: eventKinds,
  // Only with a defect.
  untaken: ['raftNode: stopped -startLeading-> leader'],
  plans: [
    ...column('failures', [
      covering('crash', { crashes: 1 }),
      covering('crash in rounds', { epochs: 2, crashes: 1 }, { ...rounds, ...old }),
      covering('crash before a flush', { crashes: 1 }, { ...old, lateFlush: true }),
      covering('late message', { delayedMessages: 1 }, old),
      covering('message twice', { duplicatedMessages: 1 }, old),
      covering('lost messages', { lostMessages: 2 }, old),
    ]),
    ...column('elections', [
      covering('two epochs, 3.9', { epochs: 2 }, old),
      covering('two epochs, in rounds', { epochs: 2, records: 1 }, rounds),
      covering('while upgrading', { epochs: 2 }, { ...rounds, kafka: 'upgrading' }),
      covering('resignation', { epochs: 2, resignations: 1 }, rounds),
      covering('network partition', { epochs: 2, partitions: 1 }, { ...rounds, ...old }),
    ]),
    ...column('snapshots, voters', [
      covering('voter change', { voterChanges: 1 }, { ...rounds, ...joining }),
      // Who lost its disk while it observed is a voter on the second one.
      covering(
        'voter change and lost disk, an observer',
        { voterChanges: 1, diskLosses: 1 },
        { ...rounds, ...dynamic, voters: 1, observers: 1, bootstrapFetch: true },
      ),
      covering('nodes ask for it', { voterChanges: 2, diskLosses: 1 }, asking),
      covering('disks are replaced', { voterChanges: 2, diskLosses: 1 }, { ...rounds, ...asking }),
      covering('snapshot', { records: 1, snapshots: 1 }, { ...rounds, ...joining }),
      covering('lost disk', { diskLosses: 1 }, { ...rounds, dynamicVoters: true, ...old }),
      covering('slow controllers', { epochs: 2 }, { ...rounds, ...old, slowListeners: true }),
    ]),
    ...column('next epoch, 4.x', [
      covering(
        'crash before a flush, next epoch',
        { epochs: 2, crashes: 1 },
        { ...rounds, lateFlush: true },
      ),
      covering('network partition, next epoch', { epochs: 2, partitions: 1 }, rounds),
      covering('snapshot, next epoch', { epochs: 2, snapshots: 1 }, rounds),
      covering('lost disk, next epoch', { epochs: 2, diskLosses: 1 }, { ...rounds, ...dynamic }),
      covering(
        'voter change, next epoch',
        { epochs: 2, voterChanges: 1 },
        { ...rounds, ...dynamic },
      ),
      covering('slow controllers, 4.x', { epochs: 2 }, { ...rounds, slowListeners: true }),
    ]),
    ...column('two events', kraftPairs),
    ...column('at random', [
      random('random, 3 voters', {}),
      random('random, 5 voters', { voters: 5, lateFlush: true }),
    ]),
    ...column('in the end', [
      fairRuns('partition heals', { epochs: 2, partitions: 1 }, { ...rounds, ...old }),
      fairRuns('crash heals', { epochs: 2, crashes: 1 }, { ...rounds, ...old }),
      fairRuns('first election', {}),
      fairRuns('first election, dynamic', { records: 1 }, { ...rounds, ...dynamic }),
      fairRuns('crash and cut heal', { epochs: 2, records: 1, crashes: 1, partitions: 1 }, pair),
      fairRuns('new voter', { records: 1, voterChanges: 1 }, { ...rounds, ...joining }),
      fairRuns('snapshot read', { records: 1, snapshots: 1 }, { ...rounds, ...joining }),
      ...kraftHealing,
      fairRuns('isolated leader', { partitions: 1, resignations: 1 }, { ...rounds, ...old }),
      settling('settling, 3 voters'),
    ]),
  ],
};
