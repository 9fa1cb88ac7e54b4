import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import type { ScopePlan } from '../../models/description/mainJob.ts';
import type { MergedProperty } from './mergeProperties.ts';
import type { ExploredScope, Scope } from './scope.ts';

/** What a verdict table is about: a model with its defaults, or topics of a cluster. */
interface SubjectHead {
  readonly entry: ModelEntry;
  readonly title: string;
  /** The topics of a cluster that it stands for; none for the model itself. */
  readonly topics: readonly string[];
  /** What the reader must know before the verdict, one sentence each. */
  readonly notes: readonly string[];
  /** Actions and transitions that its scopes need not show; absent where less than all of them is explored. */
  readonly untaken?: readonly string[];
  /** It is made of other models: their lifecycles are seen in scopes of their own. */
  readonly isOfParts?: true;
}

/** A subject with what is to be explored of it. */
export interface SubjectPlan extends SubjectHead {
  readonly plans: readonly ScopePlan[];
}

/** A subject that is ready to be explored. */
export interface PlannedSubject extends SubjectHead {
  readonly scopes: readonly Scope[];
}

/** A subject with what came of it. */
export interface Subject extends SubjectHead {
  readonly scopes: readonly ExploredScope[];
  readonly properties: readonly MergedProperty[];
}
