import type { AnyModel } from '../../../checker/model/model.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import {
  type ClientsBounds,
  type ClientsConfig,
  defaultConfig,
  quietScope,
} from '../../../models/clients/config.ts';
import { clientsModel } from '../../../models/clients/model.ts';
import type { ClientsDefect } from '../../../models/clients/rules.ts';
import { clientsProperties, clientsQuestions } from '../../../properties/clients.ts';

/** What a test changes of the default configuration, and what happens in its scope. */
export interface Scope {
  readonly config?: Partial<ClientsConfig>;
  /** Everything that is not named does not happen, apart from one record. */
  readonly bounds?: Partial<ClientsBounds>;
  readonly defects?: readonly ClientsDefect[];
}

/** The model of a scope with its properties and questions. */
export function clientsIn({ config: changed, bounds: allowed, defects }: Scope): {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
  readonly questions: readonly AnyProperty[];
} {
  const config = { ...defaultConfig, ...changed };
  const bounds = { ...quietScope, ...allowed };
  return {
    model: clientsModel(config, bounds, defects),
    properties: clientsProperties(config, bounds),
    questions: clientsQuestions(config),
  };
}
