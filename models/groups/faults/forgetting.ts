import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { GroupsContext } from '../context.ts';
import { membersIn } from '../coordination.ts';
import { committedOffset, writeOffsets } from '../offsetsLog.ts';

/**
 * expireOffset: a committed offset is older than `offsets.retention.minutes`, and is deleted.
 *
 * Who: the coordinator. Limited by `offsetExpiries`. Enabled: the group is empty (since 2.1; before, an offset of a
 * group that lives expired when nothing was committed for so long: KAFKA-4682, KAFKA-8069). Changes: a tombstone is
 * written.
 *
 * Source: OffsetMetadataManager.cleanupExpiredOffsets, OffsetExpirationConditionImpl; KIP-211.
 */
export function expireOffset(context: GroupsContext): AnyAction {
  return context.action({
    name: 'expireOffset',
    kind: 'fault',
    actor: 'broker',
    phrase: 'the committed offset of {partition} expires',
    params: { partition: anyNode(context.partition) },
    spends: 'offsetExpiries',
    weight: 0.2,
    enabled({ protocol }, { partition }) {
      const { leader, log, highWatermark } = protocol.offsets;
      const { state, group } = protocol.coordinators.get(leader);
      if (state.state !== 'active') return 'there is no coordinator';
      if (highWatermark < log.length) return 'something is not committed yet';
      if (committedOffset(log, log.length, partition) === undefined) return 'nothing is committed';
      const isEmpty = membersIn(context, group).length === 0;
      return isEmpty || !context.rules.keepsOffsetsOfActiveGroups || 'the group has members';
    },
    step({ protocol }, { partition }) {
      writeOffsets(protocol.offsets, 'deleted', new Map([[partition, 0]]));
    },
  });
}
