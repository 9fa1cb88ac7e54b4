import { enumeration, list } from '../../checker/state/fields.ts';
import { defineSchema } from '../../checker/state/schema.ts';
import type { ReadonlyRecordView, RecordView } from '../../checker/state/viewTypes.ts';
import type { ClientsSchema } from '../clients/schema.ts';
import { budgetsFor } from '../description/budgets.ts';
import type { GroupsSchema } from '../groups/schema.ts';
import type { TransactionsSchema } from '../transactions/schema.ts';
import type { PipelineBounds } from './config.ts';

/** The parts whose records are in the partition of `__consumer_offsets`. */
const writers = ['groups', 'transactions'] as const;
export type Writer = (typeof writers)[number];

/**
 * The state of a pipeline: the topic that is read and its producer, the group that reads it, and what the application
 * sends, each as its own model has it. The log of `__consumer_offsets` is in two of them: the group in one, the offsets
 * of transactions in the other.
 */
export function pipelineSchema(
  clients: ClientsSchema,
  groups: GroupsSchema,
  transactions: TransactionsSchema,
  bounds: PipelineBounds,
) {
  const length =
    groups.protocol.fields.offsets.fields.log.capacity +
    transactions.protocol.fields.partitions.element.fields.log.capacity;
  return defineSchema({
    protocol: {
      clients: clients.protocol,
      groups: groups.protocol,
      transactions: transactions.protocol,
      /** Of what is not committed of the log of `__consumer_offsets`: who wrote it, in the order of the log. */
      tail: list(enumeration(...writers), length),
    },
    ghost: { clients: clients.ghost, groups: groups.ghost, transactions: transactions.ghost },
    budget: budgetsFor(bounds),
  });
}

export type PipelineSchema = ReturnType<typeof pipelineSchema>;
export type ProtocolFields = PipelineSchema['protocol']['fields'];
export type GhostFields = PipelineSchema['ghost']['fields'];

/** The protocol state, to change. */
export type Protocol = RecordView<ProtocolFields>;
/** The protocol state, to read. */
export type ReadonlyProtocol = ReadonlyRecordView<ProtocolFields>;
