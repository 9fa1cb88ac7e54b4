import { listed } from '../../application/check/listed.ts';
import { MOST_PLAYED } from '../../application/check/playedQuorum.ts';
import type { QuorumSurvival } from '../../application/quorum/survival.ts';
import { counted } from '../../checker/results/numbers.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import {
  dataArithmetic,
  type MetadataArithmetic,
  metadataArithmetic,
  usableTopics,
} from '../../models/kafkaConfig/quorumArithmetic.ts';

/**
 * What playing outages of the metadata quorum says, and what follows for the brokers, one sentence
 * or two a line. Nothing about ZooKeeper, which is not played.
 */
export function playedSentences(
  cluster: ClusterDescription,
  quorum: QuorumSurvival | undefined,
): string[] {
  const metadata = cluster.mode === 'kraft' ? metadataArithmetic(cluster) : undefined;
  if (metadata === undefined) return [];
  return [
    ...(quorum === undefined ? notPlayed(metadata) : played(cluster, quorum)),
    ...(cluster.nodes.length === 1
      ? []
      : [whatGoesOn, ...combinedSentences(cluster, metadata.survives + 1)]),
  ];
}

const whatGoesOn =
  'Without a majority, partition leaders that are alive keep serving, but nobody is elected, ' +
  'fenced or taken out of an ISR. acks=all writes go on while every follower in the ISR keeps up, ' +
  'and hang at the first that fails; a partition whose leader fails is offline.';

function notPlayed({ members, survives }: MetadataArithmetic): string[] {
  return [
    `${members} controllers are not played, for ${MOST_PLAYED} are the most that are. By counting ` +
      `they survive ${survives} failures, whichever.`,
  ];
}

function played({ placement }: ClusterDescription, quorum: QuorumSurvival): string[] {
  const { voters, survives, outages } = quorum;
  const noun = placement === 'combined' ? 'combined controller' : 'controller';
  const survive = `${counted(voters, noun)} ${voters === 1 ? 'survives' : 'survive'}`;
  const failures = survives === 0 ? 'no failure' : `${counted(survives, 'failure')}, whichever`;
  const even = voters % 2 === 0 ? `: no more than ${voters - 1} would` : '';
  const first = `${survive} ${failures}${even}.`;
  if (voters === 1) return [`${first} With it down, nothing is committed.`];
  const fatal = outages.flatMap(({ commits, explored }) =>
    commits || !explored ? [] : [explored],
  );
  const states = fatal.reduce((sum, explored) => sum + explored.states, 0);
  const leader = fatal.some(({ elects }) => elects) ? '' : 'no leader can be elected and ';
  return [
    first,
    `With ${survives + 1} or more down, ${leader}nothing is committed (${counted(states, 'state')} ` +
      'explored, all there are; elections as in 4.x).',
  ];
}

/** Which plane stops first where a controller and a broker fail together. */
function combinedSentences(cluster: ClusterDescription, metadataStops: number): string[] {
  const combined = cluster.nodes.filter(({ roles }) => roles.length === 2).length;
  if (combined === 0) return [];
  const together = 'When a combined controller fails, its broker fails as well.';
  if (combined < metadataStops) return [together];
  const groups = new Map<number, string[]>();
  for (const topic of usableTopics(cluster).map(dataArithmetic)) {
    const writesStop = topic.writesSurvive + 1;
    groups.set(writesStop, [...(groups.get(writesStop) ?? []), topic.topic]);
  }
  const inOrder = [...groups].sort(([a], [b]) => a - b);
  return [
    together,
    ...inOrder.map(
      ([writesStop, topics]) => `${listed(topics)}: ${whichFirst(writesStop, metadataStops)}`,
    ),
  ];
}

function whichFirst(writesStop: number, metadataStops: number): string {
  const metadata = `the metadata plane with the ${ordinal(metadataStops)}`;
  if (writesStop < metadataStops) {
    const failure = `the ${ordinal(writesStop)} failed node that held a replica`;
    return `acks=all writes stop first, with ${failure}; ${metadata}.`;
  }
  if (writesStop === metadataStops) {
    const held =
      metadataStops === 1 ? 'where it held a replica' : 'where all of them held replicas';
    const failure = `the ${ordinal(metadataStops)} failed node`;
    return `acks=all writes and the metadata plane stop together, with ${failure}, ${held}.`;
  }
  return (
    `the metadata plane stops first, with the ${ordinal(metadataStops)} failed node. acks=all ` +
    'writes then hang where that node was in the ISR, although by counting brokers alone they go on.'
  );
}

function ordinal(number: number): string {
  return { 1: '1st', 2: '2nd', 3: '3rd' }[number] ?? `${number}th`;
}
