import type { LogHeader, LogLine } from '../../checker/validate/logFile.ts';

/** Something that a member of a group was told, or did. */
export interface MemberEvent {
  readonly member: string;
  /** `assigned`, `revoked`, `lost`, `begins`, `polled`, `committed`, `closed`, or `failed` with an exception. */
  readonly kind: string;
  readonly partition?: number;
  /** Where it begins, or the next record to poll. */
  readonly offset?: number;
}

/** Another broker leads the partition of the group. */
export interface Moved {
  readonly kind: 'moved';
  /** The broker, by its place among those that may lead, from 1. */
  readonly to: number;
}

/** What a group is that was observed. */
export interface ObservedGroup {
  readonly protocol: 'classic' | 'consumer';
  readonly kafka: string;
  readonly members: readonly string[];
  readonly partitions: number;
  readonly records: number;
  /** The broker that coordinates first is number 1. */
  readonly brokers: number;
}

/** What may happen and nobody sees: all that members and coordinators tell each other. */
const unobserved = [
  ...[
    'start',
    'join',
    'joinWithoutRebalance',
    'completeJoin',
    'assign',
    'getPartitions',
    'hearOfLoss',
  ],
  ...['heartbeat', 'reconcile', 'findCoordinator', 'load', 'resign', 'unload', 'replicate'],
  ...['commitOffsets', 'processRecord'],
];

/** The most that happens between two things that members see: a rebalance of two, with a new coordinator. */
const MOST_UNOBSERVED = 14;

/**
 * What was observed of a real group as a log that `validate` holds to `groups`: who is given which partition, from
 * where it goes on, what polls return, which commits succeed, and which broker coordinates.
 */
export function groupLog(
  group: ObservedGroup,
  events: readonly (MemberEvent | Moved)[],
): readonly (LogHeader | LogLine)[] {
  return [headerOf(group, events), ...linesOf(group, events)];
}

function headerOf(
  { protocol, kafka, members, partitions, records, brokers }: ObservedGroup,
  events: readonly (MemberEvent | Moved)[],
): LogHeader {
  const count = (kind: string): number => events.filter(each => each.kind === kind).length;
  const owned = members.flatMap((_, member) =>
    Array.from({ length: partitions }, (__, partition) => pathOf(member, partition, 'isOwned')),
  );
  return {
    format: 'highwater-log',
    formatVersion: 1,
    model: 'groups',
    settings: { protocol, kafka, members: members.length, partitions, brokers, commit: 'after' },
    bounds: { records, leaves: count('closed'), failovers: count('moved') },
    watched: owned,
    unobserved,
    mostUnobserved: MOST_UNOBSERVED,
  };
}

function pathOf(member: number, partition: number, field: string): string {
  return `protocol.members.member-${member + 1}.partitions.partition-${partition + 1}.${field}`;
}

function linesOf(group: ObservedGroup, events: readonly (MemberEvent | Moved)[]): LogLine[] {
  const lines: LogLine[] = [];
  /** By member and partition: what was polled and not committed yet. */
  const open = new Map<string, number>();
  for (let index = 0; index < events.length; ) {
    const event = events[index] as MemberEvent | Moved;
    const same = events.slice(index).findIndex(each => !isOneStep(event, each));
    const together = events.slice(index, same === -1 ? undefined : index + same);
    lines.push(...lineOf(group, together, open));
    index += together.length;
  }
  return lines;
}

/** Whether two things are one step of a member: all of its partitions are given or taken at once, or it is closed. */
function isOneStep(first: MemberEvent | Moved, other: MemberEvent | Moved): boolean {
  if (first === other) return true;
  if (first.kind === 'moved' || other.kind === 'moved' || !('member' in first)) return false;
  if (!('member' in other) || other.member !== first.member) return false;
  const isTaken = first.kind === 'revoked' || first.kind === 'lost';
  if (isTaken) return other.kind === first.kind || other.kind === 'closed';
  return first.kind === 'assigned' && other.kind === 'assigned';
}

function lineOf(
  { members }: ObservedGroup,
  together: readonly (MemberEvent | Moved)[],
  open: Map<string, number>,
): LogLine[] {
  const [event] = together;
  if (event === undefined) return [];
  if (!('member' in event)) {
    const to = `broker-${event.to}`;
    const says = `${to} leads the partition of the group`;
    return [{ says, steps: [{ action: 'failOver', params: { to } }] }];
  }
  const member = members.indexOf(event.member);
  const partitions = together.flatMap(each =>
    'member' in each && each.partition !== undefined ? [each.partition] : [],
  );
  const name = `member-${member + 1}`;
  const says = `${event.member} ${together.map(wordsOf).join(', ')}`;
  const owns = (isOwned: boolean): Record<string, boolean> =>
    Object.fromEntries(partitions.map(each => [pathOf(member, each, 'isOwned'), isOwned]));
  const [partition = 0] = partitions;
  const key = `${member} ${partition}`;
  switch (event.kind) {
    case 'assigned':
      return [{ says, state: owns(true) }];
    case 'begins':
    case 'polled': {
      const { offset = 0 } = event;
      if (event.kind === 'polled') open.set(key, offset);
      const action = event.kind === 'begins' ? 'fetchOffset' : 'poll';
      const params = { member: name, partition: `partition-${partition + 1}` };
      const state = { [pathOf(member, partition, 'position')]: offset };
      return [{ says, steps: [{ action, params }], state }];
    }
    case 'committed': {
      const own = [...open].filter(([each]) => each.startsWith(`${member} `));
      for (const [each] of own) open.delete(each);
      const state = Object.fromEntries(
        own.map(([each, offset]) => [
          pathOf(member, Number(each.split(' ')[1]), 'committed'),
          offset,
        ]),
      );
      return own.length === 0 ? [] : [{ says, state }];
    }
    case 'revoked':
    case 'lost':
    case 'closed': {
      const isClosed = together.some(each => each.kind === 'closed');
      const steps = isClosed ? { steps: [{ action: 'leave', params: { member: name } }] } : {};
      return [{ says, ...steps, state: owns(false) }];
    }
    default:
      throw new Error(`${event.member}: ${event.kind}`);
  }
}

function wordsOf({ kind, ...event }: MemberEvent | Moved): string {
  const { partition, offset } = event as Partial<MemberEvent>;
  const where = partition === undefined ? '' : ` partition ${partition}`;
  return `${kind}${where}${offset === undefined ? '' : ` at ${offset}`}`;
}
