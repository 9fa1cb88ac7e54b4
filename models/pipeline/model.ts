import { type AnyAction, type AnyModel, defineModel } from '../../checker/model/model.ts';
import { drain } from '../clients/actions/drain.ts';
import { handleLateRequest, handleProduce } from '../clients/actions/handleProduce.ts';
import { bumpEpoch, obtainProducerId } from '../clients/actions/producerId.ts';
import { receiveAnswer, refreshMetadata } from '../clients/actions/receiveAnswer.ts';
import { replicate } from '../clients/actions/replicate.ts';
import { send } from '../clients/actions/send.ts';
import { timeOut } from '../clients/faults/answers.ts';
import { loseConnection, loseConnectionLate } from '../clients/faults/connections.ts';
import { expire as expireInput } from '../clients/faults/expire.ts';
import { failOver as failOverInput } from '../clients/faults/failOver.ts';
import { startClients } from '../clients/model.ts';
import { rulesOf as clientsRulesOf } from '../clients/releaseRules.ts';
import { weakenedRules } from '../description/defect.ts';
import { load } from '../groups/actions/coordinate.ts';
import { heartbeat, reconcile } from '../groups/actions/heartbeat.ts';
import {
  completeJoin,
  findCoordinator,
  join,
  joinWithoutRebalance,
  start,
} from '../groups/actions/joining.ts';
import { poll as pollInput } from '../groups/actions/processing.ts';
import { assign, getPartitions, hearOfLoss } from '../groups/actions/syncing.ts';
import { expireSession, missSession } from '../groups/faults/members.ts';
import { startGroup } from '../groups/model.ts';
import { rulesOf as groupsRulesOf } from '../groups/releaseRules.ts';
import { addPartitions } from '../transactions/actions/addPartitions.ts';
import {
  abortTimedOut,
  completeTransaction,
  handleLateMarker,
  loadDecisions,
  writeMarker,
} from '../transactions/actions/complete.ts';
import {
  abortAfterError,
  abortTransaction,
  commitTransaction,
  endTransaction,
} from '../transactions/actions/endTransaction.ts';
import {
  appendVerified,
  handleLateRequest as handleLateOutput,
  handleProduce as handleOutput,
} from '../transactions/actions/handleProduce.ts';
import { initProducerId } from '../transactions/actions/initProducerId.ts';
import { poll as readOutput } from '../transactions/actions/poll.ts';
import {
  replicateDecisions,
  replicate as replicateOutput,
} from '../transactions/actions/replicate.ts';
import {
  failOverCoordinator,
  failOver as failOverOutput,
  timeOutDecision,
} from '../transactions/faults/failOver.ts';
import {
  expire,
  leaveMarker,
  leaveRequest,
  loseAcknowledgement,
  loseAnswer,
} from '../transactions/faults/messages.ts';
import { begin } from '../transactions/model.ts';
import { rulesOf as transactionsRulesOf } from '../transactions/releaseRules.ts';
import { findInput, processInput } from './actions/input.ts';
import { appendVerifiedOffsets, handleOffsets, replicateOffsets } from './actions/offsets.ts';
import {
  clientsConfigOf,
  groupsConfigOf,
  type PipelineBounds,
  type PipelineConfig,
  transactionsConfigOf,
  validatePipeline,
} from './config.ts';
import { type PipelineContext, pipelineContext } from './context.ts';
import type { PipelineDefect } from './defect.ts';
import { crashBroker, failOverOffsets } from './faults/failOver.ts';
import { crash, leave } from './faults/processes.ts';
import { inPoll, ofCommitted, ofOutputs, settled, whileRunning } from './guarded.ts';
import { inFlight } from './inFlight.ts';
import { clientsPart, groupsPart, recorders, transactionsPart } from './recorders.ts';

/** What the producer of the topic that is read does, and its brokers. */
const ofClients = [
  send,
  obtainProducerId,
  drain,
  receiveAnswer,
  refreshMetadata,
  bumpEpoch,
  handleProduce,
  handleLateRequest,
  replicate,
  expireInput,
  failOverInput,
  loseConnection,
  loseConnectionLate,
  timeOut,
] as const;

