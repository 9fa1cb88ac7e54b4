import { entryAt, logEndOffset } from '../kraft/log.ts';
import type { RaftNode } from '../kraft/schema.ts';
import type { AlterPartitionView } from '../replication/schema.ts';
import { type Arguments, type Facts, subjectOf } from './command.ts';
import type { CommandName, DecisionView, Protocol, ReadonlyProtocol } from './schema.ts';

/** A decision that is not noted yet. */
interface Choice {
  readonly command: CommandName;
  readonly arguments: Arguments;
  readonly facts: Facts;
}

/** Notes what the next entry of the metadata log stands for. */
export function noteDecision({ decisions }: Protocol, choice: Choice): void {
  const { command, arguments: given, facts } = choice;
  decisions.push({
    command,
    broker: subjectOf(given),
    partition: given.partition,
    add: given.add,
    remove: given.remove,
    minInsyncReplicas: given.to ?? 0,
    brokerEpoch: facts.brokerEpoch ?? 0,
    incarnation: facts.incarnation ?? 0,
    previousBrokerEpoch: facts.previousBrokerEpoch,
  });
  if (facts.request === undefined) return;
  const { inFlight, topicId, leaderEpoch, partitionEpoch, senderBrokerEpoch } = facts.request;
  const { isr, added, addedBrokerEpoch } = facts.request;
  const noted = decisions.get(decisions.length - 1).request;
  noted.inFlight = inFlight;
  noted.topicId = topicId;
  noted.leaderEpoch = leaderEpoch;
  noted.partitionEpoch = partitionEpoch;
  noted.senderBrokerEpoch = senderBrokerEpoch;
  noted.isr.assign(isr);
  noted.added = added;
  noted.addedBrokerEpoch = addedBrokerEpoch;
}

/**
 * Whether the controller has taken this very decision already, and its entry has not taken effect
 * yet. Kafka's controller would see it in its memory, which is ahead of what is committed.
 */
export function isUnderWay(
  { quorum, decisions, appliedOffset }: ReadonlyProtocol,
  controller: RaftNode,
  choice: Choice,
): boolean {
  const view = quorum.nodes.get(controller);
  const end = logEndOffset(view);
  for (let offset = Math.max(appliedOffset, view.logStartOffset); offset < end; offset++) {
    const { kind, value } = entryAt(view, offset);
    if (kind === 'record' && isSame(decisions.get(value - 1), choice)) return true;
  }
  return false;
}

function isSame(decision: DecisionView, { command, arguments: given, facts }: Choice): boolean {
  return (
    decision.command === command &&
    decision.broker === subjectOf(given) &&
    decision.partition === given.partition &&
    decision.add === given.add &&
    decision.remove === given.remove &&
    decision.minInsyncReplicas === (given.to ?? 0) &&
    decision.brokerEpoch === (facts.brokerEpoch ?? 0) &&
    decision.incarnation === (facts.incarnation ?? 0) &&
    decision.previousBrokerEpoch === facts.previousBrokerEpoch &&
    (facts.request === undefined || sameRequest(decision.request, facts.request))
  );
}

/** Whether two AlterPartition requests say the same. */
export function sameRequest(a: AlterPartitionView, b: AlterPartitionView): boolean {
  return (
    a.inFlight === b.inFlight &&
    a.topicId === b.topicId &&
    a.leaderEpoch === b.leaderEpoch &&
    a.partitionEpoch === b.partitionEpoch &&
    a.senderBrokerEpoch === b.senderBrokerEpoch &&
    a.isr.isSubsetOf(b.isr) &&
    b.isr.isSubsetOf(a.isr) &&
    a.added === b.added &&
    a.addedBrokerEpoch === b.addedBrokerEpoch
  );
}
