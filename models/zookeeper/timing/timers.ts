import { type Duration, exponential, fixed } from '../../../checker/timed/duration.ts';
import { isEarlier, type Release, releaseNamed } from '../../description/release.ts';
import { newestZooKeeper, type ZooKeeperConfig } from '../config.ts';

/** What decides how long it takes with ZooKeeper. All in milliseconds. */
export interface ZooKeeperTimers {
  /** `zookeeper.session.timeout.ms`: what brokers ask for. */
  readonly sessionTimeout: number;
  /** ZooKeeper's `tickTime`: sessions end at multiples of it. */
  readonly tickTime: number;
  /** `controlled.shutdown.retry.backoff.ms`. */
  readonly shutdownBackoff: number;
  /** How long a message takes from one process to another, with its handling. */
  readonly latency: Duration;
  /** How long it takes until what is written is on the disks of the ensemble. */
  readonly flush: Duration;
}

/** Tripled in 2.5 (KIP-537). */
const firstWithLongSession = releaseNamed('2.5');

/** `zookeeper.session.timeout.ms` where nothing sets it. In milliseconds. */
export function defaultSessionTimeout(release: Release): number {
  return isEarlier(release, firstWithLongSession) ? 6000 : 18_000;
}

/**
 * Kafka's defaults (KafkaConfig, zoo.cfg); and of the machines an assumption, the same as of a metadata quorum: a
 * millisecond on the way, now more and now less, two until it is on the disk.
 */
export const defaultZooKeeperTimers: ZooKeeperTimers = {
  sessionTimeout: defaultSessionTimeout(releaseNamed(newestZooKeeper)),
  tickTime: 2000,
  shutdownBackoff: 5000,
  latency: exponential(1),
  flush: fixed(2),
};

/** What is another default in another release. */
export function timersOfRelease({ kafka }: ZooKeeperConfig): Record<'sessionTimeout', number> {
  return { sessionTimeout: defaultSessionTimeout(releaseNamed(kafka)) };
}

/**
 * The session that the ensemble grants: 2 to 20 ticks, unless its configuration says otherwise (`minSessionTimeout`,
 * `maxSessionTimeout`).
 */
export function grantedSession({ sessionTimeout, tickTime }: ZooKeeperTimers): number {
  return Math.min(20 * tickTime, Math.max(2 * tickTime, sessionTimeout));
}

/**
 * How long a client with nothing else to say waits until it pings: after a third of its session, and a second earlier
 * where that is longer, so that a ping may be lost.
 *
 * Source: ZooKeeper's ClientCnxn.SendThread.run (readTimeout, MAX_SEND_PING_INTERVAL).
 */
export function pingInterval(timers: ZooKeeperTimers): number {
  const third = grantedSession(timers) / 3;
  return third <= 1000 ? third : Math.min(10_000, Math.max(1000, third - 1000));
}
