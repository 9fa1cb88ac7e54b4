import type { Shard } from '../../checker/random/walkArbitrary.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { stoppedPartitions } from '../../models/kafkaConfig/partitionStandings.ts';
import { losesRecords, type PlayedClients, playClients } from '../clients/playedClients.ts';
import type { ReplayedTrace } from '../corpus/replayedTrace.ts';
import type { Project } from '../project/project.ts';
import type { QuorumSurvival } from '../quorum/survival.ts';
import type { Surroundings } from '../tasks/surroundings.ts';
import type { Limits } from '../tasks/task.ts';
import type { TimeBudget } from '../tasks/timeBudget.ts';
import type { CheckRequest } from './checkRequest.ts';
import { exploreSubjects } from './exploreSubjects.ts';
import { excusedProperties } from './mainSubjects.ts';
import { clusterSubjects } from './plannedSubject.ts';
import { playedQuorum } from './playedQuorum.ts';
import { type DescribedQuorum, quorumOf } from './quorumScopes.ts';
import type { PlannedSubject, Subject } from './subject.ts';
import { unmetInSubjects } from './thresholds.ts';
import { unseenOfMainJob } from './unseen.ts';
import { type CheckVerdict, checkVerdict } from './verdict.ts';

/** The cluster that files describe. */
export interface CheckedCluster {
  readonly files: readonly string[];
  readonly described: ClusterDescription;
  /** What its metadata quorum survives, if that was played. */
  readonly quorum: QuorumSurvival | undefined;
  /** The mistakes that the release is known to have in its metadata quorum, and what is to be said with them. */
  readonly known: Pick<DescribedQuorum, 'mistakes' | 'notes'>;
}

/** What is to be explored, and what is known before. */
export interface CheckPlan {
  readonly planned: readonly PlannedSubject[];
  readonly corpus: readonly ReplayedTrace[];
  /** Traces of the corpus that the time budget left no time for. */
  readonly notReplayed?: readonly string[];
  /** The cluster that it is about; without it, it is about the models. */
  readonly cluster?: CheckedCluster;
}

/** Everything that a check found. */
export interface CheckResult extends Omit<CheckPlan, 'planned'> {
  readonly seed: number;
  readonly seconds: number;
  readonly shard?: Shard;
  readonly subjects: readonly Subject[];
  /** What can become of the records of the programs that files describe. */
  readonly clients: readonly PlayedClients[];
  /** What was seen less of than the configuration file expects, a line each. */
  readonly unmet?: readonly string[];
  readonly verdict: CheckVerdict;
}

/**
 * Plays what the metadata quorum of a cluster survives and says what is to be explored of its topics.
 *
 * @throws UsageError when something asked for is unknown or out of range.
 * @throws ModelError when what is played is not what counting says.
 */
export async function planCluster(
  { files, described }: Omit<CheckedCluster, 'quorum' | 'known'>,
  request: CheckRequest,
  { models }: Pick<Project, 'models'>,
): Promise<CheckPlan> {
  const planned = clusterSubjects(described, request, models);
  const quorum = await playedQuorum(described);
  const { mistakes = [], notes = [] } = quorumOf(described) ?? {};
  const cluster = { files, described, quorum, known: { mistakes, notes } };
  return { planned, corpus: [], cluster };
}

/** The topics of a cluster that cannot be used, by name. */
export function unusableTopics({ topics, internalTopics }: ClusterDescription): readonly string[] {
  const all = [...topics, ...internalTopics];
  return all.filter(({ unusable }) => unusable !== undefined).map(({ topic }) => topic);
}

/**
 * Topics that cannot be used, partitions of others that take no acks=all writes as they stand, and files without
 * which it is not known what is in force.
 */
function outOfUse(described: ClusterDescription): readonly string[] {
  return [...unusableTopics(described), ...stoppedPartitions(described), ...described.unread];
}

/** Explores what is planned, as long as the budget lasts, and judges all of it together. */
export async function carryOut(
  { planned, ...known }: CheckPlan,
  { seed, shard, limits }: CheckRequest,
  budget: TimeBudget,
  surroundings: Surroundings & { readonly project: Project },
): Promise<CheckResult> {
  const { project } = surroundings;
  const isOfModels = known.cluster === undefined;
  const subjects = await exploreSubjects(planned, { shard, budget }, surroundings);
  // Thresholds are about the models, and about the whole of what is explored of them.
  const unmet =
    isOfModels && shard === undefined ? unmetInSubjects(project.thresholds, subjects) : [];
  const unseen = subjects.flatMap(unseenOfMainJob);
  const clients = await clientsOf(known.cluster, limits, surroundings);
  const verdict = checkVerdict({
    ...known,
    scopes: subjects.flatMap(({ scopes }) => scopes),
    properties: subjects.flatMap(({ properties }) => properties),
    mustExerciseAll: isOfModels,
    excused: excusedProperties(subjects, project),
    unusable: known.cluster === undefined ? [] : outOfUse(known.cluster.described),
    isAnswered:
      (known.cluster?.quorum !== undefined && known.cluster.described.brokers === 0) ||
      clients.length > 0,
    isLostByClients: subjects.length === 0 && clients.some(losesRecords),
    unmet: [...unmet, ...unseen],
  });
  const head = { seed, ...(shard === undefined ? {} : { shard }) };
  return {
    ...known,
    ...head,
    unmet: [...unmet, ...unseen],
    seconds: budget.seconds,
    subjects,
    clients,
    verdict,
  };
}

/** Of programs, what they risk: what has nothing to do with how long the cluster may be explored, and is quick. */
function clientsOf(
  cluster: CheckedCluster | undefined,
  limits: Limits,
  { onBegin: _, onProgress: __, ...surroundings }: Surroundings,
): Promise<readonly PlayedClients[]> {
  if (cluster === undefined) return Promise.resolve([]);
  return playClients(cluster.described, limits, { ...surroundings, jobs: 1 });
}
