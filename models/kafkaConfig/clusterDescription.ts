import type { PartitionState } from './partitionState.ts';
import type { QuorumState } from './quorumState.ts';

/**
 * How a setting came to have its value: written in a file; Kafka's documented default, because no
 * file sets it; or assumed here, because the files cannot tell.
 */
type Origin = 'file' | 'default' | 'assumed';

/** A value together with the reason to believe it. */
export interface Setting<T> {
  readonly value: T;
  readonly origin: Origin;
  /** `file: place` when written in a file, else the reason in words. */
  readonly where: string;
}

/** What one node does: stores partitions, votes in the metadata quorum, or both (KIP-500). */
export type Role = 'broker' | 'controller';

/** One Kafka process. ZooKeeper servers are counted, not listed. */
export interface ClusterNode {
  /** `node.id` or `broker.id`; undefined when generated, or assigned by an operator. */
  readonly id: number | undefined;
  readonly name: string;
  readonly roles: readonly Role[];
  /** False when no file describes the node and it is only named by another one, as a voter. */
  readonly described: boolean;
  /** `broker.rack`: the rack, zone or data centre. */
  readonly rack: string | undefined;
  /** The machine that it shares with others of the same name; one of its own if absent. */
  readonly host?: string;
  readonly where: string;
}

/** The settings that decide what a topic's acknowledged records survive. */
export interface TopicDurability {
  /** The topic's name, or {@link AUTO_CREATED_TOPICS}. */
  readonly topic: string;
  readonly replicationFactor: Setting<number>;
  /** As configured; the effective value is never more than the replication factor. */
  readonly minInsyncReplicas: Setting<number>;
  /** As configured; KRaft honours it only since 3.9 (KAFKA-12670), older versions get a warning. */
  readonly uncleanLeaderElection: Setting<boolean>;
  /** `log.flush.interval.messages` or `flush.messages` is 1: every record is on disk when appended. */
  readonly flushEveryRecord: Setting<boolean>;
  /** Why it is neither counted nor explored; undefined where it is. */
  readonly unusable: Unusable | undefined;
}

/** What keeps a topic from being used. */
export interface Unusable {
  readonly kind: 'cannot be created' | 'refuses acks=all writes';
  /** A sentence without its subject, the topic. */
  readonly why: string;
  /** What no client can do meanwhile, of one of Kafka's own topics: "consumer group". */
  readonly stops: string | undefined;
}

/** The `topic` of the entry that holds for every topic without settings of its own. */
export const AUTO_CREATED_TOPICS = 'auto-created topics';

/** Programs that speak to brokers, by what their settings decide. */
export type ClientKind =
  | 'producer'
  | 'consumer'
  | 'client'
  | 'Kafka Connect worker'
  | 'MirrorMaker 2'
  | 'Kafka Streams application'
  | 'Spring application';

/** Which replicas have a record when its producer is told that it is stored. */
export type Acks = 'all' | '1' | '0';

/** How a producer goes about its records, by its settings. */
interface ProducerBehaviour {
  readonly kind: 'producer';
  readonly acks: Acks;
  readonly idempotence: boolean;
  /** Requests in flight on a connection; more than 5 count as 5. */
  readonly maxInFlight: number;
  /** Whether what may pass is tried again. */
  readonly retries: boolean;
}

/** How a consumer goes about its records: by its settings, and by what its program does, which no setting tells. */
interface ConsumerBehaviour {
  readonly kind: 'consumer';
  readonly commit: 'auto' | 'before' | 'after' | 'async' | 'handedOver';
  readonly reset: 'earliest' | 'latest' | 'none';
}

/** What is known of a program's dealing with its records. */
export interface ClientBehaviour {
  readonly is: ProducerBehaviour | ConsumerBehaviour;
  /** What is assumed because nothing says it, a sentence each. */
  readonly assumed: readonly string[];
}

/** A program that speaks to the brokers, and what of its settings decides about its records. */
export interface ClientDescription {
  readonly kind: ClientKind;
  readonly where: string;
  /** Of its producer; the value is undefined where it depends on the version of the client. */
  readonly acks: Setting<Acks | undefined> | undefined;
  /** How it goes about its records, as far as its settings tell. */
  readonly behaviour: ClientBehaviour | undefined;
  /** One sentence each. */
  readonly remarks: readonly string[];
}

/** A timer by the name of Kafka's setting, in milliseconds. */
export interface TimerSetting {
  readonly name: string;
  readonly setting: Setting<number>;
}

/** How brokers and metadata voters are laid over processes. */
export type Placement = 'combined' | 'separate' | 'mixed' | 'zookeeper';

/** Something no file says, to be printed next to every verdict. */
export interface Assumption {
  readonly setting: string;
  readonly value: string;
  readonly why: string;
}

/** A cluster as far as its fault tolerance depends on what an operator wrote. */
export interface ClusterDescription {
  readonly mode: 'kraft' | 'zookeeper';
  /** Kafka's version, `major.minor` or `major.minor.patch`; undefined when no file names it. */
  readonly version: Setting<string | undefined>;
  readonly nodes: readonly ClusterNode[];
  /** None where only controllers are described. */
  readonly brokers: number;
  /** Voters of the metadata quorum, or ZooKeeper servers; undefined when no file tells their number. */
  readonly controllers: number | undefined;
  /**
   * Whether voters of the metadata quorum can be added and removed (KIP-853), as files say it: those that they name
   * are fixed, and those that brokers ask servers for are not. Undefined when no file tells.
   */
  readonly dynamicVoters: boolean | undefined;
  readonly placement: Placement;
  /** Eligible leader replicas (KIP-966 part 1); undefined when the version is not known. */
  readonly eligibleLeaderReplicas: Setting<boolean | undefined>;
  /**
   * First {@link AUTO_CREATED_TOPICS}, unless nothing is told but of single topics; then every topic that a file
   * names. None without brokers.
   */
  readonly topics: readonly TopicDurability[];
  /** Kafka's own topics, such as `__consumer_offsets`, whose settings have names of their own. */
  readonly internalTopics: readonly TopicDurability[];
  /** What decides how long a failover takes, by Kafka's names. */
  readonly timers: readonly TimerSetting[];
  /** Programs that speak to the brokers, and what their settings say of their records. */
  readonly clients: readonly ClientDescription[];
  /** Where partitions stood when the running cluster was asked; none where it was not. */
  readonly partitions: readonly PartitionState[];
  /** Where the metadata quorum stood when the running cluster was asked; undefined where it was not. */
  readonly quorumState: QuorumState | undefined;
  /** Files that nodes are configured by and that are not there: what they set is not known. */
  readonly unread: readonly string[];
  /** Everything above whose origin is not `file`, and every inferred node. */
  readonly assumptions: readonly Assumption[];
  /** What looks like a mistake or a trap, one sentence each. */
  readonly warnings: readonly string[];
}
