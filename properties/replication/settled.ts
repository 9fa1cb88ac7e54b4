import type { NodeType } from '../../checker/state/nodeType.ts';
import type { ReadonlyPartition } from '../../models/replication/partitionScope.ts';
import type { Broker } from '../../models/replication/schema.ts';
import { firstDifference, type PartitionInvariant } from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import { controllerView, firstComparable, isAssigned, knowsNewest, minIsrOf } from './view.ts';

/**
 * When nothing is under way any more, replication has done its work: every live replica has the
 * leader's log, and where the ISR has min.insync.replicas all of it is committed and answered.
 *
 * Settled means: every broker either runs, is unfenced and knows the newest metadata, or is down,
 * fenced and out of the ISR; nobody is cut off; no message is in flight and no reassignment under
 * way; every live follower has fetched up to the leader's end and has the leader's high watermark.
 */
export function settledReplicasAgree(facts: ScopeFacts): PartitionInvariant {
  const { broker, bounds } = facts;
  const repeats = bounds.lostMessages + bounds.controllerFailovers > 0;
  return {
    name: 'settled-replicas-agree',
    kind: 'invariant',
    statement:
      'When nothing is under way, all live replicas have the same log, and a sufficient ISR has committed all of it.',
    loss: 'Replicas differ and nothing will make them agree, or a producer waits for ever.',
    source: 'Partition.maybeIncrementLeaderHW, AbstractFetcherThread; KIP-101, KIP-497',
    needs: 'rest: no message in flight, every live follower at the end of the log',
    when: ({ protocol }) => isSettled(broker, protocol),
    holds({ protocol }) {
      const view = controllerView(protocol);
      if (view.leader === undefined) return true;
      const { log, highWatermark, pendingIsr, waitingProduce } = protocol.replicas.get(view.leader);
      const name = broker.nameOf(view.leader);
      for (const other of broker.all) {
        if (!isUnfenced(protocol, other) || !isAssigned(view, other)) continue;
        const start = firstComparable(protocol.replicas, view.leader, other);
        const offset = firstDifference(log, protocol.replicas.get(other).log, start, log.length);
        if (offset === undefined) continue;
        return `${broker.nameOf(other)} differs from the leader ${name} at offset ${offset}`;
      }
      // A request that was lost is sent again.
      if (pendingIsr.change !== 'none' && !repeats) return `${name} waits for an ISR change`;
      if (view.isr.size < minIsrOf(protocol)) return true;
      if (highWatermark < log.length) {
        if (isHeldByRefused(broker, protocol)) return true;
        // A lower min.insync.replicas by itself lets nobody look at the high watermark.
        if (facts.minIsrMayChange) return true;
        return `the high watermark of ${name} is ${highWatermark}, and its log ends at ${log.length}`;
      }
      if (waitingProduce.length === 0) return true;
      return `a producer waits at ${name} for offset ${waitingProduce.get(0)}`;
    },
  };
}

/**
 * Whether the high watermark may still stand where a replica held it that was to be added to the
 * ISR and was fenced before: when the controller refuses it, the leader goes back to the committed
 * ISR and looks at its high watermark again only with the next append or fetch
 * (Partition.handleAlterPartitionError).
 */
function isHeldByRefused(broker: NodeType<'broker'>, protocol: ReadonlyPartition): boolean {
  const { leader } = controllerView(protocol);
  if (leader === undefined) return false;
  const { followers, highWatermark } = protocol.replicas.get(leader);
  for (const other of broker.all) {
    if (isUnfenced(protocol, other)) continue;
    const { logEndOffset } = followers.get(other);
    if (logEndOffset !== undefined && logEndOffset <= highWatermark) return true;
  }
  return false;
}

function isUnfenced(protocol: ReadonlyPartition, broker: Broker): boolean {
  return protocol.registrations.get(broker).state.state === 'unfenced';
}

function isSettled(broker: NodeType<'broker'>, protocol: ReadonlyPartition): boolean {
  const { leader, adding, removing } = controllerView(protocol);
  if (leader === undefined || !adding.isEmpty || !removing.isEmpty) return false;
  for (const each of broker.all) if (!isAtRest(protocol, each, leader)) return false;
  for (const from of broker.all) {
    for (const to of broker.all) if (from !== to && !isQuiet(protocol, from, to)) return false;
  }
  return true;
}

/** Whether the broker is down and known to be, or has nothing left to do. */
function isAtRest(protocol: ReadonlyPartition, broker: Broker, leader: Broker): boolean {
  const { cutToController, cutFromController } = protocol.network;
  if (cutToController.has(broker) || cutFromController.has(broker)) return false;
  if (protocol.alterPartition.get(broker).inFlight !== 'none') return false;
  if (protocol.registrationAnswers.get(broker).inFlight) return false;
  const { process, paused, brokerEpoch } = protocol.brokers.get(broker);
  const view = controllerView(protocol);
  if (!isUnfenced(protocol, broker)) {
    return process.state === 'notRunning' && !view.isr.has(broker);
  }
  if (process.state !== 'running' || paused) return false;
  if (!knowsNewest(protocol, broker)) return false;
  if (brokerEpoch !== protocol.registrations.get(broker).brokerEpoch) return false;
  return broker === leader || !isAssigned(view, broker) || hasCaughtUp(protocol, broker, leader);
}

/** Whether the follower has all that the leader can tell it, and the leader knows. */
function hasCaughtUp(protocol: ReadonlyPartition, follower: Broker, leader: Broker): boolean {
  const from = protocol.replicas.get(leader);
  const to = protocol.replicas.get(follower);
  const known = from.followers.get(follower);
  return (
    to.role.state === 'following' &&
    from.role.state === 'leading' &&
    known.logEndOffset === to.log.length &&
    known.brokerEpoch === protocol.brokers.get(follower).brokerEpoch &&
    to.log.length === from.log.length &&
    to.highWatermark === from.highWatermark &&
    to.logStartOffset === from.logStartOffset
  );
}

function isQuiet(protocol: ReadonlyPartition, from: Broker, to: Broker): boolean {
  return (
    !protocol.network.cutLinks.get(from, to).cut &&
    protocol.fetchResponses.get(from, to).kind === 'none' &&
    !protocol.fetchRequests.get(from, to).inFlight
  );
}
