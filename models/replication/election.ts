import type { ReplicationContext } from './context.ts';
import { isUncleanElectionOn } from './metadata.ts';
import type { RuledPartition } from './partitionScope.ts';
import type { Broker, PartitionView, ReadonlyProtocol } from './schema.ts';

/**
 * How the controller looks for a leader. No kind compares logs: the controller knows the ISR, the
 * ELR, the order of the assignment and who is active, never an offset.
 */
export type ElectionKind = 'online' | 'preferred' | 'unclean';

/** Who leads from now on, if anybody, and whether that replica is outside ISR and ELR. */
export interface Election {
  readonly leader: Broker | undefined;
  readonly outside: boolean;
}

/**
 * Elects a leader.
 *
 * - online: the present leader if it is valid, else the first valid replica in the order of the
 *   assignment, else the last known leader.
 * - unclean: as online, and then the first active replica.
 * - preferred: the first of the assignment if it is valid, then as online.
 *
 * A replica is valid if its broker is active and it is in the ISR, or in the ELR of an empty ISR.
 *
 * Source: PartitionChangeBuilder.electLeader; KIP-106, KIP-460, KIP-966.
 */
export function elect(
  partition: RuledPartition,
  before: PartitionView,
  target: PartitionView,
  kind: ElectionKind,
): Election {
  const { rules } = partition.context;
  const isValid = (broker: Broker): boolean =>
    isActive(partition, broker) && rules.mayLeadCleanly(target, broker);
  const isPreferable = (broker: Broker): boolean => mayBePreferred(partition, target, broker);
  const preferred = kind === 'preferred' ? firstOf(target, isPreferable, 1) : undefined;
  const present = before.leader !== undefined && isValid(before.leader) ? before.leader : undefined;
  if (kind === 'unclean' && !rules.uncleanElectionIsLastResort) {
    const active = firstOf(target, broker => isActive(partition, broker));
    return {
      leader: active,
      outside: active !== undefined && !rules.mayLeadCleanly(target, active),
    };
  }
  const clean = preferred ?? present ?? firstOf(target, isValid);
  if (clean !== undefined) {
    const eligible = target.isr.has(clean) || target.elr.has(clean);
    return { leader: clean, outside: !eligible };
  }
  const lastKnown = lastKnownLeader(partition, target);
  if (lastKnown !== undefined) return { leader: lastKnown, outside: true };
  if (kind !== 'unclean' || electsNobody(partition, target))
    return { leader: undefined, outside: false };
  const any = firstOf(target, broker => isActive(partition, broker));
  return { leader: any, outside: any !== undefined };
}

/** Registered, unfenced and not in controlled shutdown: may lead and may enter an ISR. */
export function isActive(protocol: ReadonlyProtocol, broker: Broker): boolean {
  return protocol.registrations.get(broker).state.state === 'unfenced';
}

/** Whether a preferred replica may take over the leadership: as at any clean election. */
export function mayBePreferred(
  partition: RuledPartition,
  target: PartitionView,
  broker: Broker,
): boolean {
  const { rules } = partition.context;
  if (!isActive(partition, broker)) return false;
  return !rules.preferredLeaderMustBeInSync || rules.mayLeadCleanly(target, broker);
}

/** The kind of election that an event brings about, by the topic's configuration. */
export function electionKind(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
): ElectionKind {
  return isUncleanElectionOn(context, protocol) ? 'unclean' : 'online';
}

/**
 * Whether "nobody" is elected as the last known leader, before an unclean election comes to its turn: where it
 * need not be active.
 */
function electsNobody({ context }: RuledPartition, target: PartitionView): boolean {
  if (context.rules.lastKnownLeaderMustBeActive || target.nobodyLedLast === 0) return false;
  return target.isr.isEmpty && target.elr.isEmpty;
}

function firstOf(
  { replicas }: PartitionView,
  test: (broker: Broker) => boolean,
  among: number = replicas.length,
): Broker | undefined {
  for (let index = 0; index < among && index < replicas.length; index++) {
    const broker = replicas.get(index);
    if (test(broker)) return broker;
  }
  return undefined;
}

/**
 * The leader at the time the partition lost its last one, if it is all that is left to elect. It
 * may have lost records, and it is elected although unclean election is disabled.
 *
 * Source: PartitionChangeBuilder, "balanced recovery"; KIP-966, KAFKA-19522.
 */
function lastKnownLeader(
  partition: RuledPartition,
  { isr, elr, lastKnownLeader: known }: PartitionView,
): Broker | undefined {
  const { rules } = partition.context;
  // Nobody is noted where ELR is off.
  if (known === undefined || !isr.isEmpty || !elr.isEmpty) return undefined;
  return isActive(partition, known) || !rules.lastKnownLeaderMustBeActive ? known : undefined;
}
