import { type MatrixSetting, scenarios, settings } from '../../application/matrix/cell.ts';
import { questions } from '../../application/matrix/questions.ts';
import { isOfSetting, lettersOf, looksSafer, rowsOf } from '../../application/matrix/rows.ts';
import { grouped } from '../../checker/results/numbers.ts';
import { releasesText, scopeText, settingText } from '../../cli/matrix/matrixText.ts';
import type { SavedCell } from '../../cli/matrix/savedMatrix.ts';
import { markdownTable } from '../markdownTable.ts';
import { cellText, footnoteMark } from './cellText.ts';

/**
 * The guarantee matrix as a Markdown page.
 *
 * @param folder the way from the page to the traces that the cells name.
 */
export function guaranteesPage(matrix: readonly SavedCell[], folder: string): string {
  const states = matrix.reduce((sum, cell) => sum + cell.distinctStates, 0);
  const hasMarks = matrix.some(cell => looksSafer(cell, matrix).length > 0);
  const open = matrix.filter(cell => lettersOf(cell).includes('?'));
  const lines = [
    '# What each release and setting can lose',
    '',
    'Computed by `npm run guarantees` from the model, and written by `npm run releases`; do not edit. The letters say',
    'what can happen:',
    '',
    ...questions.map(({ letter, text }) => `- **${letter}**: ${text}`),
    '',
    'A dot says that it cannot, in the scope that was explored; a dash that it was not asked, for nothing is lost that',
    'could be read differently. A letter that is **bold** is another one than in the row above.',
    '',
    scopeText,
    `${grouped(matrix.length)} cells, ${grouped(states)} distinct states. Nothing is claimed beyond that scope.`,
    ...(open.length === 0
      ? []
      : [`A question mark: a limit ended the search (cells: ${open.length}).`]),
    '',
    'Each release is as it is, **with the mistakes that are known of it**: [releases.md](releases.md) has the',
    'rules of each, [upgrading.md](upgrading.md) what an upgrade changes. A row is of releases that follow each',
    'other and have the same letters everywhere; equal sets of rules were explored once. A letter leads to a',
    'shortest story in the newest of them, as a trace for `highwater show` and `highwater replay`; where a part of',
    'what happens suffices, to a story of that part. Without unclean election every minimum is asked of every',
    'release; with it min.insync.replicas 1 and 2 of every release in which it has an effect (before 3.9 it has none',
    'with KRaft, KAFKA-12670), 3 of 3.9 and 4.4 without ELR, and "lag" of 3.9 and 4.4 alone, for these scopes are the',
    'largest. An empty cell was not asked.',
    '',
    ...(hasMarks ? safetyNote : []),
    ...settings
      .filter(setting => matrix.some(cell => isOfSetting(cell, setting)))
      .flatMap(setting => [
        `## ${settingText(setting)}`,
        '',
        ...tableOf(matrix, setting, folder),
        '',
      ]),
  ];
  return lines.join('\n');
}

/** Of cells in which less seems to be lost than under a stricter setting. */
const safetyNote = [
  `${footnoteMark} Looks safer than a stricter setting of the same releases because so little happens in this`,
  'scope: followers lag **once**, and whoever was removed from the ISR then still has the record. With unclean',
  'election such a replica leads as soon as the last member of the ISR is down, and the record survives; with unclean',
  'election off the partition waits for that member, whose power loss has taken the record. With min.insync.replicas 2',
  'a second lag and a crash, and no power loss, lose the record by unclean election in 12 steps:',
  '',
  '```',
  'npm run -s highwater -- explore replication --set kafka=4.4 --set minInsyncReplicas=2 \\',
  '  --set uncleanLeaderElection=true --bound records=1 --bound crashes=1 --bound isrShrinks=2 \\',
  '  --property acknowledged-records-survive',
  '```',
  '',
];

function tableOf(matrix: readonly SavedCell[], setting: MatrixSetting, folder: string): string[] {
  const rows = rowsOf(matrix, setting);
  const columns = scenarios.filter(({ name }) =>
    rows.some(({ cells }) => cells.some(({ scenario }) => scenario === name)),
  );
  return markdownTable(
    ['', ...columns.map(({ title }) => title)],
    rows.map((row, index) => [
      releasesText(row),
      ...columns.map(({ name }) => {
        const named = ({ scenario }: SavedCell) => scenario === name;
        const cell = row.cells.find(named);
        const before = rows[index - 1]?.cells.find(named);
        return cell === undefined ? '' : cellText(cell, { folder, before, matrix });
      }),
    ]),
  );
}
