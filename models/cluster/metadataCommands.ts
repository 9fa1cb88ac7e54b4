import type { AnyAction } from '../../checker/model/model.ts';
import { changeMinIsr } from '../replication/actions/administer.ts';
import { electPreferred, electUncleanly } from '../replication/actions/electLeaders.ts';
import { enableEligibleLeaderReplicas } from '../replication/actions/enableElr.ts';
import {
  cancelReassignment,
  reassign,
  replaceReassignment,
} from '../replication/actions/reassign.ts';
import { deleteTopic, recreateTopic } from '../replication/actions/topics.ts';
import {
  changeUncleanSetting,
  electUncleanlyAsSet,
} from '../replication/actions/uncleanSetting.ts';
import { argumentsOf, type Command } from './command.ts';
import type { ClusterContext } from './context.ts';
import { partitionPart } from './recorders.ts';

/**
 * Decisions for which nothing counts but the metadata: elections without a fault, reassignments,
 * configuration, topics. Their guards read what the controller has decided before and nothing else, so each
 * is asked again, as a whole, when the entry is committed.
 */
export function metadataCommands({ partition }: ClusterContext) {
  return {
    electPreferred: byMetadata(electPreferred(partition)),
    electUncleanly: byMetadata(electUncleanly(partition)),
    reassign: byMetadata(reassign(partition)),
    cancelReassignment: byMetadata(cancelReassignment(partition)),
    changeMinIsr: byMetadata(changeMinIsr(partition)),
    deleteTopic: byMetadata(deleteTopic(partition)),
    recreateTopic: byMetadata(recreateTopic(partition)),
    enableEligibleLeaderReplicas: byMetadata(enableEligibleLeaderReplicas(partition)),
    replaceReassignment: byMetadata(replaceReassignment(partition)),
    changeUncleanSetting: byMetadata(changeUncleanSetting(partition)),
    electUncleanlyAsSet: byMetadata(electUncleanlyAsSet(partition)),
  };
}

function byMetadata(action: AnyAction): Command {
  return {
    action,
    mayDecide: (protocol, _, choice) => partitionPart.enabled(action, protocol, { ...choice }),
    factsOf: () => ({}),
    apply(step, decision) {
      const choice = { ...argumentsOf(decision) };
      if (partitionPart.enabled(action, step.protocol, choice) !== true) return;
      partitionPart.take(action, step, choice);
    },
  };
}
