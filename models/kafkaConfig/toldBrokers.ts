import type { ClusterNode } from './clusterDescription.ts';
import { ConfigError } from './configError.ts';
import type { PartitionState } from './partitionState.ts';

/** Brokers that the running cluster names as replicas, by their ids. */
export function toldBrokerIds(partitions: readonly PartitionState[]): readonly number[] {
  const ids = partitions.flatMap(({ replicas, isr, elr }) => [...replicas, ...isr, ...elr]);
  return [...new Set(ids)].sort((a, b) => a - b);
}

/**
 * The brokers that the running cluster names and no file describes. Where a described broker has no id that a file
 * tells, only their number can be compared.
 *
 * @throws ConfigError if the described brokers are all of another cluster.
 */
export function undescribedBrokers(
  nodes: readonly ClusterNode[],
  partitions: readonly PartitionState[],
): readonly ClusterNode[] {
  const told = toldBrokerIds(partitions);
  const brokers = nodes.filter(({ roles }) => roles.includes('broker'));
  if (brokers.length === 0 || told.length === 0) return told.map(id => toldBroker(id, partitions));
  const isNamed = brokers.every(({ id }) => id !== undefined);
  const strangers = told.filter(id => !nodes.some(node => node.id === id));
  if (isNamed && strangers.length === told.length) {
    const { where = '' } = partitions[0] ?? {};
    const [first] = brokers;
    throw new ConfigError({
      file: where,
      place: '',
      expected: `the same cluster as ${first?.where}, where a broker has the id ${first?.id}`,
      found: `partitions on the brokers ${told.join(', ')}, none of which is described`,
    });
  }
  const missing = isNamed ? strangers : told.slice(brokers.length);
  return missing.map(id => toldBroker(id, partitions));
}

/** A broker that the running cluster names. */
export function toldBroker(id: number, partitions: readonly PartitionState[]): ClusterNode {
  const first = partitions.find(({ replicas }) => replicas.includes(id)) ?? partitions[0];
  const where = `${first?.where ?? ''} (named there, described nowhere)`;
  const roles = ['broker' as const];
  return { id, name: `broker ${id}`, roles, described: false, rack: undefined, where };
}
