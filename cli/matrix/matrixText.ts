import { type MatrixSetting, scenarios, settings } from '../../application/matrix/cell.ts';
import { questions } from '../../application/matrix/questions.ts';
import { lettersOf, rowsOf } from '../../application/matrix/rows.ts';
import { grouped } from '../../checker/results/numbers.ts';
import type { ReleasePoint } from '../../models/replication/releases/points.ts';
import type { TextLayout } from '../output/style.ts';
import { renderTable, wrapText } from '../output/table.ts';
import type { SavedCell } from './savedMatrix.ts';

/** "3.7 to 3.9 (ZooKeeper)". */
export function releasesText({
  first,
  last,
  zooKeeper,
  eligibleLeaderReplicas,
}: ReleasePoint): string {
  const span = first === last ? first : `${first} to ${last}`;
  return `${span}${zooKeeper ? ' (ZooKeeper)' : ''}${eligibleLeaderReplicas ? ', ELR on' : ''}`;
}

/** "min.insync.replicas 2, unclean election on". */
export function settingText({ minInsyncReplicas, uncleanLeaderElection }: MatrixSetting): string {
  const unclean = uncleanLeaderElection ? ', unclean election' : '';
  return `min.insync.replicas ${minInsyncReplicas}${unclean}`;
}

/** The scope of a cell, in words. */
export const scopeText =
  'Each cell was explored completely: 3 replicas, one record sent with acks=all, or acks=1 (together where one ' +
  'broker fails and nothing else happens, elsewhere each apart); what its column names at any moment, recovery ' +
  'and detection at any moment or never; with "lag", the leader may once find followers lagging and have them ' +
  'removed from the ISR. What can happen in a part of a column is not looked for again in the whole. D was ' +
  'asked with a second record: where one broker loses power and nothing else happens of the whole scope, ' +
  'elsewhere of what follows on the story of R.';

/** The matrix as one table for each setting, with what the letters mean. */
export function matrixText(matrix: readonly SavedCell[], layout: TextLayout): string[] {
  const { width, style } = layout;
  const states = matrix.reduce((sum, cell) => sum + cell.distinctStates, 0);
  return [
    ...settings
      .filter(setting => rowsOf(matrix, setting).length > 0)
      .flatMap(setting => [
        style('bold', settingText(setting)),
        ...tableOf(matrix, setting, layout),
        '',
      ]),
    ...questions.map(({ letter, text }) => `${letter}  ${text}`),
    '.  it cannot, in the scope that was explored',
    '-  not asked: it takes a second record, and none is lost first',
    ...(matrix.some(cell => lettersOf(cell).includes('?')) ? ['?  a limit ended the search'] : []),
    '',
    ...wrapText(`${scopeText} ${grouped(states)} distinct states in all.`, width),
  ];
}

function tableOf(
  matrix: readonly SavedCell[],
  setting: MatrixSetting,
  { width, style }: TextLayout,
): string[] {
  const rows = rowsOf(matrix, setting);
  const columns = scenarios.filter(({ name }) =>
    rows.some(({ cells }) => cells.some(({ scenario }) => scenario === name)),
  );
  const titles = columns.map(({ title }) => ({ title }));
  const texts = rows.map(row => [
    releasesText(row),
    ...columns.map(({ name }) => {
      const cell = row.cells.find(({ scenario }) => scenario === name);
      return cell === undefined ? '' : lettersOf(cell);
    }),
  ]);
  return renderTable(
    { columns: [{ title: '', keepsWidth: true }, ...titles], rows: texts },
    { width, paint: (text, { row }) => (row < 0 ? style('dim', text) : text) },
  );
}
