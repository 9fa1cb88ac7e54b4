import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import type { GroupsContext } from './context.ts';
import type {
  MemberNode,
  MemberView,
  Protocol,
  ReadonlyMemberView,
  ReadonlyReadingView,
} from './schema.ts';

/** A member that loses what it has. */
interface LosingMember {
  readonly context: GroupsContext;
  readonly member: MemberView;
  /** It goes on to claim what it has. */
  readonly keeps?: boolean;
}

/** What each effect of the lifecycle of a member does. */
export const memberEffects: EffectHandlers<'losePartitions' | 'loseMemory', LosingMember> = {
  /** onPartitionsLost: nothing is committed, for the member may not any more. */
  losePartitions({ context, member, keeps }) {
    if (keeps !== true) dropPartitions(context, member);
    forget(context, member);
  },
  loseMemory({ context, member }) {
    dropPartitions(context, member);
    forget(context, member);
  },
};

/** It has no generation, and waits for nothing. */
function forget(context: GroupsContext, member: MemberView): void {
  Object.assign(member, { generation: 0, owesRejoin: false, isRevoking: false });
  member.heartbeat = undefined;
  dropCommit(context, member);
}

/** It reads no partition any more: what it had in hand is as if it had not been read. */
export function dropPartitions({ partition: partitions }: GroupsContext, member: MemberView): void {
  member.target.clear();
  for (const partition of partitions.all) member.partitions.clear(partition);
}

/** The outcome of a commit that waits is not known, and nobody waits for it any more. */
export function dropCommit({ partition: partitions }: GroupsContext, member: MemberView): void {
  member.commit = undefined;
  for (const partition of partitions.all) member.partitions.get(partition).committing = undefined;
}

/** Whether it takes part in the group, by its own account. */
export function isLive({ classic, consumer }: ReadonlyMemberView): boolean {
  return (
    (classic.state !== 'stopped' && classic.state !== 'fenced') || consumer.state !== 'stopped'
  );
}

/** Whether it is in the group as far as it knows, and has its partitions. */
export function isStable({ classic, consumer }: ReadonlyMemberView): boolean {
  return classic.state === 'stable' || consumer.state === 'stable';
}

/**
 * Whether it may commit: it has a generation, or a member epoch. A cooperative member goes on while it waits for
 * others.
 */
export function hasGeneration({ classic, consumer }: ReadonlyMemberView): boolean {
  const isOfConsumers = consumer.state !== 'stopped' && consumer.state !== 'joining';
  return classic.state === 'stable' || classic.state === 'completingRebalance' || isOfConsumers;
}

/** What happens to a member of either protocol. */
export function tellMember(
  context: GroupsContext,
  member: MemberView,
  event: 'start' | 'lose' | 'leave' | 'crash',
  keeps = false,
): void {
  const lifecycle = context.config.protocol === 'classic' ? member.classic : member.consumer;
  lifecycle.send(event, memberEffects, { context, member, keeps });
}

/**
 * A member that waits for its partitions loses its coordinator, and SyncGroup with it: it joins again.
 *
 * Source: AbstractCoordinator.joinGroupIfNeeded (requestRejoin after any failure).
 */
export function loseSync(context: GroupsContext, member: MemberView): void {
  if (!context.rules.rejoinsAfterSync) return;
  if (member.classic.state !== 'completingRebalance') return;
  member.classic.send('retry', memberEffects, { context, member });
}

/** Whether polls have returned records that the application has not processed. */
export function hasInHand({ position, done }: ReadonlyReadingView): boolean {
  return position !== undefined && done < position;
}

/** Whether a pattern of commits is what `enable.auto.commit` does. */
export function isAutomatic({ config }: GroupsContext): boolean {
  return config.commit === 'auto' || config.commit === 'handedOver';
}

/** The offset that a commit of a partition has: where polls have come to, or what is processed. */
export function committable(
  { config, rules }: GroupsContext,
  { position, done }: ReadonlyReadingView,
): number {
  const { commit } = config;
  const isByPosition =
    commit === 'before' ||
    commit === 'handedOver' ||
    (commit === 'auto' && !rules.autoCommitsProcessed);
  return isByPosition ? (position ?? done) : done;
}

/** Whether a partition is behind what the member has committed. */
export function isDirty(context: GroupsContext, reading: ReadonlyReadingView): boolean {
  return (
    reading.isOwned &&
    reading.position !== undefined &&
    committable(context, reading) > reading.committed
  );
}

/** Whether some partition is. */
export function owesCommit(context: GroupsContext, { partitions }: ReadonlyMemberView): boolean {
  return context.partition.all.some(partition => isDirty(context, partitions.get(partition)));
}

/** Whether the application is done with what polls have returned, so that it polls again. */
export function isIdle(
  { partition, config }: GroupsContext,
  { partitions }: ReadonlyMemberView,
): boolean {
  if (config.commit === 'handedOver') return true;
  return !partition.all.some(each => hasInHand(partitions.get(each)));
}

/**
 * A member loses its place in the group. Before 3.0 a cooperative one that fell out in the middle of a rebalance kept
 * its partitions, and claimed them when it joined again (KAFKA-12984).
 */
export function loseMembership(
  context: GroupsContext,
  protocol: Protocol,
  member: MemberNode,
): void {
  const view = protocol.members.get(member);
  const isInRebalance = view.classic.state === 'completingRebalance';
  const keeps =
    isInRebalance && context.config.assignor === 'cooperative' && !context.rules.ignoresStaleClaims;
  tellMember(context, view, 'lose', keeps);
}
