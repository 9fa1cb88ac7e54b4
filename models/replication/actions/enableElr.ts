import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { newestMetadata } from '../learning.ts';
import { hasElr } from '../metadata.ts';
import { decideElr } from '../partitionChange.ts';

/**
 * enableEligibleLeaderReplicas: an operator switches ELR on in the running cluster. Limited by `elrEnablings`.
 *
 * Who: the controller (UpdateFeatures, `eligible.leader.replicas.version=1`). Enabled: they are off. Changes:
 * from the next change of a partition on the controller goes by ELR; what it has decided before stays. It writes
 * its own `min.insync.replicas` (1 by default) as that of the whole cluster, if there is none yet, and takes away
 * those of single brokers. So a topic without a setting of its own may get any other one: `to`. Brokers learn
 * it as any configuration.
 *
 * Left out: switching ELR off again.
 *
 * Source: ConfigurationControlManager.updateFeatures, maybeGenerateElrSafetyRecords; KIP-966, KAFKA-16540.
 */
export function enableEligibleLeaderReplicas(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'enableEligibleLeaderReplicas',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller switches ELR on, with min.insync.replicas {to}',
    params: { to: anyInt(1, context.config.brokers) },
    spends: 'elrEnablings',
    weight: 0.1,
    // An operator may ask for it, and need not.
    fair: false,
    enabled({ protocol }) {
      return !hasElr(context, newestMetadata(protocol)) || 'eligible leader replicas are on';
    },
    step({ protocol }, { to }) {
      decideElr(context, protocol, to);
    },
  });
}
