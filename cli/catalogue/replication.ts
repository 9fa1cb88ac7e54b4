import { replicationDefects } from '../../models/defects/replication.ts';
import {
  type Acks,
  defaultConfig,
  largeScope,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
  ReplicationConfigError,
  smallScope,
} from '../../models/replication/config.ts';
import { type Generation, generations } from '../../models/replication/generation.ts';
import { replicationModel } from '../../models/replication/model.ts';
import { replicationQuestions } from '../../properties/replication/questions.ts';
import { replicationProperties } from '../../properties/replication.ts';
import { UsageError } from '../errors.ts';
import type { BuiltModel, ModelEntry, ModelRequest, Setting } from './modelEntry.ts';

const meanings: Readonly<Record<keyof ReplicationConfig, string>> = {
  brokers: 'replicas of the partition, each on its own broker (1 to 7)',
  spareBrokers: 'further brokers, without a replica until a reassignment',
  generation: `the protocol, oldest first: ${generations.join(', ')}`,
  minInsyncReplicas: 'min.insync.replicas',
  uncleanLeaderElection: 'unclean.leader.election.enable',
  acks: 'the acks that producers use, one or several of all, 1, 0',
  flushEveryRecord: 'every record is flushed before it is answered (flush.messages=1)',
  requestsInFlight: 'fetch requests travel on their own and may arrive late',
};

const boundMeanings: Readonly<Record<keyof ReplicationBounds, string>> = {
  records: 'records that the producer sends',
  retries: 'records sent again whose fate is not known',
  crashes: 'process crashes',
  powerLosses: 'power losses: an unflushed tail of the log is lost',
  diskLosses: 'disks replaced: everything a broker had is gone',
  pauses: 'processes that stand still and go on later',
  missedHeartbeats: 'live brokers whose session with the controller ends',
  shutdowns: 'controlled shutdowns',
  partitions: 'network cuts: a broker from the controller or the brokers, or one link',
  lostMessages: 'messages lost with their connection',
  controllerFailovers: 'controller failovers',
  preferredElections: 'leader changes without a fault',
  uncleanElections: 'unclean elections that an operator asks for',
  isrShrinks: 'times a leader finds followers lagging',
  reassignments: 'reassignments and their cancellations',
  minIsrChanges: 'changes of min.insync.replicas',
  checkpoints: 'high watermark checkpoints',
  deletions: 'DeleteRecords requests',
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
  quietScope: { ...quietScope },
  smallScope: { ...smallScope },
  largeScope: { ...largeScope },
  defects: replicationDefects.map(({ rules: _, config, bounds, ...defect }) => ({
    ...defect,
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
    return {
      model,
      properties: replicationProperties(config, bounds),
      questions: replicationQuestions(config),
    };
  } catch (error) {
    if (error instanceof ReplicationConfigError) throw new UsageError(error.message);
    throw error;
  }
}

function configOf(given: Readonly<Record<string, Setting>>): ReplicationConfig {
  rejectUnknown('setting', given, keysOf(meanings));
  const settings = new Map(Object.entries(given));
  const numberOf = (name: 'brokers' | 'spareBrokers' | 'minInsyncReplicas'): number => {
    const value = settings.get(name) ?? defaultConfig[name];
    if (typeof value === 'number') return value;
    throw new UsageError(`${name}: expected a whole number, found ${String(value)}`);
  };
  const flagOf = (
    name: 'uncleanLeaderElection' | 'flushEveryRecord' | 'requestsInFlight',
  ): boolean => {
    const value = settings.get(name) ?? defaultConfig[name];
    if (typeof value === 'boolean') return value;
    throw new UsageError(`${name}: expected true or false, found ${String(value)}`);
  };
  return {
    brokers: numberOf('brokers'),
    spareBrokers: numberOf('spareBrokers'),
    generation: generationOf(settings.get('generation') ?? defaultConfig.generation),
    minInsyncReplicas: numberOf('minInsyncReplicas'),
    uncleanLeaderElection: flagOf('uncleanLeaderElection'),
    acks: acksOf(settings.get('acks') ?? defaultConfig.acks),
    flushEveryRecord: flagOf('flushEveryRecord'),
    requestsInFlight: flagOf('requestsInFlight'),
  };
}

function generationOf(value: Setting): Generation {
  const generation = generations.find(known => known === value);
  if (generation !== undefined) return generation;
  throw UsageError.unknown('generation', String(value), generations);
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
  return { ...quietScope, ...given };
}

function rejectUnknown(kind: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find(name => !known.includes(name));
  if (unknown !== undefined) throw UsageError.unknown(kind, unknown, known);
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  // The keys of these literal tables are exactly those that their types list.
  return Object.keys(record) as Key[];
}
