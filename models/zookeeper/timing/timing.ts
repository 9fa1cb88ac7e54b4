import { meanOf } from '../../../checker/timed/durationText.ts';
import { questionOf, type TimedQuestion } from '../../../checker/timed/measure.ts';
import { scheduleOf } from '../../../checker/timed/schedule.ts';
import { type Expected, modelTiming, type TimedScene } from '../../description/timing.ts';
import { rulesOf as partitionRulesOf } from '../../replication/rulesOf.ts';
import {
  partitionConfigOf,
  quietScope,
  type ZooKeeperConfig,
  ZooKeeperConfigError,
} from '../config.ts';
import { type ZooKeeperContext, zooKeeperContext } from '../context.ts';
import { zooKeeperModel } from '../model.ts';
import { rulesOf } from '../releaseRules.ts';
import type { ReadonlyProtocol } from '../schema.ts';
import {
  controllerCrashes,
  followerCrashes,
  leaderCrashes,
  leaderStops,
  leadingControllerCrashes,
} from './questions.ts';
import { zooKeeperSchedule } from './schedule.ts';
import {
  defaultZooKeeperTimers,
  grantedSession,
  pingInterval,
  timersOfRelease,
  type ZooKeeperTimers,
} from './timers.ts';

/** The one fault. */
const bounds = { ...quietScope, crashes: 1, shutdowns: 1 };

type Ask = (context: ZooKeeperContext) => TimedQuestion<ReadonlyProtocol>;

/** How brokers with ZooKeeper are played in virtual time. */
export const zooKeeperTiming = modelTiming<ZooKeeperConfig, ZooKeeperTimers>({
  defaults: defaultZooKeeperTimers,
  otherDefaults: timersOfRelease,
  timers: {
    sessionTimeout:
      'zookeeper.session.timeout.ms, of which 2 to 20 ticks are granted; 6000 before 2.5',
    tickTime: "tickTime of ZooKeeper's own configuration: sessions end at multiples of it",
    shutdownBackoff: 'controlled.shutdown.retry.backoff.ms',
    latency: 'one way from process to process, with its handling (assumed)',
    flush: 'until what is written is on the disks of the ensemble (assumed)',
  },
  faults: {
    'leader-crash': {
      text: 'the process of the broker that leads the partition is killed',
      scene: sceneFor(leaderCrashes),
    },
    'leader-shutdown': {
      text: 'the broker that leads the partition is asked to stop (SIGTERM)',
      scene: sceneFor(leaderStops),
    },
    'follower-crash': {
      text: 'the process of a broker in the ISR is killed, which does not lead',
      scene: sceneFor(followerCrashes),
    },
    'controller-crash': {
      text: 'the process of the controller is killed, which leads nothing',
      scene: sceneFor(controllerCrashes),
    },
    'leading-controller-crash': {
      text: 'a broker is killed that is the controller and leads the partition',
      scene: sceneFor(leadingControllerCrashes),
    },
  },
});

function sceneFor(ask: Ask): (config: ZooKeeperConfig, timers: ZooKeeperTimers) => TimedScene {
  return (config, timers) => {
    if (config.brokers < 2)
      throw new ZooKeeperConfigError('brokers: expected 2 or more: the others go on');
    const context = zooKeeperContext(config, bounds, {
      zooKeeper: rulesOf(config),
      partition: partitionRulesOf(partitionConfigOf(config)),
    });
    return {
      model: zooKeeperModel(config, bounds),
      schedule: scheduleOf(zooKeeperSchedule(context, timers)),
      question: questionOf(ask(context)),
      expected: { noticed: noticedAfter(timers) },
    };
  };
}

function noticedAfter(timers: ZooKeeperTimers): Expected {
  const { tickTime, latency } = timers;
  const session = grantedSession(timers);
  const ping = pingInterval(timers);
  return {
    formula: 'session - U(0, ping) + U(0, tick)',
    min: session - ping,
    mean: session - ping / 2 + tickTime / 2 + meanOf(latency),
  };
}
