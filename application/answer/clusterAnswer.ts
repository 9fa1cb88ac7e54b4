import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { metadataArithmetic, usableTopics } from '../../models/kafkaConfig/quorumArithmetic.ts';
import type { CheckResult } from '../check/check.ts';
import { type FoundStory, storiesByProperty } from '../check/stories.ts';
import type { Subject } from '../check/subject.ts';
import { type ClassCell, cellsOf, type ExploredClass, type Failure, failuresOf } from './cells.ts';

/** Topics that keep their records alike, and what each failure costs them. */
export interface TopicClass {
  readonly topics: readonly string[];
  readonly replicationFactor: number;
  /** Whether no file says it, of one of the topics at least. */
  readonly isAssumed: { readonly factor: boolean; readonly minimum: boolean };
  /** The minimum that is in force: no more than the factor. */
  readonly minimum: number;
  /** One for each failure of the answer. */
  readonly cells: readonly ClassCell[];
  /** What the scopes showed, to be told. */
  readonly subject: Subject;
}

/** What the records that a client sends with less than acks=all come to. */
export interface WeakAcks {
  readonly acks: '0' | '1';
  readonly where: readonly string[];
  /** Of a record that was answered for and is lost, or with acks=0 is lost; absent where none was found. */
  readonly story: TraceFile | undefined;
}

/** What the failure of nodes costs a cluster: the first thing that an operator asks. */
export interface ClusterAnswer {
  readonly failures: readonly Failure[];
  readonly classes: readonly TopicClass[];
  readonly weakAcks: readonly WeakAcks[];
  /** How many members of the metadata plane may fail; undefined where their number is not known. */
  readonly controllersMayFail: number | undefined;
}

/** What an answer is made of. */
type Explored = Pick<CheckResult, 'cluster' | 'subjects' | 'clients'>;

/** The answer of a check of a cluster; undefined where it is of models, or nothing of its topics was explored. */
export function clusterAnswer(result: Explored): ClusterAnswer | undefined {
  const described = result.cluster?.described;
  if (described === undefined) return undefined;
  const subjects = result.subjects.filter(({ topics }) => topics.length > 0);
  if (subjects.length === 0) return undefined;
  const failures = failuresOf(described, subjects);
  const zooKeeper = result.subjects.find(({ entry }) => entry.name === 'zookeeper');
  return {
    failures,
    classes: subjects.flatMap(subject => classOf({ subject, described, zooKeeper }, failures)),
    weakAcks: weakAcksOf(result, subjects),
    controllersMayFail: metadataArithmetic(described)?.survives,
  };
}

function classOf(
  explored: Omit<ExploredClass, 'topic'>,
  failures: readonly Failure[],
): TopicClass[] {
  const { subject, described } = explored;
  const [name] = subject.topics;
  const topic = usableTopics(described).find(each => each.topic === name);
  if (topic === undefined) return [];
  const { replicationFactor, minInsyncReplicas } = topic;
  const own = usableTopics(described).filter(each => subject.topics.includes(each.topic));
  return [
    {
      topics: subject.topics,
      replicationFactor: replicationFactor.value,
      isAssumed: {
        factor: own.some(each => each.replicationFactor.origin !== 'file'),
        minimum: own.some(each => each.minInsyncReplicas.origin !== 'file'),
      },
      minimum: Math.min(replicationFactor.value, minInsyncReplicas.value),
      cells: cellsOf({ ...explored, topic }, failures),
      subject,
    },
  ];
}

function weakAcksOf(
  { clients, cluster }: Explored,
  subjects: readonly Subject[],
): readonly WeakAcks[] {
  const described = cluster?.described.clients ?? [];
  return (['1', '0'] as const).flatMap(acks => {
    const where = described.flatMap(client => (client.acks?.value === acks ? client.where : []));
    if (where.length === 0) return [];
    const played = clients.filter(({ settings }) => 'acks' in settings && settings.acks === acks);
    const lost = played.flatMap(({ cells }) =>
      cells.flatMap(({ answers: [first] }) => first?.story ?? []),
    );
    const ofTopics = subjects.flatMap(subject => leaderStories(subject)).map(({ trace }) => trace);
    const stories = acks === '1' ? [...ofTopics, ...lost] : lost;
    return [{ acks, where, story: shortest(stories) }];
  });
}

function leaderStories(subject: Subject): readonly FoundStory[] {
  return storiesByProperty(subject).get('leader-acknowledged-records-survive') ?? [];
}

function shortest(stories: readonly TraceFile[]): TraceFile | undefined {
  return [...stories].sort((a, b) => a.steps.length - b.steps.length)[0];
}
