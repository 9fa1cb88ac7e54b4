import { type AnyAction, type AnyModel, defineModel } from '../../checker/model/model.ts';
import { weakenedRules } from '../description/defect.ts';
import { exchangeActions } from '../kraft/actions/exchange.ts';
import { applyRecord, becomeActive } from '../kraft/actions/listener.ts';
import { cleanLog, flush } from '../kraft/actions/log.ts';
import { electionTimeout, fetchTimeout, resignLeadership } from '../kraft/actions/timeouts.ts';
import { loseQuorumState } from '../kraft/faults/diskLoss.ts';
import {
  delayMessage,
  deliverStray,
  duplicateMessage,
  loseMessage as loseQuorumMessage,
} from '../kraft/faults/messages.ts';
import { formatQuorum } from '../kraft/model.ts';
import { rulesOf as quorumRulesOf } from '../kraft/releaseRules.ts';
import { fetch as fetchMetadata } from '../kraft/rpc/fetch.ts';
import { fetchSnapshot } from '../kraft/rpc/fetchSnapshot.ts';
import { beginQuorumEpoch, endQuorumEpoch } from '../kraft/rpc/quorumEpoch.ts';
import { preVote, vote } from '../kraft/rpc/vote.ts';
import { checkpointHighWatermark, deleteRecords } from '../replication/actions/administer.ts';
import {
  receiveAlterPartitionAnswer,
  resendAlterPartition,
} from '../replication/actions/alterPartition.ts';
import { consume } from '../replication/actions/consume.ts';
import { beginControlledShutdown } from '../replication/actions/controlledShutdown.ts';
import { openForRequests } from '../replication/actions/fencing.ts';
import { fetch, receiveFetch, sendFetch } from '../replication/actions/fetch.ts';
import { listOffsets } from '../replication/actions/listOffsets.ts';
import { produce, retryProduce, timeOutProduce } from '../replication/actions/produce.ts';
import { queryEpochEnd } from '../replication/actions/queryEpochEnd.ts';
import { receiveFetchResponse } from '../replication/actions/receiveFetchResponse.ts';
import { repeatRegistration } from '../replication/actions/register.ts';
import { applyConfiguration } from '../replication/actions/replayMetadata.ts';
import { shrinkIsr } from '../replication/actions/shrinkIsr.ts';
import { loseControllerMessage, loseMessage } from '../replication/faults/messageLoss.ts';
import { pause, resume } from '../replication/faults/processPause.ts';
import { createTopic } from '../replication/model.ts';
import { resolveProtocol } from '../replication/protocol.ts';
import { rulesOf } from '../replication/rulesOf.ts';
import { afterQuorumStep, applyCommitted } from './apply.ts';
import {
  type ClusterBounds,
  type ClusterConfig,
  quorumConfigOf,
  validateCluster,
} from './config.ts';
import { type ClusterContext, clusterContext } from './context.ts';
import { commandsOf, decisionActions } from './decide.ts';
import type { ClusterDefect } from './defect.ts';
import { crash, losePower, restart } from './faults/crash.ts';
import { replaceDisk } from './faults/diskLoss.ts';
import { cutLink, cutNode, healNetwork } from './faults/network.ts';
import { inFlight } from './inFlight.ts';
import { refreshReach } from './reach.ts';
import { partitionPart, quorumPart, recorders } from './recorders.ts';
import { receiveRegistrationAnswer, replayMetadata } from './replay.ts';
import { takeSnapshot } from './snapshot.ts';

/** Every request that one node of the quorum makes of another. */
const rpcs = [preVote, vote, beginQuorumEpoch, endQuorumEpoch, fetchMetadata, fetchSnapshot];

/** What nodes of the quorum do, and what becomes of their messages. */
const quorumActions = [
  electionTimeout,
  fetchTimeout,
  flush,
  cleanLog,
  applyRecord,
  becomeActive,
  resignLeadership,
  loseQuorumState,
  loseQuorumMessage,
  delayMessage,
  duplicateMessage,
] as const;

