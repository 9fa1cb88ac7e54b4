import type { MergedProperty } from './mergeProperties.ts';
import type { ExploredScope } from './scope.ts';

/** What a verdict table is about: the model with Kafka's defaults, or topics of a cluster. */
export interface Subject {
  readonly title: string;
  /** The topics of a cluster that it stands for; none for the model itself. */
  readonly topics: readonly string[];
  /** What the reader must know before the verdict, one sentence each. */
  readonly notes: readonly string[];
  readonly scopes: readonly ExploredScope[];
  readonly properties: readonly MergedProperty[];
}
