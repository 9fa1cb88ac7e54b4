import type { Release } from '../description/release.ts';
import { type Agreed, agreeOn, type NodeSetting } from './agreement.ts';
import type { Setting } from './clusterDescription.ts';
import type { NodeSource } from './clusterSource.ts';
import { booleanOf, integerOf, isEveryRecord } from './foundProperty.ts';
import { isBefore } from './kafkaVersion.ts';
import { MOST_REPLICAS } from './legalTopic.ts';

const MIN_ISR = { least: 1, most: 2 ** 31 - 1 };

/** A setting that no file sets and that has Kafka's documented default. */
export function defaultSetting<T>(value: T, where: string): Setting<T> {
  return { value, origin: 'default', where };
}

/** How a replication factor is read; the smallest one counts. */
export function factorNamed(name: string, fallback: number): NodeSetting<number> {
  return {
    name,
    read: found => integerOf(found, { least: 1, most: MOST_REPLICAS }),
    fallback: defaultSetting(fallback, `not set; Kafka's default is ${fallback}`),
    isWeaker: (left, right) => left < right,
  };
}

/** How a minimum of in-sync replicas is read; the smallest one counts. */
export function minIsrNamed(name: string, fallback: number): NodeSetting<number> {
  return { ...factorNamed(name, fallback), read: found => integerOf(found, MIN_ISR) };
}

/** Whether an out-of-sync replica may be elected; on one node is enough. */
export function uncleanElection(version: Release | undefined): NodeSetting<boolean> {
  const fallback = isBefore(version, 0, 11)
    ? defaultSetting(true, "not set; Kafka's default is true before 0.11 (KIP-106)")
    : defaultSetting(false, "not set; Kafka's default is false since 0.11 (KIP-106)");
  const name = 'unclean.leader.election.enable';
  return { name, read: booleanOf, fallback, isWeaker: left => left };
}

/** A replication factor that every broker has for itself. */
export function agreedFactor(
  nodes: readonly NodeSource[],
  name: string,
  fallback: number,
): Agreed<number> {
  return agreeOn(nodes, factorNamed(name, fallback));
}

/** A minimum of in-sync replicas that every broker has for itself. */
export function agreedMinIsr(
  nodes: readonly NodeSource[],
  name: string,
  fallback: number,
): Agreed<number> {
  return agreeOn(nodes, minIsrNamed(name, fallback));
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
