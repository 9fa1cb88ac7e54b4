import type { AnyAction } from '../../../checker/model/model.ts';
import type { ReplicationContext } from '../context.ts';
import { isActive } from '../election.ts';
import { controllerView, hasTopic, isUncleanElectionOn } from '../metadata.ts';
import { onPartition } from '../partitionAction.ts';
import { decideOn, decideUncleanSetting, orderOf } from '../partitionChange.ts';

/**
 * changeUncleanSetting: an operator enables unclean.leader.election.enable, or disables it. Limited by
 * `uncleanSettingChanges`. By itself it elects nobody.
 *
 * Source: ConfigRecord; ConfigurationControlManager.uncleanLeaderElectionEnabledForTopic; KIP-106.
 */
export function changeUncleanSetting(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'changeUncleanSetting',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller changes unclean.leader.election.enable',
    params: {},
    spends: 'uncleanSettingChanges',
    weight: 0.1,
    // An operator may ask for it, and need not.
    fair: false,
    enabled: ({ protocol }) => hasTopic(context, protocol) || 'UNKNOWN_TOPIC_OR_PARTITION',
    step({ protocol }) {
      decideUncleanSetting(context, protocol);
    },
  });
}

/**
 * electUncleanlyAsSet: the controller finds a partition without a leader whose topic allows unclean election.
 *
 * Who: the controller: with ZooKeeper at once when the setting changes, and in KRaft every five minutes
 * (`unclean.leader.election.interval.ms`); here at any time after the change. Enabled: unclean election is enabled, the
 * partition has no leader, and a replica is active.
 *
 * Left out: it in scopes in which the setting never changes, where it is tried at every broker event.
 *
 * Source: ReplicationControlManager.maybeElectUncleanLeaders (3.9, KAFKA-12670);
 * KafkaController.processTopicUncleanLeaderElectionEnable.
 */
export function electUncleanlyAsSet(context: ReplicationContext): AnyAction {
  return onPartition(context, {
    name: 'electUncleanlyAsSet',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller elects a leader uncleanly, as the topic allows',
    params: {},
    enabled(partition) {
      if (!isUncleanElectionOn(context, partition)) return 'unclean election is disabled';
      const now = controllerView(partition);
      if (now.leader !== undefined) return 'there is a leader';
      return orderOf(now).some(member => isActive(partition, member)) || 'no replica is active';
    },
    step(partition) {
      decideOn(partition, { kind: 'unclean' });
    },
  });
}
