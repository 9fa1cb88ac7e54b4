import type { NodeType } from '../../checker/state/nodeType.ts';
import type { Broker } from '../../models/replication/schema.ts';
import { unless } from '../notApplicable.ts';
import {
  electedIn,
  type PartitionInvariant,
  type PartitionScope,
  type PartitionStepProperty,
  registeredAs,
} from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import {
  actsAsLeader,
  brokerViewOf,
  controllerView,
  isActive,
  isAssigned,
  isEligible,
  isOneTopic,
  isUncleanElectionOn,
} from './view.ts';

/**
 * Two brokers may both act as leader at one moment, but never in one leader epoch: neither now, nor
 * in what the metadata history still tells of the past. ("One leader at any time" is false.)
 */
export function oneLeaderPerEpoch({ broker }: ScopeFacts): PartitionInvariant {
  return {
    name: 'one-leader-per-epoch',
    kind: 'invariant',
    statement: 'At most one broker leads in a leader epoch.',
    loss: 'Two logs grow under one epoch, and no replica can tell which of them is right.',
    source: 'PartitionRegistration.merge; KIP-101',
    when({ protocol }) {
      for (const candidate of broker.all) if (actsAsLeader(protocol, candidate)) return true;
      return false;
    },
    holds(state) {
      for (const a of broker.all) {
        if (!actsAsLeader(state.protocol, a)) continue;
        for (const b of broker.all) {
          if (a < b && leadInOneEpoch(state, a, b)) {
            const { leaderEpoch } = brokerViewOf(state.protocol, a);
            return `${broker.nameOf(a)} and ${broker.nameOf(b)} both lead in epoch ${leaderEpoch}`;
          }
        }
      }
      return historyNamesOneLeader(state, broker);
    },
  };
}

/** Whether `b` leads too, in the epoch in which `a` does. */
function leadInOneEpoch({ protocol }: PartitionScope, a: Broker, b: Broker): boolean {
  if (!actsAsLeader(protocol, b)) return false;
  const [left, right] = [brokerViewOf(protocol, a), brokerViewOf(protocol, b)];
  return left.leaderEpoch === right.leaderEpoch && left.topicId === right.topicId;
}

function historyNamesOneLeader(
  { protocol }: PartitionScope,
  broker: NodeType<'broker'>,
): true | string {
  const { history } = protocol.metadata;
  for (let index = 1; index < history.length; index++) {
    const earlier = history.get(index - 1).partitions.get(protocol.id);
    const later = history.get(index).partitions.get(protocol.id);
    if (earlier.leader === later.leader || later.leaderEpoch > earlier.leaderEpoch) continue;
    if (earlier.topicId !== later.topicId) continue;
    const names = [earlier, later].map(({ leader }) =>
      leader === undefined ? 'nobody' : broker.nameOf(leader),
    );
    return `the metadata names ${names.join(' and then ')} as leader of epoch ${later.leaderEpoch}`;
  }
  return true;
}

/**
 * Whoever leads was elected, in the leader epoch in which it leads. With a leader epoch that grows with every
 * leader that is written there is one leader in an epoch over all time, and not only as far back as the
 * metadata history tells.
 */
export function leadersWereElected({ broker }: ScopeFacts): PartitionInvariant {
  return {
    name: 'leaders-were-elected',
    kind: 'invariant',
    statement: 'Whoever acts as leader was elected in the leader epoch in which it acts.',
    loss: 'A broker appends records in an epoch that belongs to another.',
    source: 'ReplicaManager.applyDelta; KIP-101',
    when({ protocol }) {
      for (const each of broker.all) if (actsAsLeader(protocol, each)) return true;
      return false;
    },
    holds({ protocol }) {
      for (const each of broker.all) {
        if (!actsAsLeader(protocol, each)) continue;
        const { leader, leaderEpoch } = brokerViewOf(protocol, each);
        if (leader === each) continue;
        const elected = leader === undefined ? 'nobody' : broker.nameOf(leader);
        return `${broker.nameOf(each)} leads in epoch ${leaderEpoch}, in which ${elected} was elected`;
      }
      return true;
    },
  };
}

/** A leader that is written, also one that is taken away, begins a leader epoch. */
export function leaderEpochGrowsWithLeader({ broker }: ScopeFacts): PartitionStepProperty {
  const name = (leader: Broker | undefined): string =>
    leader === undefined ? 'nobody' : broker.nameOf(leader);
  return {
    name: 'leader-epoch-grows-with-leader',
    kind: 'step',
    statement: 'Whenever another leader is written, or none, the leader epoch grows.',
    loss: 'Two brokers lead in one epoch, one after the other, and no replica can tell their records apart.',
    source: 'PartitionRegistration.merge; KIP-101',
    needs: 'an election',
    when: ({ protocol: before }, { protocol: after }) =>
      controllerView(before).leader !== controllerView(after).leader && isOneTopic(before, after),
    holds(before, after) {
      const was = controllerView(before.protocol);
      const is = controllerView(after.protocol);
      if (is.leaderEpoch > was.leaderEpoch) return true;
      const leaders = `${name(is.leader)} leads after ${name(was.leader)}`;
      return `${leaders}, and the leader epoch went from ${was.leaderEpoch} to ${is.leaderEpoch}`;
    },
  };
}

/**
 * The controller looks for a leader whenever there may be one: it leaves a partition without only while
 * nobody is active who may be elected without loss, or as the last known leader.
 */
