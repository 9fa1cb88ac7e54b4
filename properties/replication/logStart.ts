import type { Broker } from '../../models/replication/schema.ts';
import { leadsThrough } from './highWatermark.ts';
import type {
  PartitionInvariant,
  PartitionScope,
  PartitionStepProperty,
} from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import { isOfTopicOfNow } from './view.ts';

const startOf = ({ protocol }: PartitionScope, broker: Broker): number =>
  protocol.replicas.get(broker).logStartOffset;

/** What a leader has deleted does not come back while it leads in one leader epoch. */
export function logStartMonotonic({ broker }: ScopeFacts): PartitionStepProperty {
  return {
    name: 'log-start-monotonic',
    kind: 'step',
    statement: "A leader's log start offset never decreases within its leader epoch.",
    loss: 'Consumers are given records that were deleted, or others at their offsets.',
    source: 'UnifiedLog.maybeIncrementLogStartOffset; KIP-107',
    needs: 'deletions',
    when: (before, after) =>
      broker.all.some(
        each => startOf(before, each) !== startOf(after, each) && leadsThrough(before, after, each),
      ),
    holds(before, after) {
      for (const each of broker.all) {
        const [was, is] = [startOf(before, each), startOf(after, each)];
        if (is < was && leadsThrough(before, after, each)) {
          return `the log of ${broker.nameOf(each)} starts at ${is}, and started at ${was}`;
        }
      }
      return true;
    },
  };
}

/**
 * A log starts no later than what somebody asked to have deleted, and that was readable: nothing is deleted that
 * is not committed, on no replica.
 */
export function logStartWithinDeleted({ broker }: ScopeFacts): PartitionInvariant {
  return {
    name: 'log-start-within-deleted',
    kind: 'invariant',
    statement:
      'No log starts beyond the records that were deleted on request, and those were readable.',
    loss: 'Records are gone that nobody deleted, or before any consumer could read them.',
    source: 'Partition.deleteRecordsOnLeader, Partition.maybeIncrementLogStartOffset; KIP-107',
    holds({ protocol, ghost: { deletedBefore, exposed } }) {
      if (deletedBefore > exposed.length) {
        return `the records below ${deletedBefore} were deleted, and only ${exposed.length} were readable`;
      }
      for (const each of broker.all) {
        const { logStartOffset } = protocol.replicas.get(each);
        if (logStartOffset <= deletedBefore || !isOfTopicOfNow(protocol, each)) continue;
        return `the log of ${broker.nameOf(each)} starts at ${logStartOffset}, and ${deletedBefore} were deleted`;
      }
      return true;
    },
  };
}
