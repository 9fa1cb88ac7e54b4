import type { TakenAction } from '../../../checker/model/property.ts';
import type { EffectHandlers } from '../../../checker/state/viewTypes.ts';
import {
  defaultConfig,
  type GroupsBounds,
  type GroupsConfig,
  quietScope,
} from '../../../models/groups/config.ts';
import { groupsContext } from '../../../models/groups/context.ts';
import { groupsRules } from '../../../models/groups/releaseRules.ts';
import type { Broker, MemberNode, PartitionId } from '../../../models/groups/schema.ts';
import type { CasesOf } from '../judge.ts';

/** What a hand-built state is asked in. */
interface HandBuiltScope {
  readonly config: GroupsConfig;
  readonly bounds: GroupsBounds;
}

/** Two members that read two partitions, and give everything up in a rebalance. */
export const handBuiltScope: HandBuiltScope = {
  config: { ...defaultConfig, partitions: 2 },
  bounds: { ...quietScope, records: 2 },
};

/** The same of cooperative members with one instance id. */
export const sharedScope: HandBuiltScope = {
  ...handBuiltScope,
  config: { ...handBuiltScope.config, instanceIds: 'shared', assignor: 'cooperative' },
};

/** By the consumer protocol, with one partition: the second one is in the states and not in what is asked. */
export const consumerScope: HandBuiltScope = {
  ...handBuiltScope,
  config: { ...defaultConfig, protocol: 'consumer' },
};

const { broker, member, partition, schema } = groupsContext(
  handBuiltScope.config,
  { ...handBuiltScope.bounds, failovers: 1 },
  groupsRules,
);
const [b1, b2] = broker.all as readonly [Broker, Broker];
const [m1, m2] = member.all as readonly [MemberNode, MemberNode];
const [p1, p2] = partition.all as readonly [PartitionId, PartitionId];

export { b2, m1, m2, p1, p2 };

export type HandBuilt = ReturnType<typeof schema.create>;
/** A change of a hand-built state. */
export type Edit = (state: HandBuilt) => void;
/** A state, or a step. */
export type Place =
  | HandBuilt
  | { readonly before: HandBuilt; readonly after: HandBuilt; readonly action: TakenAction };
export type Cases = CasesOf<Place>;

/** No effects: a hand-built state writes every field itself. */
const nothing: EffectHandlers<string, undefined> = new Proxy({}, { get: () => () => undefined });

/** The first broker is the coordinator, nobody is in the group, and its log is empty. Then the edits. */
export function groups(...edits: readonly Edit[]): HandBuilt {
  const state = schema.create();
  const { protocol } = state;
  protocol.offsets.leader = b1;
  for (const each of member.all) protocol.members.get(each).coordinator = b1;
  for (const edit of [coordinates('elect', 'load'), ...edits]) edit(state);
  return state;
}

/** A step by these edits. */
export function step(
  before: readonly Edit[],
  after: readonly Edit[],
  action: Partial<TakenAction> = {},
): Place {
  const taken = { name: 'replicate', actor: 'replicas', params: {}, ...action };
  return { before: groups(...before), after: groups(...before, ...after), action: taken };
}

/** The first broker goes through these events of its lifecycle. */
export function coordinates(...events: readonly ('elect' | 'load' | 'resign')[]): Edit {
  return ({ protocol }) => {
    for (const event of events) protocol.coordinators.get(b1).state.send(event, nothing, undefined);
  };
}

/** The log is led in this epoch, whoever that is. */
export const ledIn =
  (leaderEpoch: number): Edit =>
  ({ protocol }) => {
    protocol.offsets.leaderEpoch = leaderEpoch;
  };

/** The next batch of the log commits an offset. */
export const wroteOffset =
  (offset: number, of: PartitionId = p1): Edit =>
  ({ protocol }) =>
    writeOffset(protocol, 'offsets', offset, of);

/** The next batch of the log deletes the offset of a partition. */
export const deletedOffset =
  (of: PartitionId = p1): Edit =>
  ({ protocol }) =>
    writeOffset(protocol, 'deleted', 0, of);

function writeOffset(
  { offsets: { log } }: HandBuilt['protocol'],
  kind: 'offsets' | 'deleted',
  offset: number,
  of: PartitionId,
): void {
  log.push({ leaderEpoch: 0, kind, generation: 0, assignmentEpoch: 0 });
  log.get(log.length - 1).offsets.set(of, offset);
}

