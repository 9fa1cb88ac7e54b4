import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { goOn, mayAskForInput } from '../../transactions/actions/processInput.ts';
import type { PipelineContext } from '../context.ts';
import { producerOf } from '../nodes.ts';
import { groupsPart, transactionsPart } from '../recorders.ts';

/**
 * findInput: a process asks where its group goes on in the partition that it has got, or begins again there after it
 * has aborted.
 *
 * Changes: as in both parts; the offset is that of the last transaction that is committed. While one with an offset is
 * not decided, it asks again.
 *
 * Source: ConsumerCoordinator.initWithCommittedOffsetsIfNeeded, OffsetMetadataManager.fetchOffsets (requireStable).
 */
export function findInput(context: PipelineContext): AnyAction {
  const { groups, transactions, acts } = context;
  return context.action({
    name: 'findInput',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} asks where its group goes on in {partition}',
    params: { member: anyNode(groups.member), partition: anyNode(groups.partition) },
    enabled({ protocol }, params) {
      const may = groupsPart.enabled(acts.groups.fetchOffset, protocol, params);
      if (may !== true) return may;
      const producer = producerOf(context, params.member);
      return mayAskForInput(transactions, protocol.transactions, producer);
    },
    step(step, params) {
      const { protocol } = step;
      groupsPart.take(acts.groups.fetchOffset, step, params);
      const producer = producerOf(context, params.member);
      const member = protocol.groups.members.get(params.member);
      goOn(transactions, protocol.transactions, producer, member.generation);
      const { position } = protocol.transactions.producers.get(producer);
      Object.assign(member.partitions.get(params.partition), {
        position,
        done: position,
        committed: position,
      });
    },
  });
}

/**
 * processInput: an application processes the next record that it has in hand: it sends an output, and the offset behind
 * the record, in one transaction.
 *
 * Changes: as in both parts. The offset carries the generation that the member has now.
 *
 * Source: KafkaProducer.sendOffsetsToTransaction (KafkaConsumer.groupMetadata); KIP-447.
 */
export function processInput(context: PipelineContext): AnyAction {
  const { groups, transactions, acts, input } = context;
  return context.action({
    name: 'processInput',
    kind: 'client',
    actor: 'member',
    phrase: '{member} processes the next record of its input, with an output to {partition}',
    params: { member: anyNode(groups.member), partition: anyNode(transactions.partition) },
    enabled({ protocol }, { member, partition }) {
      const own = { member, partition: input };
      const may = groupsPart.enabled(acts.groups.processRecord, protocol, own);
      if (may !== true) return may;
      const producer = producerOf(context, member);
      return transactionsPart.enabled(acts.transactions.processInput, protocol, {
        producer,
        partition,
      });
    },
    step(step, { member, partition }) {
      const producer = producerOf(context, member);
      groupsPart.take(acts.groups.processRecord, step, { member, partition: input });
      transactionsPart.take(acts.transactions.processInput, step, { producer, partition });
      const { generation } = step.protocol.groups.members.get(member);
      step.protocol.transactions.producers.get(producer).generation = generation;
    },
  });
}
