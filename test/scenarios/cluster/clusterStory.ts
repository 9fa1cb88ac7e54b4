import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import { DirectedRun } from '../../../checker/replay/directedRun.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import {
  type ClusterBounds,
  type ClusterConfig,
  defaultConfig,
  quietScope,
} from '../../../models/cluster/config.ts';
import type { ClusterDefect } from '../../../models/cluster/defect.ts';
import { clusterModel } from '../../../models/cluster/model.ts';
import { type Hosts, hostsOf, nodeOf } from '../../../models/cluster/nodes.ts';
import type { GhostFields, ProtocolFields } from '../../../models/cluster/schema.ts';
import { entryAt, logEndOffset } from '../../../models/kraft/log.ts';
import type { ReadonlyNodeView } from '../../../models/kraft/schema.ts';
import { brokerViewOf, controllerView } from '../../../models/replication/metadata.ts';
import { partitionOf, type ReadonlyPartition } from '../../../models/replication/partitionScope.ts';
import type {
  Broker,
  PartitionId,
  ReadonlyBrokerView,
  ReadonlyReplicaView,
} from '../../../models/replication/schema.ts';
import { clusterProperties } from '../../../properties/cluster.ts';
import { logOf, type PartitionName, wordsOf } from '../replication/replicationStory.ts';
import { step } from '../step.ts';

export type BrokerName = 'broker-1' | 'broker-2' | 'broker-3';
type ControllerName = 'controller-1' | 'controller-2' | 'controller-3';
/** In separate mode controllers and brokers are nodes of their own, in combined mode both are one. */
export type NodeName = ControllerName | BrokerName | 'node-1' | 'node-2' | 'node-3';
export const [C1, C2, C3] = ['controller-1', 'controller-2', 'controller-3'] as const;
const partitions = nodeType('partition', 2);
export const [N1, N2, N3] = ['node-1', 'node-2', 'node-3'] as const;

/** What a story changes of the default configuration and of {@link storyBounds}. */
export interface StoryScope {
  readonly config?: Partial<ClusterConfig>;
  readonly bounds?: Partial<ClusterBounds>;
  readonly defects?: readonly ClusterDefect[];
}

/** Room enough for every story. */
export const storyBounds: ClusterBounds = {
  ...quietScope,
  epochs: 6,
  decisions: 24,
  records: 6,
  crashes: 6,
  missedHeartbeats: 2,
  shutdowns: 2,
  resignations: 2,
  partitions: 8,
  preferredElections: 2,
  isrShrinks: 3,
};

/** What all stories of one scope share. */
interface Stage {
  readonly config: ClusterConfig;
  readonly model: CompiledModel;
  readonly properties: readonly AnyProperty[];
}

function stageOf({ config = {}, bounds = {}, defects = [] }: StoryScope): Stage {
  const whole = { ...defaultConfig, kafka: 'current', transport: 'rounds', ...config } as const;
  const limits = { ...storyBounds, ...bounds };
  return {
    config: whole,
    model: new CompiledModel(clusterModel(whole, limits, defects)),
    properties: clusterProperties(whole, limits),
  };
}

/** Begins stories of one scope, of which there are many: its model is built once. */
export function storiesIn(scope: StoryScope = {}): () => ClusterStory {
  const stage = stageOf(scope);
  return () => new ClusterStory(stage);
}

const mostTimeouts = 4;

/** What the quorum does by itself while nothing fails. */
const quorumWork = [
  'exchangeBeginQuorumEpoch',
  'exchangeMetadataFetch',
  'exchangeFetchSnapshot',
  'applyCommitted',
];
/** What brokers do by themselves while nothing fails, with what they ask the controller for. */
const brokerWork = [
  'fetch',
  'receiveFetchResponse',
  'handleAlterPartition',
  'receiveAlterPartitionAnswer',
  'replayMetadata',
];

/** A cluster that is played by hand, with what a test wants to know of its state. */
export class ClusterStory extends DirectedRun<ProtocolFields, GhostFields> {
  #id = partitions.all[0] as PartitionId;
  readonly #hosts: Hosts;

  constructor({ config, model, properties }: Stage) {
    super(model, properties);
    this.#hosts = hostsOf(config);
  }

  /** A node is elected with the vote of another; both have lost patience with whom they followed. */
  elect(candidate: NodeName, voter: NodeName): this {
    const asks = [exchange('PreVote', candidate, voter), exchange('Vote', candidate, voter)];
    for (let times = 0; times < mostTimeouts && !this.#leads(candidate); times++) {
      if (this.node(voter).hasFetched) this.take(step('fetchTimeout', { node: voter }));
      const { state } = this.node(candidate).state;
      const timer = state === 'follower' ? 'fetchTimeout' : 'electionTimeout';
      if (state !== 'prospective') this.take(step(timer, { node: candidate }));
      for (const ask of asks) if (this.guard(ask) === 'enabled') this.take(ask);
    }
    if (!this.#leads(candidate)) throw new Error(`${candidate} is not elected`);
    return this;
  }
  #leads(node: NodeName): boolean {
    return this.node(node).state.state === 'leader';
  }

