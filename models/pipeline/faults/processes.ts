import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { MemberNode } from '../../groups/schema.ts';
import type { PipelineContext, PipelineStep } from '../context.ts';
import { producerOf } from '../nodes.ts';
import { isBetweenTransactions } from '../process.ts';
import { groupsPart, transactionsPart } from '../recorders.ts';

/**
 * crash: a process of the application dies, with its member and its producer.
 *
 * Limited by `crashes`. Changes: as in both parts: the group hears of it when the session is over, and the transaction
 * stays open until the next process asks for the id, or the clock ends it.
 */
export function crash(context: PipelineContext): AnyAction {
  const { groups, acts } = context;
  return context.action({
    name: 'crash',
    kind: 'fault',
    actor: 'member',
    phrase: 'the process of {member} dies',
    params: { member: anyNode(groups.member) },
    spends: 'crashes',
    weight: 0.2,
    enabled: ({ protocol }, params) => groupsPart.enabled(acts.groups.crash, protocol, params),
    step(step, { member }) {
      groupsPart.take(acts.groups.crash, step, { member });
      endProducer(context, step, member);
    },
  });
}

/**
 * leave: the application closes a process between two transactions.
 *
 * Limited by `leaves`. Changes: as in both parts.
 */
export function leave(context: PipelineContext): AnyAction {
  const { groups, acts } = context;
  return context.action({
    name: 'leave',
    kind: 'fault',
    actor: 'member',
    phrase: 'the application closes {member}',
    params: { member: anyNode(groups.member) },
    spends: 'leaves',
    weight: 0.2,
    enabled({ protocol }, params) {
      const may = groupsPart.enabled(acts.groups.leave, protocol, params);
      return may === true ? isBetweenTransactions(context, protocol, params.member) : may;
    },
    step(step, { member }) {
      groupsPart.take(acts.groups.leave, step, { member });
      endProducer(context, step, member);
    },
  });
}

function endProducer(context: PipelineContext, step: PipelineStep, member: MemberNode): void {
  const { restart } = context.acts.transactions;
  const producer = producerOf(context, member);
  if (transactionsPart.enabled(restart, step.protocol, { producer }) !== true) return;
  transactionsPart.take(restart, step, { producer });
}
