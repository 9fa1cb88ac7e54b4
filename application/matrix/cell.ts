import {
  defaultConfig,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../models/replication/config.ts';
import { type Generation, generations } from '../../models/replication/generation.ts';

/** What fails in a cell of the guarantee matrix. */
export type Failure = 'crashes' | 'powerLosses' | 'diskLosses';

/** What happens in one column of the matrix. */
export interface Scenario {
  readonly failure: Failure & keyof ReplicationBounds;
  /** How many of these failures there are, at any moments. */
  readonly count: number;
  /** Whether the leader may once find followers lagging. */
  readonly lag: boolean;
}

export const scenarios: readonly Scenario[] = [
  { failure: 'crashes', count: 1, lag: false },
  { failure: 'powerLosses', count: 1, lag: false },
  { failure: 'diskLosses', count: 1, lag: false },
  { failure: 'powerLosses', count: 1, lag: true },
  { failure: 'crashes', count: 2, lag: false },
  { failure: 'powerLosses', count: 2, lag: false },
  { failure: 'diskLosses', count: 2, lag: false },
];

/** What is configured in one row of the matrix. */
export interface MatrixSetting {
  readonly minInsyncReplicas: number;
  readonly uncleanLeaderElection: boolean;
}

export const settings: readonly MatrixSetting[] = [1, 2, 3].flatMap(minInsyncReplicas =>
  [false, true].map(uncleanLeaderElection => ({ minInsyncReplicas, uncleanLeaderElection })),
);

/** One setting of a generation, and what happens to it. */
export interface Cell extends Scenario, MatrixSetting {
  readonly generation: Generation;
}

/** The cells of these generations: generation by generation, row by row. */
export function cellsOf(wanted: readonly Generation[] = generations): Cell[] {
  return wanted.flatMap(generation =>
    settings.flatMap(setting =>
      scenarios.map(scenario => ({ generation, ...setting, ...scenario })),
    ),
  );
}

/** Whether two cells are the same one. */
export function isSameCell(a: Cell, b: Cell): boolean {
  return cellName(a) === cellName(b);
}

/**
 * Three replicas, and a producer that sends one record: with acks=all or acks=1, but with two failures
 * only with acks=all, so that every cell can be covered.
 */
export function configOf(cell: Cell): ReplicationConfig {
  const { generation, minInsyncReplicas, uncleanLeaderElection, count } = cell;
  const acks = count === 1 ? (['all', '1'] as const) : (['all'] as const);
  return { ...defaultConfig, kafka: generation, minInsyncReplicas, uncleanLeaderElection, acks };
}

/** Whether a second record can be sent as well, and the scope still be covered in seconds. */
export function hasTwoRecords({ count, lag }: Cell): boolean {
  return count === 1 && !lag;
}

/** What can happen in a cell. */
export function boundsOf({ failure, count, lag }: Cell): ReplicationBounds {
  return { ...quietScope, [failure]: count, isrShrinks: lag ? 1 : 0 };
}

/** A file name for what a cell has shown. */
export function cellName(cell: Cell): string {
  const { generation, minInsyncReplicas, uncleanLeaderElection, failure, count, lag } = cell;
  const unclean = uncleanLeaderElection ? '-unclean' : '';
  return `${generation}-minisr${minInsyncReplicas}${unclean}-${count}-${failure}${lag ? '-lag' : ''}`;
}
