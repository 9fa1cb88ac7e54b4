import { type AnyAction, type AnyModel, defineModel } from '../../checker/model/model.ts';
import { weakenedRules } from '../description/defect.ts';
import {
  receiveAlterPartitionAnswer,
  resendAlterPartition,
} from '../replication/actions/alterPartition.ts';
import { consume } from '../replication/actions/consume.ts';
import { beginControlledShutdown } from '../replication/actions/controlledShutdown.ts';
import { fetch } from '../replication/actions/fetch.ts';
import { produce } from '../replication/actions/produce.ts';
import { queryEpochEnd } from '../replication/actions/queryEpochEnd.ts';
import { receiveFetchResponse } from '../replication/actions/receiveFetchResponse.ts';
import { shrinkIsr } from '../replication/actions/shrinkIsr.ts';
import { restart } from '../replication/faults/restart.ts';
import { createTopic } from '../replication/model.ts';
import { partitionIn } from '../replication/partitionScope.ts';
import { takeRole } from '../replication/replica.ts';
import { rulesOf as partitionRulesOf } from '../replication/rulesOf.ts';
import type { Broker } from '../replication/schema.ts';
import { handleAlterPartition } from './actions/alterPartition.ts';
import { deleteReplicas, hearOfDeletion, requestDeletion } from './actions/deletion.ts';
import { deliver, deliverLate, deliverTwice, dropLate } from './actions/deliver.ts';
import { electController, loseElection, readState, startController } from './actions/election.ts';
import { electPreferred, handleBrokerChange, handleIsrChange, letLeave } from './actions/events.ts';
import { expireOrphan, registerBroker, reopenSession } from './actions/sessions.ts';
import {
  partitionConfigOf,
  validateZooKeeper,
  type ZooKeeperBounds,
  type ZooKeeperConfig,
} from './config.ts';
import { type ZooKeeperContext, type ZooKeeperStep, zooKeeperContext } from './context.ts';
import { loseIsrWrite } from './faults/loseIsrWrite.ts';
import { crash, losePower, stopCleanly } from './faults/processes.ts';
import { expireSession, moveController } from './faults/zooKeeper.ts';
import { inFlight } from './inFlight.ts';
import { partitionPart, recorders } from './recorders.ts';
import { rulesOf } from './releaseRules.ts';
import type { ZooKeeperDefect } from './rules.ts';
import type { Protocol } from './schema.ts';
import { forgetVersions, isRegistered, onlyPartition, versionNow } from './store.ts';

/** What brokers and clients do without a controller. */
const partitionActions = [
  produce,
  consume,
  fetch,
  receiveFetchResponse,
  queryEpochEnd,
  shrinkIsr,
  receiveAlterPartitionAnswer,
  resendAlterPartition,
  beginControlledShutdown,
  restart,
] as const;

/** What brokers do with ZooKeeper and as controllers, then the environment. */
const actions = [
  registerBroker,
  reopenSession,
  expireOrphan,
  electController,
  readState,
  startController,
  handleBrokerChange,
  handleIsrChange,
  handleAlterPartition,
  letLeave,
  electPreferred,
  requestDeletion,
  deleteReplicas,
  hearOfDeletion,
  deliver,
  deliverTwice,
  deliverLate,
  dropLate,
  stopCleanly,
  crash,
  losePower,
  expireSession,
  moveController,
  loseElection,
  loseIsrWrite,
] as const;

/**
 * Kafka with ZooKeeper: a controller that is elected by an ephemeral znode and pushes to each broker what it is to be,
 * brokers that do what they are told, and the partition as its own model has it.
 *
 * @throws ZooKeeperConfigError when the configuration or a bound is outside what it is meant for.
 */
