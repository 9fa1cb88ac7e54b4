import type {
  Invariant,
  PropertyScope,
  Sometimes,
  StepProperty,
} from '../../checker/model/property.ts';
import type { ClusterBounds, ClusterConfig } from '../../models/cluster/config.ts';
import { type Hosts, hostsOf } from '../../models/cluster/nodes.ts';
import type { GhostFields, ProtocolFields } from '../../models/cluster/schema.ts';

/** What a property of the cluster model may look at. */
export type ClusterScope = PropertyScope<ProtocolFields, GhostFields>;
export type ClusterInvariant = Invariant<ProtocolFields, GhostFields>;
export type ClusterStepProperty = StepProperty<ProtocolFields, GhostFields>;
export type ClusterGoal = Sometimes<ProtocolFields, GhostFields>;

/** What a scope is, as far as the properties of the composition depend on it. */
export interface ClusterFacts {
  readonly hosts: Hosts;
  readonly config: ClusterConfig;
  readonly bounds: ClusterBounds;
}

/** The facts of a scope. */
export function clusterFactsOf(config: ClusterConfig, bounds: ClusterBounds): ClusterFacts {
  return { hosts: hostsOf(config), config, bounds };
}
