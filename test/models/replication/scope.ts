import type { AnyModel } from '../../../checker/model/model.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import {
  defaultConfig,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../../models/replication/config.ts';
import { replicationModel } from '../../../models/replication/model.ts';
import type { ReplicationDefect } from '../../../models/replication/rules.ts';
import { replicationProperties } from '../../../properties/replication.ts';

/**
 * What a test changes of the default configuration, in the newest release without its known mistakes, and
 * what happens in its scope.
 */
export interface Scope {
  readonly config?: Partial<ReplicationConfig>;
  /** Everything that is not named does not happen, apart from one record. */
  readonly bounds?: Partial<ReplicationBounds>;
  readonly defects?: readonly ReplicationDefect[];
}

/** The model of a scope with its properties. */
export function replicationIn(scope: Scope): {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
} {
  const config = { ...defaultConfig, kafka: 'current', ...scope.config };
  const bounds = { ...quietScope, ...scope.bounds };
  return {
    model: replicationModel(config, bounds, scope.defects),
    properties: replicationProperties(config, bounds),
  };
}
