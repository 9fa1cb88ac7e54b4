import type { TypedSpecification } from '../checker/model/extendModel.ts';
import type { NodeType } from '../checker/state/nodeType.ts';
import { ruleChanges } from '../models/description/ruleChanges.ts';
import {
  defaultConfig,
  type GroupsBounds,
  type GroupsConfig,
  GroupsConfigError,
  largeScope,
  livenessScope,
  quietScope,
  smallScope,
} from '../models/groups/config.ts';
import { groupsDefects } from '../models/groups/defects.ts';
import { groupsMainJob } from '../models/groups/mainJob.ts';
import { groupsModel } from '../models/groups/model.ts';
import type { GroupsRecorders } from '../models/groups/recorders.ts';
import { groupsRuleTable } from '../models/groups/releaseRules.ts';
import type { GroupsDefect } from '../models/groups/rules.ts';
import type { GhostFields, ProtocolFields } from '../models/groups/schema.ts';
import { boundWords, settingWords } from '../models/groups/words.ts';
import { groupsProperties, groupsQuestions, groupsTemporal } from '../properties/groups.ts';
import { describedModel } from './describedModel.ts';

/** A group, with its properties and the types to extend it. */
export interface GroupsSpecification
  extends TypedSpecification<ProtocolFields, GhostFields, keyof GroupsBounds, GroupsRecorders> {
  readonly broker: NodeType<'broker'>;
  readonly member: NodeType<'member'>;
  readonly partition: NodeType<'partition'>;
}

/** A group of consumers and its coordinator. */
export const groupsDescribed = describedModel<
  GroupsConfig,
  GroupsBounds,
  GroupsDefect,
  GroupsSpecification
>({
  name: 'groups',
  summary: 'a consumer group and its coordinator: who owns which partition, and where it goes on',
  page: 'docs/groups.md',
  defaultConfig,
  settings: settingWords,
  headline: ['protocol', 'commit', 'kafka'],
  bounds: boundWords,
  ruleChanges: ruleChanges(groupsRuleTable),
  quietScope,
  smallScope,
  largeScope,
  livenessScope,
  mainJob: groupsMainJob,
  defects: groupsDefects,
  ConfigError: GroupsConfigError,
  model: groupsModel,
  properties: groupsProperties,
  questions: groupsQuestions,
  temporal: groupsTemporal,
});
