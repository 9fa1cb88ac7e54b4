import type { Broker } from '../../models/replication/schema.ts';
import { unless } from '../notApplicable.ts';
import { wasInSync } from './leadership.ts';
import { electedIn, type PartitionScope, type PartitionStepProperty } from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import { controllerView, isActive, isAssigned, isCreated } from './view.ts';

/**
 * Who may have lost records is elected only when nobody else is left: no active member of ISR or ELR, and
 * so no leader that could stay. Asked whatever the topic allows: unclean election may be enabled, and is
 * still no reason to depose a leader.
 */
export function uncleanElectionIsLastResort({ broker }: ScopeFacts): PartitionStepProperty {
  return {
    name: 'unclean-election-is-last-resort',
    kind: 'step',
    statement:
      'A replica outside ISR and ELR is elected only when no member of ISR or ELR is active, nor the leader.',
    loss: 'Committed records are given away although a replica that has them all could lead.',
    source: 'PartitionChangeBuilder.electLeader, electAnyLeader; KIP-106, KIP-460, KIP-966',
    needs: 'an election',
    when: (before, after) => electedIn(before, after) !== undefined,
    holds(before, after) {
      const elected = electedIn(before, after);
      if (elected === undefined || !isOutsider(before, after, elected)) return true;
      const was = controllerView(before.protocol);
      const is = controllerView(after.protocol);
      for (const each of broker.all) {
        if (each === elected || !isAssigned(is, each) || !isActive(after.protocol, each)) continue;
        const place = placeOf(was, each);
        if (place === undefined) continue;
        const who = `${broker.nameOf(elected)} was elected from outside ISR and ELR`;
        return `${who}, and ${broker.nameOf(each)} ${place} is active`;
      }
      return true;
    },
  };
}

/** Why a replica would have been elected before any outsider. */
function placeOf(
  { leader, isr, elr }: ReturnType<typeof controllerView>,
  replica: Broker,
): string | undefined {
  if (leader === replica) return 'that led';
  if (isr.has(replica)) return 'of the ISR';
  return elr.has(replica) ? 'of the ELR' : undefined;
}

/** Whether the elected replica was in neither ISR nor ELR, so that it may lack what is committed. */
function isOutsider(before: PartitionScope, after: PartitionScope, elected: Broker): boolean {
  if (controllerView(before.protocol).elr.has(elected)) return false;
  return !wasInSync(before, after, elected);
}

/** The other direction of {@link recoveringOnlyAfterUncleanElection}. */
export function uncleanElectionMarksRecovering({
  broker,
  rules,
}: ScopeFacts): PartitionStepProperty {
  return {
    name: 'unclean-election-marks-recovering',
    kind: 'step',
    statement: 'The partition is RECOVERING after a replica outside ISR and ELR was elected.',
    loss: 'Records may have been lost, and nobody can tell it from the metadata.',
    source: 'PartitionChangeBuilder.tryElection; KIP-704, KIP-966',
    ...unless(rules.marksUncleanElections ? undefined : 'the release is older than this rule'),
    needs: 'an election of a replica outside ISR and ELR',
    when(before, after) {
      const elected = electedIn(before, after);
      return elected !== undefined && isOutsider(before, after, elected);
    },
    holds(before, after) {
      const elected = electedIn(before, after);
      if (elected === undefined || controllerView(after.protocol).recovering) return true;
      return `${broker.nameOf(elected)} was elected from outside ISR and ELR, and the partition is not RECOVERING`;
    },
  };
}

/** A partition that is RECOVERING stays so until its leader has said, with an ISR change, that it has recovered. */
export function recoveringEndsWithIsrChange(_: ScopeFacts): PartitionStepProperty {
  return {
    name: 'recovering-ends-with-isr-change',
    kind: 'step',
    statement: 'The partition stays RECOVERING until an ISR change of its leader is accepted.',
    loss: 'The trace of an unclean election is gone before its leader has recovered.',
    source: 'ReplicationControlManager.alterPartition; KIP-704',
    needs: 'an election of a replica outside ISR and ELR, and an ISR change after it',
    when: ({ protocol: before }, { protocol: after }) =>
      controllerView(before).recovering &&
      !controllerView(after).recovering &&
      isCreated(controllerView(after)),
    holds(_before, _after, { name }) {
      if (name === 'handleAlterPartition') return true;
      return `the partition is not RECOVERING any more, by ${name}`;
    },
  };
}

/** LeaderRecoveryState tells of an election that may have lost records, and of nothing else. */
export function recoveringOnlyAfterUncleanElection({ broker }: ScopeFacts): PartitionStepProperty {
  return {
    name: 'recovering-only-after-unclean-election',
    kind: 'step',
    statement:
      'The partition becomes RECOVERING only when a replica outside ISR and ELR is elected.',
    loss: 'Nobody can tell from the metadata whether records may have been lost.',
    source: 'PartitionChangeBuilder; KIP-704, KIP-966',
    needs: 'an election',
    when: (before, after) =>
      becomesRecovering(before, after) || electedIn(before, after) !== undefined,
    holds(before, after) {
      if (!becomesRecovering(before, after)) return true;
      const elected = electedIn(before, after);
      if (elected === undefined) return 'the partition became RECOVERING with no election';
      const { isr, elr } = controllerView(before.protocol);
      if (!isr.has(elected) && !elr.has(elected)) return true;
      const where = isr.has(elected) ? 'ISR' : 'ELR';
      return `the partition became RECOVERING with ${broker.nameOf(elected)} elected from the ${where}`;
    },
  };
}

function becomesRecovering(before: PartitionScope, after: PartitionScope): boolean {
  return controllerView(after.protocol).recovering && !controllerView(before.protocol).recovering;
}
