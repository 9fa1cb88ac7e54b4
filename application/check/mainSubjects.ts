import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { claimsOf } from '../../checker/model/specification.ts';
import type { ScopePlan } from '../../models/description/mainJob.ts';
import type { Project } from '../project/project.ts';
import type { MergedProperty } from './mergeProperties.ts';
import type { Subject, SubjectPlan } from './subject.ts';

/** Where a search for every state of somebody's model gives up, as inconclusive. */
const MOST_STATES = 1_000_000;

/** What `check` explores without files, and the models of it that it is about unless others are named. */
export interface ModelPlans {
  readonly subjects: readonly SubjectPlan[];
  readonly models: readonly string[];
}

/**
 * Without a configuration file, each model of ours in the scopes of its main job; with one, the models
 * that it brings or extends, and ours only where they are asked for.
 */
export function plansFor({ models, own }: Pick<Project, 'models' | 'own'>): ModelPlans {
  const mine = models.filter(({ name }) => own.includes(name)).map(subjectOf);
  const ours = models.filter(({ name }) => !own.includes(name)).flatMap(mainSubjectOf);
  const names = (mine.length > 0 ? mine : ours).map(({ entry }) => entry.name);
  return { subjects: [...mine, ...ours], models: names };
}

/** What `check` explores of a model of ours, if it does. */
function mainSubjectOf(entry: ModelEntry): SubjectPlan[] {
  if (entry.mainJob === undefined) return [];
  return [{ entry, topics: [], notes: [], untaken: [], ...entry.mainJob }];
}

/**
 * Every state of its small scope, and random runs in the large one, which may be the same; the same of
 * what must happen at some time.
 */
function subjectOf(entry: ModelEntry): SubjectPlan {
  const { name, summary, scopes = [] } = entry;
  const all = [{ name: '', config: {} }, ...scopes];
  return {
    entry,
    title: `${name}: ${summary}`,
    topics: [],
    notes: [],
    plans: all.flatMap(scope => plansOf(entry, scope)),
  };
}

/** The plans of one scope, by its settings. */
function plansOf(
  { smallScope, largeScope, livenessScope, isCoverable }: ModelEntry,
  scope: { readonly name: string; readonly config: ScopePlan['config'] },
): ScopePlan[] {
  const planOf = (
    name: string,
    bounds: ScopePlan['bounds'],
    engine: ScopePlan['engine'],
  ): ScopePlan => {
    const called = scope.name === '' ? name : `${scope.name}, ${name}`;
    return { name: called, config: scope.config, bounds, engine };
  };
  const everyState = planOf('every state', smallScope, 'exhaustive');
  const random = planOf('at random', largeScope, 'simulate');
  const fairRuns = planOf('every fair run', livenessScope, 'liveness');
  const settling = planOf('settling', largeScope, 'settle');
  return [
    ...(isCoverable ? [{ ...everyState, maxStates: MOST_STATES }] : []),
    random,
    fairRuns,
    // Where both are of one scope, all of it or as much as random runs show is seen by the first.
    ...(livenessScope === largeScope ? [] : [settling]),
  ];
}

/**
 * What need not be put to the test although nothing may be left out: the properties that an extended
 * model of ours has without its extension. It takes more scopes than these to exercise them all.
 */
export function excusedProperties(
  subjects: readonly Subject[],
  { builtIn, own }: Pick<Project, 'builtIn' | 'own'>,
): readonly MergedProperty[] {
  return subjects.flatMap(({ entry: { name }, properties }) => {
    const original = own.includes(name) && builtIn.find(each => each.name === name);
    if (!original) return [];
    const scope = { config: {}, bounds: original.smallScope, defects: [] };
    const names = claimsOf(original.build(scope)).map(claim => claim.name);
    return properties.filter(property => names.includes(property.name));
  });
}
