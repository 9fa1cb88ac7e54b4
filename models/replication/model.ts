import { type AnyModel, defineModel } from '../../checker/model/model.ts';
import { weakenedRules } from '../description/defect.ts';
import { changeMinIsr, checkpointHighWatermark, deleteRecords } from './actions/administer.ts';
import {
  handleAlterPartition,
  receiveAlterPartitionAnswer,
  resendAlterPartition,
} from './actions/alterPartition.ts';
import { consume } from './actions/consume.ts';
import {
  beginControlledShutdown,
  enterControlledShutdown,
  stopCleanly,
} from './actions/controlledShutdown.ts';
import { electPreferred, electUncleanly } from './actions/electLeaders.ts';
import { enableEligibleLeaderReplicas } from './actions/enableElr.ts';
import { fence, missHeartbeats, openForRequests, unfence } from './actions/fencing.ts';
import { fetch, receiveFetch, sendFetch } from './actions/fetch.ts';
import { listOffsets } from './actions/listOffsets.ts';
import { produce, retryProduce, timeOutProduce } from './actions/produce.ts';
import { queryEpochEnd } from './actions/queryEpochEnd.ts';
import { cancelReassignment, reassign, replaceReassignment } from './actions/reassign.ts';
import { receiveFetchResponse } from './actions/receiveFetchResponse.ts';
import { receiveRegistrationAnswer, register, repeatRegistration } from './actions/register.ts';
import { applyConfiguration, replayMetadata } from './actions/replayMetadata.ts';
import { shrinkIsr } from './actions/shrinkIsr.ts';
import { deleteTopic, recreateTopic } from './actions/topics.ts';
import { changeUncleanSetting, electUncleanlyAsSet } from './actions/uncleanSetting.ts';
import { unregister } from './actions/unregister.ts';
import { brokerEffects } from './brokerEffects.ts';
import { type ReplicationBounds, type ReplicationConfig, validateReplication } from './config.ts';
import { type ReplicationContext, replicationContext } from './context.ts';
import { replaceDisk } from './faults/diskLoss.ts';
import { failOverController, loseControllerMessage, loseMessage } from './faults/messageLoss.ts';
import { cutLink, cutNetwork, healNetwork } from './faults/networkPartition.ts';
import { losePower } from './faults/powerLoss.ts';
import { crash } from './faults/processCrash.ts';
import { pause, resume } from './faults/processPause.ts';
import { restart } from './faults/restart.ts';
import { inFlight } from './inFlight.ts';
import { placement } from './placement.ts';
import { resolveProtocol } from './protocol.ts';
import { isInModel } from './rareActions.ts';
import { recorders } from './recorders.ts';
import type { registrationEffects } from './registrationEffects.ts';
import type { ReplicationDefect } from './rules.ts';
import { rulesOf } from './rulesOf.ts';
import type { Protocol } from './schema.ts';
import { firstTopicId } from './topicIds.ts';

/** Every action of the model: clients, replicas, controller, operators, and then the faults. */
const actions = [
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
  handleAlterPartition,
  receiveAlterPartitionAnswer,
  resendAlterPartition,
  replayMetadata,
  applyConfiguration,
  checkpointHighWatermark,
  fence,
  unfence,
  openForRequests,
  register,
  receiveRegistrationAnswer,
  enterControlledShutdown,
  stopCleanly,
  electPreferred,
  electUncleanly,
  reassign,
  cancelReassignment,
  deleteTopic,
  recreateTopic,
  changeMinIsr,
  enableEligibleLeaderReplicas,
  unregister,
  replaceReassignment,
  changeUncleanSetting,
  electUncleanlyAsSet,
  deleteRecords,
  beginControlledShutdown,
  missHeartbeats,
  crash,
  losePower,
  replaceDisk,
  restart,
  pause,
  resume,
  cutNetwork,
  cutLink,
  healNetwork,
  loseMessage,
  loseControllerMessage,
  repeatRegistration,
  failOverController,
] as const;

/**
 * Kafka's replication of a topic's partitions: what the controller decides, how brokers learn it,
 * how records spread and become readable, by the rules of the release that is configured.
 *
 * @throws ReplicationConfigError when the configuration or a bound is outside what it is meant for.
 */
export function replicationModel(
  given: ReplicationConfig,
  bounds: ReplicationBounds,
  defects: readonly ReplicationDefect[] = [],
): AnyModel {
  validateReplication(given, bounds);
  const config = resolveProtocol(given);
  const weakened = defects.map(defect => defect.rules);
  const rules = weakenedRules(rulesOf(config), weakened);
  const context = replicationContext(config, bounds, rules);
  return defineModel({
    name: 'replication',
    version: 4,
    config: { ...config },
    bounds: { ...bounds },
    defects: defects.map(defect => defect.name),
    schema: context.schema,
    recorders,
    initialStates: [
      ({ protocol, budget }) => {
        Object.assign(budget, bounds);
        createTopic(context, protocol);
      },
    ],
    actions: actions.map(action => action(context)).filter(({ name }) => isInModel(bounds, name)),
    messages: protocol => inFlight(context, protocol),
  });
}

/** Brokers register before there is a topic to decide about. */
const nothingDecided: typeof registrationEffects = {
  cleanUpPredecessor: () => undefined,
  electWhereLeaderless: () => undefined,
  leavePartition: () => undefined,
  giveUp: () => undefined,
};

/** A new topic: every replica in the ISR, the preferred ones leading, everybody caught up. */
export function createTopic(context: ReplicationContext, protocol: Protocol): void {
  const { broker, partition, config, bounds } = context;
  const replicas = broker.all.slice(0, config.brokers);
  const { history } = protocol.metadata;
  history.push({
    minInsyncReplicas: config.minInsyncReplicas,
    elrSwitchedOn: 0,
    uncleanElectionChanged: 0,
  });
  for (const id of partition.all) {
    const created = history.get(0).partitions.get(id);
    const placed = placement(replicas, id);
    created.topicId = firstTopicId(bounds);
    created.leader = placed[0];
    for (const member of placed) {
      created.isr.add(member);
      created.replicas.push(member);
    }
  }
  for (const member of broker.all) {
    const change = { context, protocol, broker: member };
    const { process } = protocol.brokers.get(member);
    const { state } = protocol.registrations.get(member);
    process.send('start', brokerEffects, change);
    state.send('register', nothingDecided, change);
    process.send('catchUp', brokerEffects, change);
    state.send('unfence', nothingDecided, change);
    process.send('unfence', brokerEffects, change);
    protocol.brokers.get(member).incarnation = 0;
  }
}
