import type { NodeType } from '../../checker/state/nodeType.ts';
import type { Broker } from '../../models/replication/schema.ts';
import {
  currentLeaderOf,
  heldAt,
  type PartitionInvariant,
  type PartitionScope,
} from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';

/**
 * Every record acknowledged with acks=all is in the log of the current leader, at the offset it was
 * acknowledged at. The current leader is the one whose log all others follow: what it lacks is gone.
 *
 * Breaks under: unclean election, last replica standing with power loss, most defects.
 */
export function acknowledgedRecordsSurvive({ broker }: ScopeFacts): PartitionInvariant {
  return {
    name: 'acknowledged-records-survive',
    kind: 'invariant',
    statement: 'A record acknowledged with acks=all is in the log of every later leader.',
    loss: 'A producer was told that its record is stored, and the record is gone.',
    source: 'Kafka documentation, "Replication"; KIP-101, KIP-966',
    needs: 'a producer that asks for acks=all',
    ...survivalOf(broker, 'all'),
  };
}

/**
 * The same of records acknowledged with acks=1. Kafka does not promise it: the leader answers when
 * it alone has the record. Not among the properties of a model; for tables of what a setting costs.
 */
export function leaderAcknowledgedRecordsSurvive(broker: NodeType<'broker'>): PartitionInvariant {
  return {
    name: 'leader-acknowledged-records-survive',
    kind: 'invariant',
    statement: 'A record acknowledged with acks=1 is in the log of every later leader.',
    loss: 'A producer was told that its record is stored, and the record is gone.',
    source: 'Kafka documentation, producer setting acks: not promised',
    ...survivalOf(broker, '1'),
  };
}

/** What both say, of the records that were acknowledged with this setting. */
function survivalOf(
  broker: NodeType<'broker'>,
  promised: 'all' | '1',
): Required<Pick<PartitionInvariant, 'when' | 'holds'>> {
  return {
    when: state => isPromised(state, promised) && currentLeaderOf(state) !== undefined,
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      const { acknowledged, deletedBefore } = state.ghost;
      const { log } = state.protocol.replicas.get(leader);
      for (let index = 0; index < acknowledged.length; index++) {
        const { offset, record, acks } = acknowledged.get(index);
        if (acks !== promised || offset < deletedBefore) continue;
        if (offset >= log.length || log.get(offset).record !== record) {
          const found = foundAt(state, broker, leader, offset);
          return `${found} where record ${record} was acknowledged`;
        }
      }
      return true;
    },
  };
}

/** Whether a record was acknowledged with this setting and has not been deleted on request. */
function isPromised({ ghost }: PartitionScope, promised: 'all' | '1'): boolean {
  const { acknowledged, deletedBefore } = ghost;
  for (let index = 0; index < acknowledged.length; index++) {
    const entry = acknowledged.get(index);
    if (entry.acks === promised && entry.offset >= deletedBefore) return true;
  }
  return false;
}

/**
 * Every record that a consumer has read is in the log of the current leader, at the same offset.
 * Separate from the first, since records sent with acks 0 or 1 are exposed as well.
 */
export function exposedRecordsSurvive({ broker }: ScopeFacts): PartitionInvariant {
  return {
    name: 'exposed-records-survive',
    kind: 'invariant',
    statement: 'A record that a consumer could read is in the log of every later leader.',
    loss: 'A consumer acted on a record that no longer exists; another one may read something else there.',
    source: 'KIP-101, KIP-320',
    needs: 'a record that is committed',
    when: state =>
      state.ghost.exposed.length > state.ghost.deletedBefore &&
      currentLeaderOf(state) !== undefined,
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      const { exposed } = state.ghost;
      const { log } = state.protocol.replicas.get(leader);
      for (let offset = state.ghost.deletedBefore; offset < exposed.length; offset++) {
        const read = exposed.get(offset);
        const kept = offset < log.length ? log.get(offset) : undefined;
        if (kept === undefined || kept.record !== read.record || kept.epoch !== read.epoch) {
          const found = foundAt(state, broker, leader, offset);
          return `${found} where a consumer read record ${read.record} of epoch ${read.epoch}`;
        }
      }
      return true;
    },
  };
}

/** What the leader's log has at an offset, in words. */
function foundAt(
  { protocol }: PartitionScope,
  broker: NodeType<'broker'>,
  leader: Broker,
  offset: number,
): string {
  const held = heldAt(protocol.replicas.get(leader).log, offset);
  return `${broker.nameOf(leader)} leads, and its log has ${held} at offset ${offset}`;
}
