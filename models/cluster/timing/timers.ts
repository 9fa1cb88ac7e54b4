import { type Duration, exponential } from '../../../checker/timed/duration.ts';
import { defaultQuorumTimers, type QuorumTimers } from '../../kraft/timing/timers.ts';

/** What decides how long a cluster takes. All in milliseconds. */
export interface ClusterTimers extends QuorumTimers {
  /** `broker.heartbeat.interval.ms`. */
  readonly heartbeatInterval: number;
  /** `broker.session.timeout.ms`, as the controllers have it: that of a broker is not looked at. */
  readonly sessionTimeout: number;
  /** `controller.quorum.append.linger.ms`: a decision waits so long for others. */
  readonly appendLinger: number;
  /** How long a broker stands still that goes on again. */
  readonly pauseLength: Duration;
}

/** Kafka's defaults (KRaftConfigs, QuorumConfig), and those of the quorum; of pauses an assumption. */
export const defaultClusterTimers: ClusterTimers = {
  ...defaultQuorumTimers,
  heartbeatInterval: 2000,
  sessionTimeout: 9000,
  appendLinger: 25,
  pauseLength: exponential(1000),
};

/** The controller looks for sessions that are over so often in the length of one (QuorumController). */
export const CHECKS_PER_SESSION = 8;
