import { DirectedRun } from '../../../checker/replay/directedRun.ts';
import type { GroupsBounds, GroupsConfig } from '../../../models/groups/config.ts';
import type {
  Broker,
  GhostFields,
  MemberNode,
  PartitionId,
  ProtocolFields,
} from '../../../models/groups/schema.ts';
import { groupsIn } from '../../models/groups/scope.ts';

export const [M1, M2] = ['member-1', 'member-2'] as const;
export const [B1, B2] = ['broker-1', 'broker-2'] as const;
const P1 = 'partition-1';
export const P2 = 'partition-2';
type Member = typeof M1 | typeof M2;
type BrokerName = typeof B1 | typeof B2;
type Partition = typeof P1 | typeof P2;

const byMember =
  (name: string) =>
  (member: Member): string =>
    `${name}(member=${member})`;
const byBroker =
  (name: string) =>
  (broker: BrokerName = B1): string =>
    `${name}(broker=${broker})`;

/* Steps of a story of a group. */
export const start = byMember('start');
export const join = byMember('join');
export const joinAgain = byMember('joinWithoutRebalance');
export const prepare = byMember('prepareRevocation');
export const getPartitions = byMember('getPartitions');
export const hearOfLoss = byMember('hearOfLoss');
export const findCoordinator = byMember('findCoordinator');
export const commit = byMember('commitOffsets');
export const crash = byMember('crash');
export const leave = byMember('leave');
export const exceedPollInterval = byMember('exceedPollInterval');
export const completeJoin = byBroker('completeJoin');
export const load = byBroker('load');
export const resign = byBroker('resign');
export const unload = byBroker('unload');
export const replicate = 'replicate()';
export const assign = (member: Member, first: Member = member): string =>
  `assign(first=${first}, member=${member})`;
export const fetchOffset = (member: Member, partition: Partition = P1): string =>
  `fetchOffset(member=${member}, partition=${partition})`;
export const poll = (member: Member, count = 1, partition: Partition = P1): string =>
  `poll(count=${count}, member=${member}, partition=${partition})`;
export const process = (member: Member, partition: Partition = P1): string =>
  `processRecord(member=${member}, partition=${partition})`;
export const giveUp = (name: 'missSession' | 'expireSession', member: Member): string =>
  `${name}(broker=${B1}, member=${member})`;
export const failOver = (
  name: 'failOver' | 'failOverUnnoticed',
  to: BrokerName,
  lost = 0,
): string => `${name}(lost=${lost}, to=${to})`;

export const heartbeat = (member: Member, first: Member = member): string =>
  `heartbeat(first=${first}, member=${member})`;
export const reconcile = byMember('reconcile');

/** The first member is alone in the group, and owns everything. */
export const alone: readonly string[] = [
  start(M1),
  join(M1),
  completeJoin(),
  assign(M1),
  replicate,
  getPartitions(M1),
];

/** Both are in the group, and the partitions are given in their order. */
export const together: readonly string[] = [
  start(M1),
  start(M2),
  join(M1),
  join(M2),
  completeJoin(),
  assign(M1),
  replicate,
  getPartitions(M1),
  getPartitions(M2),
];

/** Room enough for every story. */
const storyBounds: Partial<GroupsBounds> = {
  records: 2,
  crashes: 2,
  leaves: 2,
  missedSessions: 2,
  slowPolls: 1,
  failovers: 2,
  lateResignations: 1,
};

/** A story of a group, watched by every property and question. */
export class GroupsStory extends DirectedRun<ProtocolFields, GhostFields> {
  /** How often each record of the first partition was processed. */
  get processed(): string {
    return [...this.ghost.partitions.get(0 as PartitionId).processed].join(' ');
  }

  /** The group, by a coordinator. */
  groupAt(broker: BrokerName): string {
    const { group } = this.protocol.coordinators.get((broker === B1 ? 0 : 1) as Broker);
    return `${group.state.state}, generation ${group.generation}`;
  }

  /** A member: its state, and where it is in the first partition. */
  member(name: Member): string {
    const view = this.protocol.members.get((name === M1 ? 0 : 1) as MemberNode);
    const { isOwned, position } = view.partitions.get(0 as PartitionId);
    const isOfConsumers = view.classic.state === 'stopped';
    const { state } = isOfConsumers ? view.consumer : view.classic;
    return isOwned ? `${state}, at ${position ?? 'nowhere'}` : state;
  }

  /** What the log of the coordinator has of the first partition, with a bar where it is committed to. */
  get log(): string {
    const { log, highWatermark } = this.protocol.offsets;
    const words = [...log].map(({ kind, offsets, generation }) =>
      kind === 'group' ? `g${generation}` : `${kind} ${offsets.toJSON().join('/')}`,
    );
    words.splice(highWatermark, 0, '|');
    return words.join(' ');
  }
}

/** Stories of one configuration, in which known mistakes are repaired unless it says otherwise. */
export function groupsStory(
  config: Partial<GroupsConfig> = {},
  bounds: Partial<GroupsBounds> = {},
): GroupsStory {
  const { model, properties, questions } = groupsIn({
    config: { repairs: ['all'], ...config },
    bounds: { ...storyBounds, ...bounds },
  });
  return new GroupsStory(model, [...properties, ...questions]);
}
