import type { TypedSpecification } from '../checker/model/extendModel.ts';
import type { NodeType } from '../checker/state/nodeType.ts';
import { ruleChanges } from '../models/description/ruleChanges.ts';
import {
  defaultConfig,
  largeScope,
  livenessScope,
  quietScope,
  smallScope,
  type ZooKeeperBounds,
  type ZooKeeperConfig,
  ZooKeeperConfigError,
} from '../models/zookeeper/config.ts';
import { zooKeeperDefects } from '../models/zookeeper/defects.ts';
import { zooKeeperMainJob } from '../models/zookeeper/mainJob.ts';
import { zooKeeperModel } from '../models/zookeeper/model.ts';
import type { ZooKeeperRecorders } from '../models/zookeeper/recorders.ts';
import { zooKeeperRuleTable } from '../models/zookeeper/releaseRules.ts';
import type { ZooKeeperDefect } from '../models/zookeeper/rules.ts';
import type { GhostFields, ProtocolFields } from '../models/zookeeper/schema.ts';
import { zooKeeperTiming } from '../models/zookeeper/timing/timing.ts';
import { boundWords, settingWords } from '../models/zookeeper/words.ts';
import { zooKeeperProperties, zooKeeperTemporal } from '../properties/zookeeper.ts';
import { describedModel } from './describedModel.ts';

/** Brokers with ZooKeeper, with their properties and the types to extend them. */
export interface ZooKeeperSpecification
  extends TypedSpecification<
    ProtocolFields,
    GhostFields,
    keyof ZooKeeperBounds,
    ZooKeeperRecorders
  > {
  readonly broker: NodeType<'broker'>;
}

/** Brokers that are controlled through ZooKeeper. */
export const zooKeeperDescribed = describedModel<
  ZooKeeperConfig,
  ZooKeeperBounds,
  ZooKeeperDefect,
  ZooKeeperSpecification
>({
  name: 'zookeeper',
  summary:
    'brokers that are controlled through ZooKeeper: a controller by an ephemeral znode, which tells each what it is',
  page: 'docs/zookeeper.md',
  defaultConfig,
  settings: settingWords,
  headline: ['brokers', 'kafka', 'minInsyncReplicas'],
  bounds: boundWords,
  ruleChanges: ruleChanges(zooKeeperRuleTable),
  quietScope,
  smallScope,
  largeScope,
  livenessScope,
  mainJob: zooKeeperMainJob,
  defects: zooKeeperDefects,
  ConfigError: ZooKeeperConfigError,
  model: zooKeeperModel,
  properties: zooKeeperProperties,
  temporal: zooKeeperTemporal,
  timing: zooKeeperTiming,
});
