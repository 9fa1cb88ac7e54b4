import { actionsOf } from '../../checker/model/model.ts';
import { int, list, node, nodeSet, optional, perNode, record } from '../../checker/state/fields.ts';
import { type Node, type NodeType, nodeType } from '../../checker/state/nodeType.ts';
import { defineSchema } from '../../checker/state/schema.ts';
import type { ReadonlyRecordView, RecordView } from '../../checker/state/viewTypes.ts';

/*
 * The state of hachikuji/kafka-specification, module KafkaReplication: one partition, its replicas
 * and a controller without a state of its own. Every variable of the module is here under its name,
 * except that a replica's log and state (`replicaLog`, `replicaState`) are one record.
 */

/** A replica of the partition, and the broker that holds it. */
export type Replica = Node<'replica'>;

/** The constants of the module. */
export interface PublishedScope {
  /** How many replicas there are: the size of the constant Replicas. */
  readonly replicas: number;
  /** How many records a log has room for. */
  readonly logSize: number;
  /** How many records are ever written: their ids are 0 to maxRecords - 1. */
  readonly maxRecords: number;
  /** The last leader epoch; the first is 0, so there is one more decision of the controller. */
  readonly maxLeaderEpoch: number;
}

/** The leader epoch before the first one: Nil in the module. */
const NO_EPOCH = -1;

/**
 * The variables of the module. The module's TypeOk need not be a property: a value out of these
 * bounds is an error of the run.
 */
function schemaOf(replica: NodeType<'replica'>, scope: PublishedScope) {
  const epoch = int(0, scope.maxLeaderEpoch);
  const knownEpoch = int(NO_EPOCH, scope.maxLeaderEpoch);
  const leader = optional(node(replica));
  return defineSchema({
    protocol: {
      replicas: perNode(
        replica,
        record({
          /** What the replica takes for the high watermark: the first offset above it. */
          hw: int(0, scope.logSize),
          /** The leader epoch, leader and ISR that the replica last heard of. */
          leaderEpoch: knownEpoch,
          leader,
          isr: nodeSet(replica),
          log: list(record({ id: int(0, scope.maxRecords - 1), epoch }), scope.logSize),
        }),
      ),
      nextRecordId: int(0, scope.maxRecords),
      nextLeaderEpoch: int(0, scope.maxLeaderEpoch + 1),
      /**
       * Every LeaderAndIsr request that was ever sent: none is lost, and each may be received at
       * any time, or never. A set in the module; here a list, since every request has an epoch of
       * its own and so the request of epoch `e` is the one at index `e`.
       */
      leaderAndIsrRequests: list(
        record({ leader, isr: nodeSet(replica) }),
        scope.maxLeaderEpoch + 1,
      ),
      /** What the controller decided last, and what all leaders are assumed to see at once. */
      quorumState: record({ leaderEpoch: knownEpoch, leader, isr: nodeSet(replica) }),
    },
    ghost: {},
    budget: {},
  });
}

/** A scope with everything that is needed to write actions for it. */
export function specOf(scope: PublishedScope) {
  const replica = nodeType('replica', scope.replicas);
  const schema = schemaOf(replica, scope);
  return { scope, replica, schema, action: actionsOf(schema, {}) };
}

export type Spec = ReturnType<typeof specOf>;
type ProtocolFields = Spec['schema']['protocol']['fields'];
export type Protocol = RecordView<ProtocolFields>;
export type ReadonlyProtocol = ReadonlyRecordView<ProtocolFields>;
export type ReplicaLog = ReturnType<Protocol['replicas']['get']>['log'];

/** Nobody leads, all replicas are in sync and empty, and no request was sent (Init). */
export function initialState(spec: Spec): ({ protocol }: { protocol: Protocol }) => void {
  return ({ protocol }) => {
    for (const each of spec.replica.all) protocol.quorumState.isr.add(each);
  };
}

/** Whether the replica takes itself for the leader (ReplicaPresumesLeadership). */
export function presumesLeadership(protocol: ReadonlyProtocol, replica: Replica): boolean {
  return isFollowing(protocol, replica, replica);
}

/** Whether the follower takes `leader` for the leader, in whatever epoch (ReplicaIsFollowing). */
export function isFollowing(
  protocol: ReadonlyProtocol,
  follower: Replica,
  leader: Replica,
): boolean {
  return protocol.replicas.get(follower).leader === leader;
}

/** Whether the replica leads in the controller's eyes and in its own, in one epoch (IsTrueLeader). */
export function isTrueLeader(protocol: ReadonlyProtocol, leader: Replica): boolean {
  const { quorumState } = protocol;
  return (
    quorumState.leader === leader &&
    presumesLeadership(protocol, leader) &&
    protocol.replicas.get(leader).leaderEpoch === quorumState.leaderEpoch
  );
}

/** Whether there is a request with this epoch that is news to the replica. */
export function isNews(protocol: ReadonlyProtocol, replica: Replica, request: number): boolean {
  return (
    request < protocol.leaderAndIsrRequests.length &&
    request > protocol.replicas.get(replica).leaderEpoch
  );
}
