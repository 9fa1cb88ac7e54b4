import type { Broker } from '../../models/replication/schema.ts';
import { firstDifference, type PartitionProgress, type PartitionScope } from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import { controllerView, isAssigned, isCreated, isCurrentLeader, isEligible } from './view.ts';

/**
 * Nobody has to restart a process or to mend the network for this: as long as a replica that may be
 * elected cleanly is up and in touch with the controller, there will be a leader.
 *
 * Breaks under: a broker that the controller hears and that does not hear the controller, for as long
 * as that lasts. It is elected, never learns it, and is not fenced. Such cuts are left out here.
 */
export function partitionGetsLeader(facts: ScopeFacts): PartitionProgress {
  const { broker } = facts;
  const hasLeader = ({ protocol }: PartitionScope): boolean =>
    broker.all.some(each => isCurrentLeader(protocol, each));
  return {
    name: 'partition-gets-leader',
    kind: 'leadsTo',
    statement:
      'A partition gets a leader while a replica that may lead cleanly is up and reaches the controller.',
    loss: 'The partition stays without a leader although nothing is wrong with the replica that has it all.',
    source: 'ReplicationControlManager.handleBrokerFenced, handleBrokerUnfenced; KIP-631, KIP-966',
    needs: 'a partition that loses its leader',
    when: state => !hasLeader(state) && hasCandidate(facts, state),
    goal: state => hasLeader(state) || !hasCandidate(facts, state),
  };
}

/** Whether a replica that may be elected cleanly is up, and nobody hears the controller half. */
function hasCandidate({ broker }: ScopeFacts, { protocol }: PartitionScope): boolean {
  const { cutToController, cutFromController } = protocol.network;
  const now = controllerView(protocol);
  for (const each of broker.all) {
    if (cutFromController.has(each) && !cutToController.has(each)) return false;
  }
  return broker.all.some(each => {
    if (!isStaying(protocol, each) || cutToController.has(each)) return false;
    return isAssigned(now, each) && isEligible(now, each);
  });
}

/**
 * With everybody there a partition is led again, whatever has become of ISR and ELR: by who may lead cleanly, and
 * when none is left, by the last known leader. That needs no unclean election by an operator. Who was unregistered
 * is not waited for; if that is who led last, nothing is claimed.
 *
 * Breaks under: a change of min.insync.replicas while the partition has no leader, with ELR on: it clears
 * the ELR and the last known leader (docs/findings.md).
 */
export function partitionIsLedAgain(facts: ScopeFacts): PartitionProgress {
  const isLed = ({ protocol }: PartitionScope): boolean => {
    const now = controllerView(protocol);
    return now.leader !== undefined || !isCreated(now);
  };
  const isExpected = (state: PartitionScope): boolean => {
    const { lastKnownLeader } = controllerView(state.protocol);
    if (lastKnownLeader !== undefined && !isThere(state.protocol, lastKnownLeader)) return false;
    return isInOrder(facts, state, isThere);
  };
  return {
    name: 'partition-is-led-again',
    kind: 'leadsTo',
    statement: 'With all registered brokers up and the network whole, a partition gets a leader.',
    loss: 'The partition stays offline until an operator has it elect uncleanly, although everybody is back.',
    source: 'PartitionChangeBuilder.electLeader, canElectLastKnownLeader; KIP-966',
    needs: 'a partition that loses its leader',
    when: state => isExpected(state) && !isLed(state),
    goal: state => isLed(state) || !isExpected(state),
  };
}

/** Whatever is to be moved has moved at some time: everybody gets in sync who is waited for. */
export function reassignmentsEnd(facts: ScopeFacts): PartitionProgress {
  const isUnderWay = ({ protocol }: PartitionScope): boolean => {
    const { adding, removing } = controllerView(protocol);
    return !adding.isEmpty || !removing.isEmpty;
  };
  return {
    name: 'reassignments-end',
    kind: 'leadsTo',
    statement: 'With all brokers up and the network whole, a reassignment ends.',
    loss: 'The partition keeps replicas that were to go, and no other reassignment is made until one cancels it.',
    source: 'PartitionReassignmentReplicas.maybeCompleteReassignment; KIP-455',
    needs: 'reassignments, of which one takes time',
    when: state => isInOrder(facts, state) && isUnderWay(state),
    goal: state => !isUnderWay(state) || !isInOrder(facts, state),
  };
}

