import type { TypedSpecification } from '../checker/model/extendModel.ts';
import { propertiesOf } from '../checker/model/propertiesOf.ts';
import type { NodeType } from '../checker/state/nodeType.ts';
import { ruleChanges } from '../models/description/ruleChanges.ts';
import {
  defaultConfig,
  type KraftBounds,
  type KraftConfig,
  KraftConfigError,
  largeScope,
  livenessScope,
  quietScope,
  smallScope,
} from '../models/kraft/config.ts';
import { everyKraftDefect } from '../models/kraft/defects.ts';
import { kraftMainJob } from '../models/kraft/mainJob.ts';
import { kraftModel } from '../models/kraft/model.ts';
import type { KraftRecorders } from '../models/kraft/recorders.ts';
import { kraftRuleTable } from '../models/kraft/releaseRules.ts';
import type { KraftDefect } from '../models/kraft/rules.ts';
import type { GhostFields, KraftSchema, ProtocolFields } from '../models/kraft/schema.ts';
import { quorumTiming } from '../models/kraft/timing/timing.ts';
import { boundWords, settingWords } from '../models/kraft/words.ts';
import { kraftQuestions } from '../properties/kraft/questions.ts';
import { kraftProperties, kraftTemporal } from '../properties/kraft.ts';
import { describedModel } from './describedModel.ts';
import type { SpecificationOptions } from './descriptor.ts';

/** What is asked for of the metadata quorum; what is left out is as by default. */
export type KraftOptions = SpecificationOptions<KraftConfig, KraftBounds>;

/** The metadata quorum, with its properties and the types to extend it. */
export interface KraftSpecification
  extends TypedSpecification<ProtocolFields, GhostFields, keyof KraftBounds, KraftRecorders> {
  /** The nodes of the quorum: the initial voters first, then the observers. */
  readonly node: NodeType<'node'>;
}

/** The metadata quorum. */
export const kraftDescribed = describedModel<
  KraftConfig,
  KraftBounds,
  KraftDefect,
  KraftSpecification
>({
  name: 'kraft',
  summary: 'the metadata quorum: elections, replication of the metadata log, voter changes',
  page: 'docs/kraft.md',
  defaultConfig,
  settings: settingWords,
  headline: ['voters', 'kafka'],
  bounds: boundWords,
  ruleChanges: ruleChanges(kraftRuleTable),
  quietScope,
  smallScope,
  largeScope,
  livenessScope,
  mainJob: kraftMainJob,
  defects: everyKraftDefect,
  ConfigError: KraftConfigError,
  model: kraftModel,
  properties: kraftProperties,
  questions: kraftQuestions,
  temporal: kraftTemporal,
  timing: quorumTiming,
});

/**
 * The metadata quorum and everything that must hold of it.
 *
 * @throws KraftConfigError when a setting or bound is out of range, or a defect is unknown.
 */
export function kraft(options?: KraftOptions): KraftSpecification {
  return kraftDescribed.specify(options);
}

/** Builders for further properties of the metadata quorum. */
export const { invariant, stepProperty, sometimes } = propertiesOf<
  ProtocolFields,
  GhostFields,
  KraftSchema['budget']['fields']
>();
