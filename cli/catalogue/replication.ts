import { replicationDefects } from '../../models/defects/replication.ts';
import {
  type Acks,
  defaultConfig,
  largeScope,
  type ReplicationBounds,
  type ReplicationConfig,
  ReplicationConfigError,
  smallScope,
} from '../../models/replication/config.ts';
import { replicationModel } from '../../models/replication/model.ts';
import { replicationProperties } from '../../properties/replication.ts';
import { UsageError } from '../errors.ts';
import type { BuiltModel, ModelEntry, ModelRequest, Setting } from './modelEntry.ts';

const meanings: Readonly<Record<keyof ReplicationConfig, string>> = {
  brokers: 'replicas of the partition, each on its own broker (1 to 7)',
  minInsyncReplicas: 'min.insync.replicas',
  uncleanLeaderElection: 'unclean.leader.election.enable',
  acks: 'the acks that producers use, one or several of all, 1, 0',
  highWatermarkNeedsMinIsr: 'the high watermark waits for min.insync.replicas (since 3.7)',
  flushEveryRecord: 'every record is flushed before it is answered (flush.messages=1)',
};

const boundMeanings: Readonly<Record<keyof ReplicationBounds, string>> = {
  records: 'records that the producer sends',
  crashes: 'process crashes',
  powerLosses: 'power losses: an unflushed tail of the log is lost',
  partitions: 'times a broker is cut off from the controller, the brokers or both',
  preferredElections: 'leader changes without a fault',
  isrShrinks: 'followers found lagging',
};

/** The replication of one topic partition, for the command line. */
export const replicationEntry: ModelEntry = {
  name: 'replication',
  summary: 'one topic partition: leader, followers, ISR, high watermark, elections',
  settings: keysOf(meanings).map(name => ({
    name,
    value: defaultConfig[name],
    meaning: meanings[name],
  })),
  boundMeanings,
  smallScope: { ...smallScope },
  largeScope: { ...largeScope },
  defects: replicationDefects.map(({ name, statement, source, caughtBy, config, bounds }) => ({
    name,
    statement,
    source,
    caughtBy,
    config: { ...config },
    bounds: { ...bounds },
  })),
  build: buildReplication,
};

function buildReplication(request: ModelRequest): BuiltModel {
  const config = configOf(request.config);
  const bounds = boundsOf(request.bounds);
  const defects = request.defects.map(name => {
    const defect = replicationDefects.find(candidate => candidate.name === name);
    if (defect !== undefined) return defect;
    throw UsageError.unknown(
      'defect',
      name,
      replicationDefects.map(known => known.name),
    );
  });
  try {
    const model = replicationModel(config, bounds, defects);
    return { model, properties: replicationProperties(config, bounds) };
  } catch (error) {
    if (error instanceof ReplicationConfigError) throw new UsageError(error.message);
    throw error;
  }
}

function configOf(given: Readonly<Record<string, Setting>>): ReplicationConfig {
  rejectUnknown('setting', given, keysOf(meanings));
  const settings = new Map(Object.entries(given));
  const numberOf = (name: 'brokers' | 'minInsyncReplicas'): number => {
    const value = settings.get(name) ?? defaultConfig[name];
    if (typeof value === 'number') return value;
    throw new UsageError(`${name}: expected a whole number, found ${String(value)}`);
  };
  const flagOf = (
    name: 'uncleanLeaderElection' | 'highWatermarkNeedsMinIsr' | 'flushEveryRecord',
  ): boolean => {
    const value = settings.get(name) ?? defaultConfig[name];
    if (typeof value === 'boolean') return value;
    throw new UsageError(`${name}: expected true or false, found ${String(value)}`);
  };
  return {
    brokers: numberOf('brokers'),
    minInsyncReplicas: numberOf('minInsyncReplicas'),
    uncleanLeaderElection: flagOf('uncleanLeaderElection'),
    acks: acksOf(settings.get('acks') ?? defaultConfig.acks),
    highWatermarkNeedsMinIsr: flagOf('highWatermarkNeedsMinIsr'),
    flushEveryRecord: flagOf('flushEveryRecord'),
  };
}

const knownAcks: readonly Acks[] = ['all', '1', '0'];

function acksOf(value: Setting): readonly Acks[] {
  const given = Array.isArray(value) ? value : String(value).split(',');
  return given.map(text => {
    const acks = knownAcks.find(known => known === String(text).trim());
    if (acks === undefined)
      throw new UsageError(`acks: expected all, 1 or 0, found ${String(text)}`);
    return acks;
  });
}

function boundsOf(given: Readonly<Record<string, number>>): ReplicationBounds {
  rejectUnknown('bound', given, keysOf(boundMeanings));
  return { ...smallScope, ...given };
}

function rejectUnknown(kind: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find(name => !known.includes(name));
  if (unknown !== undefined) throw UsageError.unknown(kind, unknown, known);
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  // The keys of these literal tables are exactly those that their types list.
  return Object.keys(record) as Key[];
}
