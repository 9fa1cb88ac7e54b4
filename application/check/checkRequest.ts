import type { Bounds } from '../../checker/model/model.ts';
import type { RandomRuns } from '../tasks/randomEngine.ts';
import type { Limits } from '../tasks/task.ts';

/** What is asked of a check, of the models or of a cluster. */
export interface CheckRequest extends RandomRuns {
  /** Only these properties; all if absent. */
  readonly properties?: readonly string[] | undefined;
  /** Changed in every scope that has them. */
  readonly bounds?: Bounds | undefined;
  /** Whether the scopes that take too long for every change are explored as well. */
  readonly long?: boolean | undefined;
  /**
   * Of a cluster only what its first answer takes: what one failure costs the records of each class of topics.
   * Everything if absent.
   */
  readonly isFirst?: boolean | undefined;
  /** Whether states that differ by renaming nodes count as one, where every state is explored. */
  readonly symmetry: boolean;
  /** For each scope; those that are explored at the same time share the memory. */
  readonly limits: Limits;
  /** Scopes that are explored at the same time. */
  readonly jobs: number;
}
