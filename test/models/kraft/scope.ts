import type { AnyModel } from '../../../checker/model/model.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import {
  defaultConfig,
  type KraftBounds,
  type KraftConfig,
  quietScope,
} from '../../../models/kraft/config.ts';
import { kraftModel } from '../../../models/kraft/model.ts';
import type { KraftDefect } from '../../../models/kraft/rules.ts';
import { kraftProperties } from '../../../properties/kraft.ts';

/** What a test changes of the default configuration, and what happens in its scope. */
export interface Scope {
  readonly config?: Partial<KraftConfig>;
  /** Everything that is not named does not happen, apart from one election. */
  readonly bounds?: Partial<KraftBounds>;
  readonly defects?: readonly KraftDefect[];
}

/** The model of a scope with its properties. */
export function kraftIn({ config: changed, bounds: allowed, defects }: Scope): {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
} {
  const config = { ...defaultConfig, ...changed };
  const bounds = { ...quietScope, ...allowed };
  return {
    model: kraftModel(config, bounds, defects),
    properties: kraftProperties(config, bounds),
  };
}
