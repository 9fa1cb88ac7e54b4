import type { Broker, LogView } from '../../../models/replication/schema.ts';
import { goal } from '../../goal.ts';
import { currentLeaderOf, type PartitionGoal, type PartitionScope } from '../partitionScope.ts';
import type { ScopeFacts } from '../scopeFacts.ts';
import { actsAsLeader, brokerViewOf, isrKnownTo, isUp, minIsrKnownTo } from '../view.ts';

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

function logTruncated({ broker }: ScopeFacts): PartitionGoal {
  return goal('log-truncated', 'A follower truncates its log to agree with a new leader.', {
    needs: 'a leader that is replaced while another log differs from that of the next one',
    reaches(before, after) {
      for (const each of broker.all) if (isTruncated(before, after, each)) return true;
      return false;
    },
  });
}

function truncatedOverTwoEpochs({ broker }: ScopeFacts): PartitionGoal {
  return goal(
    'truncated-over-two-epochs',
    'A follower truncates records of two leader epochs at once.',
    {
      needs: 'two records and several leader changes',
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
function zombieAppendTruncated({ broker }: ScopeFacts): PartitionGoal {
  return goal(
    'zombie-append-truncated',
    'A record that a deposed leader appended after its successor had begun is truncated.',
    {
      needs: 'two records, and a deposed leader that goes on while its successor appends',
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
  const { broker, config, rules } = facts;
  return goal('fetch-fenced', 'A leader refuses a fetch of another leader epoch than its own.', {
    needs: 'a broker that leads in two epochs, or a replica that is removed',
    notApplicable: rules.fencesFetchByLeaderEpoch
      ? undefined
      : 'the release is older than this rule',
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

function highWatermarkHeld({ broker, rules }: ScopeFacts): PartitionGoal {
  return goal(
    'high-watermark-held-below-min-isr',
    'Every member of the ISR has a record, and the high watermark waits for min.insync.replicas.',
    {
      needs: 'min.insync.replicas above 1, and an ISR that falls below it',
      notApplicable: rules.highWatermarkNeedsMinIsr
        ? undefined
        : 'the release is older than this rule',
      reaches(_, after) {
        const leader = currentLeaderOf(after);
        if (leader === undefined) return false;
        const isr = isrKnownTo(after.protocol, leader);
        if (isr.size >= minIsrKnownTo(after.protocol, leader)) return false;
        const { highWatermark, followers } = after.protocol.replicas.get(leader);
        if (highWatermark >= after.protocol.replicas.get(leader).log.length) return false;
        for (const other of broker.all) {
          if (other === leader || !isr.has(other)) continue;
          if ((followers.get(other).logEndOffset ?? 0) <= highWatermark) return false;
        }
        return true;
      },
    },
  );
}

function checkpointRecovered({ broker }: ScopeFacts): PartitionGoal {
  return goal(
    'checkpointed-high-watermark-recovered',
    'A restarted broker begins with the high watermark that it had written to disk.',
    {
      needs: 'a checkpoint or a controlled shutdown, and a restart',
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

function restartsFromLogStart({ broker }: ScopeFacts): PartitionGoal {
  return goal(
    'follower-restarts-from-leader-log-start',
    "A follower whose log ends before the leader's log start begins anew from there.",
    {
      needs: 'deletions, and a follower that is behind the high watermark',
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
