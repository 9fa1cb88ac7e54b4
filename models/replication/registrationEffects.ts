import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import type { ReplicationContext } from './context.ts';
import { electionKind, isActive } from './election.ts';
import { decideOnAll } from './partitionChange.ts';
import type { Partition } from './partitionScope.ts';
import type { Broker, PartitionDraft, PartitionView, Protocol } from './schema.ts';

/** What a transition of a broker's registration is about. */
export interface RegistrationChange {
  readonly context: ReplicationContext;
  readonly protocol: Protocol;
  readonly broker: Broker;
  /** Whether a new incarnation has proved that the one before it shut down cleanly. */
  readonly cleanShutdown?: boolean;
}

type RegistrationEffect =
  | 'cleanUpPredecessor'
  | 'electWhereLeaderless'
  | 'leavePartition'
  | 'giveUp';

/** What each effect of the registration lifecycle does: the controller's decisions about brokers. */
export const registrationEffects: EffectHandlers<RegistrationEffect, RegistrationChange> = {
  /** handleBrokerFenced, enterControlledShutdown: out of the ISR, and no leader any more. */
  leavePartition({ context, protocol, broker }) {
    const { fencesOneBrokerAtATime } = context.rules;
    const isAbout = ({ isr }: PartitionView) => isr.has(broker) || !fencesOneBrokerAtATime;
    decideOnAll(context, protocol, isAbout, {
      kind: electionKind(context, protocol),
      edit({ isr }, partition) {
        if (!fencesOneBrokerAtATime) returnFencedBefore(partition, isr);
        isr.delete(broker);
      },
    });
  },
  /** handleBrokerUnfenced: a partition without a leader tries again. */
  electWhereLeaderless({ context, protocol }) {
    if (!context.rules.electsOnUnfencing) return;
    const isAbout = ({ leader }: PartitionView) => leader === undefined;
    decideOnAll(context, protocol, isAbout, { kind: electionKind(context, protocol) });
  },
  /**
   * handleBrokerShutdown: the incarnation before this one leaves the ISR, and the ELR as well
   * without proof of its clean shutdown. Since 4.0 (KAFKA-18635, KIP-966).
   */
  cleanUpPredecessor({ context, protocol, broker, cleanShutdown }) {
    if (context.rules.unfencedPredecessor !== 'cleanedUp') return;
    const uncleanShutdown = cleanShutdown === true ? undefined : broker;
    const isAbout = ({ isr, elr, staleInElrIndex }: PartitionView) =>
      isr.has(broker) ||
      (uncleanShutdown !== undefined && (elr.has(broker) || staleInElrIndex.has(broker)));
    decideOnAll(context, protocol, isAbout, {
      kind: electionKind(context, protocol),
      edit: ({ isr }) => isr.delete(broker),
      uncleanShutdown,
      lookedUpTwice: uncleanShutdown,
    });
  },
  /**
   * handleBrokerUnregistered: out of the ISR, like one that is fenced. The partitions that have it in the ELR are
   * looked up as well, and nothing is said of the ELR.
   */
  giveUp({ context, protocol, broker }) {
    const isAbout = ({ isr, elr, staleInElrIndex }: PartitionView) =>
      isr.has(broker) || elr.has(broker) || staleInElrIndex.has(broker);
    decideOnAll(context, protocol, isAbout, {
      kind: electionKind(context, protocol),
      edit: ({ isr }) => isr.delete(broker),
      uncleanShutdown: context.rules.unregisteredLeavesElr ? broker : undefined,
      lookedUpTwice: broker,
    });
  },
};

/**
 * Fencings that are decided from one snapshot (KAFKA-13173): the ISR to edit is the one from before
 * the last change, so a broker that this change fenced is a member again.
 */
function returnFencedBefore(partition: Partition, isr: PartitionDraft['isr']): void {
  const { history } = partition.metadata;
  // The newest record is the draft itself, and the one below it is what the last change made.
  if (history.length < 3) return;
  const before = history.get(history.length - 3).partitions.get(partition.id);
  for (const member of partition.context.broker.all) {
    if (before.isr.has(member) && !isActive(partition, member)) isr.add(member);
  }
}
