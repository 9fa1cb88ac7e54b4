import type { NodeType } from '../checker/state/nodeType.ts';
import type { Broker } from '../models/replication/schema.ts';
import {
  currentLeaderOf,
  type ReplicationInvariant,
  type ReplicationScope,
} from './replicationScope.ts';

/**
 * Every record acknowledged with acks=all is in the log of the current leader, at the offset it was
 * acknowledged at. The current leader is the one whose log all others follow: what it lacks is gone.
 *
 * Breaks under: unclean election, last replica standing with power loss, most defects.
 */
export function acknowledgedRecordsSurvive(broker: NodeType<'broker'>): ReplicationInvariant {
  return {
    name: 'acknowledged-records-survive',
    kind: 'invariant',
    statement: 'A record acknowledged with acks=all is in the log of every later leader.',
    loss: 'A producer was told that its record is stored, and the record is gone.',
    source: 'Kafka documentation, "Replication"; KIP-101, KIP-966',
    when: state => state.ghost.acknowledged.length > 0 && currentLeaderOf(state) !== undefined,
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      const { acknowledged } = state.ghost;
      const { log } = state.protocol.brokers.get(leader);
      for (let index = 0; index < acknowledged.length; index++) {
        const { offset, record } = acknowledged.get(index);
        if (offset >= log.length || log.get(offset).record !== record) {
          const found = foundAt(state, broker, leader, offset);
          return `${found} where record ${record} was acknowledged`;
        }
      }
      return true;
    },
  };
}

/**
 * Every record that a consumer has read is in the log of the current leader, at the same offset.
 * Separate from the first, since records sent with acks 0 or 1 are exposed as well.
 */
export function exposedRecordsSurvive(broker: NodeType<'broker'>): ReplicationInvariant {
  return {
    name: 'exposed-records-survive',
    kind: 'invariant',
    statement: 'A record that a consumer has read is in the log of every later leader.',
    loss: 'A consumer acted on a record that no longer exists; another one may read something else there.',
    source: 'KIP-101, KIP-320',
    when: state => state.ghost.exposed.length > 0 && currentLeaderOf(state) !== undefined,
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      const { exposed } = state.ghost;
      const { log } = state.protocol.brokers.get(leader);
      for (let offset = 0; offset < exposed.length; offset++) {
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
  state: ReplicationScope,
  broker: NodeType<'broker'>,
  leader: Broker,
  offset: number,
): string {
  const { log } = state.protocol.brokers.get(leader);
  const held = offset < log.length ? heldAs(log.get(offset)) : 'nothing';
  return `${broker.nameOf(leader)} leads, and its log has ${held} at offset ${offset}`;
}

function heldAs({ record, epoch }: { readonly record: number; readonly epoch: number }): string {
  return `record ${record} of epoch ${epoch}`;
}
