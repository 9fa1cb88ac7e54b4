import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { catalogue } from '../../catalogue/models.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { AnyTemporalProperty } from '../../checker/model/temporal.ts';
import type { CheckOptions } from '../../cli/check/options.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { clusterScopes } from './clusterScopes.ts';
import { listed } from './listed.ts';
import { mainSubjects } from './mainScopes.ts';
import { type Profile, profilesOf } from './profiles.ts';
import { type AskedProperty, type Scope, type ScopePlan, scopeOf } from './scope.ts';
import type { PlannedSubject, SubjectPlan } from './subject.ts';

/**
 * What is explored without files: each model as it is, or those that the user names.
 *
 * @throws UsageError when a model, bound or property is unknown or out of range.
 */
export function modelSubjects(
  options: CheckOptions,
  subjects: readonly SubjectPlan[] = mainSubjects,
  models: readonly ModelEntry[] = catalogue,
): PlannedSubject[] {
  const known = subjects.map(({ model }) => model);
  const wanted = options.model ?? known;
  for (const name of wanted) {
    if (!known.includes(name)) throw UsageError.unknown('model', name, known);
  }
  return ready(
    subjects.filter(({ model }) => wanted.includes(model)),
    options,
    models,
  );
}

/**
 * What is explored for a cluster: each way in which it keeps records.
 *
 * @throws UsageError when a bound or property is unknown or out of range.
 */
export function clusterSubjects(
  cluster: ClusterDescription,
  options: CheckOptions,
): PlannedSubject[] {
  const subjects = profilesOf(cluster).map((profile): SubjectPlan => {
    const { plans, notExplored } = clusterScopes(profile, cluster);
    return {
      model: 'replication',
      title: titleOf(profile),
      topics: profile.topics,
      notes: [...profile.notes, ...notExplored],
      plans,
    };
  });
  return ready(subjects, options, catalogue);
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
 * wrong with the options is said before any search.
 */
function ready(
  subjects: readonly SubjectPlan[],
  options: CheckOptions,
  models: readonly ModelEntry[],
): PlannedSubject[] {
  const entries = subjects.map(({ model }) => findNamed('model', model, models));
  const bounds = entries.flatMap(entry => entry.bounds);
  for (const { name } of options.bound ?? []) findNamed('bound', name, bounds);
  const built = subjects.map(({ plans, ...subject }) => {
    const scopes = plans.map(plan =>
      builtScope(findNamed('model', plan.model, models), plan, options),
    );
    return { subject, scopes };
  });
  const known = new Set(
    built.flatMap(({ scopes }) =>
      scopes.flatMap(({ asked, questions }) => [...asked, ...questions].map(({ name }) => name)),
    ),
  );
  const unknown = options.property?.find(name => !known.has(name));
  if (unknown !== undefined) throw UsageError.unknown('property', unknown, [...known]);
  return built.flatMap(({ subject, scopes }) => {
    const asked = scopes.flatMap(scope => askedScope(scope, options.property));
    return asked.length === 0 ? [] : [{ ...subject, scopes: asked }];
  });
}

function isOfRuns({ task }: Pick<Scope, 'task'>): boolean {
  return task.engine.kind === 'liveness';
}

interface BuiltScope extends Scope {
  /** What can be asked besides. */
  readonly questions: readonly AskedProperty[];
}

function builtScope(entry: ModelEntry, plan: ScopePlan, options: CheckOptions): BuiltScope {
  const scope = scopeOf(entry, plan, options);
  const { properties, questions, temporal } = entry.build(scope.task.request);
  const isTemporal = isOfRuns(scope);
  return {
    ...scope,
    asked: (isTemporal ? temporal : properties).map(askedOf),
    questions: isTemporal ? [] : questions.map(askedOf),
  };
}

function askedOf({
  name,
  kind,
  notApplicable: note,
}: AnyProperty | AnyTemporalProperty): AskedProperty {
  return { name, kind, ...(note === undefined ? {} : { note }) };
}

/** The scope with those of the wanted properties that it has; none if it has none of them. */
function askedScope(
  { questions, ...scope }: BuiltScope,
  wanted: readonly string[] | undefined,
): Scope[] {
  // Of a model that says nothing of what must happen there is nothing to look at.
  if (wanted === undefined) return scope.asked.length === 0 && isOfRuns(scope) ? [] : [scope];
  const asked = [...scope.asked, ...questions].filter(({ name }) => wanted.includes(name));
  if (asked.length === 0) return [];
  const properties = wanted.filter(name => asked.some(each => each.name === name));
  return [{ ...scope, asked, task: { ...scope.task, properties } }];
}
