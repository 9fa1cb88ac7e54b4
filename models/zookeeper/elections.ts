import { orderOf } from '../replication/partitionChange.ts';
import type { Broker, PartitionView } from '../replication/schema.ts';
import { type Acting, isLive, writeState } from './controller.ts';
import { stateAt, stateNow } from './store.ts';

/** Who leads from now on, and with which ISR. */
interface Elected {
  readonly leader: Broker;
  readonly isr: readonly Broker[];
  /** Whether the leader was not in the ISR. */
  readonly isUnclean: boolean;
}

/**
 * How a controller chooses: after a failure the first replica of the assignment that is alive and in the ISR, of which
 * the alive are left, and where there is none, the first that is alive if the topic allows that; before a controlled
 * shutdown the first in the ISR that does not leave, of which the others are left; to balance leaders the first replica
 * of the assignment, if it is alive and in the ISR, which stays.
 *
 * Source: Election.scala (leaderForOffline, leaderForControlledShutdown, leaderForPreferredReplica);
 * PartitionLeaderElectionAlgorithms.
 */
export type Strategy = 'offline' | 'controlledShutdown' | 'preferred';

/**
 * Elects a leader by the state znode as it is now, which may be newer than the cache, and tells the replicas.
 *
 * Source: ZkPartitionStateMachine.doElectLeaderForPartitions.
 *
 * @returns whether there is a leader; not if the controller had to resign.
 */
export function electLeader(acting: Acting, strategy: Strategy): boolean {
  const { step, view } = acting;
  const { context, protocol } = step;
  const now = context.rules.electsFromNewestState
    ? stateNow(context, protocol)
    : stateAt(context, protocol, view.version);
  // Another controller has decided since, and this one is about to learn it.
  if (protocol.zooKeeper.stateControllerEpoch > view.epoch) return false;
  const elected = choose(acting, now, strategy);
  if (elected === undefined) return false;
  const { marksUncleanElections } = context.partition.rules;
  const isWritten = writeState(acting, draft => {
    draft.leader = elected.leader;
    draft.isr.clear();
    for (const member of elected.isr) draft.isr.add(member);
    draft.recovering = elected.isUnclean && marksUncleanElections;
  });
  if (!isWritten) return false;
  view.partition.send('lead', {}, undefined);
  tellReplicas(acting);
  return true;
}

function choose(acting: Acting, now: PartitionView, strategy: Strategy): Elected | undefined {
  const { step, view } = acting;
  const { rules, config } = step.context;
  const order = orderOf(now);
  const mayLead = (each: Broker): boolean => isLive(acting, each) || !rules.electsLive;
  if (strategy === 'preferred') return preferred(acting, now);
  const leader = order.find(each => mayLead(each) && now.isr.has(each));
  if (leader !== undefined) {
    const stays = strategy === 'offline' ? isLive : isNotLeaving;
    const isr = order.filter(each => now.isr.has(each) && (each === leader || stays(acting, each)));
    return { leader, isr, isUnclean: false };
  }
  if (strategy !== 'offline' || !config.uncleanLeaderElection) return undefined;
  const any = order.find(each => isLive(acting, each));
  return any === undefined || view.live.isEmpty
    ? undefined
    : { leader: any, isr: [any], isUnclean: true };
}

/** The first replica of the assignment, if it may lead; the ISR stays. */
function preferred(acting: Acting, now: PartitionView): Elected | undefined {
  const { rules } = acting.step.context;
  const order = orderOf(now);
  const leader = order.find((each, index) => index === 0 && isLive(acting, each));
  if (leader === undefined) return undefined;
  if (rules.prefersWithinIsr && !now.isr.has(leader)) return undefined;
  return { leader, isr: order.filter(each => now.isr.has(each)), isUnclean: false };
}

function isNotLeaving({ view }: Acting, broker: Broker): boolean {
  return !view.leaving.has(broker);
}

/**
 * LeaderAndIsr with the state that is cached to the live replicas, and to everybody its metadata.
 *
 * @param but - Who is passed over, with a defect.
 */
export function tellReplicas({ step, view, batch }: Acting, but?: Broker): void {
  const { context, protocol } = step;
  const order = orderOf(stateAt(context, protocol, view.version));
  batch.leaderAndIsr(
    order.filter(each => view.live.has(each) && each !== but),
    view.live,
  );
}

/**
 * A replica that goes offline leaves the ISR, unless it is the last member, and is not leader any more; the others are
 * told.
 *
 * Source: ZkReplicaStateMachine.doRemoveReplicasFromIsr.
 */
export function removeFromIsr(acting: Acting, replica: Broker): void {
  const { step, view } = acting;
  const { context, protocol } = step;
  const now = stateNow(context, protocol);
  if (!now.isr.has(replica)) return;
  const isLast = now.isr.size === 1 && context.rules.lastMemberStaysInIsr;
  const losesLeader = now.leader === replica;
  if (isLast && !losesLeader) return;
  const isWritten = writeState(acting, draft => {
    if (!isLast) draft.isr.delete(replica);
    if (losesLeader) draft.leader = undefined;
  });
  if (!isWritten || view.state.state === 'standby') return;
  const { leader } = stateNow(context, protocol);
  tellReplicas(acting, context.rules.tellsLeaderOfIsr ? undefined : leader);
}
