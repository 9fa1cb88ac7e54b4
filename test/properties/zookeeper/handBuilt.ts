import type { TakenAction } from '../../../checker/model/property.ts';
import type { EffectHandlers } from '../../../checker/state/viewTypes.ts';
import { rulesOf as partitionRulesOf } from '../../../models/replication/rulesOf.ts';
import type { Broker, PartitionId } from '../../../models/replication/schema.ts';
import {
  defaultConfig,
  partitionConfigOf,
  quietScope,
  type ZooKeeperBounds,
  type ZooKeeperConfig,
} from '../../../models/zookeeper/config.ts';
import { zooKeeperContext } from '../../../models/zookeeper/context.ts';
import { rulesOf } from '../../../models/zookeeper/releaseRules.ts';
import type { RequestKind } from '../../../models/zookeeper/schema.ts';
import type { CasesOf } from '../judge.ts';

/** Three brokers with a replica each, in a scope with room for what is written into the states by hand. */
export const handBuiltScope: {
  readonly config: ZooKeeperConfig;
  readonly bounds: ZooKeeperBounds;
} = {
  config: { ...defaultConfig, brokers: 3 },
  bounds: { ...quietScope, crashes: 1, controllerMoves: 2, topicDeletions: 1 },
};

const { config, bounds } = handBuiltScope;
const { broker, partition, schema } = zooKeeperContext(config, bounds, {
  zooKeeper: rulesOf(config),
  partition: partitionRulesOf(partitionConfigOf(config)),
});
const [b1, b2, b3] = broker.all as readonly [Broker, Broker, Broker];
const [only] = partition.partition.all as [PartitionId];

export { b1, b2, b3 };

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

/** The state znode, as far as the properties look at it. */
interface State {
  readonly topicId: number;
  readonly leader: Broker | undefined;
  readonly leaderEpoch: number;
  readonly isr: readonly Broker[];
  readonly replicas: readonly Broker[];
}

const first: State = {
  topicId: 1,
  leader: b1,
  leaderEpoch: 0,
  isr: broker.all,
  replicas: broker.all,
};

/** Broker 1 leads in epoch 0 and is the controller of epoch 1, everybody knows it all, and nothing is under way. */
export function cluster(...edits: readonly Edit[]): HandBuilt {
  const state = schema.create();
  writes(first)(state);
  const { sessions, partition: protocol, heard } = state.protocol;
  for (const each of broker.all) {
    goes(each, 'start', 'catchUp', 'unfence')(state);
    plays(each, 'load', each === b1 ? 'lead' : 'follow')(state);
    hasReplicaOf(each, 1)(state);
    protocol.registrations.get(each).state.send('register', nothing, undefined);
    protocol.registrations.get(each).state.send('unfence', nothing, undefined);
    sessions.get(each).state.send('open', nothing, undefined);
    Object.assign(sessions.get(each), { ownsNode: true, controllerWatch: 'armed' });
    Object.assign(heard.get(each), { isTold: true, leader: b1 });
    for (const other of broker.all) heard.get(each).live.add(other);
  }
  for (const edit of [names(b1), begins(b1, 1), ...edits]) edit(state);
  return state;
}

/** A step by these edits. */
export function step(
  before: readonly Edit[],
  after: readonly Edit[],
  action: Partial<TakenAction> = {},
): Place {
  const taken = { name: 'fetch', actor: 'broker', params: {}, ...action };
  return { before: cluster(...before), after: cluster(...before, ...after), action: taken };
}

/** A step in which a broker handles the request of a controller. */
export function handling(
  before: readonly Edit[],
  after: readonly Edit[],
  name = 'deliver',
  { controller = 'broker-1', to = 'broker-2' } = {},
): Place {
  return step(before, after, { name, params: { controller, broker: to } });
}

