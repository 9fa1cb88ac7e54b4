import type { Broker } from '../../models/replication/schema.ts';
import { unless } from '../notApplicable.ts';
import {
  heldAt,
  type PartitionInvariant,
  type PartitionScope,
  type PartitionStepProperty,
} from './partitionScope.ts';
import { committedMayBeLost, type ScopeFacts } from './scopeFacts.ts';
import { actsAsLeader, isCurrentLeader, isOfTopicOfNow, servesAsFollower } from './view.ts';

/** A consumer never reads at or beyond the high watermark of the broker that serves it. */
export function readsBelowHighWatermark({ broker }: ScopeFacts): PartitionStepProperty {
  return {
    name: 'reads-below-high-watermark',
    kind: 'step',
    statement: 'A consumer reads only below the high watermark of the broker that serves it.',
    loss: 'A consumer reads a record that is not committed and may never be.',
    source: 'ReplicaManager.fetchMessages',
    needs: 'a record that is committed',
    when: (_before, _after, { name }) => name === 'consume',
    holds({ protocol }, _after, { params }) {
      const server = broker.named(String(params['leader']));
      const offset = Number(params['offset']);
      if (server === undefined) return `${String(params['leader'])} is no broker`;
      const { highWatermark } = protocol.replicas.get(server);
      if (offset < highWatermark) return true;
      return `a consumer read offset ${offset} from ${broker.nameOf(server)}, whose high watermark is ${highWatermark}`;
    },
  };
}

/**
 * The end of the log that the current leader reports to clients does not go back with a change of
 * leader: it is never below what a consumer could already read. A deposed leader may report less.
 */
export function reportedEndOffsetMonotonic(facts: ScopeFacts): PartitionStepProperty {
  const { broker } = facts;
  return {
    name: 'reported-end-offset-monotonic',
    kind: 'step',
    statement:
      'The end offset that the current leader reports is not below what was readable before.',
    loss: 'A client sees the end of the log go back, and takes its own position for out of range.',
    source: 'Partition.fetchOffsetForTimestamp; KIP-207, KAFKA-2334',
    ...unless(committedMayBeLost(facts)),
    when({ protocol }, _after, { name, params }) {
      if (name !== 'listOffsets') return false;
      const server = broker.named(String(params['leader']));
      return server !== undefined && isCurrentLeader(protocol, server);
    },
    holds({ ghost }, _after, { params }) {
      const reported = Number(params['offset']);
      const readable = ghost.exposed.length;
      if (reported >= readable) return true;
      return `${String(params['leader'])} reports ${reported} as end offset, and ${readable} was readable before`;
    },
  };
}

/**
 * Whoever serves, as leader, deposed or not, or since 2.4 as a follower, gives the record at an offset that
 * everybody before it gave: two consumers never read different records at one offset. Of records that were deleted on
 * request, and of a topic that was deleted, nothing is said: a replica that has not heard of it may
 * still have others there.
 */
export function readersAgree(facts: ScopeFacts): PartitionInvariant {
  const { broker } = facts;
  const readableFrom = (state: PartitionScope, each: Broker): number =>
    isOfTopicOfNow(state.protocol, each) ? served(facts, state, each) : 0;
  return {
    name: 'readers-agree',
    kind: 'invariant',
    statement:
      'All brokers that consumers may read from have the same readable record at an offset.',
    loss: 'Two consumers of one partition process different records at one offset.',
    source: 'KIP-101, KIP-279, KIP-320, KIP-392',
    needs: 'a record that is committed',
    ...unless(committedMayBeLost(facts)),
    when(state) {
      const { deletedBefore } = state.ghost;
      for (const each of broker.all) if (readableFrom(state, each) > deletedBefore) return true;
      return false;
    },
    holds(state) {
      const { exposed, deletedBefore } = state.ghost;
      for (const each of broker.all) {
        const { log, logStartOffset } = state.protocol.replicas.get(each);
        const end = Math.min(readableFrom(state, each), exposed.length);
        for (let offset = Math.max(logStartOffset, deletedBefore); offset < end; offset++) {
          const here = log.get(offset);
          const read = exposed.get(offset);
          if (here.record === read.record && here.epoch === read.epoch) continue;
          const served = `${broker.nameOf(each)} serves ${heldAt(log, offset)} at offset ${offset}`;
          return `${served}, where a consumer read record ${read.record} of epoch ${read.epoch}`;
        }
      }
      return true;
    },
  };
}

/** The offset below which the broker serves consumers; 0 if it neither acts as leader nor as a follower that may. */
function served(
  { followersServe }: ScopeFacts,
  { protocol }: PartitionScope,
  broker: Broker,
): number {
  const isAsked = followersServe && servesAsFollower(protocol, broker);
  if (!isAsked && !actsAsLeader(protocol, broker)) return 0;
  return Math.min(
    protocol.replicas.get(broker).highWatermark,
    protocol.replicas.get(broker).log.length,
  );
}
