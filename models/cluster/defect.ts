import type { KraftRules } from '../kraft/rules.ts';
import type { ReplicationRules } from '../replication/rules.ts';
import type { ClusterBounds, ClusterConfig } from './config.ts';

/** A deliberate weakening of one rule of one of the two levels, to see that a property notices. */
export interface ClusterDefect {
  /** kebab-case, as `--defect` and traces name it. */
  readonly name: string;
  /** What is wrong, in one sentence. */
  readonly statement: string;
  /** KIP, JIRA issue or paper. */
  readonly source: string;
  /** The property that must notice, by its name in the cluster. */
  readonly caughtBy: string;
  /** The rules of the metadata quorum that it weakens. */
  readonly quorum?: Partial<KraftRules>;
  /** The rules of the partition that it weakens. */
  readonly partition?: Partial<ReplicationRules>;
  /** A scope in which it is noticed, where the quiet scope is not enough. */
  readonly config?: Partial<ClusterConfig>;
  readonly bounds?: Partial<ClusterBounds>;
  /** Where another rule hides the defect: how, and the defect that removes that rule. */
  readonly masked?: { readonly because: string; readonly unmaskedBy: string };
}
