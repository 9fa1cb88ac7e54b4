import type { Release } from '../description/release.ts';
import type { Agreed } from './agreement.ts';
import { agreedFactor, agreedMinIsr, defaultSetting } from './brokerSettings.ts';
import type { Setting, TopicDurability } from './clusterDescription.ts';
import type { NodeSource } from './clusterSource.ts';
import { isAtLeast, isBefore } from './kafkaVersion.ts';

/** A topic that Kafka creates for itself, and what does not work without it. */
interface InternalTopic {
  readonly topic: string;
  readonly factor: string;
  /** Its own minimum, with Kafka's default; without one it has that of every topic. */
  readonly minIsr:
    | readonly [name: string, fallback: number, since: readonly [number, number]]
    | undefined;
  /** Whether it is never elected uncleanly, and why. */
  readonly neverUnclean: string | undefined;
  readonly isUsed: (facts: InternalFacts) => boolean;
  /** What no client can do while it does not exist. */
  readonly needs: string;
}

interface InternalFacts {
  readonly nodes: readonly NodeSource[];
  readonly version: Release | undefined;
}

const DEFAULT_FACTOR = 3;

const internalTopics: readonly InternalTopic[] = [
  {
    topic: '__consumer_offsets',
    factor: 'offsets.topic.replication.factor',
    minIsr: undefined,
    neverUnclean: undefined,
    isUsed: () => true,
    needs: 'consumer group',
  },
  {
    topic: '__transaction_state',
    factor: 'transaction.state.log.replication.factor',
    minIsr: ['transaction.state.log.min.isr', 2, [0, 11]],
    neverUnclean: 'Kafka creates __transaction_state that way (TransactionStateManager)',
    isUsed: ({ version }) => !isBefore(version, 0, 11),
    needs: 'transaction',
  },
  {
    topic: '__share_group_state',
    factor: 'share.coordinator.state.topic.replication.factor',
    minIsr: ['share.coordinator.state.topic.min.isr', 2, [4, 0]],
    neverUnclean: undefined,
    // Share groups (KIP-932) are on by default from 4.2; before, whoever sets these properties means them.
    isUsed: ({ version, nodes }) =>
      isAtLeast(version, 4, 2) ||
      (!isBefore(version, 4, 0) && isWritten(nodes, 'share.coordinator.state.topic')),
    needs: 'share group',
  },
  {
    topic: '__remote_log_metadata',
    factor: 'rlmm.config.remote.log.metadata.topic.replication.factor',
    minIsr: ['rlmm.config.remote.log.metadata.topic.min.isr', 2, [4, 3]],
    neverUnclean: undefined,
    isUsed: ({ nodes }) =>
      nodes.some(node => {
        const text = node.properties.get('remote.log.storage.system.enable')?.text;
        return text?.trim().toLowerCase() === 'true';
      }),
    needs: 'tiered storage',
  },
];

function isWritten(nodes: readonly NodeSource[], prefix: string): boolean {
  return nodes.some(({ properties }) =>
    [...properties].some(([name, found]) => name.startsWith(prefix) && !found.shippedIn),
  );
}

/** The properties that say how an internal topic is kept; a minimum of its own it may not have. */
export function propertiesOfInternal(
  topic: string,
): { readonly factor: string; readonly minimum: string | undefined } | undefined {
  const found = internalTopics.find(each => each.topic === topic);
  return found && { factor: found.factor, minimum: found.minIsr?.[0] };
}

/** What no client can do without an internal topic; undefined for all others. */
export function neededBy(topic: string): string | undefined {
  return internalTopics.find(each => each.topic === topic)?.needs;
}

/**
 * Kafka's own topics, as far as the cluster has them. Each factor has a property of its own; minimums
 * have, but for `__consumer_offsets`, which has that of every topic.
 *
 * Source: `AutoTopicCreationManager.creatableTopic`, `GroupCoordinatorConfig`, `TransactionLogConfig`,
 * `ShareCoordinatorConfig`, `TopicBasedRemoteLogMetadataManagerConfig` (a minimum since 4.3, KIP-1235).
 */
export function internalTopicsOf(
  nodes: readonly NodeSource[],
  base: Omit<TopicDurability, 'unusable'>,
  version: Release | undefined,
): {
  readonly topics: readonly Omit<TopicDurability, 'unusable'>[];
  readonly warnings: readonly string[];
} {
  const used = internalTopics.filter(({ isUsed }) => isUsed({ nodes, version }));
  const read = used.map(each => {
    const factor = agreedFactor(nodes, each.factor, DEFAULT_FACTOR);
    const minIsr = ownMinimum(nodes, each, version);
    const unclean: Setting<boolean> =
      each.neverUnclean === undefined
        ? base.uncleanLeaderElection
        : defaultSetting(false, each.neverUnclean);
    return {
      topic: {
        ...base,
        topic: each.topic,
        replicationFactor: factor.setting,
        minInsyncReplicas: minIsr?.setting ?? base.minInsyncReplicas,
        uncleanLeaderElection: unclean,
      },
      warnings: [...factor.warnings, ...(minIsr?.warnings ?? [])],
    };
  });
  return {
    topics: read.map(({ topic }) => topic),
    warnings: read.flatMap(({ warnings }) => warnings),
  };
}

function ownMinimum(
  nodes: readonly NodeSource[],
  { minIsr }: InternalTopic,
  version: Release | undefined,
): Agreed<number> | undefined {
  if (minIsr === undefined) return undefined;
  const [name, fallback, [major, minor]] = minIsr;
  return isBefore(version, major, minor) ? undefined : agreedMinIsr(nodes, name, fallback);
}
