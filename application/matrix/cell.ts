import { newestRelease } from '../../models/description/release.ts';
import {
  defaultConfig,
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../models/replication/config.ts';
import { electsUncleanly } from '../../models/replication/protocol.ts';
import { type ReleasePoint, releasePoints } from '../../models/replication/releases/points.ts';

/** What happens in one column of the matrix, and what may be asked of whom. */
export interface Scenario {
  /** A word for files. */
  readonly name: string;
  /** What happens, in words. */
  readonly title: string;
  /** What can happen; nothing else does. */
  readonly bounds: Partial<ReplicationBounds>;
  /** Whether the scope can be covered with acks=1 sent as well. */
  readonly size: 'small' | 'large';
  /** Whether it can be covered with a second record as well. */
  readonly takesTwoRecords?: true;
  /** Whether it is asked of these releases with this setting; of all of them if absent. */
  readonly isFor?: (setting: MatrixSetting, point: ReleasePoint) => boolean;
  /** Where the search gives up. */
  readonly maxStates?: number;
}

const isPlain = ({ uncleanLeaderElection, minInsyncReplicas }: MatrixSetting): boolean =>
  !uncleanLeaderElection && minInsyncReplicas <= 2;

/** The last releases with ZooKeeper, and of each major version with KRaft. */
const lastOfKind: readonly string[] = ['3.9', newestRelease];

/** The columns: what one failure can do, some together, and all replicas that lose power. */
export const scenarios: readonly Scenario[] = [
  { name: 'crash', title: 'process crash', bounds: { crashes: 1 }, size: 'small' },
  {
    name: 'power',
    title: 'power loss',
    bounds: { powerLosses: 1 },
    size: 'small',
    takesTwoRecords: true,
  },
  { name: 'disk', title: 'disk loss', bounds: { diskLosses: 1 }, size: 'small' },
  {
    name: 'power-lag',
    title: 'power loss, lag',
    bounds: { powerLosses: 1, isrShrinks: 1 },
    size: 'large',
    isFor: ({ uncleanLeaderElection }, { last }) =>
      !uncleanLeaderElection || lastOfKind.includes(last),
  },
  {
    name: 'crash-power-lag',
    title: 'process crash, power loss, lag',
    bounds: { crashes: 1, powerLosses: 1, isrShrinks: 1 },
    size: 'large',
    isFor: isPlain,
    maxStates: 300_000,
  },
  {
    name: 'elections',
    title: '3 x leader change, no failure',
    bounds: { preferredElections: 3 },
    size: 'large',
    isFor: setting => isPlain(setting) && setting.minInsyncReplicas === 2,
  },
  { name: 'all-power', title: '3 x power loss', bounds: { powerLosses: 3 }, size: 'large' },
];

/** What is configured in one row of the matrix. */
export interface MatrixSetting {
  readonly minInsyncReplicas: number;
  readonly uncleanLeaderElection: boolean;
}

export const settings: readonly MatrixSetting[] = [1, 2, 3].flatMap(minInsyncReplicas =>
  [false, true].map(uncleanLeaderElection => ({ minInsyncReplicas, uncleanLeaderElection })),
);

/** One setting in releases that replicate alike, and what happens to it. */
export interface Cell extends ReleasePoint, MatrixSetting {
  /** The name of what happens. */
  readonly scenario: string;
}

/** The cells of these releases: release by release, setting by setting. */
export function cellsOf(wanted: readonly ReleasePoint[] = releasePoints): Cell[] {
  return wanted.flatMap(point =>
    settings
      .filter(setting => isAsked(setting, point))
      .flatMap(setting =>
        scenarios
          .filter(({ isFor }) => isFor?.(setting, point) ?? true)
          .map(({ name: scenario }) => ({ ...point, ...setting, scenario })),
      ),
  );
}

/**
 * Unclean election is asked where it has an effect; with a minimum of all three replicas, of the last releases of each
 * kind alone, and without ELR.
 */
function isAsked(
  { uncleanLeaderElection, minInsyncReplicas }: MatrixSetting,
  point: ReleasePoint,
): boolean {
  if (!uncleanLeaderElection) return true;
  if (!electsUncleanly({ ...point, kafka: point.last })) return false;
  const isLast = lastOfKind.includes(point.last) && !point.eligibleLeaderReplicas;
  return minInsyncReplicas < 3 || isLast;
}

/** Whether two points are of the same releases. */
export function isSamePoint(a: ReleasePoint, b: ReleasePoint): boolean {
  return pointName(a) === pointName(b);
}

/** Whether two cells are the same one. */
export function isSameCell(a: Cell, b: Cell): boolean {
  return cellName(a) === cellName(b);
}

/** Whether two cells are of the same releases and settings. */
export function isSameRow(a: Cell, b: Cell): boolean {
  return isSameCell({ ...a, scenario: '' }, { ...b, scenario: '' });
}

/** Whether everything that can happen in a cell can happen in another one of the same row. */
export function isWithin(cell: Cell, other: Cell): boolean {
  const [small, large] = [boundsOf(cell), boundsOf(other)];
  const names = Object.keys(small) as (keyof ReplicationBounds)[];
  return isSameRow(cell, other) && names.every(name => small[name] <= large[name]);
}

/** What happens in a cell. */
export function scenarioOf({ scenario }: Pick<Cell, 'scenario'>): Scenario {
  const found = scenarios.find(({ name }) => name === scenario);
  if (found === undefined) throw new RangeError(`the matrix has no scenario "${scenario}"`);
  return found;
}

/**
 * Three replicas, and a producer that sends one record: with acks=all or acks=1, in a large scenario only
 * with acks=all, so that every cell can be covered (what acks=1 loses is asked apart).
 */
export function configOf(cell: Cell): ReplicationConfig {
  const { last, zooKeeper, eligibleLeaderReplicas } = cell;
  const { minInsyncReplicas, uncleanLeaderElection } = cell;
  const acks = scenarioOf(cell).size === 'small' ? (['all', '1'] as const) : (['all'] as const);
  const protocol = { kafka: last, zooKeeper, eligibleLeaderReplicas };
  return { ...defaultConfig, ...protocol, minInsyncReplicas, uncleanLeaderElection, acks };
}

/** What can happen in a cell. */
export function boundsOf(cell: Pick<Cell, 'scenario'>): ReplicationBounds {
  return { ...quietScope, ...scenarioOf(cell).bounds };
}

/** A file name for what a cell has shown. */
export function cellName(cell: Cell): string {
  const { minInsyncReplicas, uncleanLeaderElection, scenario } = cell;
  const unclean = uncleanLeaderElection ? '-unclean' : '';
  return `${pointName(cell)}-minisr${minInsyncReplicas}${unclean}-${scenario}`;
}

/** The newest of the releases, as files name it: `3.9-zookeeper`. */
function pointName({ last, zooKeeper, eligibleLeaderReplicas }: ReleasePoint): string {
  return `${last}${zooKeeper ? '-zookeeper' : ''}${eligibleLeaderReplicas ? '-elr' : ''}`;
}
