import { CompiledModel } from '../../checker/core/compiledModel.ts';
import {
  defaultConfig,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../models/replication/config.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import { replicationModel } from '../../models/replication/model.ts';
import type { KafkaVersion } from '../kafka/jars.ts';
import type { Kind } from '../lockstep/check.ts';
import { startDriver } from '../lockstep/startDriver.ts';
import { BrokerCounterpart } from './broker.ts';
import { brokerExceptions } from './exceptions.ts';
import type { BrokerState } from './projection.ts';

const sources = ['Broker', 'Clock', 'Cluster', 'Immediate'];

const bounds: ReplicationBounds = {
  ...quietScope,
  records: 8,
  crashes: 4,
  powerLosses: 1,
  shutdowns: 2,
  missedHeartbeats: 3,
  preferredElections: 3,
  uncleanElections: 1,
  isrShrinks: 5,
  checkpoints: 4,
};

/** The brokers of `replication` in each setting that is compared. */
export function brokerKinds(version: KafkaVersion): readonly Kind<BrokerState>[] {
  if (version === '3.9.1') return [];
  return [kindOf(version, 'broker', {}, bounds)];
}

function kindOf(
  version: KafkaVersion,
  name: string,
  settings: Partial<ReplicationConfig>,
  scope: ReplicationBounds,
): Kind<BrokerState> {
  const config: ReplicationConfig = {
    ...defaultConfig,
    isrAnswers: true,
    acks: ['all', '1'],
    ...settings,
    kafka: version,
  };
  const drivers = ['Lines', ...sources.map(source => `broker/${source}`)];
  return {
    name,
    version,
    exceptions: brokerExceptions,
    findings: [],
    runLength: 150,
    defects: [],
    model: defects =>
      new CompiledModel(
        replicationModel(
          config,
          scope,
          replicationDefects.filter(each => defects.includes(each.name)),
        ),
      ),
    counterpart: () =>
      new BrokerCounterpart(
        startDriver(
          version,
          [...drivers, `broker/${version}/BrokerRelease`],
          'kafka.server.Cluster',
        ),
      ),
  };
}
