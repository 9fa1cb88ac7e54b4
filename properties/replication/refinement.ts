import type { AnyProperty } from '../../checker/model/property.ts';
import { refines } from '../../checker/refinement/refines.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import { LOST } from '../../models/abstraction/committedLog.ts';
import { partitionLog } from '../../models/abstraction/partitionLog.ts';
import type { ReplicationBounds, ReplicationConfig } from '../../models/replication/config.ts';
import { limitsOf } from '../../models/replication/limits.ts';
import { partitionOf } from '../../models/replication/partitionScope.ts';
import {
  type Broker,
  type PartitionId,
  replicationSchema,
} from '../../models/replication/schema.ts';
import { firstOf, unless } from '../notApplicable.ts';
import type { PartitionScope } from './partitionScope.ts';
import { committedMayBeLost, scopeFactsOf } from './scopeFacts.ts';
import { controllerView, isEligible } from './view.ts';

/**
 * A partition is a log with failover: to a producer with acks=all it is one log, which every leader has whole that
 * the controller elects. While there is none, whoever may be elected without loss has it.
 */
export function refinesPartitionLog(
  config: ReplicationConfig,
  bounds: ReplicationBounds,
): AnyProperty {
  const facts = scopeFactsOf(config, bounds);
  const { broker, partition } = facts;
  const limits = limitsOf(config, bounds);
  const schema = replicationSchema({ broker, partition }, config, bounds, limits);
  const records = Array.from({ length: bounds.records }, (_, index) => recordNamed(index + 1));
  const abstract = partitionLog({
    broker,
    records: records as [string, ...string[]],
    length: schema.ghost.fields.partitions.element.fields.acknowledged.capacity,
    epochs: limits.leaderEpoch,
  });
  const [only] = partition.all as [PartitionId];
  return refines(schema, abstract, {
    name: 'refines-partition-log',
    statement:
      'A partition is one log under one leader after another, each of which has what was acknowledged with acks=all.',
    loss: 'A producer was told that its record is stored, and the record is gone.',
    source: 'Kafka documentation, "Replication", as a refinement',
    ...unless(
      firstOf(
        committedMayBeLost(facts),
        partition.count > 1 && 'there are several partitions',
        bounds.deletions + bounds.topicDeletions > 0 && 'records are deleted on request',
      ),
    ),
    // A high watermark may cover several records at once, and one decision may follow another.
    steps: Math.max(2, bounds.records + bounds.retries),
    mapping({ protocol, ghost }, { protocol: log }) {
      const scope = { protocol: partitionOf(protocol, only), ghost: ghost.partitions.get(only) };
      const { leader, leaderEpoch } = controllerView(scope.protocol);
      log.leader = leader;
      log.leaderEpoch = leaderEpoch;
      const holders = leader === undefined ? eligibleIn(scope, broker) : [leader];
      for (const { acks, offset, record } of scope.ghost.acknowledged) {
        if (acks !== 'all') continue;
        const isHeld = holders.every(each => holdsAt(scope, each, offset, record));
        log.log.push(isHeld ? recordNamed(record) : LOST);
      }
    },
  });
}

function eligibleIn({ protocol }: PartitionScope, broker: NodeType<'broker'>): readonly Broker[] {
  const view = controllerView(protocol);
  return broker.all.filter(each => isEligible(view, each));
}

function holdsAt({ protocol }: PartitionScope, holder: Broker, offset: number, record: number) {
  const { log } = protocol.replicas.get(holder);
  return offset < log.length && log.get(offset).record === record;
}

function recordNamed(record: number): string {
  return `record-${record}`;
}
