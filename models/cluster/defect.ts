import type { ModelDefect } from '../description/defect.ts';
import type { KraftRules } from '../kraft/rules.ts';
import type { ReplicationRules } from '../replication/rules.ts';
import type { ClusterBounds, ClusterConfig } from './config.ts';

/** A deliberate weakening of one rule of one of the two levels, to see that a property notices. */
export interface ClusterDefect extends ModelDefect<ClusterConfig, ClusterBounds> {
  /** The rules of the metadata quorum that it weakens. */
  readonly quorum?: Partial<KraftRules>;
  /** The rules of the partition that it weakens. */
  readonly partition?: Partial<ReplicationRules>;
}