/** The next batch of the log is the group: its generation, its members, and who has what. */
export const wroteGroup =
  (
    generation: number,
    members: readonly MemberNode[] = [],
    owners: readonly (readonly [PartitionId, MemberNode])[] = [],
  ): Edit =>
  ({ protocol }) => {
    const { log } = protocol.offsets;
    log.push({ leaderEpoch: 0, kind: 'group', generation, assignmentEpoch: 0 });
    const entry = log.get(log.length - 1);
    for (const each of members) entry.members.set(each, true);
    for (const [each, owner] of owners) entry.owners.set(each, owner);
  };

/** The whole log is committed. */
export const replicated: Edit = ({ protocol }) => {
  protocol.offsets.highWatermark = protocol.offsets.log.length;
};

/** The log ends here. */
export const cut =
  (length: number): Edit =>
  ({ protocol }) =>
    protocol.offsets.log.truncate(length);

/** The coordinator has the group in this generation, after these events. */
export const group =
  (
    generation: number,
    events: readonly ('rebalance' | 'complete' | 'assign')[] = [],
    at: Broker = b1,
  ): Edit =>
  ({ protocol }) => {
    const view = protocol.coordinators.get(at).group;
    view.generation = generation;
    for (const event of events) view.state.send(event, {}, undefined);
  };

/** What the coordinator knows of a member. */
interface Known {
  readonly assigned?: readonly PartitionId[];
  readonly pending?: readonly PartitionId[];
  readonly epoch?: number;
  readonly at?: Broker;
}

/** A member is in the group, by its coordinator. */
export const isIn =
  (of: MemberNode, { assigned = [], pending = [], epoch = 0, at = b1 }: Known = {}): Edit =>
  ({ protocol }) => {
    const entry = protocol.coordinators.get(at).group.members.get(of);
    Object.assign(entry, { isIn: true, epoch });
    for (const each of assigned) entry.assigned.add(each);
    for (const each of pending) entry.pending.add(each);
  };

type ClassicEvent = 'start' | 'join' | 'getGeneration' | 'getPartitions' | 'fence';

/** A member of the classic protocol goes through these events of its lifecycle. */
export const goes =
  (of: MemberNode, ...events: readonly ClassicEvent[]): Edit =>
  ({ protocol }) => {
    for (const event of events) protocol.members.get(of).classic.send(event, nothing, undefined);
  };

/** A member is stable in a generation. */
export const stable =
  (of: MemberNode, generation: number): Edit =>
  state => {
    goes(of, 'start', 'join', 'getGeneration', 'getPartitions')(state);
    memberHas(of, { generation })(state);
  };

/** A member of the consumer protocol is stable in an epoch. */
export const stableConsumer =
  (of: MemberNode, generation: number): Edit =>
  state => {
    const { consumer } = state.protocol.members.get(of);
    for (const event of ['start', 'keep'] as const) consumer.send(event, nothing, undefined);
    memberHas(of, { generation })(state);
  };

/** Fields of a member. */
export const memberHas =
  (
    of: MemberNode,
    fields: {
      readonly generation?: number;
      readonly coordinator?: Broker;
      readonly owesRejoin?: boolean;
    },
  ): Edit =>
  ({ protocol }) =>
    void Object.assign(protocol.members.get(of), fields);

/** What a member has of a partition. */
interface Reading {
  readonly isOwned?: boolean;
  readonly position?: number;
  readonly done?: number;
  readonly committed?: number;
}

/** A member has this of a partition. */
export const reads =
  (of: MemberNode, what: PartitionId, fields: Reading): Edit =>
  ({ protocol }) =>
    void Object.assign(protocol.members.get(of).partitions.get(what), fields);

/** A member takes these partitions for its own. */
export const owns =
  (of: MemberNode, ...partitions: readonly PartitionId[]): Edit =>
  state => {
    for (const each of partitions) reads(of, each, { isOwned: true })(state);
  };

/** Applications have processed the records of a partition so often, from the first one. */
export const processed =
  (times: readonly number[], of: PartitionId = p1): Edit =>
  ({ ghost }) => {
    const list = ghost.partitions.get(of).processed;
    list.truncate(0);
    for (const each of times) list.push(each);
  };

/** Success was told of an offset. */
export const acknowledged =
  (offset: number, of: PartitionId = p1): Edit =>
  ({ ghost }) => {
    ghost.partitions.get(of).acknowledged = offset;
  };