/** What members and coordinators do whatever the application is doing, and when it polls. */
const ofGroups = [
  start,
  assign,
  getPartitions,
  hearOfLoss,
  heartbeat,
  findCoordinator,
  completeJoin,
  load,
  expireSession,
  missSession,
] as const;
const polling = [join, joinWithoutRebalance, reconcile] as const;

/** What the producers of the application do, their coordinator, and the reader. */
const ofProcesses = [
  initProducerId,
  commitTransaction,
  abortTransaction,
  abortAfterError,
  addPartitions,
  endTransaction,
] as const;
const ofTransactions = [
  replicateDecisions,
  writeMarker,
  completeTransaction,
  abortTimedOut,
  loadDecisions,
  readOutput,
  handleLateOutput,
  handleLateMarker,
  failOverCoordinator,
  loseAnswer,
  loseAcknowledgement,
  leaveRequest,
  leaveMarker,
  expire,
  timeOutDecision,
] as const;
const onOutputs = [handleOutput, appendVerified, replicateOutput, failOverOutput] as const;

/** What is of two parts at once. */
const joint = [
  findInput,
  processInput,
  handleOffsets,
  appendVerifiedOffsets,
  replicateOffsets,
  crash,
  leave,
  failOverOffsets,
  crashBroker,
] as const;

/** Budgets that are called otherwise in the whole. */
const budgets: Readonly<Record<string, string>> = {
  timeOut: 'requestTimeouts',
  failOverCoordinator: 'failovers',
};

/**
 * A pipeline: a producer that writes a topic, a group that reads it, and processes that send for each record another
 * one in a transaction with the offset behind it, over the same brokers. It is made of the models of the three; what it
 * adds is where they meet.
 *
 * @throws PipelineConfigError when the configuration or a bound is outside what it is meant for.
 */
export function pipelineModel(
  config: PipelineConfig,
  bounds: PipelineBounds,
  defects: readonly PipelineDefect[] = [],
): AnyModel {
  validatePipeline(config, bounds);
  const context = pipelineContext(config, bounds, rulesOf(config, defects));
  return defineModel({
    name: 'pipeline',
    version: 1,
    config: { ...config },
    bounds: { ...bounds },
    defects: defects.map(defect => defect.name),
    schema: context.schema,
    recorders,
    initialStates: [
      ({ protocol, ghost, budget }) => {
        Object.assign(budget, bounds);
        startClients(context.clients, protocol.clients);
        startGroup(context.groups, protocol.groups);
        begin(context.transactions, protocol.transactions, ghost.transactions);
      },
    ],
    actions: actionsOf(context).map(action => settled(context, action)),
    messages: protocol => inFlight(context, protocol),
  });
}

function rulesOf(config: PipelineConfig, defects: readonly PipelineDefect[]) {
  return {
    clients: weakenedRules(
      clientsRulesOf(clientsConfigOf(config)),
      defects.map(({ clients }) => clients),
    ),
    groups: weakenedRules(
      groupsRulesOf(groupsConfigOf(config)),
      defects.map(({ groups }) => groups),
    ),
    transactions: weakenedRules(
      transactionsRulesOf(transactionsConfigOf(config)),
      defects.map(({ transactions }) => transactions),
    ),
  };
}

function actionsOf(context: PipelineContext): AnyAction[] {
  const { clients, groups, transactions } = context;
  const lifted = [
    ...ofClients.map(action => clientsPart.lift(action(clients))),
    ...ofGroups.map(action => groupsPart.lift(action(groups))),
    ...polling.map(action => inPoll(context, groupsPart.lift(action(groups)))),
    inPoll(context, ofCommitted(context, groupsPart.lift(pollInput(groups)))),
    ...ofProcesses.map(action =>
      whileRunning(context, transactionsPart.lift(action(transactions))),
    ),
    ...ofTransactions.map(action => transactionsPart.lift(action(transactions))),
    ...onOutputs.map(action => ofOutputs(context, transactionsPart.lift(action(transactions)))),
  ].map(action => ({ ...action, ...spending(action) }));
  return [...lifted, ...joint.map(action => action(context))];
}

function spending({ name }: AnyAction): { readonly spends?: string } {
  const budget = budgets[name];
  return budget === undefined ? {} : { spends: budget };
}