/**
 * When every broker is up and the network is whole, replication heals itself: the ISR is the
 * assignment again, all logs are equal, and all of it is committed.
 */
export function replicasComeBack(facts: ScopeFacts): PartitionProgress {
  return {
    name: 'replicas-come-back',
    kind: 'leadsTo',
    statement:
      'With all brokers up and the network whole, every replica gets back into the ISR and to the same committed log.',
    loss: 'The partition stays under-replicated after an outage: the next failure may lose or stop it.',
    source: 'Partition.maybeExpandIsr, AbstractFetcherThread; KIP-101, KIP-497',
    needs: 'two replicas, of which one differs or leaves the ISR',
    when: state => isInOrder(facts, state) && !isWhole(facts, state),
    goal: state => isWhole(facts, state) || !isInOrder(facts, state),
  };
}

/**
 * Nobody waits for ever for acks=all. A producer that gives up waiting (request.timeout.ms) does not
 * count as answered: that it may is no reason to let it wait.
 */
export function producersAreAnswered(facts: ScopeFacts): PartitionProgress {
  const waits = ({ protocol }: PartitionScope): boolean =>
    facts.broker.all.some(each => protocol.replicas.get(each).waitingProduce.length > 0);
  return {
    name: 'producers-are-answered',
    kind: 'leadsTo',
    statement:
      'With all brokers up and the network whole, every acks=all request that was appended is answered.',
    loss: 'Producers time out and send again, although the cluster is in order.',
    source: 'DelayedProduce, Partition.maybeIncrementLeaderHW; KAFKA-13091',
    needs: 'two replicas, and a producer that asks for acks=all',
    when: state => isInOrder(facts, state) && waits(state),
    goal: state => !waits(state) || !isInOrder(facts, state),
  };
}

/** Whether every broker is up to stay, and everybody reaches everybody. */
function isInOrder(
  { broker }: ScopeFacts,
  { protocol }: PartitionScope,
  isExpected: typeof isThere = () => true,
): boolean {
  const { cutToController, cutFromController, cutLinks } = protocol.network;
  if (!cutToController.isEmpty || !cutFromController.isEmpty) return false;
  for (const from of broker.all) {
    if (!isStaying(protocol, from) && isExpected(protocol, from)) return false;
    for (const to of broker.all) if (from !== to && cutLinks.get(from, to).cut) return false;
  }
  return true;
}

/** Whether anybody expects the broker back: an operator has not given it up. */
function isThere({ registrations }: PartitionScope['protocol'], broker: Broker): boolean {
  return registrations.get(broker).state.state !== 'unregistered';
}

/** Whether the broker's process runs or starts, is awake, and is not about to stop. */
function isStaying(protocol: PartitionScope['protocol'], broker: Broker): boolean {
  const { process, paused } = protocol.brokers.get(broker);
  const stops = process.state === 'notRunning' || process.state === 'pendingControlledShutdown';
  return !stops && !paused;
}

/**
 * Whether every replica is in the ISR, and has the leader's log and high watermark, which is its end. A
 * topic that is deleted has none.
 */
function isWhole({ broker }: ScopeFacts, { protocol }: PartitionScope): boolean {
  const now = controllerView(protocol);
  if (!isCreated(now)) return true;
  const { leader } = now;
  if (leader === undefined || !isCurrentLeader(protocol, leader)) return false;
  const { log, highWatermark } = protocol.replicas.get(leader);
  if (highWatermark < log.length) return false;
  return broker.all.every(each => {
    if (!isAssigned(now, each)) return true;
    const own = protocol.replicas.get(each);
    if (own.topicId !== protocol.replicas.get(leader).topicId) return false;
    if (!now.isr.has(each) || own.highWatermark !== highWatermark) return false;
    const start = Math.max(own.logStartOffset, protocol.replicas.get(leader).logStartOffset);
    const end = Math.max(log.length, own.log.length);
    return firstDifference(log, own.log, start, end) === undefined;
  });
}
