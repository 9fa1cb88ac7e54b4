import type { Project } from '../project/project.ts';
import type { TimeBudget } from '../tasks/timeBudget.ts';
import type { CheckPlan } from './check.ts';
import type { CheckRequest } from './checkRequest.ts';
import { type CorpusFolder, corpusOf, replayCorpus } from './corpus.ts';
import { plansFor } from './mainSubjects.ts';
import { modelSubjects } from './plannedSubject.ts';

/** The models and the corpus that a check is about. */
export interface ModelsAsked {
  /** Only these models; all of the main job if absent. */
  readonly models?: readonly string[] | undefined;
  /** The corpus; that of the project if absent; nothing is replayed if null. */
  readonly corpus?: CorpusFolder | null | undefined;
}

/**
 * Replays the corpus and says what is to be explored of the models.
 *
 * @throws UsageError when something asked for is unknown or cannot be read.
 */
export function planModels(
  { models, corpus }: ModelsAsked,
  request: CheckRequest,
  project: Project,
  budget: TimeBudget,
): CheckPlan {
  const planned = modelSubjects(plansFor(project), request, models);
  if (corpus === null) return { planned, corpus: [] };
  return { planned, ...replayCorpus(corpus ?? corpusOf(project), project, budget) };
}
