import { listed } from '../../application/check/listed.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { metadataArithmetic } from '../../models/kafkaConfig/quorumArithmetic.ts';
import {
  type RackFailure,
  type RackTopic,
  rackFailures,
} from '../../models/kafkaConfig/rackArithmetic.ts';

/** "racks: dc1 (3 brokers, 3 voters), dc2 (3 brokers)", where every broker has one. */
export function rackFact(cluster: ClusterDescription): string[] {
  const failures = rackFailures(cluster);
  if (failures.length === 0) return oneRack(cluster);
  return [`racks: ${listed(failures.map(each => `${each.rack} (${contentOf(each)})`))}`];
}

/** Racks that are not the whole story: only one, or brokers without any. */
function oneRack({ nodes }: ClusterDescription): string[] {
  const racks = new Set(nodes.flatMap(({ rack }) => rack ?? []));
  const without = nodes.filter(({ roles, rack }) => roles.includes('broker') && !rack).length;
  if (racks.size === 0) return [];
  return [
    `racks: ${listed([...racks])}${without === 0 ? '' : `, and ${count(without, 'broker')} without one`}`,
  ];
}

/** What the failure of each rack takes, a sentence or two a rack; racks that fail alike share them. */
export function rackSentences(cluster: ClusterDescription): string[] {
  const sentences = new Map<string, string[]>();
  for (const failure of rackFailures(cluster)) {
    const sentence = sentenceOf(failure, cluster);
    sentences.set(sentence, [...(sentences.get(sentence) ?? []), failure.rack]);
  }
  return [...sentences].map(([sentence, racks]) => {
    const which = racks.length === 1 ? `rack ${racks[0]}` : `any of the racks ${listed(racks)}`;
    return `If ${which} fails, ${sentence}`;
  });
}

function sentenceOf(failure: RackFailure, cluster: ClusterDescription): string {
  const stopped = failure.topics.filter(({ replicasLeft, minIsr }) => replicasLeft < minIsr);
  const parts = [
    metadataPart(failure, cluster),
    ...topicParts(stopped, ({ replicasLeft, replicationFactor, minIsr }) =>
      replicasLeft === 0
        ? `at worst no replica is left of ${replicationFactor}, so reads and writes stop`
        : `at worst ${replicasLeft} of ${replicationFactor} replicas ${isOrAre(replicasLeft)} left, fewer than ` +
          `min.insync.replicas ${minIsr}, so acks=all writes stop`,
    ),
    ...(stopped.length === 0 ? ['acks=all writes go on everywhere'] : []),
  ];
  return [
    `it takes ${contentOf(failure)}: ${parts.join('; ')}.`,
    ...risks(stopped, failure.metadataSurvives),
  ].join(' ');
}

function contentOf({ brokers, voters }: RackFailure): string {
  const parts = [count(brokers, 'broker'), ...(voters === 0 ? [] : [count(voters, 'voter')])];
  return parts.join(' and ');
}

function metadataPart(
  { voters, metadataSurvives }: RackFailure,
  cluster: ClusterDescription,
): string {
  const metadata = metadataArithmetic(cluster);
  if (metadata === undefined || metadataSurvives === undefined) {
    return 'whether the metadata plane goes on is not known, for not all of it has a rack';
  }
  const left = `${metadata.members - voters} of ${metadata.members} voters are left`;
  if (metadataSurvives) return `${left} and the metadata plane goes on`;
  return `${left}, ${metadata.majority} are needed, so the metadata plane stops`;
}

function topicParts(
  topics: readonly RackTopic[],
  say: (topic: RackTopic) => string,
): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const topic of topics) {
    const said = say(topic);
    groups.set(said, [...(groups.get(said) ?? []), topic.topic]);
  }
  return [...groups].map(([said, names]) => `of ${listed(names)} ${said}`);
}

/** What it would cost to go on all the same, and whether it would help at all. */
function risks(
  stopped: readonly RackTopic[],
  metadataSurvives: boolean | undefined,
): readonly string[] {
  const able = stopped.filter(({ replicasLeft }) => replicasLeft > 0);
  const lower = new Set(
    able.map(({ replicasLeft, minIsr }) => `${replicasLeft} instead of ${minIsr}`),
  );
  if (lower.size === 0) return [];
  const helps =
    metadataSurvives === false
      ? 'would not bring writes back, for without a quorum nobody is taken out of an ISR'
      : 'would let writes go on where a leader is left or elected';
  return [
    `A lower min.insync.replicas (${[...lower].join(', ')}) ${helps}; and an acknowledged record might ` +
      'then be in one rack alone and be lost with it.',
  ];
}

function isOrAre(number: number): string {
  return number === 1 ? 'is' : 'are';
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
