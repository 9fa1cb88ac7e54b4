import type { Release } from '../description/release.ts';
import type { Setting, TopicDurability, Unusable } from './clusterDescription.ts';
import { neededBy } from './internalTopics.ts';
import { isBefore } from './kafkaVersion.ts';
import type { Kept } from './topics.ts';

/** What decides whether a topic can be used. */
export interface UsabilityFacts {
  /** How many brokers there are; undefined where that is a guess itself. */
  readonly brokers: number | undefined;
  readonly version: Release | undefined;
}

/**
 * A topic with whether it can be used: created at all, on as many brokers as there are, and written to
 * with acks=all.
 *
 * Source: `InvalidReplicationFactorException`; `Partition.appendRecordsToLeader`, which compared the
 * configured minimum with the ISR before 3.7, whatever the replication factor.
 */
export function withUsability(topic: Kept, facts: UsabilityFacts): TopicDurability {
  const kept = { ...topic, replicationFactor: offsetsFactor(topic, facts) };
  return { ...kept, unusable: whyUnusable(kept, facts) };
}

/** Before 0.11 `__consumer_offsets` was created with as many copies as there were brokers (KIP-115). */
function offsetsFactor(
  { topic, replicationFactor }: Kept,
  { brokers, version }: UsabilityFacts,
): Setting<number> {
  const isLess = brokers !== undefined && replicationFactor.value > brokers;
  if (topic !== '__consumer_offsets' || !isLess || !isBefore(version, 0, 11)) {
    return replicationFactor;
  }
  const where = 'as many as there are brokers, which was enough before 0.11 (KIP-115)';
  return { value: brokers, origin: 'default', where };
}

function whyUnusable(
  { topic, replicationFactor, minInsyncReplicas }: Kept,
  { brokers, version }: UsabilityFacts,
): Unusable | undefined {
  const factor = replicationFactor.value;
  const minimum = minInsyncReplicas.value;
  const stops = neededBy(topic);
  if (brokers !== undefined && factor > brokers) {
    const known = `the ${brokers} broker${brokers === 1 ? '' : 's'} that the files describe`;
    const why = `cannot be created: replication factor ${factor} with ${known} (InvalidReplicationFactor)`;
    return { kind: 'cannot be created', why, stops };
  }
  if (minimum > factor && isBefore(version, 3, 7)) {
    const why =
      `refuses every acks=all write: min.insync.replicas ${minimum} is larger than the replication ` +
      `factor ${factor}, which counts as ${factor} only since 3.7`;
    return { kind: 'refuses acks=all writes', why, stops };
  }
  return undefined;
}
