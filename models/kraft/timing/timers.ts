import { type Duration, exponential, fixed } from '../../../checker/timed/duration.ts';

/** What decides how long the metadata quorum takes. All in milliseconds. */
export interface QuorumTimers {
  /** `controller.quorum.fetch.timeout.ms`: a follower that has not fetched for so long asks for votes. */
  readonly fetchTimeout: number;
  /** `controller.quorum.election.timeout.ms`: an election takes so long at least, and less than twice as long. */
  readonly electionTimeout: number;
  /** `controller.quorum.election.backoff.max.ms`: at most so long a candidate of 3.9 waits that has lost. */
  readonly electionBackoffMax: number;
  /** `metadata.max.idle.interval.ms`: where there is nothing else, the leader appends a record so often. */
  readonly idleInterval: number;
  /** `controller.quorum.retry.backoff.ms`: who knows no leader asks so often whether there is one. */
  readonly retryBackoff: number;
  /** How long a message takes from one node to another, with its handling. */
  readonly latency: Duration;
  /** How long it takes until what is written is on the disk: a vote, or records. */
  readonly flush: Duration;
}

/**
 * Kafka's defaults (QuorumConfig, KRaftConfigs); and of the machines an assumption: a millisecond on the way, now
 * more and now less, two until it is on the disk.
 */
export const defaultQuorumTimers: QuorumTimers = {
  fetchTimeout: 2000,
  electionTimeout: 1000,
  electionBackoffMax: 1000,
  idleInterval: 500,
  retryBackoff: 20,
  latency: exponential(1),
  flush: fixed(2),
};

/** What each of them is, with the name of Kafka's setting where it is one. */
export const quorumTimerWords: { readonly [Name in keyof QuorumTimers]: string } = {
  fetchTimeout: 'controller.quorum.fetch.timeout.ms',
  electionTimeout:
    'controller.quorum.election.timeout.ms: it takes so long, or up to twice as long',
  electionBackoffMax:
    'controller.quorum.election.backoff.max.ms, of candidates of 3.9 that have lost',
  idleInterval: 'metadata.max.idle.interval.ms: a record where there is nothing else',
  retryBackoff: 'controller.quorum.retry.backoff.ms: of who knows no leader',
  latency: 'one way from node to node, with its handling (assumed)',
  flush: 'until a vote or a record is on the disk (assumed)',
};
