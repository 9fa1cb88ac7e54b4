import type { AnyModel } from '../../../checker/model/model.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import {
  defaultConfig,
  type GroupsBounds,
  type GroupsConfig,
  quietScope,
} from '../../../models/groups/config.ts';
import { groupsModel } from '../../../models/groups/model.ts';
import type { GroupsDefect } from '../../../models/groups/rules.ts';
import { groupsProperties, groupsQuestions } from '../../../properties/groups.ts';

/** What a test changes of the default configuration, and what happens in its scope. */
export interface Scope {
  readonly config?: Partial<GroupsConfig>;
  /** Everything that is not named does not happen, apart from one record in each partition. */
  readonly bounds?: Partial<GroupsBounds>;
  readonly defects?: readonly GroupsDefect[];
}

/** The model of a scope with its properties and questions. */
export function groupsIn({ config: changed, bounds: allowed, defects }: Scope): {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
  readonly questions: readonly AnyProperty[];
} {
  const config = { ...defaultConfig, ...changed };
  const bounds = { ...quietScope, ...allowed };
  return {
    model: groupsModel(config, bounds, defects),
    properties: groupsProperties(config, bounds),
    questions: groupsQuestions(config),
  };
}