export function zooKeeperModel(
  config: ZooKeeperConfig,
  bounds: ZooKeeperBounds,
  defects: readonly ZooKeeperDefect[] = [],
): AnyModel {
  validateZooKeeper(config, bounds);
  const context = zooKeeperContext(config, bounds, {
    zooKeeper: weakenedRules(
      rulesOf(config),
      defects.map(({ rules }) => rules),
    ),
    partition: weakenedRules(
      partitionRulesOf(partitionConfigOf(config)),
      defects.map(({ partition }) => partition),
    ),
  });
  // The first replica leads. Either it is the controller as well, or another broker is, where there is one.
  const [first, second = first] = context.broker.all as [Broker, Broker?];
  return defineModel({
    name: 'zookeeper',
    version: 1,
    config: { ...config },
    bounds: { ...bounds },
    defects: defects.map(defect => defect.name),
    schema: context.schema,
    recorders,
    initialStates: [
      ({ protocol, budget }) => {
        Object.assign(budget, bounds);
        startCluster(context, protocol, first);
      },
      ({ protocol, budget }) => {
        Object.assign(budget, bounds);
        startCluster(context, protocol, second);
      },
    ],
    actions: [
      ...partitionActions.map(action =>
        notifying(context, partitionPart.lift(action(context.partition))),
      ),
      ...actions.map(action => action(context)),
    ].map(action => settled(context, action)),
    messages: protocol => inFlight(context, protocol),
  });
}

/** A leader that writes the ISR itself leaves a notification for the controller (before 2.7). */
function notifying({ partition }: ZooKeeperContext, action: AnyAction): AnyAction {
  if (partition.rules.isrChange !== 'zookeeper') return action;
  return {
    ...action,
    step(step, choice) {
      // The engine gives the step of this model.
      const { protocol } = step as never as ZooKeeperStep;
      const version = versionNow(protocol);
      action.step(step, choice);
      if (versionNow(protocol) !== version) protocol.zooKeeper.isrChanged = true;
    },
  };
}

/** What follows from every step: who can use ZooKeeper, and which versions somebody still knows. */
function settled(context: ZooKeeperContext, action: AnyAction): AnyAction {
  return {
    ...action,
    step(step, choice) {
      action.step(step, choice);
      // The engine gives the step of this model.
      const { protocol } = step as never as ZooKeeperStep;
      settle(context, protocol);
    },
  };
}

function settle(context: ZooKeeperContext, protocol: Protocol): void {
  const { cutToController, cutFromController } = protocol.partition.network;
  const { isrChange } = context.partition.rules;
  for (const each of context.broker.all) {
    // A leader that writes the ISR itself needs its session; one that asks a controller needs a connection to it.
    const isCut = isrChange === 'zookeeper' && protocol.sessions.get(each).state.state !== 'open';
    for (const cut of [cutToController, cutFromController]) {
      if (isCut) cut.add(each);
      else cut.delete(each);
    }
  }
  forgetVersions(context, protocol);
}

/** Everybody is registered, one broker is the controller, and everybody knows it all. */
function startCluster(context: ZooKeeperContext, protocol: Protocol, controller: Broker): void {
  createTopic(context.partition, protocol.partition);
  const { zooKeeper, controllers } = protocol;
  zooKeeper.controllerEpoch = 1;
  zooKeeper.controller = controller;
  zooKeeper.stateControllerEpoch = 1;
  const view = controllers.get(controller);
  for (const event of ['win', 'read', 'start'] as const) view.state.send(event, {}, undefined);
  view.epoch = 1;
  view.brokersWatch = 'armed';
  view.version = versionNow(protocol);
  view.partition.send('findLed', {}, undefined);
  const [first] = context.broker.all;
  for (const each of context.broker.all) {
    const session = protocol.sessions.get(each);
    session.state.send('open', {}, undefined);
    session.ownsNode = true;
    session.controllerWatch = 'armed';
    protocol.partition.registrations.get(each).brokerEpoch = 1;
    protocol.partition.brokers.get(each).brokerEpoch = 1;
    view.live.add(each);
    view.epochs.set(each, 1);
    view.replicas.get(each).send('findOnline', {}, undefined);
    const heard = protocol.heard.get(each);
    Object.assign(heard, { controllerEpoch: 1, isTold: true, leader: first });
    for (const other of context.broker.all)
      if (isRegistered(protocol, other)) heard.live.add(other);
    const partition = partitionIn(context.partition, protocol.partition, onlyPartition(context));
    takeRole(partition, each);
  }
  settle(context, protocol);
}
