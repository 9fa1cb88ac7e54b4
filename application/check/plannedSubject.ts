import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry, ModelRequest } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { AnyTemporalProperty } from '../../checker/model/temporal.ts';
import { leftOut, type ScopePlan } from '../../models/description/mainJob.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import type { CheckRequest } from './checkRequest.ts';
import { clusterScopes } from './clusterScopes.ts';
import { firstScopes } from './firstScopes.ts';
import { listed } from './listed.ts';
import type { ModelPlans } from './mainSubjects.ts';
import { type Profile, profilesOf } from './profiles.ts';
import { quorumOf, quorumScopes } from './quorumScopes.ts';
import { type AskedProperty, type Scope, scopeOf } from './scope.ts';
import type { PlannedSubject, SubjectPlan } from './subject.ts';
import { type DescribedZooKeeper, zooKeeperOf } from './zooKeeperScopes.ts';

/**
 * What is explored without files: the models that are named, or those that the check is about.
 *
 * @throws UsageError when a model, bound or property is unknown or out of range.
 */
export function modelSubjects(
  { subjects, models }: ModelPlans,
  request: CheckRequest,
  wanted: readonly string[] = models,
): PlannedSubject[] {
  const known = subjects.map(({ entry }) => entry.name);
  for (const name of wanted) {
    if (!known.includes(name)) throw UsageError.unknown('model', name, known);
  }
  return ready(
    subjects.filter(({ entry }) => wanted.includes(entry.name)),
    request,
  );
}

/**
 * What is explored for a cluster: each way in which it keeps records, with the one of these models that
 * is of a topic partition, and what its metadata quorum is known to do wrong.
 *
 * @throws UsageError when a bound or property is unknown or out of range.
 */
export function clusterSubjects(
  cluster: ClusterDescription,
  request: CheckRequest,
  models: readonly ModelEntry[],
): PlannedSubject[] {
  const entry = findNamed('model', 'replication', models);
  const profiles = profilesOf(cluster);
  const subjects = profiles.map((profile): SubjectPlan => {
    const { plans, notExplored } =
      request.isFirst === true
        ? { plans: firstScopes(profile, cluster), notExplored: [] }
        : clusterScopes(profile, cluster, isBounded(request));
    return {
      entry,
      title: titleOf(profile),
      topics: profile.topics,
      notes: [...profile.notes, ...notExplored],
      plans,
    };
  });
  const zooKeeper = zooKeeperOf(cluster, profiles, request.isFirst === true);
  const controllers = zooKeeperSubjects(zooKeeper, models);
  return ready([...subjects, ...quorumSubjects(cluster, models), ...controllers], request);
}

/** The controller of a cluster with ZooKeeper. */
function zooKeeperSubjects(
  described: DescribedZooKeeper | undefined,
  models: readonly ModelEntry[],
): SubjectPlan[] {
  if (described === undefined) return [];
  return [{ entry: findNamed('model', 'zookeeper', models), topics: [], ...described }];
}

/** The metadata quorum of a cluster, where its release is known to have mistakes in it. */
function quorumSubjects(cluster: ClusterDescription, models: readonly ModelEntry[]): SubjectPlan[] {
  const quorum = quorumOf(cluster);
  const plans = quorum === undefined ? [] : quorumScopes(quorum);
  if (quorum === undefined || plans.length === 0) return [];
  const entry = findNamed('model', 'kraft', models);
  const title = `The metadata quorum: ${quorum.voters} voters, Kafka ${quorum.kafka}`;
  return [{ entry, title, topics: [], notes: quorum.notes, plans }];
}

/** Whether somebody chooses faults: then it is they who say what is explored together. */
function isBounded({ bounds = {} }: CheckRequest): boolean {
  return Object.keys(bounds).some(name => name !== 'records');
}

function titleOf({ topics, config }: Profile): string {
  const { brokers, minInsyncReplicas, uncleanLeaderElection } = config;
  const replicas = brokers === 1 ? '1 replica' : `${brokers} replicas`;
  const unclean = uncleanLeaderElection ? ', unclean election on' : '';
  return `${listed(topics)}: ${replicas}, min.insync.replicas ${minInsyncReplicas}${unclean}`;
}

/**
 * The subjects with their scopes. A bound of one model leaves the others as they are; of a model that
 * has none of the wanted properties nothing is explored. Every model is built once, so that what is
 * wrong with the request is said before any search.
 */
