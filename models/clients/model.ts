import { type AnyModel, defineModel } from '../../checker/model/model.ts';
import { weakenedRules } from '../description/defect.ts';
import { commitOffsets, handleCommit } from './actions/commits.ts';
import { drain } from './actions/drain.ts';
import { handleLateRequest, handleProduce } from './actions/handleProduce.ts';
import { poll, processRecord, startConsumer } from './actions/poll.ts';
import {
  findPosition,
  learnEpoch,
  losePosition,
  resetPosition,
  validatePosition,
} from './actions/positions.ts';
import { bumpEpoch, obtainProducerId } from './actions/producerId.ts';
import { receiveAnswer, refreshMetadata } from './actions/receiveAnswer.ts';
import { replicate } from './actions/replicate.ts';
import { resend, send } from './actions/send.ts';
import { type ClientsBounds, type ClientsConfig, validateClients } from './config.ts';
import { type ClientsContext, clientsContext } from './context.ts';
import { refuse, reject, timeOut } from './faults/answers.ts';
import { loseConnection, loseConnectionLate } from './faults/connections.ts';
import { closeConsumer, crashConsumer } from './faults/consumers.ts';
import { expire } from './faults/expire.ts';
import { failOver, failOverToRestarted, failOverUncleanly } from './faults/failOver.ts';
import { deleteRecords, forgetProducers } from './faults/forgetting.ts';
import { restartProducer } from './faults/restartProducer.ts';
import { inFlight } from './inFlight.ts';
import { producerEffects } from './producerEffects.ts';
import { recorders } from './recorders.ts';
import { rulesOf } from './releaseRules.ts';
import type { ClientsDefect } from './rules.ts';
import type { Protocol } from './schema.ts';

/** What applications and their producers do, then brokers, then the environment. */
const actions = [
  send,
  resend,
  obtainProducerId,
  drain,
  receiveAnswer,
  refreshMetadata,
  bumpEpoch,
  handleProduce,
  handleLateRequest,
  replicate,
  expire,
  failOver,
  failOverUncleanly,
  failOverToRestarted,
  loseConnection,
  loseConnectionLate,
  timeOut,
  refuse,
  reject,
  forgetProducers,
  deleteRecords,
  restartProducer,
  startConsumer,
  findPosition,
  resetPosition,
  learnEpoch,
  validatePosition,
  losePosition,
  poll,
  processRecord,
  commitOffsets,
  handleCommit,
  crashConsumer,
  closeConsumer,
] as const;

/**
 * Kafka's clients: producers that send records to the partitions of a topic, what becomes of these on the way, and a
 * consumer that reads them.
 *
 * @throws ClientsConfigError when the configuration or a bound is outside what it is meant for.
 */
export function clientsModel(
  config: ClientsConfig,
  bounds: ClientsBounds,
  defects: readonly ClientsDefect[] = [],
): AnyModel {
  validateClients(config, bounds);
  const weakened = defects.map(defect => defect.rules);
  const context = clientsContext(config, bounds, weakenedRules(rulesOf(config), weakened));
  return defineModel({
    name: 'clients',
    version: 1,
    config: { ...config },
    bounds: { ...bounds },
    defects: defects.map(defect => defect.name),
    schema: context.schema,
    recorders,
    initialStates: [
      ({ protocol, budget }) => {
        Object.assign(budget, bounds);
        startClients(context, protocol);
      },
    ],
    actions: actions.map(action => action(context)),
    messages: protocol => inFlight(context, protocol),
  });
}

/** Every partition is led by the first broker, and every producer knows it. */
export function startClients(context: ClientsContext, protocol: Protocol): void {
  const [first] = context.broker.all;
  if (first === undefined) return;
  for (const partition of context.partition.all) protocol.partitions.get(partition).leader = first;
  for (const producer of context.producer.all) {
    const view = protocol.producers.get(producer);
    for (const partition of context.partition.all) view.partitions.get(partition).leader = first;
    if (context.config.idempotence) continue;
    view.state.send('goWithoutId', producerEffects, {
      context,
      protocol,
      record: silent,
      producer,
    });
  }
}

/** There is nothing to tell of a start. */
const silent = {
  sent: () => undefined,
  acknowledged: () => undefined,
  read: () => undefined,
  processed: () => undefined,
};
