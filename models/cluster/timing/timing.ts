import { meanOf } from '../../../checker/timed/durationText.ts';
import { questionOf, type TimedQuestion } from '../../../checker/timed/measure.ts';
import { scheduleOf } from '../../../checker/timed/schedule.ts';
import { type Expected, modelTiming, type TimedScene } from '../../description/timing.ts';
import { rulesOf as quorumRulesOf } from '../../kraft/releaseRules.ts';
import { quorumTimerWords } from '../../kraft/timing/timers.ts';
import { resolveProtocol } from '../../replication/protocol.ts';
import { rulesOf } from '../../replication/rulesOf.ts';
import { type ClusterConfig, ClusterConfigError, quietScope, quorumConfigOf } from '../config.ts';
import { type ClusterContext, clusterContext } from '../context.ts';
import { clusterModel } from '../model.ts';
import type { ReadonlyProtocol } from '../schema.ts';
import {
  controllerCrashes,
  followerCrashes,
  leadingControllerCrashes,
  partitionLeaderCrashes,
  partitionLeaderHiccups,
  partitionLeaderPauses,
  partitionLeaderStops,
} from './questions.ts';
import { clusterSchedule, type Unscheduled } from './schedule.ts';
import { CHECKS_PER_SESSION, type ClusterTimers, defaultClusterTimers } from './timers.ts';

/** More elections and decisions than any run needs, and the one fault. */
const bounds = { ...quietScope, epochs: 60, decisions: 24, crashes: 1, pauses: 1, shutdowns: 1 };

/** How a cluster is played in virtual time. */
export const clusterTiming = modelTiming<ClusterConfig, ClusterTimers>({
  defaults: defaultClusterTimers,
  timers: {
    ...quorumTimerWords,
    heartbeatInterval: 'broker.heartbeat.interval.ms',
    sessionTimeout:
      'broker.session.timeout.ms of the controllers; that of a broker is not looked at',
    appendLinger: 'controller.quorum.append.linger.ms',
    pauseLength: 'how long a broker stands still that goes on again (assumed)',
  },
  faults: {
    'leader-crash': {
      text: 'the process of the broker that leads the partition is killed',
      scene: (config, timers) =>
        sceneOf(config, timers, partitionLeaderCrashes, electedOf(config, timers)),
    },
    'leader-pause': {
      text: 'the broker that leads the partition stands still',
      scene: (config, timers) =>
        sceneOf(config, timers, partitionLeaderPauses, electedOf(config, timers)),
    },
    'leader-hiccup': {
      text: 'the broker that leads the partition stands still for a while',
      scene: (config, timers) =>
        sceneOf(config, timers, partitionLeaderHiccups, {}, { resumes: true }),
    },
    'leader-shutdown': {
      text: 'the broker that leads the partition is asked to stop (SIGTERM)',
      scene: (config, timers) => sceneOf(config, timers, partitionLeaderStops, {}),
    },
    'follower-crash': {
      text: 'the process of a broker in the ISR is killed, which does not lead',
      scene: (config, timers) => sceneOf(config, timers, followerCrashes, {}),
    },
    'controller-crash': {
      text: 'the process of the active controller is killed',
      scene: (config, timers) => sceneOf(config, timers, controllerCrashes, {}),
    },
    'leading-controller-crash': {
      text: 'a node is killed that is the active controller and leads the partition',
      scene(config, timers) {
        if (config.mode !== 'combined') {
          throw new ClusterConfigError('mode: expected combined: a node that is both is killed');
        }
        return sceneOf(config, timers, leadingControllerCrashes, {});
      },
    },
  },
});

/** Where brokers and controllers are apart; where they are not, the controller may be gone too. */
function electedOf(config: ClusterConfig, timers: ClusterTimers): Record<string, Expected> {
  if (config.mode === 'combined') return {};
  const { sessionTimeout, heartbeatInterval, appendLinger, flush, latency } = timers;
  const check = sessionTimeout / CHECKS_PER_SESSION;
  // The decision is written, fetched by a voter, which asks for what comes next when it has it on disk.
  const commit = appendLinger + 2 * meanOf(flush) + 2 * meanOf(latency);
  const elected: Expected = {
    formula: 'session - U(0, heartbeat) + U(0, session/8) + commit',
    min: sessionTimeout - heartbeatInterval,
    mean: sessionTimeout - heartbeatInterval / 2 + check / 2 + commit,
  };
  return { elected };
}

function sceneOf(
  given: ClusterConfig,
  timers: ClusterTimers,
  ask: (context: ClusterContext) => TimedQuestion<ReadonlyProtocol>,
  expected: Readonly<Record<string, Expected>>,
  more: Unscheduled = {},
): TimedScene {
  if (given.transport !== 'inFlight')
    throw new ClusterConfigError('transport: expected inFlight: in rounds no message takes time');
  const config = resolveProtocol(given);
  const context = clusterContext(config, bounds, {
    quorum: quorumRulesOf(quorumConfigOf(config)),
    partition: rulesOf(config),
  });
  return {
    model: clusterModel(given, bounds),
    schedule: scheduleOf(clusterSchedule(context, timers, more)),
    question: questionOf(ask(context)),
    expected,
  };
}
