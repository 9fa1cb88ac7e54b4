import {
  type Failure,
  type MatrixSetting,
  type Scenario,
  scenarios,
  settings,
} from '../../application/matrix/cell.ts';
import { questions } from '../../application/matrix/questions.ts';
import { grouped } from '../../checker/results/numbers.ts';
import type { Generation } from '../../models/replication/generation.ts';
import type { TextLayout } from '../output/style.ts';
import { renderTable, wrapText } from '../output/table.ts';
import { lettersOf } from './letters.ts';
import type { SavedCell } from './savedMatrix.ts';

const failureNames: Readonly<Record<Failure, string>> = {
  crashes: 'process crash',
  powerLosses: 'power loss',
  diskLosses: 'disk loss',
};

/** "power loss, lag" or "2 x power loss". */
export function scenarioText({ failure, count, lag }: Scenario): string {
  const failures = count === 1 ? failureNames[failure] : `${count} x ${failureNames[failure]}`;
  return lag ? `${failures}, lag` : failures;
}

/** "min.insync.replicas 2, unclean election on". */
export function settingText({ minInsyncReplicas, uncleanLeaderElection }: MatrixSetting): string {
  const unclean = uncleanLeaderElection ? ', unclean election' : '';
  return `min.insync.replicas ${minInsyncReplicas}${unclean}`;
}

/** The scope of a cell, in words. */
export const scopeText =
  'Each cell was explored completely: 3 replicas, one record sent with acks=all or acks=1 (with two ' +
  'failures only with acks=all), the failures of its column at any moment, recovery and detection at ' +
  'any moment or never; with "lag", the leader may once find followers lagging and have them removed ' +
  'from the ISR. D was asked with a second record: where there is one failure without lag of the whole ' +
  'scope, elsewhere of what follows on the story of R.';

/** The matrix as one table for each generation, with what the letters mean. */
export function matrixText(matrix: readonly SavedCell[], layout: TextLayout): string[] {
  const { width, style } = layout;
  const states = matrix.reduce((sum, cell) => sum + cell.distinctStates, 0);
  return [
    ...generationsOf(matrix).flatMap(generation => [
      style('bold', generation),
      ...tableOf(
        matrix.filter(cell => cell.generation === generation),
        layout,
      ),
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

/** The generations that the matrix has, in their order. */
export function generationsOf(matrix: readonly SavedCell[]): Generation[] {
  return [...new Set(matrix.map(({ generation }) => generation))];
}

/** The cells of one row, in the order of the columns. */
export function rowOf(cells: readonly SavedCell[], setting: MatrixSetting): SavedCell[] {
  return scenarios.flatMap(({ failure, count, lag }) =>
    cells.filter(
      cell =>
        cell.failure === failure &&
        cell.count === count &&
        cell.lag === lag &&
        cell.minInsyncReplicas === setting.minInsyncReplicas &&
        cell.uncleanLeaderElection === setting.uncleanLeaderElection,
    ),
  );
}

function tableOf(cells: readonly SavedCell[], { width, style }: TextLayout): string[] {
  const titles = scenarios.map(scenario => ({ title: scenarioText(scenario) }));
  const rows = settings.map(setting => [
    settingText(setting),
    ...rowOf(cells, setting).map(lettersOf),
  ]);
  return renderTable(
    { columns: [{ title: '', keepsWidth: true }, ...titles], rows },
    { width, paint: (text, { row }) => (row < 0 ? style('dim', text) : text) },
  );
}
