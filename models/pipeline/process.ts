import type { Enabled } from '../../checker/model/model.ts';
import { isLive } from '../groups/reading.ts';
import type { MemberNode } from '../groups/schema.ts';
import type { PipelineContext } from './context.ts';
import { producerOf } from './nodes.ts';
import type { Protocol, ReadonlyProtocol } from './schema.ts';

/**
 * Whether a process is between two transactions, as it is when it polls: what it has read it processes, and then
 * commits or aborts, in one thread (docs/design.html, exactly once).
 */
export function isBetweenTransactions(
  context: PipelineContext,
  { transactions }: ReadonlyProtocol,
  member: MemberNode,
): Enabled {
  const { state } = transactions.producers.get(producerOf(context, member)).state;
  if (state === 'fatalError') return 'its producer can only be closed';
  const isOutside = state === 'uninitialized' || state === 'initializing' || state === 'ready';
  return isOutside || 'its transaction has not ended';
}

/** Whether the process that a member is runs. */
export function isRunning({ groups }: ReadonlyProtocol, member: MemberNode): Enabled {
  return isLive(groups.members.get(member)) || 'its process has stopped';
}

/**
 * What a process has of its input is one thing, which two parts have a half of: its member, where it reads, and its
 * application, whether it knows where to go on. Who has lost the partition does not know; who has aborted seeks back to
 * where its group goes on, and has nothing in hand.
 */
export function settleReading(context: PipelineContext, protocol: Protocol): void {
  for (const member of context.groups.member.all) {
    const reading = protocol.groups.members.get(member).partitions.get(context.input);
    const application = protocol.transactions.producers.get(producerOf(context, member));
    if (reading.position === undefined) application.isReading = false;
    else if (!application.isReading) {
      Object.assign(reading, { position: undefined, done: 0, committed: 0 });
    }
  }
}
