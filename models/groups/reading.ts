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
    Object.assign(member, { generation: 0, owesRejoin: false, isRevoking: false });
    dropCommit(context, member);
  },
  loseMemory({ context, member }) {
    dropPartitions(context, member);
    Object.assign(member, { generation: 0, owesRejoin: false, isRevoking: false });
    dropCommit(context, member);
  },
};

/** It reads no partition any more: what it had in hand is as if it had not been read. */
export function dropPartitions({ partition: partitions }: GroupsContext, member: MemberView): void {
  for (const partition of partitions.all) member.partitions.clear(partition);
}

/** The outcome of a commit that waits is not known, and nobody waits for it any more. */
export function dropCommit({ partition: partitions }: GroupsContext, member: MemberView): void {
  member.commit = undefined;
  for (const partition of partitions.all) member.partitions.get(partition).committing = undefined;
}

/** Whether it takes part in the group, by its own account. */
export function isLive({ classic }: ReadonlyMemberView): boolean {
  return classic.state !== 'stopped' && classic.state !== 'fenced';
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
  view.classic.send('lose', memberEffects, { context, member: view, keeps });
}
