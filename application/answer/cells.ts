import type {
  ClusterDescription,
  TopicDurability,
} from '../../models/kafkaConfig/clusterDescription.ts';
import { dataArithmetic, metadataArithmetic } from '../../models/kafkaConfig/quorumArithmetic.ts';
import {
  hostFailures,
  type RackFailure,
  rackFailures,
} from '../../models/kafkaConfig/rackArithmetic.ts';
import { isComplete } from '../check/completeness.ts';
import { failureScopes } from '../check/firstScopes.ts';
import type { ExploredScope } from '../check/scope.ts';
import type { FoundStory } from '../check/stories.ts';
import type { Subject } from '../check/subject.ts';

/** What may fail, and is a column of the answer. */
type FailureKind = 'node' | 'zone' | 'host' | 'power' | 'last' | 'asked';

/** One failure that an operator asks about. */
export interface Failure {
  readonly kind: FailureKind;
  /** A few words. */
  readonly title: string;
  /** What happens, in a sentence. */
  readonly what: string;
  /** The scopes that show what is lost. */
  readonly scopes: readonly string[];
}

/**
 * Whether records are lost. `acknowledged`: some that were acknowledged with acks=all. `read`: some that a consumer
 * had read, and none that were acknowledged. `kept before`: not explored here, and covered for every release in
 * docs/guarantees.md. `open`: not explored to the end. `unasked`: it cannot happen, or is no failure of its own.
 */
export type Lost = 'acknowledged' | 'read' | 'nothing' | 'kept before' | 'open' | 'unasked';

/** What does not work until the failure is mended. `unknown`: no file tells what it takes. */
export type Stopped = 'nothing' | 'writes' | 'everything' | 'unknown';

/** What one failure costs one class of topics. */
export interface ClassCell {
  readonly failure: Failure;
  readonly lost: Lost;
  readonly stops: Stopped;
  /** Of what is lost the shortest story; undefined where nothing is. */
  readonly story: FoundStory | undefined;
  /** Why it is open, where it is: a few words. */
  readonly why?: string;
}

/** Topics that are alike, in their cluster, with what was explored of them. */
export interface ExploredClass {
  readonly subject: Subject;
  readonly topic: TopicDurability;
  readonly described: ClusterDescription;
  /** What was explored of controllers with ZooKeeper, where there are any. */
  readonly zooKeeper?: Subject | undefined;
}

const node: Failure = {
  kind: 'node',
  title: 'one node',
  what: 'one broker is killed, and the others are in sync',
  scopes: [failureScopes.node],
};
const zone: Failure = {
  kind: 'zone',
  title: 'one zone',
  what: 'all nodes of a rack lose power',
  scopes: [],
};
const host: Failure = {
  kind: 'host',
  title: 'one host',
  what: 'all nodes of a machine lose power',
  scopes: [],
};
const power: Failure = {
  kind: 'power',
  title: 'power loss',
  what: 'one broker loses power, and the others are in sync',
  scopes: [failureScopes.power],
};
const last: Failure = {
  kind: 'last',
  title: 'last in sync',
  what: 'the only replica in sync fails, and the others are behind',
  scopes: [failureScopes.last, failureScopes.unclean],
};

/** The failures that a cluster is asked about; where bounds are asked for, what they make of the scopes. */
export function failuresOf(
  described: ClusterDescription,
  subjects: readonly Subject[],
): readonly Failure[] {
  const scopes = subjects.flatMap(subject => subject.scopes);
  const explored = scopes.filter(
    ({ plan }) => plan.engine === 'exhaustive' && plan.isLong !== true,
  );
  const names = [...new Set(explored.map(({ plan }) => plan.name))];
  if (!names.includes(failureScopes.node)) return names.map(asked);
  const hasReplicas = [...described.topics, ...described.internalTopics].some(
    ({ replicationFactor }) => replicationFactor.value > 1,
  );
  return [
    node,
    ...(rackFailures(described).length > 0 ? [zone] : []),
    ...(sharesHosts(described) ? [host] : []),
    power,
    ...(hasReplicas ? [last] : []),
  ];
}

/** Whether nodes share machines, and there is more than one. */
function sharesHosts(described: ClusterDescription): boolean {
  const [shared] = hostFailures(described);
  return shared !== undefined && !sharedByAll(described);
}

/** Whether all nodes are on one machine: then its failure is that of everything. */
export function sharedByAll({ nodes }: ClusterDescription): boolean {
  const hosts = new Set(nodes.map(node => node.host));
  return nodes.length > 1 && hosts.size === 1 && !hosts.has(undefined);
}

function asked(name: string): Failure {
  return { kind: 'asked', title: name, what: name, scopes: [name] };
}

/** What each failure costs a class of topics. */
export function cellsOf(
  explored: ExploredClass,
  failures: readonly Failure[],
): readonly ClassCell[] {
  return failures.map(failure => ({ failure, ...makers[failure.kind](explored, failure) }));
}

type Maker = (explored: ExploredClass, failure: Failure) => Omit<ClassCell, 'failure'>;

const makers: Readonly<Record<FailureKind, Maker>> = {
  node: explored => ({ ...lossIn(explored, node.scopes), stops: stoppedByNode(explored) }),
  zone: explored => ofGroups(explored, rackFailures(explored.described)),
  host: explored => ofGroups(explored, hostFailures(explored.described)),
  power: explored => ({ ...powerLoss(explored), stops: stoppedByNode(explored) }),
  last: explored => ({ ...lastLoss(explored), stops: 'everything' }),
  asked: (explored, { scopes }) => ({ ...lossIn(explored, scopes), stops: 'unknown' }),
};

type Loss = Pick<ClassCell, 'lost' | 'story' | 'why'>;

