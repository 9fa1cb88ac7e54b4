import type {
  ClusterDescription,
  TopicDurability,
} from '../../models/kafkaConfig/clusterDescription.ts';
import type { ConfigFile } from '../../models/kafkaConfig/configFile.ts';
import type { ClassCell } from '../answer/cells.ts';
import type { ClusterAnswer, TopicClass } from '../answer/clusterAnswer.ts';
import type { FoundStory } from '../check/stories.ts';
import { lineOfPlace } from './lineOfPlace.ts';

/**
 * What it hangs on. `release`: with the best configuration of the same release it is the same. `undecided`: that was
 * not explored to its end.
 */
type Cause = 'configuration' | 'release' | 'undecided';

/** One thing that one failure costs one topic, or that keeps it from being used. */
export interface Finding {
  /** The same in every run: `lost/power-loss/orders`. */
  readonly id: string;
  readonly what: 'lost' | 'stops' | 'unusable';
  readonly topic: string;
  readonly cause: Cause;
  /** A sentence. */
  readonly message: string;
  /** The setting that it hangs on first, where a file has it. */
  readonly place: { readonly file: string; readonly line: number } | undefined;
  readonly story: FoundStory | undefined;
}

/**
 * Everything that one failure costs the topics of a cluster.
 *
 * @param best the answer of the same cluster in the best configuration of its release; undefined where that is not
 *   known
 */
export function findingsOf(
  described: ClusterDescription,
  answer: ClusterAnswer,
  {
    best,
    files,
  }: { readonly best: ClusterAnswer | undefined; readonly files: readonly ConfigFile[] },
): readonly Finding[] {
  const topics = [...described.topics, ...described.internalTopics];
  const placeOf = (topic: TopicDurability, isLast: boolean): Finding['place'] =>
    placeIn(files, settingOf(topic, isLast).where, files[0]?.name);
  const costs = answer.classes.flatMap(each =>
    each.cells.flatMap(cell => costsOf(each, cell, best)),
  );
  const found = costs.map(({ isLast, ...cost }) => {
    const topic = topics.find(each => each.topic === cost.topic);
    return { ...cost, place: topic === undefined ? undefined : placeOf(topic, isLast) };
  });
  const unusable = topics.flatMap((topic): Finding[] => {
    if (topic.unusable === undefined) return [];
    const message = `${topic.topic} ${topic.unusable.why}.`;
    const id = `unusable/${topic.topic}`;
    const place = placeIn(files, topic.replicationFactor.where, files[0]?.name);
    const head = {
      id,
      what: 'unusable' as const,
      topic: topic.topic,
      cause: 'configuration' as const,
    };
    return [{ ...head, message, place, story: undefined }];
  });
  return [...found, ...unusable];
}

type Cost = Omit<Finding, 'place'> & { readonly isLast: boolean };

function costsOf(
  { topics, replicationFactor, minimum }: TopicClass,
  { failure, lost, stops, story }: ClassCell,
  best: ClusterAnswer | undefined,
): readonly Cost[] {
  const { kind, title, what: event } = failure;
  const isLast = kind === 'last';
  const kept = `${replicationFactor} ${replicationFactor === 1 ? 'copy' : 'copies'}, min.insync.replicas ${minimum}`;
  const word = title.replaceAll(/[^a-z0-9]+/gi, '-');
  const isLost = lost === 'acknowledged' || lost === 'read';
  const isStopped = ['node', 'zone', 'host'].includes(kind)
    ? stops === 'writes' || stops === 'everything'
    : false;
  return topics.flatMap((topic, index): Cost[] => {
    const costs: Cost[] = [];
    const better = best?.classes
      .find(each => each.topics.includes(topic))
      ?.cells.find(each => each.failure.title === title);
    const head = { topic, isLast };
    if (isLost) {
      const records =
        lost === 'read' ? 'records that a consumer read' : 'records acknowledged with acks=all';
      const message = `${topic} (${kept}): ${records} are lost when ${event}.`;
      const cause = causeOf(
        better,
        cell => cell.lost === 'nothing' || cell.lost === 'kept before',
        cell => cell.lost === 'open',
      );
      const first = index === 0 ? story : undefined;
      costs.push({
        ...head,
        id: `lost/${word}/${topic}`,
        what: 'lost',
        cause,
        message,
        story: first,
      });
    }
    if (isStopped) {
      const stopped =
        stops === 'writes'
          ? 'acks=all writes are refused (NotEnoughReplicas)'
          : 'neither writes nor reads go on';
      const message = `${topic} (${kept}): ${stopped} when ${event}.`;
      const cause = causeOf(
        better,
        cell => cell.stops === 'nothing',
        cell => cell.stops === 'unknown',
      );
      costs.push({
        ...head,
        id: `stops/${word}/${topic}`,
        what: 'stops',
        cause,
        message,
        story: undefined,
      });
    }
    return costs;
  });
}

function causeOf(
  better: ClassCell | undefined,
  isMended: (cell: ClassCell) => boolean,
  isOpen: (cell: ClassCell) => boolean,
): Cause {
  if (better === undefined || isOpen(better)) return 'undecided';
  return isMended(better) ? 'configuration' : 'release';
}

/** The setting that a loss or a stop hangs on first. */
function settingOf(
  { replicationFactor, minInsyncReplicas, uncleanLeaderElection }: TopicDurability,
  isLast: boolean,
): TopicDurability['replicationFactor'] | TopicDurability['uncleanLeaderElection'] {
  if (isLast && uncleanLeaderElection.value) return uncleanLeaderElection;
  return replicationFactor.value < 3 ? replicationFactor : minInsyncReplicas;
}

/** The line of a setting; where no file has it the first line of the first file. */
function placeIn(
  files: readonly ConfigFile[],
  where: string,
  otherwise: string | undefined,
): Finding['place'] {
  const file = files.find(({ name }) => where.startsWith(`${name}: `));
  if (file !== undefined) {
    return { file: file.name, line: lineOfPlace(file.text, where.slice(file.name.length + 2)) };
  }
  return otherwise === undefined ? undefined : { file: otherwise, line: 1 };
}
