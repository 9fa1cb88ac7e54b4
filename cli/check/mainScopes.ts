import {
  defaultConfig,
  largeScope,
  type ReplicationBounds,
  smallScope,
} from '../../models/replication/config.ts';
import type { ScopePlan } from './scope.ts';

const fiveBrokers = { ...defaultConfig, brokers: 5, minInsyncReplicas: 3 };

/**
 * What `check` explores without files: one kind of event at a time completely, on three brokers with
 * `min.insync.replicas` 2, then all of them together at random. The longest searches come first, so
 * that several jobs end at about the same time.
 */
export const mainScopes: readonly ScopePlan[] = [
  covering('power loss', { records: 2, powerLosses: 1 }),
  covering('process crash', smallScope),
  covering('leader changes', { records: 1, preferredElections: 2 }),
  covering('network partition', { records: 1, partitions: 1 }),
  covering('lagging follower', { records: 2, isrShrinks: 1 }),
  { name: 'random, 3 brokers', config: defaultConfig, bounds: largeScope, engine: 'simulate' },
  { name: 'random, 5 brokers', config: fiveBrokers, bounds: largeScope, engine: 'simulate' },
];

function covering(name: string, bounds: Partial<ReplicationBounds>): ScopePlan {
  return { name, config: defaultConfig, bounds, engine: 'exhaustive' };
}
