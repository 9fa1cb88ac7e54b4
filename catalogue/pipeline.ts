import type { TypedSpecification } from '../checker/model/extendModel.ts';
import {
  defaultConfig,
  largeScope,
  type PipelineBounds,
  type PipelineConfig,
  PipelineConfigError,
  quietScope,
  smallScope,
} from '../models/pipeline/config.ts';
import type { PipelineDefect } from '../models/pipeline/defect.ts';
import { pipelineDefects } from '../models/pipeline/defects.ts';
import { pipelineMainJob } from '../models/pipeline/mainJob.ts';
import { pipelineModel } from '../models/pipeline/model.ts';
import type { PipelineRecorders } from '../models/pipeline/recorders.ts';
import type { GhostFields, ProtocolFields } from '../models/pipeline/schema.ts';
import { boundWords, settingWords } from '../models/pipeline/words.ts';
import { pipelineProperties } from '../properties/pipeline.ts';
import { describedModel } from './describedModel.ts';

/** A pipeline, with its properties and the types to extend it. */
export type PipelineSpecification = TypedSpecification<
  ProtocolFields,
  GhostFields,
  keyof PipelineBounds,
  PipelineRecorders
>;

/** A topic, a group that processes it in transactions, and what it writes. */
export const pipelineDescribed = describedModel<
  PipelineConfig,
  PipelineBounds,
  PipelineDefect,
  PipelineSpecification
>({
  name: 'pipeline',
  summary:
    'a producer, a group that processes its topic in transactions, and a reader, over the same brokers',
  page: 'docs/pipeline.md',
  defaultConfig,
  settings: settingWords,
  headline: ['protocol', 'transactionVersion', 'kafka'],
  bounds: boundWords,
  quietScope,
  smallScope,
  largeScope,
  mainJob: pipelineMainJob,
  // They are found and recorded where they are smallest, in the model of the part.
  defects: [],
  furtherDefects: pipelineDefects,
  ConfigError: PipelineConfigError,
  model: pipelineModel,
  properties: pipelineProperties,
});
