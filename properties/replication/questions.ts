import { type AnyProperty, anyProperties } from '../../checker/model/property.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import {
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../models/replication/config.ts';
import { brokersOf, partitionsOf } from '../../models/replication/context.ts';
import { rulesOf } from '../../models/replication/rulesOf.ts';
import type { Broker } from '../../models/replication/schema.ts';
import { partitionWritableWhenSettled, servesAsLeader } from './availability.ts';
import { leaderAcknowledgedRecordsSurvive } from './durability.ts';
import { ofEveryPartition } from './everyPartition.ts';
import type { PartitionInvariant, PartitionScope } from './partitionScope.ts';
import { refinesPartitionLog } from './refinement.ts';
import { leadersArePreferredWhenSettled } from './severalPartitions.ts';

/** What the guarantee matrix asks of a configuration and nobody claims of every one. */
export function replicationQuestions(
  config: ReplicationConfig,
  bounds: ReplicationBounds,
): readonly AnyProperty[] {
  const broker = brokersOf(config, quietScope);
  const questions = [
    leaderAcknowledgedRecordsSurvive(broker),
    consumersReadTheSame(broker),
    partitionWritableWhenSettled(broker),
  ];
  const partition = partitionsOf(config);
  const facts = { broker, partition, rules: rulesOf(config) };
  const asked = anyProperties([
    ...questions.map(question => ofEveryPartition(partition, question)),
    // With one partition it is a question about elections, which others ask.
    ...(partition.count === 1 ? [] : [leadersArePreferredWhenSettled(facts)]),
  ]);
  return [...asked, refinesPartitionLog(config, bounds)];
}

/**
 * Two consumers that read one offset read the same record. Where records can be lost this is false,
 * for the offset is used again; the guarantee matrix asks it of every configuration.
 */
function consumersReadTheSame(broker: NodeType<'broker'>): PartitionInvariant {
  return {
    name: 'consumers-read-the-same',
    kind: 'invariant',
    statement: 'What a leader lets consumers read at an offset is what others have read there.',
    loss: 'Two consumers of one partition have different records at one offset, and never notice.',
    source: 'KIP-101, KIP-320',
    when: state => state.ghost.exposed.length > 0,
    holds(state) {
      for (const leader of broker.all) {
        if (!servesAsLeader(state.protocol, leader)) continue;
        const offset = firstOtherRecord(state, leader);
        if (offset === undefined) continue;
        const { record } = state.protocol.replicas.get(leader).log.get(offset);
        const read = state.ghost.exposed.get(offset).record;
        const serves = `${broker.nameOf(leader)} lets consumers read record ${record}`;
        return `${serves} at offset ${offset}, where record ${read} was readable before`;
      }
      return true;
    },
  };
}

/** The first offset below the high watermark that has another record than was readable there. */
function firstOtherRecord({ protocol, ghost }: PartitionScope, leader: Broker): number | undefined {
  const { log, highWatermark, logStartOffset } = protocol.replicas.get(leader);
  const end = Math.min(highWatermark, ghost.exposed.length, log.length);
  for (let offset = logStartOffset; offset < end; offset++) {
    const [held, read] = [log.get(offset), ghost.exposed.get(offset)];
    if (held.record !== read.record || held.epoch !== read.epoch) return offset;
  }
  return undefined;
}
