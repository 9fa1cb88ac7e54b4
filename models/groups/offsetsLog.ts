import type { GroupsContext } from './context.ts';
import type {
  Broker,
  EntryView,
  GroupView,
  LogView,
  OffsetsView,
  PartitionId,
  Protocol,
  ReadonlyProtocol,
} from './schema.ts';

/** Whether a broker leads the partition of the group in the epoch in which it was elected. */
export function leads({ offsets, coordinators }: ReadonlyProtocol, broker: Broker): boolean {
  return offsets.leader === broker && coordinators.get(broker).leaderEpoch === offsets.leaderEpoch;
}

/** Up to where a broker knows the log to be committed: one that was deposed hears nothing more of it. */
export function knownHighWatermark(protocol: ReadonlyProtocol, broker: Broker): number {
  return leads(protocol, broker)
    ? protocol.offsets.highWatermark
    : protocol.coordinators.get(broker).highWatermark;
}

/** Where the group goes on in a partition, by the log up to an index; undefined where nothing says so. */
export function committedOffset(
  log: LogView,
  upTo: number,
  partition: PartitionId,
): number | undefined {
  for (let index = Math.min(upTo, log.length) - 1; index >= 0; index--) {
    const { kind, offsets } = log.get(index);
    const offset = offsets.get(partition);
    if (offset !== undefined) return kind === 'deleted' ? undefined : offset;
  }
  return undefined;
}

/** The last record of the group in the log, up to an index. */
function lastGroup(log: LogView, upTo: number): EntryView | undefined {
  for (let index = Math.min(upTo, log.length) - 1; index >= 0; index--) {
    if (log.get(index).kind === 'group') return log.get(index);
  }
  return undefined;
}

/** What a partition has of committed or deleted offsets in a batch. */
export type Offsets = ReadonlyMap<PartitionId, number>;

/**
 * Writes offsets, or that they are deleted.
 *
 * @returns where the batch is in the log.
 */
export function writeOffsets(
  offsets: OffsetsView,
  kind: 'offsets' | 'deleted',
  values: Offsets,
): number {
  const entry = pushEntry(offsets, kind, 0);
  for (const [partition, offset] of values) entry.offsets.set(partition, offset);
  return offsets.log.length - 1;
}

/**
 * Writes what the coordinator has in memory of the group (GroupMetadata).
 *
 * @returns where the record is in the log.
 */
export function writeGroup(
  context: GroupsContext,
  offsets: OffsetsView,
  { generation, assignmentEpoch, members }: GroupView,
): number {
  const entry = pushEntry(offsets, 'group', generation);
  entry.assignmentEpoch = assignmentEpoch;
  for (const member of context.member.all) {
    const { isIn, assigned, pending, target, assignedAt, epoch, previousEpoch } =
      members.get(member);
    if (!isIn) continue;
    entry.epochs.set(member, epoch);
    entry.previousEpochs.set(member, previousEpoch);
    for (const partition of target) entry.targets.set(partition, member);
    for (const partition of pending) {
      entry.owners.set(partition, member);
      entry.isPending.set(partition, true);
      entry.assignedAt.set(partition, assignedAt.get(partition));
    }
    entry.members.set(member, true);
    for (const partition of assigned) {
      entry.owners.set(partition, member);
      entry.assignedAt.set(partition, assignedAt.get(partition));
    }
  }
  return offsets.log.length - 1;
}

function pushEntry(
  { log, leaderEpoch }: OffsetsView,
  kind: 'offsets' | 'deleted' | 'group',
  generation: number,
): OffsetsView['log'] extends { get(index: number): infer Entry } ? Entry : never {
  log.push({ leaderEpoch, kind, generation, assignmentEpoch: 0 });
  return log.get(log.length - 1);
}