/** The state znode is written: a newer version, with this that is new in it. */
export const writes =
  (change: Partial<State>): Edit =>
  ({ protocol }) => {
    const { history } = protocol.partition.metadata;
    const known = history.length === 0 ? first : newest(history.get(history.length - 1));
    const now = { ...known, ...change };
    history.push({ elrSwitchedOn: 0, uncleanElectionChanged: 0, minInsyncReplicas: 1 });
    const draft = history.get(history.length - 1).partitions.get(only);
    const { topicId, leader, leaderEpoch } = now;
    Object.assign(draft, { topicId, leader, leaderEpoch });
    for (const each of now.isr) draft.isr.add(each);
    for (const each of now.replicas) draft.replicas.push(each);
  };

type History = HandBuilt['protocol']['partition']['metadata']['history'];

function newest(version: ReturnType<History['get']>): State {
  const { topicId, leader, leaderEpoch, isr, replicas } = version.partitions.get(only);
  return { topicId, leader, leaderEpoch, isr: [...isr], replicas: [...replicas] };
}

/** The process of a broker goes through these events of its lifecycle. */
export const goes =
  (of: Broker, ...events: readonly ('start' | 'catchUp' | 'unfence' | 'crash' | 'stop')[]): Edit =>
  ({ protocol }) => {
    const { process } = protocol.partition.brokers.get(of);
    for (const event of events) process.send(event, nothing, undefined);
  };

/** A broker wants to stop. */
export const wantsToStop =
  (of: Broker): Edit =>
  ({ protocol }) =>
    protocol.partition.brokers.get(of).process.send('beginControlledShutdown', nothing, undefined);

type RoleEvent = 'load' | 'lead' | 'follow' | 'loseLeader' | 'stop' | 'remove' | 'assign';

/** The replica of a broker goes through these events of its lifecycle. */
export const plays =
  (of: Broker, ...events: readonly RoleEvent[]): Edit =>
  ({ protocol }) => {
    const { role } = protocol.partition.partitions.get(only).replicas.get(of);
    for (const event of events) role.send(event, nothing, undefined);
  };

/** The replica of a broker is one of the topic with this id; 0 if there is none. */
export const hasReplicaOf =
  (of: Broker, topicId: number): Edit =>
  ({ protocol }) => {
    protocol.partition.partitions.get(only).replicas.get(of).topicId = topicId;
  };

/** What a broker was told of its replica: this version of the state, or nothing. */
export const told =
  (of: Broker, version: number | undefined): Edit =>
  ({ protocol }) => {
    protocol.heard.get(of).isTold = version !== undefined;
    if (version !== undefined) protocol.partition.brokers.get(of).metadataOffset = version;
  };

/** The version that a broker has, whether it was told it or not. */
export const hasVersion =
  (of: Broker, version: number): Edit =>
  ({ protocol }) => {
    protocol.partition.brokers.get(of).metadataOffset = version;
  };

/** What a broker tells clients, and whom it has heard. */
interface Heard {
  readonly leader?: Broker | undefined;
  readonly leaderEpoch?: number;
  readonly controllerEpoch?: number;
}

export const heard =
  (of: Broker, fields: Heard): Edit =>
  ({ protocol }) =>
    void Object.assign(protocol.heard.get(of), fields);

/** Whom a broker takes for alive besides the others, or not any more. */
export const takesFor =
  (of: Broker, other: Broker, what: 'alive' | 'dead'): Edit =>
  ({ protocol }) => {
    const { live } = protocol.heard.get(of);
    if (what === 'alive') live.add(other);
    else live.delete(other);
  };

/** A broker has this epoch by its registration, and knows it. */
export const registeredAs =
  (of: Broker, brokerEpoch: number): Edit =>
  ({ protocol }) => {
    protocol.partition.brokers.get(of).brokerEpoch = brokerEpoch;
  };

/** The node of a broker in /brokers/ids is gone, and its session with it if it is said how. */
export const loses =
  (of: Broker, session: 'expire' | 'close' | 'nothing' = 'nothing'): Edit =>
  ({ protocol }) => {
    protocol.partition.registrations.get(of).state.send('fence', nothing, undefined);
    protocol.sessions.get(of).ownsNode = false;
    if (session !== 'nothing') protocol.sessions.get(of).state.send(session, nothing, undefined);
  };

