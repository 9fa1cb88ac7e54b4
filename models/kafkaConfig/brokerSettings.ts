import { type Agreed, agreeOn } from './agreement.ts';
import type { Setting } from './clusterDescription.ts';
import type { NodeSource } from './clusterSource.ts';
import { booleanOf, integerOf, isEveryRecord } from './foundProperty.ts';
import { isBefore, type KafkaVersion } from './kafkaVersion.ts';

/** Kafka's replica lists are arrays of at most this many brokers. */
const MOST_REPLICAS = 32767;

const LARGEST_INT = 2 ** 31 - 1;

/** A setting that no file sets and that has Kafka's documented default. */
export function defaultSetting<T>(value: T, where: string): Setting<T> {
  return { value, origin: 'default', where };
}

/** A replication factor that every broker has for itself; the smallest one counts. */
export function agreedReplicationFactor(
  nodes: readonly NodeSource[],
  name: string,
  fallback: number,
): Agreed<number> {
  return agreeOn(nodes, {
    name,
    read: found => integerOf(found, { least: 1, most: MOST_REPLICAS }),
    fallback: defaultSetting(fallback, `not set; Kafka's default is ${fallback}`),
    isWeaker: (left, right) => left < right,
  });
}

/** A minimum of in-sync replicas that every broker has for itself; the smallest one counts. */
export function agreedMinIsr(
  nodes: readonly NodeSource[],
  name: string,
  fallback: number,
): Agreed<number> {
  return agreeOn(nodes, {
    name,
    read: found => integerOf(found, { least: 1, most: LARGEST_INT }),
    fallback: defaultSetting(fallback, `not set; Kafka's default is ${fallback}`),
    isWeaker: (left, right) => left < right,
  });
}

/** Whether an out-of-sync replica may be elected; on one node is enough. */
export function agreedUncleanElection(
  nodes: readonly NodeSource[],
  version: KafkaVersion | undefined,
): Agreed<boolean> {
  const fallback = isBefore(version, 0, 11)
    ? defaultSetting(true, "not set; Kafka's default is true before 0.11 (KIP-106)")
    : defaultSetting(false, "not set; Kafka's default is false since 0.11 (KIP-106)");
  const name = 'unclean.leader.election.enable';
  return agreeOn(nodes, { name, read: booleanOf, fallback, isWeaker: left => left });
}

/** Whether every record is flushed when it is appended; one node that does not is enough. */
export function agreedFlush(nodes: readonly NodeSource[]): Agreed<boolean> {
  return agreeOn(nodes, {
    name: 'log.flush.interval.messages',
    read: isEveryRecord,
    fallback: defaultSetting(false, 'not set; Kafka leaves flushing to the operating system'),
    isWeaker: left => !left,
  });
}
