import { wrapText } from '../output/table.ts';
import {
  claimTable,
  goalTable,
  NOT_COVERED,
  SAYS_NOTHING,
  sentenceOf,
  verdictWord,
} from '../output/verdictTable.ts';
import { bullets } from './bullets.ts';
import { exploredLines } from './exploredText.ts';
import type { MergedProperty } from './mergeProperties.ts';
import type { ExploredScope } from './scope.ts';
import { type StoryOptions, storyLines } from './storyText.ts';
import type { Subject } from './subject.ts';

/** One subject: its verdicts, what exactly was explored, the scenes, and a story per violation. */
export function subjectLines(subject: Subject, options: StoryOptions): string[] {
  const { title, notes, scopes, properties } = subject;
  const { width, style } = options;
  // After an interrupt, columns of nothing would only take room.
  const begun = scopes.filter(({ outcome }) => outcome !== undefined);
  const columns = begun.map(({ plan, outcome }) => ({
    title: plan.name,
    result: outcome?.result,
  }));
  return [
    ...wrapText(title, width).map(line => style('bold', line)),
    ...bullets(notes, width),
    '',
    ...claimTable(columns, options),
    ...legend(properties, begun).flatMap(line => wrapText(line, width)),
    '',
    ...exploredLines(scopes, width),
    ...sceneLines(properties, goalTable(columns, options), options),
    ...storyLines(subject, options),
  ];
}

/** What the words of the table mean that do not speak for themselves. */
function legend(properties: readonly MergedProperty[], scopes: readonly ExploredScope[]): string[] {
  const claims = properties.filter(({ kind }) => kind !== 'sometimes');
  const words = new Set(
    scopes.flatMap(({ outcome }) => claims.map(({ name }) => verdictWord(outcome?.result, name))),
  );
  return [
    ...(words.has(NOT_COVERED)
      ? [`${NOT_COVERED}: inconclusive, the search ended before all of this scope was explored`]
      : []),
    ...(words.has(SAYS_NOTHING)
      ? [`${SAYS_NOTHING}: not applicable in this scope, or never put to the test`]
      : []),
    ...claims.flatMap(silence),
  ];
}

function silence({ name, verdict, note }: MergedProperty): string[] {
  if (verdict === 'not exercised') return [`${sentenceOf(name)}: no scope put it to the test`];
  if (verdict !== 'not applicable') return [];
  return [`${sentenceOf(name)}: not applicable${note === undefined ? '' : `: ${note}`}`];
}

/** A table of dashes says no more than its reason. */
function sceneLines(
  properties: readonly MergedProperty[],
  table: readonly string[],
  { style }: StoryOptions,
): string[] {
  const goals = properties.filter(({ kind }) => kind === 'sometimes');
  if (goals.length === 0) return [];
  const heading = style('bold', 'Scenes that were played');
  const notes = new Set(goals.map(({ note }) => note ?? 'not applicable'));
  if (goals.every(({ verdict }) => verdict === 'not applicable')) {
    return ['', `${heading}: none can be, ${[...notes].join('; ')}`];
  }
  return ['', heading, ...table];
}
