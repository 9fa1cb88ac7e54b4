import { counted } from '../../checker/results/numbers.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { type NextFailure, nextFailures } from '../../models/kafkaConfig/nextFailure.ts';
import { partitionStandings } from '../../models/kafkaConfig/partitionStandings.ts';
import { majorityOf } from '../../models/kafkaConfig/quorumArithmetic.ts';
import { silentVoters } from '../../models/kafkaConfig/quorumState.ts';

/** More names than this are counted. */
const MOST_NAMED = 3;

/**
 * What the next failure costs a running cluster from where it stands, and which of its voters are silent; nothing where
 * nobody was asked.
 */
export function nextSentences(cluster: ClusterDescription): string[] {
  const standings = partitionStandings(cluster);
  const voters = votersSentence(cluster);
  if (standings.length === 0) return [...voters];
  const isInOrder = standings.every(({ standing }) => standing === 'in sync');
  return [
    ...voters,
    `Next: ${nextSentence(nextFailures(cluster))}${isInOrder ? '' : ' The table is of the cluster in order.'}`,
  ];
}

function votersSentence({ quorumState }: ClusterDescription): readonly string[] {
  if (quorumState === undefined) return [];
  const silent = silentVoters(quorumState);
  if (silent.length === 0) return [];
  const all = quorumState.voters.length;
  const left = all - silent.length - majorityOf(all);
  const more =
    left < 0 ? 'nothing is elected' : left === 0 ? 'no more may fail' : `${left} more may fail`;
  const is = silent.length === 1 ? 'is' : 'are';
  const ids = silent.map(({ id }) => id).join(', ');
  return [`Of ${all} voters ${silent.length} ${is} silent (${ids}): ${more}.`];
}

/** The worst that one more broker can do, and who does nothing. */
function nextSentence(failures: readonly NextFailure[]): string {
  const harmful = [...failures].filter(isHarmful).sort((one, other) => weight(other) - weight(one));
  const harmless = failures.filter(each => !isHarmful(each));
  const [worst, ...rest] = harmful;
  if (worst === undefined) {
    return failures.length === 0
      ? 'no partition has a leader that could fail.'
      : 'whichever broker fails, every partition goes on and takes acks=all.';
  }
  return [
    `the failure of broker ${worst.broker} ${takes(worst)}.`,
    ...(rest.length === 0 ? [] : [`That of ${idsOf(rest)} costs as much, or less.`]),
    ...(harmless.length === 0 ? [] : [`That of ${idsOf(harmless)} stops nothing.`]),
  ].join(' ');
}

function idsOf(failures: readonly NextFailure[]): string {
  return failures.map(({ broker }) => broker).join(' or ');
}

function takes({ offline, alone, unclean, stopped, stopsQuorum }: NextFailure): string {
  const parts = [
    ...(offline.length === 0 ? [] : [`takes ${named(offline)} offline`]),
    ...(alone.length === 0 ? [] : ['what it loses with its power or disk is lost']),
    ...(unclean.length === 0
      ? []
      : [
          'or a replica out of sync leads, for unclean election is on, and acknowledged records are lost',
        ]),
    ...(stopped.length === 0 ? [] : [`makes ${named(stopped)} refuse acks=all`]),
    ...(stopsQuorum ? ['stops the metadata quorum'] : []),
  ];
  return parts.join('; ');
}

function isHarmful({ offline, stopped, stopsQuorum }: NextFailure): boolean {
  return offline.length + stopped.length > 0 || stopsQuorum;
}

function weight({ offline, stopped, stopsQuorum }: NextFailure): number {
  return offline.length * 1000 + (stopsQuorum ? 500 : 0) + stopped.length;
}

/** "orders-0", "orders-0, orders-1", "12 partitions". */
function named(names: readonly string[]): string {
  if (names.length > MOST_NAMED) return counted(names.length, 'partition');
  return names.map(printable).join(', ');
}