export function leaderlessOnlyWithoutCandidate({ broker }: ScopeFacts): PartitionInvariant {
  return {
    name: 'leaderless-only-without-candidate',
    kind: 'invariant',
    statement: 'A partition has no leader only while no replica that may lead cleanly is active.',
    loss: 'A partition stays offline although a replica with every committed record is there.',
    source: 'ReplicationControlManager.handleBrokerFenced, handleBrokerUnfenced; KIP-631, KIP-966',
    needs: 'a partition that loses its leader',
    when: ({ protocol }) => controllerView(protocol).leader === undefined,
    holds({ protocol }) {
      const now = controllerView(protocol);
      const lastKnown = now.isr.isEmpty && now.elr.isEmpty ? now.lastKnownLeader : undefined;
      for (const each of broker.all) {
        if (!isAssigned(now, each) || !isActive(protocol, each)) continue;
        if (isEligible(now, each)) return `nobody leads, and ${broker.nameOf(each)} is eligible`;
        if (each === lastKnown) return `nobody leads, and ${broker.nameOf(each)} led last`;
      }
      return true;
    },
  };
}

/** Whoever is elected can lead: the controller knows it to be alive and not about to stop. */
export function electedLeaderIsActive({ broker }: ScopeFacts): PartitionStepProperty {
  return {
    name: 'elected-leader-is-active',
    kind: 'step',
    statement: 'An elected leader is registered, unfenced and not in controlled shutdown.',
    loss: 'The partition is led by a broker that is not there, and nobody elects another.',
    source: 'PartitionChangeBuilder.isAcceptableLeader; KAFKA-19522',
    needs: 'an election',
    when: (before, after) => electedIn(before, after) !== undefined,
    holds(before, after) {
      const elected = electedIn(before, after);
      if (elected === undefined || isActive(after.protocol, elected)) return true;
      return `${broker.nameOf(elected)} was elected and is ${registeredAs(after, elected)}`;
    },
  };
}

/**
 * With unclean election disabled, the controller elects only who is known to have every committed
 * record: out of the ISR it had or was asked for, out of the ELR when the ISR has become empty, and
 * when both have, the last known leader, which is marked as RECOVERING.
 */
export function cleanElectionFromIsr(facts: ScopeFacts): PartitionStepProperty {
  const { broker, bounds, config } = facts;
  const changes = bounds.uncleanSettingChanges > 0;
  const reason =
    bounds.uncleanElections > 0 || (config.uncleanLeaderElection && !changes)
      ? 'unclean leader election is allowed'
      : undefined;
  return {
    name: 'clean-election-from-isr',
    kind: 'step',
    statement:
      'With unclean election disabled, every elected leader was in the ISR, or in the ELR of an ' +
      'empty ISR, or is the last known leader when both are empty.',
    loss: 'A replica that may lack acknowledged records becomes the truth for all others.',
    source: 'PartitionChangeBuilder.electLeader; KIP-106, KIP-966',
    ...unless(reason),
    needs: 'an election',
    when: (before, after) => electedIn(before, after) !== undefined,
    holds(before, after) {
      const elected = electedIn(before, after);
      if (elected === undefined) return true;
      if (isUncleanElectionOn(config, before.protocol)) return true;
      if (wasInSync(before, after, elected)) return true;
      const { elr } = controllerView(before.protocol);
      const isrIsLeft = !isLost(controllerView(before.protocol).isr, after);
      if (elr.has(elected)) {
        return !isrIsLeft || `${broker.nameOf(elected)} was elected from the ELR of an ISR in use`;
      }
      if (!isrIsLeft && isLastKnownLeader(before, after, elected)) return true;
      return `${broker.nameOf(elected)} was elected and was not in the ISR`;
    },
  };
}

/** In the ISR before the step, or added to it by the very change that ended a reassignment. */
export function wasInSync(before: PartitionScope, after: PartitionScope, elected: Broker): boolean {
  const was = controllerView(before.protocol);
  if (was.isr.has(elected)) return true;
  const is = controllerView(after.protocol);
  const ends = (!was.adding.isEmpty || !was.removing.isEmpty) && is.adding.isEmpty;
  if (!ends || !is.removing.isEmpty || !is.isr.has(elected)) return false;
  if (was.leader === undefined) return false;
  const { inFlight, isr } = before.protocol.alterPartition.get(was.leader);
  // Before 2.7 the leader writes the ISR itself, and there is no request to look at.
  return inFlight === 'none' || isr.has(elected);
}

/** Whether nobody of the set may lead any more. */
function isLost(
  members: { some(test: (member: Broker) => boolean): boolean },
  { protocol }: PartitionScope,
): boolean {
  return !members.some(member => isActive(protocol, member));
}

/**
 * Whether the step had nobody else to elect: the ELR was empty, or its only member has just
 * registered without proof of a clean shutdown, or was given up, and left it.
 */
function isLastKnownLeader(
  before: PartitionScope,
  after: PartitionScope,
  elected: Broker,
): boolean {
  const was = controllerView(before.protocol);
  if (was.lastKnownLeader !== elected || !controllerView(after.protocol).recovering) return false;
  return was.elr.every(member => {
    const [then, now] = [before.protocol, after.protocol].map(each =>
      each.registrations.get(member),
    );
    return then?.brokerEpoch !== now?.brokerEpoch || now?.state.state === 'unregistered';
  });
}
