import type { SavedCell } from '../../cli/matrix/savedMatrix.ts';
import { withMarked } from '../marked.ts';
import type { DefectRuns } from './defectRuns.ts';
import { defectTable } from './defectTable.ts';
import { guaranteesPage } from './guaranteesPage.ts';
import { upgradingPage } from './upgradingPage.ts';
import { verdictTable } from './verdictTable.ts';

/** The way from the pages to the traces of defects, and to the stories of the matrix. */
const folder = '../traces';
const ofMatrix = '../traces/guarantees';

/** What was computed of releases. */
export interface ReleaseAnswers {
  readonly matrix: readonly SavedCell[];
  readonly runs: readonly DefectRuns[];
  /** The files of the corpus. */
  readonly traces: readonly string[];
}

/** What is told of releases, page by page; `releases` is the page as it is, with parts that are written anew. */
export function pagesOf(
  { matrix, runs, traces }: ReleaseAnswers,
  releases: string,
): Readonly<Record<string, string>> {
  const withVerdicts = withMarked(releases, 'verdicts', 'releases', verdictTable(matrix));
  const table = defectTable(runs, folder, traces);
  return {
    'docs/guarantees.md': guaranteesPage(matrix, ofMatrix),
    'docs/upgrading.md': upgradingPage(matrix, { folder, files: traces, ofMatrix }),
    'docs/releases.md': withMarked(withVerdicts, 'defects', 'releases', table),
  };
}

/** The stories that pages name, each once. */
export function storiesNamed(pages: Readonly<Record<string, string>>): string[] {
  const links = Object.values(pages).flatMap(page => [...page.matchAll(storyLink)]);
  return [...new Set(links.map(([, file = '']) => file))].sort();
}

const storyLink = /\(\.\.\/traces\/guarantees\/([^)]+)\)/g;
