import type { TypedSpecification } from '../checker/model/extendModel.ts';
import type { NodeType } from '../checker/state/nodeType.ts';
import {
  type ClientsBounds,
  type ClientsConfig,
  ClientsConfigError,
  defaultConfig,
  largeScope,
  livenessScope,
  quietScope,
  smallScope,
} from '../models/clients/config.ts';
import { clientsDefects } from '../models/clients/defects.ts';
import { clientsMainJob } from '../models/clients/mainJob.ts';
import { clientsModel } from '../models/clients/model.ts';
import type { ClientsRecorders } from '../models/clients/recorders.ts';
import { clientsRuleTable } from '../models/clients/releaseRules.ts';
import type { ClientsDefect } from '../models/clients/rules.ts';
import type { GhostFields, ProtocolFields } from '../models/clients/schema.ts';
import { boundWords, settingWords } from '../models/clients/words.ts';
import { ruleChanges } from '../models/description/ruleChanges.ts';
import { clientsProperties, clientsQuestions } from '../properties/clients.ts';
import { describedModel } from './describedModel.ts';

/** Clients, with their properties and the types to extend them. */
export interface ClientsSpecification
  extends TypedSpecification<ProtocolFields, GhostFields, keyof ClientsBounds, ClientsRecorders> {
  readonly broker: NodeType<'broker'>;
  readonly partition: NodeType<'partition'>;
  readonly producer: NodeType<'producer'>;
  readonly consumer: NodeType<'consumer'>;
}

/** Clients of a topic. */
export const clientsDescribed = describedModel<
  ClientsConfig,
  ClientsBounds,
  ClientsDefect,
  ClientsSpecification
>({
  name: 'clients',
  summary: 'producers and a consumer of a topic: what an application can lose, repeat or reorder',
  page: 'docs/clients.md',
  defaultConfig,
  settings: settingWords,
  headline: ['acks', 'idempotence', 'maxInFlight', 'kafka'],
  bounds: boundWords,
  ruleChanges: ruleChanges(clientsRuleTable),
  quietScope,
  smallScope,
  largeScope,
  livenessScope,
  mainJob: clientsMainJob,
  defects: clientsDefects,
  ConfigError: ClientsConfigError,
  model: clientsModel,
  properties: clientsProperties,
  questions: clientsQuestions,
});
