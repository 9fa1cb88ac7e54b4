import type { ScopePlan } from '../../models/description/mainJob.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { survival } from '../../models/replication/eventPairs.ts';
import { failureScopes } from './firstScopes.ts';
import type { Profile } from './profiles.ts';
import { protocolOf } from './protocolOf.ts';

/** What is explored of a controller that works through ZooKeeper. */
export interface DescribedZooKeeper {
  readonly title: string;
  readonly notes: readonly string[];
  readonly plans: readonly ScopePlan[];
}

/**
 * The controller of a cluster with ZooKeeper, its sessions and what it pushes: with two brokers that have a replica
 * each, by the rules of the release. Of the first answer it is what the loss of one broker's power costs: that broker
 * may be the controller as well. Undefined where there is no ZooKeeper, or no topic has two replicas.
 */
export function zooKeeperOf(
  cluster: ClusterDescription,
  profiles: readonly Profile[],
  isFirst: boolean,
): DescribedZooKeeper | undefined {
  const { kafka, zooKeeper } = protocolOf(cluster).settings;
  if (!zooKeeper || !profiles.some(({ config }) => config.brokers > 1)) return undefined;
  const covering = (name: string, bounds: ScopePlan['bounds']): ScopePlan => ({
    name,
    bounds,
    config: { kafka },
    engine: 'exhaustive',
  });
  const power: ScopePlan = {
    ...covering(failureScopes.power, { powerLosses: 1 }),
    // The most that two replicas can ask for.
    config: { kafka, minInsyncReplicas: 2 },
    asks: survival,
  };
  const others: readonly ScopePlan[] = [
    covering('expired session', { sessionExpiries: 1 }),
    covering('process crash', { crashes: 1 }),
    covering('controller moved, lag', { controllerMoves: 1, isrShrinks: 1 }),
    { ...covering('in the end', { sessionExpiries: 1 }), engine: 'liveness' },
  ];
  return {
    title: `The controller, through ZooKeeper: two brokers, Kafka ${kafka}`,
    notes: [
      'Two brokers with a replica each stand for all: a third one takes a scope that is larger than these.',
    ],
    plans: isFirst ? [power] : [power, ...others],
  };
}
