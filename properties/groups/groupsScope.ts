import type {
  Invariant,
  PropertyScope,
  Sometimes,
  StepProperty,
} from '../../checker/model/property.ts';
import type { LeadsTo } from '../../checker/model/temporal.ts';
import type {
  EntryView,
  GhostFields,
  MemberNode,
  PartitionId,
  ProtocolFields,
  ReadonlyCoordinatorView,
} from '../../models/groups/schema.ts';
import type { GroupsFacts } from './scopeFacts.ts';

/** What a property of groups may look at. */
export type GroupsScope = PropertyScope<ProtocolFields, GhostFields>;
export type GroupsInvariant = Invariant<ProtocolFields, GhostFields>;
export type GroupsStepProperty = StepProperty<ProtocolFields, GhostFields>;
export type GroupsGoal = Sometimes<ProtocolFields, GhostFields>;
export type GroupsProgress = LeadsTo<ProtocolFields, GhostFields>;

/** What is wrong with the first partition with which something is. */
export function firstWrong(
  { partition: partitions }: GroupsFacts,
  wrong: (partition: PartitionId) => string | undefined,
): true | string {
  for (const each of partitions.all) {
    const found = wrong(each);
    if (found !== undefined) {
      return partitions.count === 1 ? found : `${partitions.nameOf(each)}: ${found}`;
    }
  }
  return true;
}

/** The committed part of the log of the coordinator, the newest first. */
function committedEntries({ protocol }: GroupsScope): EntryView[] {
  const { log, highWatermark } = protocol.offsets;
  return [...log].slice(0, highWatermark).reverse();
}

/** Where the group goes on in a partition by what is committed; undefined where nothing says so. */
export function committedIn(state: GroupsScope, partition: PartitionId): number | undefined {
  const last = committedEntries(state).find(({ offsets }) => offsets.get(partition) !== undefined);
  return last === undefined || last.kind === 'deleted' ? undefined : last.offsets.get(partition);
}

/** The coordinator that leads and serves, in the epoch of the log; undefined while there is none. */
export function coordinatorOf({ protocol }: GroupsScope): ReadonlyCoordinatorView | undefined {
  const view = protocol.coordinators.get(protocol.offsets.leader);
  return view.state.state === 'active' && view.leaderEpoch === protocol.offsets.leaderEpoch
    ? view
    : undefined;
}

/** Who takes a partition for its own. */
export function ownersOf(
  { member: members }: GroupsFacts,
  { protocol }: GroupsScope,
  partition: PartitionId,
): MemberNode[] {
  return members.all.filter(
    member => protocol.members.get(member).partitions.get(partition).isOwned,
  );
}

/** How often some application has processed the record at an offset. */
export function timesProcessed(
  { ghost }: GroupsScope,
  partition: PartitionId,
  offset: number,
): number {
  const { processed } = ghost.partitions.get(partition);
  return offset < processed.length ? processed.get(offset) : 0;
}

/** The first record below an offset that nobody has processed. */
export function unprocessedBelow(
  state: GroupsScope,
  partition: PartitionId,
  end: number,
): number | undefined {
  for (let offset = 0; offset < end; offset++) {
    if (timesProcessed(state, partition, offset) === 0) return offset;
  }
  return undefined;
}

/** Whether a member runs, and has not been told to stop. */
export function isLive({ protocol }: GroupsScope, member: MemberNode): boolean {
  const { classic, consumer } = protocol.members.get(member);
  if (consumer.state !== 'stopped') return true;
  return classic.state !== 'stopped' && classic.state !== 'fenced';
}

/** Whether the application of a member has records of a partition in hand. */
export function isProcessing(
  { protocol }: GroupsScope,
  member: MemberNode,
  partition: PartitionId,
): boolean {
  const { position, done } = protocol.members.get(member).partitions.get(partition);
  return position !== undefined && done < position;
}
