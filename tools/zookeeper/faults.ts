import { newestRelease } from '../../models/description/release.ts';
import type { ReplicationBounds } from '../../models/replication/config.ts';
import { newestZooKeeper, type ZooKeeperBounds } from '../../models/zookeeper/config.ts';

/** A way to control brokers, of a release. */
export interface System {
  readonly mode: 'zookeeper' | 'kraft';
  readonly kafka: string;
}

/** What is compared: the last release that had both, and the newest one. */
export const systems: readonly System[] = [
  { mode: 'zookeeper', kafka: newestZooKeeper },
  { mode: 'kraft', kafka: newestZooKeeper },
  { mode: 'kraft', kafka: newestRelease },
];

/** A system in a column of a table. */
export function systemName({ mode, kafka }: System): string {
  return `${mode === 'kraft' ? 'KRaft' : 'ZooKeeper'} ${kafka}`;
}

/** What happens, in the words of each model. */
export interface Fault {
  readonly name: string;
  readonly zookeeper: Partial<ZooKeeperBounds>;
  readonly kraft: Partial<ReplicationBounds>;
}

/** Faults that both have. A power loss may take the controller along: with ZooKeeper it is on a broker. */
export const faults: readonly Fault[] = [
  {
    name: 'another controller',
    zookeeper: { controllerMoves: 1 },
    kraft: { controllerFailovers: 1 },
  },
  {
    name: 'another controller, and a follower that lags',
    zookeeper: { controllerMoves: 1, isrShrinks: 1 },
    kraft: { controllerFailovers: 1, isrShrinks: 1 },
  },
  {
    name: 'a session that ends while its broker lives',
    zookeeper: { sessionExpiries: 1 },
    kraft: { missedHeartbeats: 1 },
  },
  { name: 'a broker that crashes', zookeeper: { crashes: 1 }, kraft: { crashes: 1 } },
  {
    name: 'a broker that loses power, and perhaps the controller',
    zookeeper: { powerLosses: 1 },
    kraft: { powerLosses: 1, controllerFailovers: 1 },
  },
];
