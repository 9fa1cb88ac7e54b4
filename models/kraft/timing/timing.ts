import { meanOf } from '../../../checker/timed/durationText.ts';
import { questionOf } from '../../../checker/timed/measure.ts';
import { scheduleOf } from '../../../checker/timed/schedule.ts';
import { modelTiming, type TimedScene } from '../../description/timing.ts';
import { type KraftConfig, KraftConfigError, quietScope } from '../config.ts';
import { kraftContext } from '../context.ts';
import { kraftModel } from '../model.ts';
import { rulesOf } from '../releaseRules.ts';
import { leaderCrashes } from './questions.ts';
import { quorumSchedule } from './schedule.ts';
import { defaultQuorumTimers, type QuorumTimers, quorumTimerWords } from './timers.ts';

/** More elections than any run needs, and the one fault. */
const bounds = { ...quietScope, epochs: 60, crashes: 1 };

/** How the metadata quorum is played in virtual time. */
export const quorumTiming = modelTiming<KraftConfig, QuorumTimers>({
  defaults: defaultQuorumTimers,
  timers: quorumTimerWords,
  faults: {
    'leader-crash': {
      text: 'the process of the leader is killed',
      scene: leaderCrash,
    },
  },
});

function leaderCrash(config: KraftConfig, timers: QuorumTimers): TimedScene {
  if (config.voters < 3) throw new KraftConfigError('voters: expected 3 or more: the others go on');
  if (config.transport !== 'inFlight')
    throw new KraftConfigError('transport: expected inFlight: in rounds no message takes time');
  const context = kraftContext(config, bounds, rulesOf(config));
  const { fetchTimeout, idleInterval } = timers;
  // A record of the leader, or the one that is sent when there is none, was answered within that interval.
  const noticed = {
    formula: 'fetch timeout - U(0, idle interval)',
    min: fetchTimeout - idleInterval,
    mean: fetchTimeout - idleInterval / 2 + meanOf(timers.latency) / 2,
    max: fetchTimeout,
  };
  return {
    model: kraftModel(config, bounds),
    schedule: scheduleOf(quorumSchedule(context, timers)),
    question: questionOf(leaderCrashes(context)),
    expected: { noticed },
  };
}
