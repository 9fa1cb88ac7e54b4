import type { NodeType } from '../../checker/state/nodeType.ts';
import type { ReplicationRules } from '../../models/replication/rules.ts';
import type { Broker, ReadonlyProtocol } from '../../models/replication/schema.ts';
import { newestMetadata } from './view.ts';

/** `leader.imbalance.per.broker.percentage` by default. */
const LEADER_IMBALANCE_PERCENTAGE = 10;

/** The partitions that a broker is the preferred leader of, and those of them that it does not lead. */
export interface LeaderImbalance {
  readonly preferring: number;
  readonly ledByOthers: number;
}

/**
 * Of the partitions whose assignment a broker is the first of, how many it does not lead, as the
 * controller has it.
 *
 * Source: KafkaController.checkAndTriggerAutoLeaderRebalance; ReplicationControlManager,
 * imbalancedPartitions.
 */
export function leaderImbalanceOf(
  partitions: NodeType<'partition'>,
  protocol: ReadonlyProtocol,
  broker: Broker,
): LeaderImbalance {
  const metadata = newestMetadata(protocol);
  let [preferring, ledByOthers] = [0, 0];
  for (const id of partitions.all) {
    const { replicas, leader } = metadata.partitions.get(id);
    if (replicas.length === 0 || replicas.get(0) !== broker) continue;
    preferring++;
    if (leader !== broker) ledByOthers++;
  }
  return { preferring, ledByOthers };
}

/**
 * Whether the controller would give leaderships back to the broker (`auto.leader.rebalance.enable`): with
 * ZooKeeper if its share of lost ones is above the percentage, in KRaft if there is any.
 *
 * Source: KafkaController.checkAndTriggerAutoLeaderRebalance;
 * ReplicationControlManager.arePartitionLeadersImbalanced, maybeBalancePartitionLeaders.
 */
export function isImbalanced(
  { isrChange }: Pick<ReplicationRules, 'isrChange'>,
  { preferring, ledByOthers }: LeaderImbalance,
  percentage: number = LEADER_IMBALANCE_PERCENTAGE,
): boolean {
  if (isrChange !== 'zookeeper') return ledByOthers > 0;
  return preferring > 0 && (100 * ledByOthers) / preferring > percentage;
}
