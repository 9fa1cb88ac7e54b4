import { isSamePoint, scenarios, settings } from '../../application/matrix/cell.ts';
import { isOfSetting, pointsOf } from '../../application/matrix/rows.ts';
import { releasesText } from '../../cli/matrix/matrixText.ts';
import type { SavedCell } from '../../cli/matrix/savedMatrix.ts';
import { type ReleasePoint, rulesBetween } from '../../models/replication/releases/points.ts';
import { markdownTable } from '../markdownTable.ts';
import { cellText } from './cellText.ts';

/** The settings of the table: what most topics have. */
const shown = settings.filter(
  ({ minInsyncReplicas, uncleanLeaderElection }) =>
    minInsyncReplicas <= 2 && !uncleanLeaderElection,
);
const columns = ['crash', 'power', 'power-lag', 'crash-power-lag', 'all-power', 'elections'];

/** What can be lost in every set of rules that a release has had, and which rules came with it. */
export function verdictTable(matrix: readonly SavedCell[], folder: string): string {
  const asked = shown.flatMap(setting =>
    columns.flatMap(scenario => {
      const cells = matrix.filter(cell => cell.scenario === scenario && isOfSetting(cell, setting));
      return cells.length === 0 ? [] : [{ setting, scenario, cells }];
    }),
  );
  const points = pointsOf(matrix);
  const rows = points.map((point, index) => {
    const before = points[index - 1];
    const isAfter = before !== undefined && isSameKind(before, point);
    return [
      releasesText(point),
      ...asked.map(({ cells }) => {
        const cell = cells.find(each => isSamePoint(each, point));
        const old = isAfter ? cells.find(each => isSamePoint(each, before)) : undefined;
        return cell === undefined ? '' : cellText(cell, { folder, before: old, matrix });
      }),
      isAfter ? rulesOf(before, point) : '',
    ];
  });
  const titles = asked.map(({ setting: { minInsyncReplicas }, scenario }) => {
    return `min ISR ${minInsyncReplicas}: ${scenarios.find(({ name }) => name === scenario)?.title}`;
  });
  return markdownTable(['', ...titles, 'with other rules than before'], rows).join('\n');
}

/** Whether both are with ZooKeeper or not, and with ELR on or not. */
export function isSameKind(one: ReleasePoint, other: ReleasePoint): boolean {
  return (
    one.zooKeeper === other.zooKeeper && one.eligibleLeaderReplicas === other.eligibleLeaderReplicas
  );
}

function rulesOf(before: ReleasePoint, after: ReleasePoint): string {
  return rulesBetween(before, after)
    .map(({ name }) => `\`${name}\``)
    .join(', ');
}