function ready(subjects: readonly SubjectPlan[], request: CheckRequest): PlannedSubject[] {
  const bounds = subjects.flatMap(({ entry }) => entry.bounds);
  for (const name of Object.keys(request.bounds ?? {})) findNamed('bound', name, bounds);
  const built = subjects.map(({ plans, untaken, ...head }) => {
    const subject = isWhole(request) && untaken !== undefined ? { ...head, untaken } : head;
    const wanted = plans.filter(plan => isWanted(plan, request));
    return { subject, scopes: wanted.map(plan => builtScope(subject.entry, plan, request)) };
  });
  const known = new Set(
    built.flatMap(({ scopes }) =>
      scopes.flatMap(({ asked, questions }) => [...asked, ...questions].map(({ name }) => name)),
    ),
  );
  const unknown = request.properties?.find(name => !known.has(name));
  if (unknown !== undefined) throw UsageError.unknown('property', unknown, [...known]);
  return built.flatMap(({ subject, scopes }) => {
    const asked = withoutTwins(scopes.flatMap(scope => askedScope(scope, request.properties)));
    return asked.length === 0 ? [] : [{ ...subject, scopes: asked }];
  });
}

/** Of scopes that bounds have made the same the first alone; all other things being equal. */
function withoutTwins(scopes: readonly Scope[]): readonly Scope[] {
  const seen = new Set<string>();
  return scopes.filter(({ task: { engine, request }, asked }) => {
    const names = asked.map(({ name }) => name).sort();
    const key = JSON.stringify([engine, request, names]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Whether everything is asked everywhere. */
function isWhole({ properties, bounds = {}, shard }: CheckRequest): boolean {
  return properties === undefined && shard === undefined && Object.keys(bounds).length === 0;
}

/** Whether a check with these wishes explores the scope at all. */
function isWanted({ isLong, events }: ScopePlan, { long, bounds = {} }: CheckRequest): boolean {
  if (isLong === true && long !== true) return false;
  return events === undefined || Object.keys(bounds).length === 0;
}

function isOfRuns({ task }: Pick<Scope, 'task'>): boolean {
  return task.engine.kind === 'liveness';
}

interface BuiltScope extends Scope {
  /** What can be asked besides. */
  readonly questions: readonly AskedProperty[];
}

function builtScope(entry: ModelEntry, plan: ScopePlan, request: CheckRequest): BuiltScope {
  const scope = scopeOf(entry, plan, request);
  const { properties, questions, temporal } = offeredBy(entry, scope.task.request);
  return isOfRuns(scope)
    ? { ...scope, asked: temporal, questions: [] }
    : { ...scope, asked: properties, questions };
}

interface Offered {
  readonly properties: readonly AskedProperty[];
  readonly questions: readonly AskedProperty[];
  readonly temporal: readonly AskedProperty[];
}

/** What was offered before: a main job has some hundreds of scopes, and is planned again by every call. */
const offers = new WeakMap<ModelEntry, Map<string, Offered>>();

/** What a model with these settings can be asked. */
function offeredBy(entry: ModelEntry, request: ModelRequest): Offered {
  const known = offers.get(entry) ?? new Map<string, Offered>();
  offers.set(entry, known);
  const key = JSON.stringify(request);
  const offered = known.get(key) ?? offeredAnew(entry, request);
  known.set(key, offered);
  return offered;
}

function offeredAnew(entry: ModelEntry, request: ModelRequest): Offered {
  const { properties, questions, temporal } = entry.build(request);
  return {
    properties: properties.map(askedOf),
    questions: questions.map(askedOf),
    temporal: temporal.map(askedOf),
  };
}

function askedOf({
  name,
  kind,
  notApplicable: note,
}: AnyProperty | AnyTemporalProperty): AskedProperty {
  return { name, kind, ...(note === undefined ? {} : { note }) };
}

/** The scope with those of the wanted properties that it has, or that it is for; none if it has none of them. */
function askedScope(
  { questions, ...scope }: BuiltScope,
  named: readonly string[] | undefined,
): Scope[] {
  const { asks } = scope.plan;
  const excluded = leftOut(asks);
  const wanted = named ?? (asks !== undefined && 'allBut' in asks ? undefined : asks);
  // Of a model that says nothing of what must happen there is nothing to look at.
  if (wanted === undefined && scope.asked.length === 0 && isOfRuns(scope)) return [];
  if (wanted === undefined && excluded.length === 0) return [scope];
  const offered = wanted === undefined ? scope.asked : [...scope.asked, ...questions];
  const names = (wanted ?? offered.map(({ name }) => name)).filter(
    name => !excluded.includes(name),
  );
  const asked = offered.filter(({ name }) => names.includes(name));
  if (asked.length === 0) return [];
  const properties = names.filter(name => asked.some(each => each.name === name));
  return [{ ...scope, asked, task: { ...scope.task, properties } }];
}
