import type { ClientSource } from './clientSource.ts';
import type { Role, Setting } from './clusterDescription.ts';
import type { FoundProperty, PropertyTable } from './foundProperty.ts';
import type { PartitionState } from './partitionState.ts';
import { mergedQuorum, type QuorumState } from './quorumState.ts';

/** Most nodes, voters or ZooKeeper servers that one description may have. */
export const MOST_NODES = 1000;

/** One Kafka process that a file describes, before its properties are understood. */
export interface NodeSource {
  readonly file: string;
  readonly place: string;
  readonly name: string;
  readonly format: 'compose' | 'properties' | 'operator';
  readonly properties: PropertyTable;
  /** The image the process runs, if the file names one. */
  readonly image: FoundProperty | undefined;
  /** What the format itself says about the node, where it is not the properties that say it. */
  readonly assigned: AssignedNode | undefined;
  /** Names under which other nodes reach it; those of a properties file are in its listeners. */
  readonly hosts?: readonly string[];
  /** The id of the cluster that the node is formatted for, if the file says it. */
  readonly clusterId?: FoundProperty | undefined;
}

/** Mode and roles of a node whose identity an operator (Strimzi) assigns. */
export interface AssignedNode {
  readonly mode: 'kraft' | 'zookeeper';
  readonly roles: readonly Role[];
}

/** One topic that a file describes. */
export interface TopicSource {
  readonly file: string;
  readonly place: string;
  readonly name: string;
  readonly replicas: Setting<number> | undefined;
  readonly properties: PropertyTable;
  /**
   * Where the running cluster tells it: everything that is in force for it and is not Kafka's default, or its own
   * configuration alone, or of a cluster with a metadata quorum only where its partitions stand. Absent where somebody
   * wrote what is to be created.
   */
  readonly told?: 'everything' | 'its own configuration' | 'its partitions';
  /** Whether a client creates it, with the factor that it asks for. */
  readonly byClient?: true;
}

/** How many ZooKeeper servers a file describes. */
export interface ZooKeeperSource {
  readonly servers: number;
  readonly where: string;
  /** The host names of each ensemble, where the file tells them apart. */
  readonly ensembles?: readonly (readonly string[])[];
}

/** Settings that hold for every broker of a cluster of which the file says nothing else. */
interface SettingsSource {
  readonly file: string;
  readonly properties: PropertyTable;
}

/** Brokers of a managed service, of which a file says how many there are, and none of any node. */
export interface ManagedBrokers {
  readonly service: string;
  readonly where: string;
  readonly brokers: number | undefined;
  /** In how many zones, which are their racks. */
  readonly zones: number | undefined;
  readonly mode: 'kraft' | 'zookeeper' | undefined;
}

/** What a running cluster tells of the configuration of its brokers and topics. */
interface ToldSettings {
  /** Of single brokers, by id. */
  readonly brokers: readonly ToldBroker[];
  /** Of topics, by name. */
  readonly topics: ReadonlyMap<string, PropertyTable>;
}

/** What is told of one broker; everything, or what was changed dynamically. */
export interface ToldBroker {
  readonly id: string;
  readonly isAll: boolean;
  readonly properties: PropertyTable;
  readonly file: string;
  readonly place: string;
}

/** What one or several files say about one cluster: the common ground of all formats. */
export interface ClusterSource {
  readonly nodes: readonly NodeSource[];
  readonly zooKeeper: readonly ZooKeeperSource[];
  readonly topics: readonly TopicSource[];
  /** `spec.kafka.version` of a Strimzi cluster. */
  readonly version: FoundProperty | undefined;
  /** `spec.kafka.metadataVersion` of a Strimzi cluster. */
  readonly metadataVersion: FoundProperty | undefined;
  /** Dynamic defaults of the whole cluster, which are above every broker's file. */
  readonly dynamicDefaults: PropertyTable;
  /** What a running cluster tells of its configuration. */
  readonly told: ToldSettings;
  /** Files of broker settings that say nothing of any node. */
  readonly settings: readonly SettingsSource[];
  /** How many brokers have these settings, where a managed service runs them. */
  readonly managed: ManagedBrokers | undefined;
  /** Programs that are no brokers and speak to them. */
  readonly clients: readonly ClientSource[];
  /** Where partitions of a running cluster stand. */
  readonly partitions: readonly PartitionState[];
  /** Where the metadata quorum of a running cluster stands. */
  readonly quorum: QuorumState | undefined;
  /** Files that nodes are configured by and that are not there. */
  readonly unread: readonly string[];
  readonly warnings: readonly string[];
}

/** A source that says nothing; formats override what they do say. */
export const EMPTY_SOURCE: ClusterSource = {
  nodes: [],
  zooKeeper: [],
  topics: [],
  version: undefined,
  metadataVersion: undefined,
  dynamicDefaults: new Map(),
  told: { brokers: [], topics: new Map() },
  settings: [],
  managed: undefined,
  clients: [],
  partitions: [],
  quorum: undefined,
  unread: [],
  warnings: [],
};

/** What several sources say together. */
export function mergeSources(sources: readonly ClusterSource[]): ClusterSource {
  return {
    nodes: sources.flatMap(source => source.nodes),
    zooKeeper: sources.flatMap(source => source.zooKeeper),
    topics: sources.flatMap(source => source.topics),
    version: sources.find(source => source.version !== undefined)?.version,
    metadataVersion: sources.find(source => source.metadataVersion !== undefined)?.metadataVersion,
    dynamicDefaults: new Map(sources.flatMap(source => [...source.dynamicDefaults])),
    told: {
      brokers: sources.flatMap(({ told }) => told.brokers),
      topics: new Map(sources.flatMap(({ told }) => [...told.topics])),
    },
    settings: sources.flatMap(source => source.settings),
    managed: sources.find(({ managed }) => managed !== undefined)?.managed,
    clients: sources.flatMap(source => source.clients),
    partitions: sources.flatMap(source => source.partitions),
    quorum: mergedQuorum(sources.flatMap(({ quorum }) => quorum ?? [])),
    unread: sources.flatMap(source => source.unread),
    warnings: sources.flatMap(source => source.warnings),
  };
}
