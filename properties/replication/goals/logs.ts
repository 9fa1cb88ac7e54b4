import type { Broker, LogView } from '../../../models/replication/schema.ts';
import { goal } from '../../goal.ts';
import { firstOf } from '../../notApplicable.ts';
import { currentLeaderOf, type PartitionGoal, type PartitionScope } from '../partitionScope.ts';
import { noElection, onlyOneReplica, type ScopeFacts } from '../scopeFacts.ts';
import { actsAsLeader, brokerViewOf, isUp, minIsrKnownTo } from '../view.ts';

/** Goals about logs, high watermarks and what is cut or recovered of them. */
export function logGoals(facts: ScopeFacts): PartitionGoal[] {
  return [
    logTruncated(facts),
    truncatedOverTwoEpochs(facts),
    zombieAppendTruncated(facts),
    fetchFenced(facts),
    highWatermarkHeld(facts),
    checkpointRecovered(facts),
    restartsFromLogStart(facts),
  ];
}

/** Whether a live broker cuts its log in this step to agree with another. */
function isTruncated(before: PartitionScope, after: PartitionScope, broker: Broker): boolean {
  const to = after.protocol.replicas.get(broker);
  return (
    to.log.length < before.protocol.replicas.get(broker).log.length &&
    isUp(after.protocol, broker) &&
    to.role.state !== 'absent' &&
    to.topicId === before.protocol.replicas.get(broker).topicId
  );
}

/** Why no log is ever cut. */
function noTruncation(facts: ScopeFacts): string | undefined {
  const { bounds, config, holders } = facts;
  const { crashes, diskLosses, reassignments, records, retries, preferredElections } = bounds;
  const leaderReturns = config.brokers > 1 && crashes + facts.gentleFencings > 0;
  const followersDiffer = holders > 2 && facts.powerLosses + diskLosses + reassignments > 0;
  const lost = config.brokers > 1 && facts.powerLosses + diskLosses > 0;
  const tailIsLeft = facts.powerLosses > 0 && records + retries > 1;
  const again = facts.uncleanStops > 1 || (bounds.isrShrinks > 0 && lastMemberReturns(facts));
  return firstOf(
    onlyOneReplica(facts),
    noElection(facts),
    leaderReturns || preferredElections > 0 || followersDiffer || (lost && (tailIsLeft || again))
      ? undefined
      : 'nothing in this scope makes logs diverge',
  );
}

/** Whether the last ISR member is the only candidate, so that it leads again when it is back. */
function lastMemberReturns({ rules, minIsr }: ScopeFacts): boolean {
  return !rules.eligibleLeaderReplicas || minIsr === 1;
}

function logTruncated(facts: ScopeFacts): PartitionGoal {
  const { broker } = facts;
  return goal('log-truncated', 'A follower truncates its log to agree with a new leader.', {
    notApplicable: noTruncation(facts),
    reaches(before, after) {
      for (const each of broker.all) if (isTruncated(before, after, each)) return true;
      return false;
    },
  });
}

function truncatedOverTwoEpochs(facts: ScopeFacts): PartitionGoal {
  const { broker, bounds, config } = facts;
  const moves = facts.fencings + (config.brokers > 1 ? bounds.preferredElections : 0);
  const needed = config.brokers > 2 ? 2 : 3;
  return goal(
    'truncated-over-two-epochs',
    'A follower truncates records of two leader epochs at once.',
    {
      notApplicable: firstOf(
        noTruncation(facts),
        bounds.records + bounds.retries > 1 ? undefined : 'there is only one record',
        moves >= needed ? undefined : 'it takes more changes of the leader',
      ),
      reaches(before, after) {
        for (const each of broker.all) {
          if (!isTruncated(before, after, each)) continue;
          const { log } = before.protocol.replicas.get(each);
          const kept = after.protocol.replicas.get(each).log.length;
          if (log.get(kept).epoch !== log.get(log.length - 1).epoch) return true;
        }
        return false;
      },
    },
  );
}

/**
 * Records are numbered in the order in which they are sent, retries apart. So a truncated record of
 * an old epoch was appended by a deposed leader if the new leader has one with a lower number.
 */
function zombieAppendTruncated(facts: ScopeFacts): PartitionGoal {
  const { broker, bounds, config } = facts;
  // With acks=all alone, a successor appends only while its ISR is large enough.
  const appends =
    config.acks.some(acks => acks !== 'all') ||
    config.brokers > facts.minIsr ||
    bounds.preferredElections + bounds.minIsrChanges > 0;
  return goal(
    'zombie-append-truncated',
    'A record that a deposed leader appended after its successor had begun is truncated.',
    {
      notApplicable: firstOf(
        noTruncation(facts),
        facts.staleLeaders ? undefined : 'nothing in this scope leaves a deposed leader in place',
        bounds.records > 1 ? undefined : 'it takes two records',
        appends ? undefined : 'the successor has not min.insync.replicas and appends nothing',
      ),
      reaches(before, after) {
        for (const each of broker.all) {
          if (!isTruncated(before, after, each)) continue;
          const leader = currentLeaderOf(after);
          if (leader === undefined) return false;
          const { log } = before.protocol.replicas.get(each);
          const last = log.get(log.length - 1);
          if (hasEarlierOfNewerEpoch(after.protocol.replicas.get(leader).log, last)) return true;
        }
        return false;
      },
    },
  );
}

function hasEarlierOfNewerEpoch(log: LogView, cut: { record: number; epoch: number }): boolean {
  for (let offset = 0; offset < log.length; offset++) {
    const { record, epoch } = log.get(offset);
    if (record !== 0 && record < cut.record && epoch > cut.epoch) return true;
  }
  return false;
}