/** What brokers and clients do without a decision of the controller. */
const partitionActions = [
  produce,
  retryProduce,
  timeOutProduce,
  consume,
  listOffsets,
  fetch,
  sendFetch,
  receiveFetch,
  receiveFetchResponse,
  queryEpochEnd,
  shrinkIsr,
  receiveAlterPartitionAnswer,
  resendAlterPartition,
  applyConfiguration,
  checkpointHighWatermark,
  openForRequests,
  beginControlledShutdown,
  deleteRecords,
  pause,
  resume,
  loseMessage,
  loseControllerMessage,
  repeatRegistration,
] as const;

/** What happens to machines. */
const faults = [crash, losePower, restart, replaceDisk, cutNode, cutLink, healNetwork] as const;

/**
 * How often random runs draw an action, where it is not what is right for its own model: followers
 * that lose patience too often use up the epochs, and reads crowd out what moves the cluster on.
 */
const weights: Readonly<Record<string, number>> = {
  consume: 0.05,
  listOffsets: 0.05,
  electionTimeout: 0.1,
  fetchTimeout: 0.02,
  sendMetadataFetch: 0.3,
};

/**
 * A Kafka cluster: controllers that are a metadata quorum, brokers that observe it and replay the
 * metadata log, a topic and its clients. It is made of the models of the two; what it
 * adds is that the decisions about the partition are the entries of the quorum's log.
 *
 * @throws ClusterConfigError when the configuration or a bound is outside what it is meant for.
 */
export function clusterModel(
  given: ClusterConfig,
  bounds: ClusterBounds,
  defects: readonly ClusterDefect[] = [],
): AnyModel {
  validateCluster(given, bounds);
  const config = resolveProtocol(given);
  const context = clusterContext(config, bounds, {
    quorum: weakenedRules(
      quorumRulesOf(quorumConfigOf(config)),
      defects.map(({ quorum }) => quorum),
    ),
    partition: weakenedRules(
      rulesOf(config),
      defects.map(({ partition }) => partition),
    ),
  });
  const commands = commandsOf(context);
  return defineModel({
    name: 'cluster',
    version: 4,
    config: { ...config },
    bounds: { ...bounds },
    defects: defects.map(defect => defect.name),
    schema: context.schema,
    recorders,
    initialStates: [
      ({ protocol, budget }) => {
        Object.assign(budget, bounds);
        formatQuorum(context.quorum, protocol.quorum);
        createTopic(context.partition, protocol.partition);
        refreshReach(context, protocol);
      },
    ],
    actions: weighted([
      ...partitionActions.map(action => partitionPart.lift(action(context.partition))),
      replayMetadata(context),
      receiveRegistrationAnswer(context),
      ...decisionActions(context, commands),
      applyCommitted(context, commands),
      ...actionsOfQuorum(context),
      takeSnapshot(context),
      ...faults.map(fault => fault(context)),
    ]),
    messages: protocol => inFlight(context, protocol),
  });
}

function weighted(actions: readonly AnyAction[]): AnyAction[] {
  return actions.map(action => {
    const weight = weights[action.name];
    return weight === undefined ? action : { ...action, weight };
  });
}

/** The quorum's actions: whatever they do, it has consequences for who reaches the controller. */
function actionsOfQuorum(context: ClusterContext): AnyAction[] {
  const { quorum } = context;
  const actions = [
    ...rpcs.flatMap(rpc => exchangeActions(quorum, rpc)),
    deliverStray(quorum, rpcs),
    ...quorumActions.map(action => action(quorum)),
  ];
  return actions.map(action => ({
    ...quorumPart.lift(action),
    step(step, choice) {
      // The engine gives the step of the cluster, of which the action knows its part.
      const { protocol, record } = step as never as Omit<
        Parameters<typeof afterQuorumStep>[0],
        'context'
      >;
      quorumPart.take(action, { protocol, record }, choice);
      afterQuorumStep({ context, protocol, record });
    },
  }));
}
