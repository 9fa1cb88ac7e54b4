import type { AnyAction, Enabled } from '../../checker/model/model.ts';
import type { Broker, MemberNode } from '../groups/schema.ts';
import type { PartitionId, ProducerNode } from '../transactions/schema.ts';
import type { PipelineContext } from './context.ts';
import { memberOf } from './nodes.ts';
import { settleTail } from './offsetsPartition.ts';
import { isBetweenTransactions, isRunning, settleReading } from './process.ts';
import type { Protocol, ReadonlyProtocol } from './schema.ts';

/** The arguments by which actions of the parts name who acts and where. */
interface Arguments {
  readonly member: MemberNode;
  readonly producer: ProducerNode;
  readonly partition: PartitionId;
  readonly broker: Broker;
  readonly count: number;
}

/** An action of a part that the pipeline lets happen less often. */
function guarded(
  action: AnyAction,
  guard: (protocol: ReadonlyProtocol, params: Arguments) => Enabled,
): AnyAction {
  return {
    ...action,
    enabled(scope, params) {
      const may = action.enabled(scope, params);
      // The engine gives the state of the pipeline, and the arguments that the action of the part declares.
      return may === true ? guard(scope.protocol as never, params as never) : may;
    },
  };
}

/** One that a process does when it polls: not in the middle of a transaction. */
export function inPoll(context: PipelineContext, action: AnyAction): AnyAction {
  return guarded(action, (protocol, { member }) =>
    isBetweenTransactions(context, protocol, member),
  );
}

/** A poll, which returns what is committed of the topic. */
export function ofCommitted(context: PipelineContext, action: AnyAction): AnyAction {
  return guarded(action, (protocol, { member, count }) => {
    const { position = 0 } = protocol.groups.members.get(member).partitions.get(context.input);
    const { highWatermark } = protocol.clients.partitions.get(context.input);
    return position + count <= highWatermark || 'there are not as many committed records';
  });
}

/** One that the producer of a process does: while the process runs. */
export function whileRunning(context: PipelineContext, action: AnyAction): AnyAction {
  return guarded(action, (protocol, { producer }) =>
    isRunning(protocol, memberOf(context, producer)),
  );
}

/** One that happens to a partition of the outputs, and not to that of the offsets. */
export function ofOutputs({ offsets }: PipelineContext, action: AnyAction): AnyAction {
  return guarded(action, (_, { partition }) =>
    partition === offsets ? 'the group is in this partition too' : true,
  );
}

/** An action after which what two parts have of one thing is the same again. */
export function settled(context: PipelineContext, action: AnyAction): AnyAction {
  return {
    ...action,
    step(step, params) {
      action.step(step, params);
      const protocol: Protocol = step.protocol as never;
      settleReading(context, protocol);
      settleTail(context, protocol);
    },
  };
}
