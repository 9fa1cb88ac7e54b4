import type { Broker, ReadonlyProtocol } from '../../models/replication/schema.ts';
import { firstOf, unless } from '../notApplicable.ts';
import type { PartitionInvariant } from './partitionScope.ts';
import { firstDifference } from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import { controllerView, isAssigned, isOfTopicOfNow, isUp, minIsrOf } from './view.ts';

/**
 * Whoever is in the ELR has everything that a consumer could read, for the high watermark does not
 * move while the ISR is below min.insync.replicas. A broker that lost power or its disk stays in
 * the ELR until it comes back and registers; then it leaves. A member without a replica is not elected.
 *
 * Kafka breaks this where min.insync.replicas is raised: the controller counts with the new setting at
 * once, a leader once it has applied it, and by an answer to AlterPartition it may know of the smaller
 * ISR before (docs/findings.md).
 */
export function elrMembersHaveCommittedRecords(facts: ScopeFacts): PartitionInvariant {
  const { broker, bounds, minIsr, minIsrMayChange } = facts;
  const losesRecords = facts.powerLosses + bounds.diskLosses > 0;
  const lowest = minIsrMayChange ? 1 : minIsr;
  const reason = firstOf(
    facts.uncleanElectionAllowed && 'unclean leader election is allowed',
    losesRecords &&
      facts.uncleanStops >= lowest &&
      'every member of ISR and ELR may be gone, and the last known leader may have lost records',
  );
  return {
    name: 'elr-members-have-committed-records',
    kind: 'invariant',
    statement: 'Every member of the ELR has every record that a consumer could read.',
    loss: 'An election that counts as clean loses committed records.',
    source: 'KIP-966',
    ...unless(reason),
    needs: 'eligible leader replicas, and an ISR that falls below min.insync.replicas',
    when: ({ protocol, ghost }) =>
      !controllerView(protocol).elr.isEmpty && ghost.exposed.length > ghost.deletedBefore,
    holds({ protocol, ghost }) {
      const { elr } = controllerView(protocol);
      for (const member of broker.all) {
        if (!elr.has(member) || !isAssigned(controllerView(protocol), member)) continue;
        if (losesRecords && !isKnownIncarnation(protocol, member)) continue;
        const { log, logStartOffset } = protocol.replicas.get(member);
        const start = Math.max(logStartOffset, ghost.deletedBefore);
        const end = ghost.exposed.length;
        const isStray = !isOfTopicOfNow(protocol, member);
        const offset = isStray ? start : firstDifference(log, ghost.exposed, start, end);
        if (offset === undefined) continue;
        return `${broker.nameOf(member)} is in the ELR and lacks the committed offset ${offset}`;
      }
      return true;
    },
  };
}

/** Whether the broker's process is the one that the controller knows: it has lost nothing since. */
export function isKnownIncarnation(protocol: ReadonlyProtocol, broker: Broker): boolean {
  const { brokerEpoch } = protocol.brokers.get(broker);
  return isUp(protocol, broker) && brokerEpoch === protocol.registrations.get(broker).brokerEpoch;
}

/** ISR and ELR together never fall below min.insync.replicas while all members stop cleanly. */
export function isrAndElrHoldMinIsr(facts: ScopeFacts): PartitionInvariant {
  const { bounds, rules } = facts;
  const reason = firstOf(
    rules.eligibleLeaderReplicas ? undefined : 'ELR is off',
    facts.uncleanStops > 0 && 'an unclean shutdown takes a broker out of the ELR',
    facts.uncleanElectionAllowed && 'unclean leader election is allowed',
    facts.minIsrMayChange && 'min.insync.replicas may change',
    bounds.unregistrations > 0 && 'a broker that is unregistered leaves ISR and ELR',
    bounds.reassignments > 0 && 'a reassignment may change how many replicas there are',
  );
  return {
    name: 'isr-and-elr-hold-min-isr',
    kind: 'invariant',
    statement: 'ISR and ELR together have at least min.insync.replicas members.',
    loss: 'Too few replicas with every committed record are left to elect from.',
    source: 'PartitionChangeBuilder.maybeUpdateElr; KIP-966',
    ...unless(reason),
    needs: 'a replica that leaves the ISR',
    when({ protocol }) {
      const { isr, replicas } = controllerView(protocol);
      return isr.size < replicas.length;
    },
    holds({ protocol }) {
      const view = controllerView(protocol);
      const held = view.isr.size + view.elr.size;
      const needed = minIsrOf(protocol);
      return (
        held >= needed || `ISR and ELR have ${held} members, and min.insync.replicas is ${needed}`
      );
    },
  };
}
