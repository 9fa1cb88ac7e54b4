import { nodeType } from '../../checker/state/nodeType.ts';
import type { ClientsNodes } from '../clients/schema.ts';
import { as, named } from '../description/namedNodes.ts';
import type { GroupsNodes, MemberNode } from '../groups/schema.ts';
import type { ProducerNode, TransactionsNodes } from '../transactions/schema.ts';
import type { PipelineConfig } from './config.ts';

/** Who there is in each part. Brokers are the same, and so is the topic that is read. */
export interface PipelineNodes {
  readonly clients: ClientsNodes;
  readonly groups: GroupsNodes;
  readonly transactions: TransactionsNodes;
}

/** The nodes of a configuration. Their positions matter: a member and its producer are one process. */
export function nodesOf({ brokers, members, outputs }: PipelineConfig): PipelineNodes {
  const told = { interchangeable: false };
  const broker = nodeType('broker', brokers, told);
  const input = as('partition', nodeType('input', 1, told));
  const output = nodeType('output', outputs + 1, told);
  const process = nodeType('process', members, told);
  return {
    clients: {
      broker,
      partition: input,
      producer: nodeType('producer', 1, told),
      consumer: nodeType('consumer', 1, told),
    },
    groups: { broker, member: nodeType('member', members, told), partition: input },
    transactions: {
      broker,
      partition: as(
        'partition',
        named(output, place => (place < outputs ? `output-${place + 1}` : 'offsets')),
      ),
      producer: as(
        'producer',
        named(process, place => `member-${place + 1}`),
      ),
      transactionalId: nodeType('transactionalId', members, told),
    },
  };
}

/** The producer of the process that a member is. */
export function producerOf(
  { transactions }: Pick<PipelineNodes, 'transactions'>,
  member: MemberNode,
): ProducerNode {
  const producer = transactions.producer.all[member];
  if (producer === undefined) throw new RangeError(`member ${member} has no producer`);
  return producer;
}

/** The member of the process that a producer belongs to. */
export function memberOf(
  { groups }: Pick<PipelineNodes, 'groups'>,
  producer: ProducerNode,
): MemberNode {
  const member = groups.member.all[producer];
  if (member === undefined) throw new RangeError(`producer ${producer} is of no member`);
  return member;
}
