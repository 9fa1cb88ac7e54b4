import { nodeType } from '../../checker/state/nodeType.ts';
import type { TransactionsConfig } from './config.ts';
import type { PartitionId, TransactionsNodes } from './schema.ts';

/**
 * The nodes of a configuration. Where an input is read, the last partition is that of the offsets
 * (`__consumer_offsets`), which transactions write to as to others.
 */
export function nodesOf(config: TransactionsConfig): TransactionsNodes {
  const { brokers, partitions, producers, transactionalIds, pattern } = config;
  const withOffsets = pattern === 'process' ? 1 : 0;
  return {
    broker: nodeType('broker', brokers),
    partition: nodeType('partition', partitions + withOffsets, {
      interchangeable: withOffsets === 0,
    }),
    // Of two processes the second takes over what the first does.
    producer: nodeType('producer', producers, { interchangeable: false }),
    transactionalId: nodeType('transactionalId', transactionalIds, { interchangeable: false }),
  };
}

/** The partitions that readers read. */
export function dataPartitions(
  { partition }: Pick<TransactionsNodes, 'partition'>,
  { partitions }: TransactionsConfig,
): readonly PartitionId[] {
  return partition.all.slice(0, partitions);
}

/** The partition of the offsets, where an input is read. */
export function offsetsPartition(
  { partition }: Pick<TransactionsNodes, 'partition'>,
  { partitions }: TransactionsConfig,
): PartitionId | undefined {
  return partition.all[partitions];
}
