import {
  isEarlier,
  newestRelease,
  parseRelease,
  type Release,
  releaseNamed,
} from '../description/release.ts';

/** The first release in which KRaft was meant for production (KIP-833). */
export const oldestKraft = '3.3';

/** The first release in which voters can be added and removed (KIP-853). */
export const firstWithVoterChanges = '3.9';

/** Names for what is no single release, or stands for one. */
const points = ['upgrading', '4.x'] as const;

/** What is expected of a word that is no release of a quorum. */
export const quorumExpected =
  `a Kafka release from ${oldestKraft} to ${newestRelease}, with or without its patch, as 3.9 or 3.9.1, ` +
  `or one of ${points.join(', ')}`;

/** Whether a word says what a quorum runs. */
export function isQuorumName(word: string): boolean {
  if (points.some(name => name === word)) return true;
  const release = parseRelease(word);
  return release !== undefined && !isEarlier(release, releaseNamed(oldestKraft));
}

/** The release that a quorum runs; while it is being upgraded, the one that all but its last voter run. */
export function quorumRelease(kafka: string): Release {
  const isPoint = points.some(name => name === kafka);
  return releaseNamed(isPoint ? newestRelease : kafka);
}
