import { goal } from '../goal.ts';
import { isUp } from '../replication/view.ts';
import {
  controllerOf,
  handledBy,
  isActing,
  isRegistered,
  isSettled,
  stateOf,
  versionOf,
  type ZooKeeperFacts,
  type ZooKeeperGoal,
} from './zooKeeperScope.ts';

/** Goals that show that the model plays the scenes that the other properties guard. */
export function zooKeeperGoals(facts: ZooKeeperFacts): ZooKeeperGoal[] {
  return [
    twoActAtOnce(facts),
    earlierControllerRefused(facts),
    earlierControllerObeyed(facts),
    controllerLosesSessionWhileReading(facts),
    resignsByRefusedWrite(facts),
    zombieLeads(facts),
    staleIncarnationRefused(facts),
    isrWrittenBesideController(facts),
    clientsFindNewLeader(facts),
    preferredLeaderElected(facts),
    topicDeleted(facts),
  ];
}

function twoActAtOnce({ broker }: ZooKeeperFacts): ZooKeeperGoal {
  return goal('two-controllers-act', 'Two brokers act as controllers, each in its own epoch.', {
    needs: 'sessionExpiries or controllerMoves, and two brokers',
    reaches: (_, after) => broker.all.filter(each => isActing(after, each)).length > 1,
  });
}

function earlierControllerRefused(facts: ZooKeeperFacts): ZooKeeperGoal {
  return goal(
    'earlier-controller-refused',
    'A broker refuses a request of a controller that was replaced.',
    {
      needs: 'another controller',
      reaches(before, _, action) {
        const handled = handledBy(facts, before, action);
        if (handled === undefined) return false;
        const { controllerEpoch } = before.protocol.heard.get(handled.broker);
        return handled.request.controllerEpoch < controllerEpoch;
      },
    },
  );
}

function earlierControllerObeyed(facts: ZooKeeperFacts): ZooKeeperGoal {
  return goal(
    'earlier-controller-obeyed',
    'A broker that has not heard of the new controller takes a role from the one before.',
    {
      needs: 'another controller',
      reaches(before, after, action) {
        const handled = handledBy(facts, before, action);
        if (handled === undefined || handled.request.kind !== 'leaderAndIsr') return false;
        const { controllerEpoch } = handled.request;
        if (controllerEpoch === before.protocol.zooKeeper.controllerEpoch) return false;
        const [was, is] = [before, after].map(
          ({ protocol }) => protocol.partition.brokers.get(handled.broker).metadataOffset,
        );
        return was !== is;
      },
    },
  );
}

function controllerLosesSessionWhileReading({ broker }: ZooKeeperFacts): ZooKeeperGoal {
  return goal(
    'session-lost-while-taking-over',
    'The session of a controller expires after it was elected and before it has told anybody.',
    {
      needs: 'another controller, and a session that expires',
      reaches: (_, { protocol }) =>
        broker.all.some(each => {
          const { state } = protocol.controllers.get(each).state;
          const isTakingOver = state === 'elected' || state === 'loaded';
          return isTakingOver && protocol.sessions.get(each).state.state === 'expired';
        }),
    },
  );
}

function resignsByRefusedWrite({ broker }: ZooKeeperFacts): ZooKeeperGoal {
  return goal(
    'resigns-by-refused-write',
    'A controller learns by a write that is refused that it was replaced, and resigns.',
    {
      needs: 'controllerMoves, from 2.1 on',
      reaches: (before, after, { name }) =>
        (name === 'handleBrokerChange' || name === 'handleAlterPartition' || name === 'letLeave') &&
        broker.all.some(each => isActing(before, each) && !isActing(after, each)),
    },
  );
}

function zombieLeads(facts: ZooKeeperFacts): ZooKeeperGoal {
  const { broker, partition } = facts;
  return goal(
    'zombie-leader-serves',
    'A broker leads whose session has expired, after another leader was written.',
    {
      needs: 'sessionExpiries, and two brokers',
      reaches: (_, after) =>
        broker.all.some(each => {
          const { role } = after.protocol.partition.partitions.get(partition).replicas.get(each);
          const isZombie = after.protocol.sessions.get(each).state.state === 'expired';
          const { leader } = stateOf(facts, after);
          return isZombie && role.state === 'leading' && leader !== undefined && leader !== each;
        }),
    },
  );
}

function staleIncarnationRefused(facts: ZooKeeperFacts): ZooKeeperGoal {
  return goal(
    'stale-incarnation-refused',
    'A request arrives that was made for an earlier registration of the broker.',
    {
      needs: 'a broker that registers again',
      reaches(before, _, action) {
        const handled = handledBy(facts, before, action);
        if (handled === undefined) return false;
        const { brokerEpoch } = before.protocol.partition.brokers.get(handled.broker);
        return handled.request.brokerEpoch < brokerEpoch;
      },
    },
  );
}

function isrWrittenBesideController(facts: ZooKeeperFacts): ZooKeeperGoal {
  return goal(
    'isr-changes',
    'The ISR changes because a leader finds a follower caught up or lagging.',
    {
      needs: 'isrShrinks, or a replica that comes back',
      reaches(before, after) {
        const [was, is] = [stateOf(facts, before), stateOf(facts, after)];
        return was.leaderEpoch === is.leaderEpoch && was.isr.size !== is.isr.size;
      },
    },
  );
}

/**
 * The end of the recovery flow: the session of the leader is over, the controller has elected another, which leads, and
 * every live broker sends clients there.
 */
function clientsFindNewLeader(facts: ZooKeeperFacts): ZooKeeperGoal {
  const { broker } = facts;
  return goal(
    'clients-find-new-leader',
    'After the leader is gone, another one leads, and every live broker sends clients to it.',
    {
      needs: 'a leader that goes, and another broker',
      reaches(_, after) {
        const { leader, leaderEpoch } = stateOf(facts, after);
        if (leader === undefined || leaderEpoch === 0 || !isSettled(facts, after)) return false;
        if (broker.all.every(each => isRegistered(after, each))) return false;
        return broker.all.every(each => {
          if (!isUp(after.protocol.partition, each)) return true;
          return after.protocol.heard.get(each).leader === leader;
        });
      },
    },
  );
}

/** Leaders are balanced again: the first replica of the assignment leads, and hears of it. */
function preferredLeaderElected(facts: ZooKeeperFacts): ZooKeeperGoal {
  return goal(
    'preferred-leader-elected',
    'The preferred leader is elected where another one leads, and the ISR stays.',
    {
      needs: 'preferredElections, and a leader that goes',
      reaches(before, after, { name }) {
        if (name !== 'electPreferred' || versionOf(before) === versionOf(after)) return false;
        const [was, is] = [stateOf(facts, before), stateOf(facts, after)];
        return was.leader !== undefined && was.isr.size === is.isr.size;
      },
    },
  );
}

function topicDeleted(facts: ZooKeeperFacts): ZooKeeperGoal {
  return goal('topic-deleted', 'A topic is deleted, and every broker has deleted its replica.', {
    needs: 'topicDeletions',
    reaches: (before, after) =>
      stateOf(facts, before).replicas.length > 0 &&
      stateOf(facts, after).replicas.length === 0 &&
      controllerOf(after) !== undefined,
  });
}
