import { toolVersion } from '../../application/version.ts';
import { counted } from '../../checker/results/numbers.ts';
import { renderMermaid } from '../../checker/trace/renderMermaid.ts';
import { duration } from '../output/numbers.ts';
import { traceText } from '../output/traceText.ts';
import { fenced, markdownText } from './escape.ts';
import type { Report, ReportCase, ReportGroup, Story } from './report.ts';

/** The most bytes that GitHub takes as the summary of a step. */
export const MOST_BYTES = 1024 * 1024;
/** Kept free for the note about what is missing. */
const RESERVE = 300;
const STORY_WIDTH = 100;

/**
 * The report as Markdown of at most so many bytes: the verdict, a table for each group, and for each
 * counterexample its diagram, its steps and the command to replay it. What does not fit is left out as
 * a whole, and said to be.
 */
export function markdownReport(report: Report, mostBytes: number = MOST_BYTES): string {
  const blocks = [headOf(report), ...report.groups.flatMap(blocksOf)];
  let room = mostBytes - RESERVE;
  const fitting = blocks.filter(block => {
    const bytes = Buffer.byteLength(block) + 2;
    if (bytes > room) return false;
    room -= bytes;
    return true;
  });
  const missing = blocks.length - fitting.length;
  const note =
    `**Cut:** ${counted(missing, 'part')} of this report would make it larger than ` +
    `${counted(mostBytes, 'byte')}.`;
  return `${[...fitting, ...(missing === 0 ? [] : [note])].join('\n\n')}\n`;
}

const signs: Readonly<Record<Report['outcome'], string>> = {
  passed: '✅',
  failed: '❌',
  undecided: '⚠️',
};

function headOf(report: Report): string {
  const { command, verdict, meaning, outcome, circumstances, seconds } = report;
  const run = [`Highwater ${toolVersion}`, ...circumstances, duration(seconds)];
  return [
    `## ${signs[outcome]} highwater ${markdownText(command)}: ${markdownText(verdict)}`,
    markdownText(meaning),
    `<sub>${run.map(markdownText).join(' · ')}</sub>`,
  ].join('\n\n');
}

function blocksOf(group: ReportGroup): string[] {
  const { title, notes, explored, cases } = group;
  const parts = [
    `### ${markdownText(title)}`,
    ...(notes.length === 0 ? [] : [notes.map(note => `- ${markdownText(note)}`).join('\n')]),
    tableOf(group),
    ...silentLines(cases),
    ...(explored.length === 0 ? [] : [foldedList('What exactly was explored', explored)]),
  ];
  return [parts.join('\n\n'), ...cases.flatMap(storyBlocks)];
}

const signOf: Readonly<Record<ReportCase['status'], string>> = {
  passed: '✅',
  failed: '❌',
  skipped: '⚪',
};

/** Would be most of the table, and say nothing there. */
function isSilent({ verdict }: ReportCase): boolean {
  return verdict === 'not applicable';
}

function silentLines(cases: readonly ReportCase[]): string[] {
  const names = cases.filter(isSilent).map(({ name }) => markdownText(name));
  return names.length === 0 ? [] : [`Not applicable: ${names.join(', ')}`];
}

function tableOf({ columns, cases }: ReportGroup): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const titles = ['', 'name', 'verdict', ...columns];
  return [
    row(titles.map(markdownText)),
    row(titles.map(() => '---')),
    ...cases
      .filter(each => !isSilent(each))
      .map(({ name, status, verdict, cells }) =>
        row([signOf[status], ...[name, verdict, ...cells].map(markdownText)]),
      ),
  ].join('\n');
}

function foldedList(title: string, items: readonly string[]): string {
  const list = items.map(item => `- ${markdownText(item)}`).join('\n');
  return `<details><summary>${title}</summary>\n\n${list}\n\n</details>`;
}

/** The first story of a case in full; of others only where and how long. */
function storyBlocks({ name, verdict, reason, stories }: ReportCase): string[] {
  const [first, ...others] = stories;
  if (first === undefined) return [];
  const { trace, scope } = first;
  const where = scope === undefined ? '' : ` in scope ${markdownText(scope)}`;
  const length = counted(trace.steps.length, 'step');
  const summary = `<b>${markdownText(name)}</b> is ${markdownText(verdict)}${where}: ${length}`;
  return [
    [
      `<details><summary>${summary}</summary>`,
      markdownText(reason),
      ...first.causes().map(markdownText),
      fenced('mermaid', renderMermaid(first.told())),
      fenced('text', traceText(first.told(), first, { width: STORY_WIDTH })),
      ...others.map(alsoBroken),
      '</details>',
    ].join('\n\n'),
  ];
}

function alsoBroken({ scope = '', trace, path }: Story): string {
  const saved = path === undefined ? '' : `: ${path}`;
  return markdownText(`Also in scope ${scope}, in ${counted(trace.steps.length, 'step')}${saved}`);
}