  /** Lets the quorum copy and commit what it has, and what it commits take effect. */
  commit(): this {
    return this.settle(quorumWork);
  }
  /** Lets everybody go on until there is nothing left to copy, to decide or to learn. */
  catchUp(): this {
    return this.settle([...quorumWork, ...brokerWork]);
  }
  /** A controller decides, and what it has decided takes effect. */
  decide(...steps: readonly string[]): this {
    for (const one of steps) this.take(one).commit();
    return this;
  }
  /** A broker that has started registers, loads, and is unfenced. */
  join(broker: BrokerName): this {
    this.commit().decide(step('register', { broker }));
    return this.take(step('receiveRegistrationAnswer', { broker }))
      .decide(step('unfence', { broker }))
      .catchUp();
  }

  /** The controller that is active, or `none`. */
  get controller(): string {
    const { controller } = this.protocol;
    return controller === undefined ? 'none' : this.#hosts.node.nameOf(controller);
  }
  node(name: NodeName): ReadonlyNodeView {
    const node = this.#hosts.node.named(name);
    if (node === undefined) throw new Error(`there is no ${name}`);
    return this.protocol.quorum.nodes.get(node);
  }
  /** What the node is in which epoch, for instance `follower, epoch 2`. */
  role(name: NodeName): string {
    const { state, epoch } = this.node(name);
    return state.state === 'stopped' ? state.state : `${state.state}, epoch ${epoch}`;
  }
  /** The metadata log of a node as the decisions in it: `fence@1`; elections are left out. */
  decisionsAt(name: NodeName): string {
    const view = this.node(name);
    const { decisions } = this.protocol;
    const words: string[] = [];
    for (let offset = view.logStartOffset; offset < logEndOffset(view); offset++) {
      const { kind, value, epoch } = entryAt(view, offset);
      if (kind === 'record') words.push(`${decisions.get(value - 1).command}@${epoch}`);
    }
    return words.join(' ');
  }

  broker(name: BrokerName): ReadonlyBrokerView {
    return this.protocol.partition.brokers.get(this.#brokerNamed(name));
  }
  /** What the broker's process does, and the part it plays for the partition. */
  doing(name: BrokerName): string {
    return `${this.broker(name).process.state}, ${this.#replica(name).role.state}`;
  }
  registration(name: BrokerName): string {
    return this.protocol.partition.registrations.get(this.#brokerNamed(name)).state.state;
  }
  /** The committed metadata that the broker's own node has, and how far the broker has replayed it. */
  knowledge(name: BrokerName): string {
    const broker = this.#brokerNamed(name);
    const { highWatermark } = this.protocol.quorum.nodes.get(nodeOf(this.#hosts, broker));
    return `offset ${highWatermark}, partition epoch ${this.broker(name).metadataOffset}`;
  }
  log(name: BrokerName): string {
    return logOf(this.#replica(name));
  }
  waiting(name: BrokerName): number {
    return this.#replica(name).waitingProduce.length;
  }
  /** Looks at another partition from now on: the first or the second. */
  lookAt(partition: PartitionName): this {
    this.#id = partitions.named(partition) as PartitionId;
    return this;
  }
  /** The partition by the committed metadata. */
  get partition(): string {
    return wordsOf(controllerView(this.#partition));
  }
  /** The partition as a broker knows it. */
  partitionKnownTo(name: BrokerName): string {
    return wordsOf(brokerViewOf(this.#partition, this.#brokerNamed(name)));
  }
  /** The records that were acknowledged, in order. */
  get acknowledged(): number[] {
    const { acknowledged } = this.ghost.partition.partitions.get(this.#id);
    return Array.from(
      { length: acknowledged.length },
      (_, index) => acknowledged.get(index).record,
    );
  }

  get #partition(): ReadonlyPartition {
    return partitionOf(this.protocol.partition, this.#id);
  }
  #replica(name: BrokerName): ReadonlyReplicaView {
    return this.#partition.replicas.get(this.#brokerNamed(name));
  }
  #brokerNamed(name: BrokerName): Broker {
    const broker = this.#hosts.broker.named(name);
    if (broker === undefined) throw new Error(`there is no ${name}`);
    return broker;
  }
}

const exchange = (title: string, from: NodeName, to: NodeName): string =>
  step(`exchange${title}`, { from, to, answer: 'arrives' });
export const crash = (node: NodeName): string => step('crash', { node, sent: 'arrives' });
export const restart = (node: NodeName): string => step('restart', { node });
export const cutNode = (
  node: NodeName,
  from: 'everyone' | 'controllers' | 'brokers' = 'everyone',
): string => step('cutNode', { node, from });
export const fetchMetadata = (from: NodeName, to: NodeName): string =>
  exchange('MetadataFetch', from, to);
export const resign = (leader: NodeName): string => step('resign', { leader });
