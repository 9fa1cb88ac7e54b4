import type { ReplicationContext } from './context.ts';
import { controllerView } from './metadata.ts';
import type { Broker, Protocol, ReadonlyProtocol } from './schema.ts';

/**
 * What the controller is doing to a broker while it decides: the broker that is being fenced does
 * not count as active any more, the one being unfenced already does (ReplicationControlManager).
 */
export interface RegistrationChange {
  readonly fencing?: Broker;
  readonly unfencing?: Broker;
}

/** Registered, unfenced, and not being fenced: may lead and may be in an ISR. */
function isActive(protocol: ReadonlyProtocol, broker: Broker, change: RegistrationChange): boolean {
  if (broker === change.fencing) return false;
  return broker === change.unfencing || !protocol.registrations.fenced.has(broker);
}

/** A broker that is being fenced leaves the ISR, except as its last member (ELR is off). */
function leavesIsr(
  protocol: ReadonlyProtocol,
  broker: Broker,
  change: RegistrationChange,
): boolean {
  const { isr } = controllerView(protocol);
  return broker === change.fencing && isr.has(broker) && isr.size > 1;
}

/** Whether the broker may be elected without risk to committed records. */
function isCleanCandidate(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
  broker: Broker,
  change: RegistrationChange,
): boolean {
  const { isr } = controllerView(protocol);
  return (
    isActive(protocol, broker, change) &&
    context.rules.mayLeadCleanly(isr, broker) &&
    !leavesIsr(protocol, broker, change)
  );
}

/**
 * Whether `elected` is an outcome that the controller can come to: nobody while the leader stays
 * valid; else some clean candidate; else, if unclean election is enabled, some active replica; else
 * nobody, and the partition goes offline.
 *
 * Kafka takes the first candidate in the order of the assignment. The model takes any, which covers
 * every assignment order and keeps the brokers interchangeable.
 *
 * Source: PartitionChangeBuilder.electLeader (ONLINE, and UNCLEAN where enabled).
 */
export function isElectionOutcome(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
  change: RegistrationChange,
  elected: Broker | undefined,
): boolean {
  const { leader } = controllerView(protocol);
  if (leader !== undefined && leader !== change.fencing) return elected === undefined;
  const { all } = context.broker;
  const clean = (broker: Broker): boolean => isCleanCandidate(context, protocol, broker, change);
  if (all.some(clean)) return elected !== undefined && clean(elected);
  const unclean = (broker: Broker): boolean =>
    context.config.uncleanLeaderElection && isActive(protocol, broker, change);
  if (all.some(unclean)) return elected !== undefined && unclean(elected);
  return elected === undefined;
}

/**
 * Writes the partition change that follows from fencing or unfencing a broker: the ISR without the
 * fenced broker, and the elected leader or none. Writes nothing if nothing changes.
 */
export function decidePartition(
  context: ReplicationContext,
  protocol: Protocol,
  change: RegistrationChange,
  elected: Broker | undefined,
): void {
  const now = controllerView(protocol);
  const { fencing } = change;
  const leaderLost = now.leader !== undefined && now.leader === fencing;
  const leaves = fencing !== undefined && leavesIsr(protocol, fencing, change);
  if (!leaderLost && !leaves && elected === undefined) return;
  const writesLeader = leaderLost || elected !== undefined;
  const next = appendMetadata(context, protocol, { writesLeader, leader: elected });
  if (leaves) next.isr.delete(fencing);
  if (elected !== undefined && !next.isr.has(elected)) {
    // Unclean: the elected replica is the only one known to hold what it holds.
    next.isr.clear();
    next.isr.add(elected);
  }
}

/**
 * Appends a metadata record that starts as a copy of the newest one, and returns it to be changed.
 * The leader epoch grows whenever the leader is written, even to "none"; the partition epoch, which
 * is the record's offset, always grows (PartitionRegistration.merge).
 */
export function appendMetadata(
  context: ReplicationContext,
  protocol: Protocol,
  leadership: { readonly writesLeader: boolean; readonly leader?: Broker | undefined },
): ReturnType<Protocol['metadata']['history']['get']> {
  const { history } = protocol.metadata;
  const { leader, leaderEpoch, isr } = controllerView(protocol);
  const { writesLeader } = leadership;
  history.push({
    leader: writesLeader ? leadership.leader : leader,
    leaderEpoch: writesLeader ? context.rules.nextLeaderEpoch(leaderEpoch) : leaderEpoch,
    isr,
  });
  return history.get(history.length - 1);
}