/** A broker is down, its node gone, and everybody who is up knows it. */
export const isDown =
  (of: Broker): Edit =>
  state => {
    goes(of, 'crash')(state);
    plays(of, 'stop')(state);
    loses(of, 'close')(state);
    for (const each of broker.all) takesFor(each, of, 'dead')(state);
    for (const each of broker.all) state.protocol.controllers.get(each).live.delete(of);
  };

interface SessionFields {
  readonly isOrphaned?: boolean;
  readonly ownsNode?: boolean;
  readonly controllerWatch?: 'none' | 'armed' | 'fired';
}

/** Fields of a session. */
export const session =
  (of: Broker, fields: SessionFields): Edit =>
  ({ protocol }) =>
    void Object.assign(protocol.sessions.get(of), fields);

/** `/controller` names this broker. */
export const names =
  (controller: Broker | undefined, controllerIsOrphaned = false): Edit =>
  ({ protocol }) =>
    void Object.assign(protocol.zooKeeper, { controller, controllerIsOrphaned });

interface ZooKeeperFieldsOf {
  readonly controllerEpoch?: number;
  readonly isrChanged?: boolean;
  readonly isDeleting?: boolean;
}

/** Fields of the znodes. */
export const zooKeeper =
  (fields: ZooKeeperFieldsOf): Edit =>
  ({ protocol }) =>
    void Object.assign(protocol.zooKeeper, fields);

/** A broker begins this controller epoch, and is as far as this with what a new controller does. */
export const begins =
  (of: Broker, epoch: number, as: 'elected' | 'loaded' | 'active' = 'active'): Edit =>
  ({ protocol }) => {
    const view = protocol.controllers.get(of);
    view.state.send('win', nothing, undefined);
    if (as !== 'elected') view.state.send('read', nothing, undefined);
    if (as === 'active') view.state.send('start', nothing, undefined);
    view.epoch = epoch;
    view.brokersWatch = 'armed';
    for (const each of broker.all) view.live.add(each);
    if (epoch > protocol.zooKeeper.controllerEpoch) protocol.zooKeeper.controllerEpoch = epoch;
  };

interface ControllerFieldsOf {
  readonly epoch?: number;
  readonly version?: number;
  readonly brokersWatch?: 'none' | 'armed' | 'fired';
}

/** Fields of a controller. */
export const controller =
  (of: Broker, fields: ControllerFieldsOf): Edit =>
  ({ protocol }) =>
    void Object.assign(protocol.controllers.get(of), fields);

/** A controller takes a broker for gone. */
export const misses =
  (of: Broker, other: Broker): Edit =>
  ({ protocol }) => {
    protocol.controllers.get(of).live.delete(other);
  };

/** The answer of a broker that has deleted its replica is on its way to a controller. */
export const hasAnswer =
  (of: Broker, from: Broker): Edit =>
  ({ protocol }) => {
    protocol.controllers.get(of).deleted.add(from);
  };

/** A controller is none any more. */
export const resigns =
  (of: Broker): Edit =>
  ({ protocol }) => {
    protocol.controllers.get(of).state.send('resign', nothing, undefined);
    protocol.controllers.clear(of);
  };

interface Sent {
  readonly kind?: RequestKind;
  readonly controllerEpoch?: number;
  readonly brokerEpoch?: number;
}

/** A request of a controller to a broker is on its way, the first of its queue or late. */
export const sends =
  (from: Broker, to: Broker, sent: Sent = {}, by: 'queues' | 'late' = 'queues'): Edit =>
  ({ protocol }) => {
    const asked = { kind: 'leaderAndIsr', controllerEpoch: 1, brokerEpoch: 0, version: 0 } as const;
    const none = schema.create().protocol.heard.get(b1).live;
    protocol[by]
      .get(from)
      .get(to)
      .push({ ...asked, ...sent, live: none });
  };