/** Reads the group from the log, as a new coordinator does: what was only in memory is gone. */
export function readGroup(
  { config, member: members, partition: partitions }: GroupsContext,
  log: LogView,
  upTo: number,
  group: GroupView,
): void {
  group.state.send('forget', {}, undefined);
  group.pendingAt = undefined;
  for (const member of members.all) group.members.clear(member);
  const last = lastGroup(log, upTo);
  group.generation = last?.generation ?? 0;
  group.assignmentEpoch = last?.assignmentEpoch ?? 0;
  if (last === undefined) return;
  const present = members.all.filter(member => last.members.get(member));
  if (present.length === 0) return;
  for (const member of present) {
    const entry = group.members.get(member);
    entry.isIn = true;
    entry.epoch = last.epochs.get(member);
    entry.previousEpoch = last.previousEpochs.get(member);
  }
  for (const partition of partitions.all) {
    const owner = last.owners.get(partition);
    if (owner !== undefined) {
      const entry = group.members.get(owner);
      (last.isPending.get(partition) ? entry.pending : entry.assigned).add(partition);
      entry.assignedAt.set(partition, last.assignedAt.get(partition));
    }
    const target = last.targets.get(partition);
    if (target !== undefined) group.members.get(target).target.add(partition);
  }
  if (config.protocol === 'classic') group.state.send('read', {}, undefined);
}

/**
 * Takes out of the committed part of the log what later records supersede, as the cleaner does at some time
 * (`cleanup.policy=compact`): nobody who reads the log to its end can tell. What points behind it moves along.
 */
export function clean(context: GroupsContext, protocol: Protocol): void {
  const { log } = protocol.offsets;
  const index = firstSuperseded(context, log, commonlyCommitted(context, protocol));
  if (index === undefined) return;
  log.removeAt(index);
  moveDown(context, protocol, index);
  clean(context, protocol);
}

/** Up to where everybody who still answers knows the log to be committed. */
function commonlyCommitted({ broker: brokers }: GroupsContext, protocol: Protocol): number {
  const { highWatermark, log } = protocol.offsets;
  const deposed = brokers.all.filter(
    broker => !leads(protocol, broker) && hasMemory(protocol, broker),
  );
  const known = deposed.map(broker => protocol.coordinators.get(broker).highWatermark);
  return Math.min(highWatermark, log.length, ...known);
}

function hasMemory({ coordinators }: Protocol, broker: Broker): boolean {
  const { state } = coordinators.get(broker).state;
  return state === 'active' || state === 'resigned';
}

function firstSuperseded(context: GroupsContext, log: LogView, end: number): number | undefined {
  for (let index = 0; index < end - 1; index++) {
    if (isSuperseded(context, log, index, end)) return index;
  }
  return undefined;
}

function isSuperseded(
  { partition: partitions }: GroupsContext,
  log: LogView,
  index: number,
  end: number,
): boolean {
  const entry = log.get(index);
  for (const partition of partitions.all) {
    if (entry.offsets.get(partition) === undefined) continue;
    if (!isLater(log, index, end, later => later.offsets.get(partition) !== undefined))
      return false;
  }
  return entry.kind !== 'group' || isLater(log, index, end, ({ kind }) => kind === 'group');
}

function isLater(
  log: LogView,
  index: number,
  end: number,
  test: (entry: EntryView) => boolean,
): boolean {
  for (let later = index + 1; later < end; later++) if (test(log.get(later))) return true;
  return false;
}

/** A batch at an index is gone: what is behind it is one place nearer to the start. */
function moveDown(context: GroupsContext, protocol: Protocol, index: number): void {
  const moved = (at: number): number => (at > index ? at - 1 : at);
  protocol.offsets.highWatermark = moved(protocol.offsets.highWatermark);
  for (const broker of context.broker.all) {
    const view = protocol.coordinators.get(broker);
    view.highWatermark = moved(view.highWatermark);
    const { pendingAt } = view.group;
    if (pendingAt !== undefined) view.group.pendingAt = moved(pendingAt);
  }
  for (const member of context.member.all) {
    const view = protocol.members.get(member);
    const { commit, heartbeat } = view;
    if (commit?.at !== undefined) view.commit = { ...commit, at: moved(commit.at) };
    if (heartbeat?.at !== undefined) view.heartbeat = { ...heartbeat, at: moved(heartbeat.at) };
  }
}
