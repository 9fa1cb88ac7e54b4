import { isSamePoint, scenarios, settings } from '../../application/matrix/cell.ts';
import { isOfSetting, lettersOf, pointsOf } from '../../application/matrix/rows.ts';
import { releasesText } from '../../cli/matrix/matrixText.ts';
import type { SavedCell } from '../../cli/matrix/savedMatrix.ts';
import { type ReleasePoint, rulesBetween } from '../../models/replication/releases/points.ts';
import { markdownTable } from '../markdownTable.ts';

/** The settings of the table: what most topics have. */
const shown = settings.filter(
  ({ minInsyncReplicas, uncleanLeaderElection }) =>
    minInsyncReplicas <= 2 && !uncleanLeaderElection,
);
const columns = ['crash', 'power', 'power-lag', 'crash-power-lag', 'all-power', 'elections'];

/** What can be lost in every set of rules that a release has had, and which rules came with it. */
export function verdictTable(matrix: readonly SavedCell[]): string {
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
        return cell === undefined ? '' : lettersBeside(cell, old);
      }),
      isAfter ? rulesOf(before, point) : '',
    ];
  });
  const titles = asked.map(({ setting: { minInsyncReplicas }, scenario }) => {
    return `min ISR ${minInsyncReplicas}: ${scenarios.find(({ name }) => name === scenario)?.title}`;
  });
  return markdownTable(['', ...titles, 'with other rules than before'], rows).join('\n');
}

/** The letters of a cell, bold where the release before has others. */
function lettersBeside(cell: SavedCell, before: SavedCell | undefined): string {
  const letters = lettersOf(cell);
  return before === undefined || lettersOf(before) === letters ? letters : `**${letters}**`;
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
