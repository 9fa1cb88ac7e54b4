import type { AnyModel } from '../../../checker/model/model.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import {
  defaultConfig,
  quietScope,
  type ZooKeeperBounds,
  type ZooKeeperConfig,
} from '../../../models/zookeeper/config.ts';
import { zooKeeperModel } from '../../../models/zookeeper/model.ts';
import type { ZooKeeperDefect } from '../../../models/zookeeper/rules.ts';
import { zooKeeperProperties } from '../../../properties/zookeeper.ts';

/** What a test changes of the default configuration, and what happens in its scope. */
export interface Scope {
  readonly config?: Partial<ZooKeeperConfig>;
  /** Everything that is not named does not happen, apart from one record. */
  readonly bounds?: Partial<ZooKeeperBounds>;
  readonly defects?: readonly ZooKeeperDefect[];
}

/** The model of a scope with its properties. */
export function zooKeeperIn({ config: changed, bounds: allowed, defects }: Scope): {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
} {
  const config = { ...defaultConfig, ...changed };
  const bounds = { ...quietScope, ...allowed };
  return {
    model: zooKeeperModel(config, bounds, defects),
    properties: zooKeeperProperties(config, bounds),
  };
}
