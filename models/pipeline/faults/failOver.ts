import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyInt, anyNode, anyOf } from '../../../checker/model/params.ts';
import type { Broker } from '../../groups/schema.ts';
import { uncommitted } from '../../partitionLog/partitionLog.ts';
import type { PipelineContext, PipelineStep } from '../context.ts';
import { lostOf } from '../offsetsPartition.ts';
import { clientsPart, groupsPart, transactionsPart } from '../recorders.ts';
import type { ReadonlyProtocol } from '../schema.ts';

/**
 * failOverOffsets: another replica leads the partition of `__consumer_offsets`, without the last records that were not
 * committed, whichever part has written them.
 *
 * Limited by `failovers`. Changes: as in both parts.
 *
 * Source: Partition.makeLeader, GroupCoordinatorService.onElection.
 */
export function failOverOffsets(context: PipelineContext): AnyAction {
  const { groups, schema } = context;
  return context.action({
    name: 'failOverOffsets',
    kind: 'fault',
    actor: 'controller',
    phrase: '{to} leads __consumer_offsets, without the last {lost} records',
    params: {
      to: anyNode(groups.broker),
      lost: anyInt(0, schema.protocol.fields.tail.capacity),
    },
    spends: 'failovers',
    weight: 0.2,
    enabled({ protocol }, { to, lost }) {
      if (lost > protocol.tail.length) return 'these are committed';
      return mayLeadOffsets(context, protocol, to);
    },
    step: (step, { to, lost }) => moveOffsets(context, step, to, lost),
  });
}

function mayLeadOffsets(
  { acts }: PipelineContext,
  protocol: ReadonlyProtocol,
  to: Broker,
): Enabled {
  return groupsPart.enabled(acts.groups.failOver, protocol, { to, lost: 0 });
}

function moveOffsets(
  { acts, offsets }: PipelineContext,
  step: PipelineStep,
  to: Broker,
  lost: number,
): void {
  const { protocol } = step;
  const ofGroup = lostOf(protocol, lost, 'groups');
  const ofTransactions = lostOf(protocol, lost, 'transactions');
  groupsPart.take(acts.groups.failOver, step, { to, lost: ofGroup });
  transactionsPart.take(acts.transactions.failOver, step, {
    partition: offsets,
    to,
    lost: ofTransactions,
  });
  protocol.tail.truncate(protocol.tail.length - lost);
}

/**
 * crashBroker: a broker dies, and another leads everything that it led, without what was not committed, or with it.
 *
 * Who: the environment, and the controller. Limited by `brokerCrashes`. Changes: as failovers of these partitions and
 * lost connections, all at once. That of two partitions one keeps what the other loses is what failovers of single
 * partitions are for. The broker may lead again: it was started again.
 *
 * Source: ReplicationControlManager.handleBrokerFenced, generateLeaderAndIsrUpdates.
 */
export function crashBroker(context: PipelineContext): AnyAction {
  const { broker } = context.groups;
  return context.action({
    name: 'crashBroker',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} dies, and {to} leads what it led; what was not committed is {uncommitted}',
    params: {
      broker: anyNode(broker),
      to: anyNode(broker),
      uncommitted: anyOf('kept', 'lost'),
    },
    spends: 'brokerCrashes',
    weight: 0.2,
    enabled({ protocol }, { broker: died, to }) {
      if (died === to) return 'it is dead';
      if (!leadsAnything(context, protocol, died)) return 'it leads nothing';
      if (protocol.groups.offsets.leader !== died) return true;
      return mayLeadOffsets(context, protocol, to);
    },
    step(step, { broker: died, to, uncommitted: what }) {
      const isLost = what === 'lost';
      moveInput(context, step, { died, to, isLost });
      moveOutputs(context, step, { died, to, isLost });
      if (step.protocol.groups.offsets.leader !== died) return;
      moveOffsets(context, step, to, isLost ? step.protocol.tail.length : 0);
    },
  });
}

interface Crash {
  readonly died: Broker;
  readonly to: Broker;
  readonly isLost: boolean;
}

function leadsAnything(
  { input, transactions }: PipelineContext,
  protocol: ReadonlyProtocol,
  broker: Broker,
): boolean {
  const { partitions, coordinator } = protocol.transactions;
  return (
    protocol.clients.partitions.get(input).leader === broker ||
    coordinator.leader === broker ||
    transactions.partition.all.some(each => partitions.get(each).leader === broker)
  );
}

function moveInput(
  context: PipelineContext,
  step: PipelineStep,
  { died, to, isLost }: Crash,
): void {
  const { acts, clients, input: partition } = context;
  const view = step.protocol.clients.partitions.get(partition);
  if (view.leader === died) {
    const lost = isLost ? uncommitted(view) : 0;
    clientsPart.take(acts.clients.failOver, step, { partition, to, lost });
  }
  for (const producer of clients.producer.all) {
    const connection = { producer, broker: died };
    if (clientsPart.enabled(acts.clients.loseConnection, step.protocol, connection) !== true)
      continue;
    clientsPart.take(acts.clients.loseConnection, step, connection);
  }
}

function moveOutputs(
  context: PipelineContext,
  step: PipelineStep,
  { died, to, isLost }: Crash,
): void {
  const { acts, transactions, offsets } = context;
  const { partitions, coordinator } = step.protocol.transactions;
  for (const partition of transactions.partition.all) {
    const view = partitions.get(partition);
    if (partition === offsets || view.leader !== died) continue;
    const lost = isLost ? uncommitted(view) : 0;
    transactionsPart.take(acts.transactions.failOver, step, { partition, to, lost });
  }
  if (coordinator.leader !== died) return;
  const lost = isLost ? uncommitted(coordinator) : 0;
  transactionsPart.take(acts.transactions.failOverCoordinator, step, { to, lost });
}
