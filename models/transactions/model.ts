import { type AnyModel, defineModel } from '../../checker/model/model.ts';
import type { RecordView } from '../../checker/state/viewTypes.ts';
import { weakenedRules } from '../description/defect.ts';
import { addPartitions } from './actions/addPartitions.ts';
import {
  abortTimedOut,
  completeTransaction,
  handleLateMarker,
  loadDecisions,
  writeMarker,
} from './actions/complete.ts';
import {
  abortAfterError,
  abortTransaction,
  commitTransaction,
  endTransaction,
  handleLateEnd,
} from './actions/endTransaction.ts';
import { appendVerified, handleLateRequest, handleProduce } from './actions/handleProduce.ts';
import { initProducerId } from './actions/initProducerId.ts';
import { poll, storePosition } from './actions/poll.ts';
import { findInput, noteInput, processInput } from './actions/processInput.ts';
import { replicate, replicateDecisions } from './actions/replicate.ts';
import { send } from './actions/send.ts';
import {
  type TransactionsBounds,
  type TransactionsConfig,
  validateTransactions,
} from './config.ts';
import { type TransactionsContext, transactionsContext } from './context.ts';
import { failOver, failOverCoordinator, timeOutDecision } from './faults/failOver.ts';
import {
  expire,
  leaveEnd,
  leaveMarker,
  leaveRequest,
  loseAcknowledgement,
  loseAnswer,
} from './faults/messages.ts';
import { crashReader, rebalance, restart } from './faults/processes.ts';
import { inFlight } from './inFlight.ts';
import { recorders } from './recorders.ts';
import { rulesOf } from './releaseRules.ts';
import type { TransactionsDefect } from './rules.ts';
import type { GhostFields, Protocol } from './schema.ts';

/** What applications and their producers do, then leaders, the coordinator and the reader, then the environment. */
const actions = [
  initProducerId,
  send,
  findInput,
  processInput,
  noteInput,
  commitTransaction,
  abortTransaction,
  abortAfterError,
  addPartitions,
  handleProduce,
  appendVerified,
  replicate,
  endTransaction,
  replicateDecisions,
  writeMarker,
  completeTransaction,
  abortTimedOut,
  loadDecisions,
  poll,
  storePosition,
  handleLateRequest,
  handleLateEnd,
  handleLateMarker,
  restart,
  failOverCoordinator,
  failOver,
  loseAnswer,
  loseAcknowledgement,
  leaveRequest,
  leaveEnd,
  leaveMarker,
  expire,
  rebalance,
  crashReader,
  timeOutDecision,
] as const;

/**
 * Transactions: producers with transactional ids, their coordinator, the partitions that they write to, and a reader.
 *
 * @throws TransactionsConfigError when the configuration or a bound is outside what it is meant for.
 */
export function transactionsModel(
  config: TransactionsConfig,
  bounds: TransactionsBounds,
  defects: readonly TransactionsDefect[] = [],
): AnyModel {
  validateTransactions(config, bounds);
  const weakened = defects.map(defect => defect.rules);
  const context = transactionsContext(config, bounds, weakenedRules(rulesOf(config), weakened));
  return defineModel({
    name: 'transactions',
    version: 1,
    config: { ...config },
    bounds: { ...bounds },
    defects: defects.map(defect => defect.name),
    schema: context.schema,
    recorders,
    initialStates: [
      ({ protocol, ghost, budget }) => {
        Object.assign(budget, bounds);
        begin(context, protocol, ghost);
      },
    ],
    actions: actions.map(action => action(context)),
    messages: protocol => inFlight(context, protocol),
  });
}

/** The first broker leads everything, and the first process has the input. */
export function begin(
  context: TransactionsContext,
  protocol: Protocol,
  ghost: RecordView<GhostFields>,
): void {
  for (let key = 0; key < ghost.effects.capacity; key++) ghost.effects.push(0);
  const [first] = context.broker.all;
  const [owner] = context.producer.all;
  if (first === undefined || owner === undefined) return;
  for (const partition of context.partition.all) protocol.partitions.get(partition).leader = first;
  protocol.coordinator.leader = first;
  protocol.coordinator.isLoaded = true;
  protocol.group.owner = owner;
}
