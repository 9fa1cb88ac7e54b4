import { listed } from '../../application/check/listed.ts';
import { type MergedProperty, mergeProperties } from '../../application/check/mergeProperties.ts';
import type { ExploredScope } from '../../application/check/scope.ts';
import type { Subject } from '../../application/check/subject.ts';
import { wrapText } from '../output/table.ts';
import {
  NOT_COVERED,
  SAYS_NOTHING,
  sentenceOf,
  type VerdictColumn,
  verdictTable,
  verdictWord,
} from '../output/verdictTable.ts';
import { bullets } from './bullets.ts';
import { coverageSentences } from './coverageSentences.ts';
import { exploredLines } from './exploredText.ts';
import { type StoryOptions, storyLines } from './storyText.ts';

/** One subject: its verdicts, what exactly was explored, the scenes, and a story per violation. */
export function subjectLines(subject: Subject, options: StoryOptions): string[] {
  const { title, notes, scopes, properties } = subject;
  const { width, style } = options;
  const columns = columnsOf(scopes);
  return [
    ...wrapText(title, width).map(line => style('bold', line)),
    ...bullets(notes, width),
    '',
    ...verdictTable(columns, options),
    ...legend(properties, columns).flatMap(line => wrapText(line, width)),
    '',
    ...exploredLines(scopes, width),
    ...coverageSentences(subject).flatMap(sentence => wrapText(sentence, width)),
    ...sceneLines(properties, options),
    ...storyLines(subject, options),
  ];
}

/** The scopes in their columns. After an interrupt, columns of nothing would only take room. */
export function columnsOf(scopes: readonly ExploredScope[]): VerdictColumn[] {
  const begun = scopes.filter(({ outcome }) => outcome !== undefined);
  const titles = [...new Set(begun.map(({ plan }) => plan.column ?? plan.name))];
  return titles.map(title => {
    const together = begun.filter(({ plan }) => (plan.column ?? plan.name) === title);
    const verdicts = mergeProperties(together).filter(({ kind }) => kind !== 'sometimes');
    return { title, verdicts };
  });
}

/** What the words of the table mean that do not speak for themselves. */
function legend(
  properties: readonly MergedProperty[],
  columns: readonly VerdictColumn[],
): string[] {
  const claims = properties.filter(({ kind }) => kind !== 'sometimes');
  const words = new Set(
    columns.flatMap(({ verdicts }) => verdicts.map(({ verdict }) => verdictWord(verdict))),
  );
  return [
    ...(words.has(NOT_COVERED)
      ? [`${NOT_COVERED}: inconclusive, the search ended before all of this scope was explored`]
      : []),
    ...(words.has(SAYS_NOTHING)
      ? [`${SAYS_NOTHING}: not applicable or not asked in this scope, or never put to the test`]
      : []),
    ...claims.flatMap(silence),
    ...neverTestedLines(claims),
    ...openLines(claims),
  ];
}

/** What is inconclusive over all scopes, and why: those with one reason in one line. */
function openLines(claims: readonly MergedProperty[]): string[] {
  const open = claims.filter(({ verdict }) => verdict === 'inconclusive');
  const reasons = [...new Set(open.map(({ note }) => note))];
  return reasons.map(reason => {
    const names = open.filter(({ note }) => note === reason).map(({ name }) => sentenceOf(name));
    return `not decided: ${listed(names)}${reason === undefined ? '' : ` (${reason})`}`;
  });
}

/** What no scope put to the test, in one line: in a small cluster there is much of it. */
function neverTestedLines(claims: readonly MergedProperty[]): string[] {
  const names = claims.filter(({ verdict }) => verdict === 'not exercised').map(({ name }) => name);
  return names.length === 0
    ? []
    : [`no scope put to the test: ${names.map(sentenceOf).join(', ')}`];
}

function silence({ name, verdict, note }: MergedProperty): string[] {
  if (verdict !== 'not applicable') return [];
  return [`${sentenceOf(name)}: not applicable${note === undefined ? '' : `: ${note}`}`];
}

/** The scenes that were played, and those that were not although they could be. */
function sceneLines(
  properties: readonly MergedProperty[],
  { style, width }: StoryOptions,
): string[] {
  const goals = properties.filter(({ kind }) => kind === 'sometimes');
  if (goals.length === 0) return [];
  const heading = 'Scenes that were played';
  const line = (title: string, verdicts: readonly MergedProperty['verdict'][]): string[] => {
    const names = goals.filter(({ verdict }) => verdicts.includes(verdict));
    if (names.length === 0) return [];
    const list = names.map(({ name }) => sentenceOf(name)).join(', ');
    const [first = '', ...rest] = wrapText(`${title}: ${list}`, width);
    return [first.replace(title, style('bold', title)), ...rest];
  };
  if (goals.every(({ verdict }) => verdict === 'not applicable')) {
    const notes = new Set(goals.map(({ note }) => note ?? 'not applicable'));
    return ['', `${style('bold', heading)}: none can be, ${[...notes].join('; ')}`];
  }
  return [
    '',
    ...line(heading, ['reached']),
    ...line('Not played, although they could be', ['unreached']),
    ...line('Not played in what was explored', ['inconclusive']),
  ];
}
