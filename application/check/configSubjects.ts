import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { claimsOf } from '../../checker/model/specification.ts';
import type { Configuration } from '../project/configuration.ts';
import { mainSubjects } from './mainScopes.ts';
import type { MergedProperty } from './mergeProperties.ts';
import type { ScopePlan } from './scope.ts';
import type { Subject, SubjectPlan } from './subject.ts';

/** Where a search for every state of somebody's model gives up, as inconclusive. */
const MOST_STATES = 1_000_000;

/** What `check` explores without files, and the models of it that it is about unless others are named. */
export interface ModelPlans {
  readonly subjects: readonly SubjectPlan[];
  readonly models: readonly string[];
}

/**
 * Without a configuration file, each model of ours in its scopes; with one, the models that it brings
 * or extends, and ours only where they are asked for.
 */
export function plansFor({ models, own }: Configuration): ModelPlans {
  const mine = models.filter(({ name }) => own.includes(name)).map(subjectOf);
  const ours = mainSubjects.filter(({ model }) => !own.includes(model));
  const subjects = [...mine, ...ours];
  return { subjects, models: (mine.length > 0 ? mine : ours).map(({ model }) => model) };
}

/**
 * Every state of its small scope, and random runs in the large one, which may be the same; the same of
 * what must happen at some time.
 */
function subjectOf(entry: ModelEntry): SubjectPlan {
  const { name: model, summary, smallScope, largeScope } = entry;
  const common = { model, config: {} };
  const everyState: ScopePlan = {
    ...common,
    name: 'every state',
    bounds: smallScope,
    engine: 'exhaustive',
    maxStates: MOST_STATES,
  };
  const random: ScopePlan = {
    ...common,
    name: 'at random',
    bounds: largeScope,
    engine: 'simulate',
  };
  const fairRuns: ScopePlan = {
    ...common,
    name: 'every fair run',
    bounds: entry.livenessScope,
    engine: 'liveness',
  };
  const settling: ScopePlan = {
    ...common,
    name: 'settling',
    bounds: entry.largeScope,
    engine: 'settle',
  };
  // Where both are of one scope, all of it or as much as random runs show is seen by the first.
  const ofRuns = entry.livenessScope === entry.largeScope ? [fairRuns] : [fairRuns, settling];
  const plans = neverCovered.has(model) ? [random] : [everyState, random];
  return {
    model,
    title: `${model}: ${summary}`,
    topics: [],
    notes: [],
    plans: [...plans, ...ofRuns],
  };
}

/** Of the controllers and brokers together not even the small scope can be covered. */
const neverCovered = new Set(['cluster']);

/**
 * What need not be put to the test although nothing may be left out: the properties that an extended
 * model of ours has without its extension. It takes more scopes than these to exercise them all.
 */
export function excusedProperties(
  subjects: readonly Subject[],
  { own }: Configuration,
): readonly MergedProperty[] {
  return subjects.flatMap(({ model, properties }) => {
    const entry = builtInModels.find(({ name }) => name === model && own.includes(name));
    if (entry === undefined) return [];
    const original = entry.build({ config: {}, bounds: entry.smallScope, defects: [] });
    const names = claimsOf(original).map(({ name }) => name);
    return properties.filter(({ name }) => names.includes(name));
  });
}