const unasked: Loss = { lost: 'unasked', story: undefined };
const nothing: Loss = { lost: 'nothing', story: undefined };

function openFor(why: string): Loss {
  return { lost: 'open', story: undefined, why };
}

const reasons = {
  limit: 'a limit ended the search',
  last: 'how the ISR shrinks to one replica is not explored of so many copies, or of this minimum',
  elr: 'it hangs on eligible leader replicas: --kafka-version',
  together: 'copies that lose power together are not explored to the end',
};

function powerLoss(explored: ExploredClass): Loss {
  // Every record is on disk: it is the crash of a process.
  if (explored.topic.flushEveryRecord.value) return lossIn(explored, node.scopes);
  const ofBroker = lossIn(explored, power.scopes);
  const { topic, zooKeeper } = explored;
  if (ofBroker.lost === 'acknowledged' || zooKeeper === undefined) return ofBroker;
  if (topic.replicationFactor.value === 1) return ofBroker;
  // The broker may have been the controller as well.
  const ofController = lossIn({ subject: zooKeeper }, power.scopes);
  return ofController.lost === 'acknowledged' ? ofController : ofBroker;
}

function lastLoss(explored: ExploredClass): Loss {
  const { topic, subject, described } = explored;
  const replicas = topic.replicationFactor.value;
  if (replicas === 1) return unasked;
  const isAsked = subject.scopes.some(({ plan }) => last.scopes.includes(plan.name));
  if (isAsked) return lossIn(explored, last.scopes);
  // What the loss of power takes of replicas in sync it takes of the last one as well.
  const inSync = powerLoss(explored);
  if (inSync.lost === 'acknowledged') return inSync;
  const isElr = described.eligibleLeaderReplicas.value === true;
  const minimum = Math.min(replicas, topic.minInsyncReplicas.value);
  const isCovered = isElr && replicas === 3 && minimum === 2 && !topic.uncleanLeaderElection.value;
  if (topic.flushEveryRecord.value && !topic.uncleanLeaderElection.value) return nothing;
  if (isCovered) return { lost: 'kept before', story: undefined };
  const isUnknown = described.eligibleLeaderReplicas.value === undefined;
  return openFor(isUnknown && replicas <= 3 ? reasons.elr : reasons.last);
}

/** What the failure of the worst of these racks or machines costs. */
function ofGroups(
  explored: ExploredClass,
  failures: readonly RackFailure[],
): Omit<ClassCell, 'failure'> {
  return { ...groupLoss(explored, failures), stops: stoppedByGroup(explored, failures) };
}

/** At worst as many replicas of a partition lose power at once as Kafka's placement puts into one rack. */
function groupLoss(explored: ExploredClass, failures: readonly RackFailure[]): Loss {
  const { topic } = explored;
  const left = failures.flatMap(({ topics }) =>
    topics.filter(each => each.topic === topic.topic).map(({ replicasLeft }) => replicasLeft),
  );
  const together = topic.replicationFactor.value - Math.min(...left);
  if (together === 0) return nothing;
  if (together === 1) return powerLoss(explored);
  const shown = lossIn(explored, [failureScopes.together]);
  return shown.lost === 'acknowledged' ? shown : openFor(reasons.together);
}

function stoppedByNode({ topic, described }: ExploredClass): Stopped {
  const { writesSurvive, readsSurvive } = dataArithmetic(topic);
  const takesVote = described.nodes.some(({ roles }) => roles.length === 2);
  const quorum = metadataArithmetic(described)?.survives;
  if (readsSurvive < 1 || (takesVote && quorum === 0)) return 'everything';
  return writesSurvive < 1 ? 'writes' : 'nothing';
}

function stoppedByGroup({ topic }: ExploredClass, failures: readonly RackFailure[]): Stopped {
  const all = failures.map(({ metadataSurvives, topics }): Stopped => {
    const own = topics.find(each => each.topic === topic.topic);
    if (metadataSurvives === false || own?.replicasLeft === 0) return 'everything';
    if (own !== undefined && own.replicasLeft < own.minIsr) return 'writes';
    return metadataSurvives === undefined ? 'unknown' : 'nothing';
  });
  return (
    (['everything', 'writes', 'unknown'] as const).find(each => all.includes(each)) ?? 'nothing'
  );
}

/** What was found in the scopes of these names; open where one was not explored to its end. */
function lossIn({ subject }: Pick<ExploredClass, 'subject'>, names: readonly string[]): Loss {
  const scopes = subject.scopes.filter(({ plan }) => names.includes(plan.name));
  const acknowledged = shortestIn(scopes, ACKNOWLEDGED);
  if (acknowledged !== undefined) return { lost: 'acknowledged', story: acknowledged };
  const read = shortestIn(scopes, READ);
  if (read !== undefined) return { lost: 'read', story: read };
  if (!scopes.every(({ asked: all }) => all.some(({ name }) => name === ACKNOWLEDGED)))
    return unasked;
  const isCovered = scopes.every(
    ({ outcome }) => outcome !== undefined && isComplete(outcome.result),
  );
  return scopes.length > 0 && isCovered ? nothing : openFor(reasons.limit);
}

const ACKNOWLEDGED = 'acknowledged-records-survive';
const READ = 'exposed-records-survive';

function shortestIn(scopes: readonly ExploredScope[], property: string): FoundStory | undefined {
  const stories = scopes.flatMap(({ plan, outcome }) =>
    outcome === undefined
      ? []
      : outcome.traces.flatMap((trace, index) =>
          trace.property.name === property ? [{ scope: plan.name, trace, outcome, index }] : [],
        ),
  );
  return stories.sort((a, b) => a.trace.steps.length - b.trace.steps.length)[0];
}
