import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import * as kraft from '../../models/kraft/config.ts';
import { kraftDefects } from '../../models/kraft/defects.ts';
import { kraftModel } from '../../models/kraft/model.ts';
import type { KraftDefect } from '../../models/kraft/rules.ts';
import * as replication from '../../models/replication/config.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import { replicationModel } from '../../models/replication/model.ts';
import type { ReplicationDefect } from '../../models/replication/rules.ts';
import { kraftProperties } from '../../properties/kraft.ts';
import { replicationProperties } from '../../properties/replication.ts';

/** A model with its properties. */
interface Scope {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
}

/** A scope, small enough that everything of it can be known. */
export interface Subject {
  readonly name: string;
  make(): Scope;
}

/** What differs from the default configuration, and what happens. */
interface Change<Config, Bounds> {
  readonly config?: Partial<Config>;
  readonly bounds?: Partial<Bounds>;
}

function replicationIn(
  change: Change<replication.ReplicationConfig, replication.ReplicationBounds>,
  defects: readonly ReplicationDefect[] = [],
): Scope {
  const config = { ...replication.defaultConfig, ...change.config };
  const bounds = { ...replication.quietScope, ...change.bounds };
  return {
    model: replicationModel(config, bounds, defects),
    properties: replicationProperties(config, bounds),
  };
}

function kraftIn(
  change: Change<kraft.KraftConfig, kraft.KraftBounds>,
  defects: readonly KraftDefect[] = [],
): Scope {
  const config = { ...kraft.defaultConfig, ...change.config };
  const bounds = { ...kraft.quietScope, ...change.bounds };
  return {
    model: kraftModel(config, bounds, defects),
    properties: kraftProperties(config, bounds),
  };
}

const two = { brokers: 2, minInsyncReplicas: 1 } as const;
const old = { kafka: '3.9' } as const;

/** Scopes of both models in which nothing is wrong. */
export const scopes: readonly Subject[] = [
  {
    name: 'quorum, one election, 3.9',
    make: () => kraftIn({ config: old }),
  },
  {
    name: 'quorum, 2 voters, two epochs, a crash, flushed late',
    make: () =>
      kraftIn({ config: { voters: 2, lateFlush: true }, bounds: { epochs: 2, crashes: 1 } }),
  },
  {
    name: 'quorum, in rounds, one election, a record, 3.9',
    make: () => kraftIn({ config: { ...old, transport: 'rounds' }, bounds: { records: 1 } }),
  },
  {
    name: 'replication, 2 brokers, two records, a crash',
    make: () => replicationIn({ config: { brokers: 2 }, bounds: { records: 2, crashes: 1 } }),
  },
  {
    name: 'replication, 2 brokers, a crash and an election',
    make: () => replicationIn({ config: two, bounds: { crashes: 1, preferredElections: 1 } }),
  },
  {
    name: 'replication, 2 brokers, late requests, a crash and a shrink',
    make: () =>
      replicationIn({
        config: { ...two, requestsInFlight: true },
        bounds: { crashes: 1, isrShrinks: 1 },
      }),
  },
];

/** Defects of both models whose whole scope is small. */
const defectNames = [
  'credit-for-diverging-fetch',
  'high-watermark-ignores-isr',
  'optimistic-isr-shrink',
  'high-watermark-not-recomputed',
  'acknowledged-before-replication',
  'reads-to-log-end',
  'reported-end-offset-goes-back',
  'last-isr-member-removed',
  'elr-kept-on-unclean-shutdown',
  'unnoticed-bounce',
  'snapshot-not-flushed',
  'cleaned-beyond-snapshot',
  'voters-count-from-commit',
  'active-before-caught-up',
];

/** Scopes in which something is wrong. */
export const defects: readonly Subject[] = [
  ...replicationDefects.map(defect => ({
    name: defect.name,
    make: () => replicationIn(defect, [defect]),
  })),
  ...kraftDefects.map(defect => ({
    name: defect.name,
    make: () => kraftIn(defect, [defect]),
  })),
].filter(({ name }) => defectNames.includes(name));