/**
 * With requests in flight, a request of another leader epoch arrives. Otherwise a follower asks its
 * leader only while they agree, and that they do not is the scene.
 */
function fetchFenced(facts: ScopeFacts): PartitionGoal {
  const { broker, bounds, config, rules, fencings } = facts;
  const preferred = config.brokers > 1 ? bounds.preferredElections : 0;
  const bumps = rules.shrinkBumpsLeaderEpoch && facts.isrRemovals ? 1 : 0;
  const removed = config.brokers > 1 && bounds.reassignments > 0;
  const alone =
    config.brokers > 1 && bounds.isrShrinks > 0 && fencings > 0 && lastMemberReturns(facts);
  return goal('fetch-fenced', 'A leader refuses a fetch of another leader epoch than its own.', {
    notApplicable: firstOf(
      onlyOneReplica(facts),
      rules.fencesFetchByLeaderEpoch ? undefined : 'the release is older than this rule',
      alone || removed || fencings + preferred + bumps > 1
        ? undefined
        : 'it takes one broker that leads in two epochs',
    ),
    reaches({ protocol }, after, { name, params }) {
      if (!config.requestsInFlight) {
        for (const leader of broker.all)
          if (disagreesWithFollower(after, facts, leader)) return true;
        return false;
      }
      if (name !== 'receiveFetch') return false;
      const leader = broker.named(String(params['leader']));
      const follower = broker.named(String(params['follower']));
      if (leader === undefined || follower === undefined) return false;
      const { leaderEpoch } = protocol.fetchRequests.get(follower, leader);
      return (
        actsAsLeader(protocol, leader) && leaderEpoch !== brokerViewOf(protocol, leader).leaderEpoch
      );
    },
  });
}

function disagreesWithFollower(
  { protocol }: PartitionScope,
  { broker }: ScopeFacts,
  leader: Broker,
): boolean {
  if (!actsAsLeader(protocol, leader)) return false;
  const { leaderEpoch } = brokerViewOf(protocol, leader);
  for (const follower of broker.all) {
    if (protocol.replicas.get(follower).role.state !== 'following') continue;
    const view = brokerViewOf(protocol, follower);
    if (view.leader === leader && view.leaderEpoch !== leaderEpoch) return true;
  }
  return false;
}

function highWatermarkHeld(facts: ScopeFacts): PartitionGoal {
  const { broker, bounds, config, rules, minIsr } = facts;
  const lowest = bounds.minIsrChanges > 0 ? config.brokers : minIsr;
  const shrinks = bounds.isrShrinks > 0 && config.brokers > 1;
  return goal(
    'high-watermark-held-below-min-isr',
    'Every member of the ISR has a record, and the high watermark waits for min.insync.replicas.',
    {
      notApplicable: firstOf(
        rules.highWatermarkNeedsMinIsr ? undefined : 'the release is older than this rule',
        lowest > 1 ? undefined : 'min.insync.replicas is 1',
        shrinks || facts.fencings > Math.max(0, config.brokers - bounds.reassignments - lowest)
          ? undefined
          : 'the ISR never falls below min.insync.replicas in this scope',
      ),
      reaches(_, after) {
        const leader = currentLeaderOf(after);
        if (leader === undefined) return false;
        const view = brokerViewOf(after.protocol, leader);
        if (view.isr.size >= minIsrKnownTo(after.protocol, leader)) return false;
        const { highWatermark, followers } = after.protocol.replicas.get(leader);
        if (highWatermark >= after.protocol.replicas.get(leader).log.length) return false;
        for (const other of broker.all) {
          if (other === leader || !view.isr.has(other)) continue;
          if ((followers.get(other).logEndOffset ?? 0) <= highWatermark) return false;
        }
        return true;
      },
    },
  );
}

function checkpointRecovered(facts: ScopeFacts): PartitionGoal {
  const { broker, bounds } = facts;
  const partOfLog = facts.powerLosses > 0 && bounds.records + bounds.retries > 1;
  const found = bounds.checkpoints > 0 && (bounds.crashes > 0 || partOfLog);
  return goal(
    'checkpointed-high-watermark-recovered',
    'A restarted broker begins with the high watermark that it had written to disk.',
    {
      notApplicable:
        bounds.shutdowns > 0 || found ? undefined : 'no broker finds a checkpoint when it starts',
      reaches(before, after, { name }) {
        if (name !== 'receiveRegistrationAnswer') return false;
        for (const each of broker.all) {
          const { highWatermark, logStartOffset } = after.protocol.replicas.get(each);
          if (highWatermark <= logStartOffset) continue;
          if (!isUp(before.protocol, each) && isUp(after.protocol, each)) return true;
        }
        return false;
      },
    },
  );
}

function restartsFromLogStart(facts: ScopeFacts): PartitionGoal {
  const { broker, bounds, config, minIsr } = facts;
  const lost = config.brokers > 1 && facts.powerLosses + bounds.diskLosses > 0;
  const behind =
    facts.isrRemovals &&
    (config.brokers > minIsr || (config.brokers > 1 && bounds.minIsrChanges > 0));
  const added = bounds.reassignments > 0 && config.spareBrokers > 0;
  return goal(
    'follower-restarts-from-leader-log-start',
    "A follower whose log ends before the leader's log start begins anew from there.",
    {
      notApplicable: firstOf(
        bounds.deletions > 0 ? undefined : 'no records are deleted',
        lost || behind || added ? undefined : 'no follower falls behind the high watermark',
      ),
      reaches(before, after, { name }) {
        if (name !== 'receiveFetchResponse') return false;
        for (const each of broker.all) {
          const { logStartOffset } = after.protocol.replicas.get(each);
          if (logStartOffset > before.protocol.replicas.get(each).log.length) return true;
        }
        return false;
      },
    },
  );
}
