import type { TakenAction } from '../../../checker/model/property.ts';
import type { EffectHandlers } from '../../../checker/state/viewTypes.ts';
import {
  defaultConfig,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../../models/replication/config.ts';
import { replicationContext } from '../../../models/replication/context.ts';
import { rulesOf } from '../../../models/replication/rulesOf.ts';
import type { Broker, PartitionId } from '../../../models/replication/schema.ts';
import type { CaseOf, CasesOf } from '../judge.ts';

/** The scope of every hand-built state: three replicas and a spare broker, ELR on. */
export const handBuiltScope: {
  readonly config: ReplicationConfig;
  readonly bounds: ReplicationBounds;
} = {
  config: {
    ...defaultConfig,
    eligibleLeaderReplicas: true,
    spareBrokers: 1,
    requestsInFlight: true,
  },
  bounds: {
    ...quietScope,
    records: 3,
    crashes: 2,
    partitions: 2,
    preferredElections: 2,
    isrShrinks: 2,
    topicDeletions: 1,
  },
};

const { config, bounds } = handBuiltScope;
/** The states have room for what happens only in other scopes. */
const roomFor: ReplicationBounds = { ...bounds, elrEnablings: 1, uncleanSettingChanges: 1 };
const context = replicationContext(config, roomFor, rulesOf(config));
const { broker, partition, schema } = context;
/** The one partition. */
export const [only] = partition.all as [PartitionId];
const [b1, b2, b3, b4] = broker.all as readonly [Broker, Broker, Broker, Broker];
const replicas = [b1, b2, b3] as const;

export { b1, b2, b3, b4 };

export type HandBuilt = ReturnType<typeof schema.create>;
/** What there is of the partition. */
export const partitionIn = ({ protocol }: Pick<HandBuilt, 'protocol'>) =>
  protocol.partitions.get(only);
/** The partition as the controller has it now, or had before its last decisions. */
const decided = ({ protocol }: Pick<HandBuilt, 'protocol'>, back = 1) => {
  const { history } = protocol.metadata;
  return history.get(history.length - back).partitions.get(only);
};
/** A change of a hand-built state. */
export type Edit = (state: HandBuilt) => void;

/** No effects: a hand-built state writes every field itself. */
export const nothing: EffectHandlers<string, undefined> = new Proxy(
  {},
  { get: () => () => undefined },
);

/**
 * Broker 1 leads in epoch 0, brokers 2 and 3 follow and are in the ISR, broker 4 holds nothing;
 * all run, nothing is written. Then the edits.
 */
export function freshPartition(...edits: readonly Edit[]): HandBuilt {
  const state = schema.create();
  const { brokers, registrations } = state.protocol;
  append(state, {
    topicId: 1,
    leader: b1,
    leaderEpoch: 0,
    isr: replicas,
    elr: [],
    lastKnownLeader: undefined,
    recovering: false,
    adding: [],
    removing: [],
    replicas,
    minInsyncReplicas: 2,
  });
  for (const each of broker.all) {
    const { process } = brokers.get(each);
    const { role } = partitionIn(state).replicas.get(each);
    brokers.get(each).minInsyncReplicas = 2;
    process.send('start', nothing, undefined);
    process.send('catchUp', nothing, undefined);
    process.send('unfence', nothing, undefined);
    role.send('load', nothing, undefined);
    if (each !== b4) partitionIn(state).replicas.get(each).topicId = 1;
    role.send(each === b1 ? 'lead' : each === b4 ? 'remove' : 'follow', nothing, undefined);
    registrations.get(each).state.send('register', nothing, undefined);
    registrations.get(each).state.send('unfence', nothing, undefined);
  }
  for (const edit of edits) edit(state);
  return state;
}

/** What the controller may decide of the partition. */
export interface Decision {
  readonly topicId: number;
  readonly leader: Broker | undefined;
  readonly leaderEpoch: number;
  readonly isr: readonly Broker[];
  readonly elr: readonly Broker[];
  readonly lastKnownLeader: Broker | undefined;
  readonly recovering: boolean;
  readonly adding: readonly Broker[];
  readonly removing: readonly Broker[];
  readonly replicas: readonly Broker[];
  readonly minInsyncReplicas: number;
}

function append(state: HandBuilt, decision: Decision): void {
  const { history } = state.protocol.metadata;
  history.push({
    elrSwitchedOn: 0,
    uncleanElectionChanged: 0,
    minInsyncReplicas: decision.minInsyncReplicas,
  });
  const draft = decided(state);
  const before = history.length === 1 ? undefined : decided(state, 2);
  draft.topicId = decision.topicId;
  draft.leader = decision.leader;
  draft.leaderEpoch = decision.leaderEpoch;
  // Another topic begins at 0.
  draft.partitionEpoch = before?.topicId === decision.topicId ? before.partitionEpoch + 1 : 0;
  draft.lastKnownLeader = decision.lastKnownLeader;
  draft.recovering = decision.recovering;
  for (const set of ['isr', 'elr', 'adding', 'removing'] as const) {
    draft[set].assign(setOf(decision[set]));
  }
  for (const member of decision.replicas) draft.replicas.push(member);
}

/** A set of brokers, to give to a record that has one. */
function setOf(members: readonly Broker[]) {
  const set = schema.create().protocol.network.cutToController;
  for (const member of members) set.add(member);
  return set;
}

/** The controller decides this, the rest staying as it is; nobody has replayed it. */
export const decides =
  (change: Partial<Decision>): Edit =>
  state => {
    const { history } = state.protocol.metadata;
    const now = decided(state);
    const members = (set: typeof now.isr): Broker[] => broker.all.filter(each => set.has(each));
    append(state, {
      topicId: now.topicId,
      leader: now.leader,
      leaderEpoch: now.leaderEpoch,
      isr: members(now.isr),
      elr: members(now.elr),
      lastKnownLeader: now.lastKnownLeader,
      recovering: now.recovering,
      adding: members(now.adding),
      removing: members(now.removing),
      replicas: Array.from({ length: now.replicas.length }, (_, index) => now.replicas.get(index)),
      minInsyncReplicas: history.get(history.length - 1).minInsyncReplicas,
      ...change,
    });
  };

/** The controller elects in a new leader epoch; the brokers in `know` have replayed it. */
export const elects =
  (
    leader: Broker | undefined,
    { know = [], ...change }: Partial<Decision> & { readonly know?: readonly Broker[] } = {},
  ): Edit =>
  state => {
    const { leaderEpoch } = decided(state);
    decides({ leader, leaderEpoch: leaderEpoch + 1, ...change })(state);
    for (const each of know) hears(each)(state);
  };

/** A broker replays the newest metadata and takes its role. */
export const hears =
  (hearing: Broker): Edit =>
  state => {
    const { leader } = decided(state);
    catchesUp(hearing)(state);
    const part = hearing === leader ? 'lead' : leader === undefined ? 'loseLeader' : 'follow';
    partitionIn(state).replicas.get(hearing).role.send(part, nothing, undefined);
  };

/** The broker replays the newest metadata, which leaves its role as it is. */
export const catchesUp =
  (hearing: Broker): Edit =>
  ({ protocol }) => {
    const { history } = protocol.metadata;
    const { minInsyncReplicas } = history.get(history.length - 1);
    const metadataOffset = history.length - 1;
    Object.assign(protocol.brokers.get(hearing), { metadataOffset, minInsyncReplicas });
  };

/** The topic is created again, with broker 1 as its leader unless something else is said. */
export const recreates = (change: Partial<Decision> = {}): Edit =>
  decides({ topicId: 2, leader: b1, leaderEpoch: 0, ...change });

/** The topic is deleted. */
export const deletesTopic: Edit = elects(undefined, { isr: [], elr: [], replicas: [] });

/** The broker's replica is one of the topic with this id; 0 if there is none. */
export const hasReplicaOf =
  (owner: Broker, topicId: number): Edit =>
  state => {
    partitionIn(state).replicas.get(owner).topicId = topicId;
  };

/** The record was sent to the topic that is deleted. */
export const sentToDeletedTopic =
  (record: number): Edit =>
  ({ ghost }) =>
    ghost.partitions.get(only).ofDeletedTopic.push(record);

/** The broker's process stops. */
export const crashes =
  (stopped: Broker): Edit =>
  state => {
    state.protocol.brokers.get(stopped).process.send('crash', nothing, undefined);
    partitionIn(state).replicas.get(stopped).role.send('stop', nothing, undefined);
  };

/** The broker's process starts and loads its log. */
export const starts =
  (started: Broker): Edit =>
  state => {
    const { process } = state.protocol.brokers.get(started);
    process.send('start', nothing, undefined);
    process.send('catchUp', nothing, undefined);
    partitionIn(state).replicas.get(started).role.send('load', nothing, undefined);
  };

/** The controller's view of a broker moves; what follows from it does not happen. */
export const registered =
  (
    moved: Broker,
    event: 'fence' | 'unfence' | 'beginControlledShutdown' | 'register' | 'unregister',
  ): Edit =>
  ({ protocol }) => {
    protocol.registrations.get(moved).state.send(event, nothing, undefined);
    if (event === 'register') protocol.registrations.get(moved).brokerEpoch++;
  };

/** Writes a log from pairs of record and epoch, and a high watermark. */
export const writes =
  (
    owner: Broker,
    log: readonly (readonly [record: number, epoch: number])[],
    highWatermark = 0,
  ): Edit =>
  state => {
    const view = partitionIn(state).replicas.get(owner);
    view.log.truncate(0);
    for (const [record, epoch] of log) view.log.push({ record, epoch });
    view.highWatermark = highWatermark;
  };

/** Fields of the broker's replica are these. */
export const replica =
  (
    owner: Broker,
    fields: { readonly logStartOffset?: number; readonly flushedOffset?: number },
  ): Edit =>
  state => {
    Object.assign(partitionIn(state).replicas.get(owner), fields);
  };

/** The broker's replica has no leader to follow, and does not lead. */
export const losesLeader =
  (owner: Broker): Edit =>
  state =>
    partitionIn(state).replicas.get(owner).role.send('loseLeader', nothing, undefined);

/** The leader knows how far a follower has come. */
export const knows =
  (leader: Broker, follower: Broker, logEndOffset: number): Edit =>
  state => {
    partitionIn(state).replicas.get(leader).followers.get(follower).logEndOffset = logEndOffset;
  };

/** The leader has proposed an ISR. */
export const proposes =
  (leader: Broker, change: 'expand' | 'shrink', isr: readonly Broker[]): Edit =>
  state => {
    const { pendingIsr } = partitionIn(state).replicas.get(leader);
    pendingIsr.change = change;
    pendingIsr.isr.assign(setOf(isr));
  };

export const acknowledged =
  (record: number, offset: number, acks: 'all' | '1' = 'all'): Edit =>
  ({ ghost }) =>
    ghost.partitions.get(only).acknowledged.push({ offset, record, acks });

/** The next record that a consumer could read. */
export const exposed =
  (record: number, epoch: number): Edit =>
  ({ ghost }) =>
    ghost.partitions.get(only).exposed.push({ epoch, record });

/** The records below this offset were deleted on request. */
export const deleted =
  (offset: number): Edit =>
  ({ ghost }) => {
    ghost.partitions.get(only).deletedBefore = offset;
  };

/** A step between two states, by an action with these arguments. */
export interface HandBuiltStep {
  readonly before: HandBuilt;
  readonly after: HandBuilt;
  readonly action: TakenAction;
}

/** Builds the state before, and from it the state after. */
export function stepFrom(
  before: readonly Edit[],
  change: readonly Edit[],
  name = 'anything',
  params: TakenAction['params'] = {},
): HandBuiltStep {
  return {
    before: freshPartition(...before),
    after: freshPartition(...before, ...change),
    action: { actor: 'a test', name, params },
  };
}

/** A place where a property is judged. */
type Place = HandBuilt | HandBuiltStep;

export type Cases = CasesOf<Place>;
export type Case = CaseOf<Place>;
