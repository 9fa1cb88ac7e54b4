import { isSamePoint, scenarioOf, settings } from '../../application/matrix/cell.ts';
import { questions } from '../../application/matrix/questions.ts';
import { isOfSetting, pointsOf } from '../../application/matrix/rows.ts';
import { counted } from '../../checker/results/numbers.ts';
import { releasesText, settingText } from '../../cli/matrix/matrixText.ts';
import type { SavedAnswer, SavedCell } from '../../cli/matrix/savedMatrix.ts';
import { type ChangedRule, sinceInWords } from '../../models/description/ruleTable.ts';
import { type ReleasePoint, rulesBetween } from '../../models/replication/releases/points.ts';
import { valueInWords } from '../models/ruleTable.ts';
import { representative } from './cellText.ts';
import { defectNamed } from './defectRuns.ts';
import { isSameKind } from './verdictTable.ts';

/** Where a page finds traces. */
export interface TraceFolders {
  /** The way from the page to the traces of defects, and their files. */
  readonly folder: string;
  readonly files: readonly string[];
  /** The way to the stories of the matrix. */
  readonly ofMatrix: string;
}

/** One step of an upgrade, in which rules change. */
interface Upgrade {
  readonly title: string;
  readonly from: ReleasePoint;
  readonly to: ReleasePoint;
}

/** From release to release: what can no longer be lost, what newly can, and by which rules. */
export function upgradingPage(matrix: readonly SavedCell[], traces: TraceFolders): string {
  const upgrades = upgradesOf(pointsOf(matrix));
  return [
    '# What an upgrade changes',
    '',
    'Written by `npm run releases` from the table of rules ([releases.md](releases.md)) and the matrix of what can',
    'be lost ([guarantees.md](guarantees.md), which tells the scope of each claim); do not edit. Every step in which',
    'rules change has its section; between releases that are not named nothing changes that this model knows of. The',
    'number of steps is that of a shortest story. A mistake that was repaired in a patch is in the section of the next',
    'line. The letters:',
    '',
    ...questions.map(({ letter, text }) => `- **${letter}**: ${text}`),
    '',
    ...upgrades.flatMap(upgrade => sectionOf(upgrade, matrix, traces)),
  ].join('\n');
}

/** Line by line, then from ZooKeeper to KRaft, and what eligible leader replicas change. */
function upgradesOf(points: readonly ReleasePoint[]): Upgrade[] {
  const lines = points.flatMap((to, index): Upgrade[] => {
    const from = points[index - 1];
    if (from === undefined || !isSameKind(from, to)) return [];
    return [{ title: `${from.last} to ${releasesText({ ...to, last: to.first })}`, from, to }];
  });
  const lastOf = (isWanted: (point: ReleasePoint) => boolean) => points.findLast(isWanted);
  const zooKeeper = lastOf(point => point.zooKeeper);
  const kraft = lastOf(({ zooKeeper: isOn, last }) => !isOn && last === zooKeeper?.last);
  const newest = lastOf(point => !point.eligibleLeaderReplicas);
  const withElr = lastOf(point => point.eligibleLeaderReplicas);
  return [
    ...lines,
    ...between('From ZooKeeper to KRaft', zooKeeper, kraft),
    ...between('Eligible leader replicas switched on', newest, withElr),
  ];
}

function between(title: string, from?: ReleasePoint, to?: ReleasePoint): Upgrade[] {
  if (from === undefined || to === undefined) return [];
  return [{ title: `${title}, in ${to.last}`, from, to }];
}

function sectionOf(
  { title, from, to }: Upgrade,
  matrix: readonly SavedCell[],
  traces: TraceFolders,
): string[] {
  // From one mode to the other it is the rules of one release that differ.
  const isMove = !isSameKind(from, to);
  const changed = rulesBetween(from, isMove ? { ...to, first: to.last } : to);
  const gone = lettersOnlyIn(from, to, matrix, traces);
  const come = lettersOnlyIn(to, from, matrix, traces);
  return [
    `## ${title}`,
    '',
    ...list('Can no longer happen:', gone),
    ...list('Can newly happen:', come),
    ...(gone.length + come.length === 0 ? ['In the matrix nothing changes.', ''] : []),
    ...list('Mistakes that are repaired:', mistakesIn(changed, 'before', traces)),
    ...list('Mistakes that are new:', mistakesIn(changed, 'after', traces)),
    ...list('Rules:', changed.map(ruleText)),
  ];
}

function list(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [heading, '', ...items.map(item => `- ${item}`), ''];
}

/** What can happen in one and not in the other, a line for each setting. */
function lettersOnlyIn(
  one: ReleasePoint,
  other: ReleasePoint,
  matrix: readonly SavedCell[],
  traces: TraceFolders,
): string[] {
  return settings.flatMap(setting => {
    const cells = matrix.filter(cell => isOfSetting(cell, setting) && isSamePoint(cell, one));
    const texts = cells.flatMap(cell => {
      const there = matrix.find(
        each =>
          each.scenario === cell.scenario && isOfSetting(each, setting) && isSamePoint(each, other),
      );
      const letters = there === undefined ? [] : lettersOfFirst(cell, there, matrix, traces);
      return letters.length === 0 ? [] : [`${scenarioOf(cell).title}: ${letters.join(' ')}`];
    });
    return texts.length === 0 ? [] : [`${settingText(setting)}: ${texts.join('; ')}`];
  });
}

/** The letters of the first cell that the second lacks; not those that a part of its scenario has already. */
function lettersOfFirst(
  cell: SavedCell,
  other: SavedCell,
  matrix: readonly SavedCell[],
  { ofMatrix }: TraceFolders,
): string[] {
  return questions.flatMap(({ property, letter }) => {
    const answerIn = ({ answers }: SavedCell): SavedAnswer | undefined =>
      answers.find(answer => answer.property === property);
    const own = answerIn(cell);
    if (own?.answer !== 'yes' || own.of !== undefined) return [];
    if (answerIn(other)?.answer === 'yes') return [];
    const trace = answerIn(representative(cell, matrix))?.trace;
    const text = `**${letter}** (${counted(own.steps ?? 0, 'step')})`;
    return [trace === undefined ? text : `[${text}](${ofMatrix}/${trace})`];
  });
}

/** The mistakes among the rules of one side, with the story of each. */
function mistakesIn(
  changed: readonly ChangedRule[],
  side: 'before' | 'after',
  { folder, files }: TraceFolders,
): string[] {
  return changed.flatMap(({ [side]: version }) => {
    if (version?.defect === undefined) return [];
    const { defect, sometimes } = version;
    const { statement, source } = defectNamed(defect);
    const trace = files.find(file => file.startsWith(`${defect}--`));
    const name = `\`${defect}\``;
    const linked = trace === undefined ? name : `[${name}](${folder}/${trace})`;
    return [
      `${linked}: ${statement}${sometimes === undefined ? '' : ` It ${sometimes}.`} (${source})`,
    ];
  });
}

function ruleText({ name, after }: ChangedRule): string {
  const { value, source, prevents } = after;
  const since = `since ${sinceInWords(after)}; ${source}`;
  return `\`${name}\` is ${valueInWords(value)} (${since}), which prevents ${prevents}`;
}
