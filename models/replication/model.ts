import { type AnyModel, defineModel } from '../../checker/model/model.ts';
import { cutNetwork, healNetwork } from '../faults/networkPartition.ts';
import { losePower } from '../faults/powerLoss.ts';
import { crash } from '../faults/processCrash.ts';
import { restart } from '../faults/restart.ts';
import { consume } from './actions/consume.ts';
import { electPreferred } from './actions/electPreferred.ts';
import { fetch } from './actions/fetch.ts';
import { handleAlterPartition } from './actions/handleAlterPartition.ts';
import { produce } from './actions/produce.ts';
import { receiveFetchResponse } from './actions/receiveFetchResponse.ts';
import { fence, unfence } from './actions/registration.ts';
import { replayMetadata } from './actions/replayMetadata.ts';
import { shrinkIsr } from './actions/shrinkIsr.ts';
import { brokerEffects } from './brokerEffects.ts';
import { type ReplicationBounds, type ReplicationConfig, validateReplication } from './config.ts';
import { replicationContext } from './context.ts';
import { recorders } from './recorders.ts';
import { kafkaRules, type ReplicationDefect, type ReplicationRules } from './rules.ts';

/**
 * Kafka's replication of one topic partition, at the rules of 4.1 with eligible leader replicas
 * off: what the controller decides, how brokers learn it, how records spread and become readable.
 *
 * @throws ReplicationConfigError when the configuration or a bound is outside what it is meant for.
 */
export function replicationModel(
  config: ReplicationConfig,
  bounds: ReplicationBounds,
  defects: readonly ReplicationDefect[] = [],
): AnyModel {
  validateReplication(config, bounds);
  const weakened = defects.map(defect => defect.rules);
  const rules: ReplicationRules = Object.assign({ ...kafkaRules }, ...weakened);
  const context = replicationContext(config, bounds, rules);
  const { schema, broker } = context;
  return defineModel({
    name: 'replication',
    version: 1,
    config: { ...config },
    bounds: { ...bounds },
    defects: defects.map(defect => defect.name),
    schema,
    recorders,
    initialStates: [
      ({ protocol, budget }) => {
        // A new partition: every replica in the ISR, the first leading, everybody caught up.
        Object.assign(budget, bounds);
        const [first] = broker.all;
        if (first === undefined) return;
        const noBroker = protocol.registrations.fenced;
        protocol.metadata.history.push({ leader: first, leaderEpoch: 0, isr: noBroker });
        for (const member of broker.all) protocol.metadata.history.get(0).isr.add(member);
        for (const member of broker.all) {
          const change = { context, protocol, broker: member, kept: 0 };
          protocol.brokers.get(member).process.send('start', brokerEffects, change);
          protocol.brokers.get(member).process.send('unfence', brokerEffects, change);
        }
      },
    ],
    actions: [
      produce(context),
      consume(context),
      fetch(context),
      receiveFetchResponse(context),
      shrinkIsr(context),
      handleAlterPartition(context),
      replayMetadata(context),
      fence(context),
      unfence(context),
      electPreferred(context),
      crash(context),
      losePower(context),
      restart(context),
      cutNetwork(context),
      healNetwork(context),
    ],
  });
}
