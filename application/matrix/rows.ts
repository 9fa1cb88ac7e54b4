import { type ReleasePoint, releasePoints } from '../../models/replication/releases/points.ts';
import { type Cell, isSamePoint, type MatrixSetting } from './cell.ts';
import type { Answer } from './matrix.ts';
import { questions } from './questions.ts';

/** A cell, with its stories or with the files that they are in. */
export interface LetteredCell extends Cell {
  readonly answers: readonly Pick<Answer, 'property' | 'answer'>[];
}

/** Releases that follow each other and have the same letters under one setting. */
export interface MatrixRow<Lettered extends LetteredCell> extends ReleasePoint {
  /** What it is made of, oldest first. */
  readonly points: readonly ReleasePoint[];
  /** Of the newest of these releases. */
  readonly cells: readonly Lettered[];
}

/** The rows of one setting, in the order of the releases. */
export function rowsOf<Lettered extends LetteredCell>(
  matrix: readonly Lettered[],
  setting: MatrixSetting,
): MatrixRow<Lettered>[] {
  const cells = matrix.filter(cell => isOfSetting(cell, setting));
  const rows: MatrixRow<Lettered>[] = [];
  for (const point of pointsOf(cells)) {
    const own = cells.filter(cell => isSamePoint(cell, point));
    const before = rows.at(-1);
    if (before === undefined || !isAlike(before, point, own)) {
      rows.push({ ...point, points: [point], cells: own });
    } else {
      const { first, points } = before;
      rows.splice(-1, 1, { ...point, first, points: [...points, point], cells: own });
    }
  }
  return rows;
}

function isAlike<Lettered extends LetteredCell>(
  before: MatrixRow<Lettered>,
  point: ReleasePoint,
  cells: readonly Lettered[],
): boolean {
  return (
    before.zooKeeper === point.zooKeeper &&
    before.eligibleLeaderReplicas === point.eligibleLeaderReplicas &&
    positionOf(point) === positionOf(before.points.at(-1) ?? before) + 1 &&
    lettersOfRow(before.cells) === lettersOfRow(cells)
  );
}

/** The place of a point among all of them: what lies between two points may not have been asked. */
function positionOf(point: ReleasePoint): number {
  return releasePoints.findIndex(known => isSamePoint(known, point));
}

function lettersOfRow(cells: readonly LetteredCell[]): string {
  return cells.map(cell => `${cell.scenario} ${lettersOf(cell)}`).join();
}

/** The releases that cells are of, each once, in their order. */
export function pointsOf(cells: readonly Cell[]): ReleasePoint[] {
  const points: ReleasePoint[] = [];
  for (const { first, last, zooKeeper, eligibleLeaderReplicas } of cells) {
    const point = { first, last, zooKeeper, eligibleLeaderReplicas };
    if (!points.some(known => isSamePoint(known, point))) points.push(point);
  }
  return points;
}

export function isOfSetting(
  { minInsyncReplicas, uncleanLeaderElection }: MatrixSetting,
  setting: MatrixSetting,
): boolean {
  return (
    minInsyncReplicas === setting.minInsyncReplicas &&
    uncleanLeaderElection === setting.uncleanLeaderElection
  );
}

/** The cell's letters: what can happen, `.` for what cannot, `-` not asked, `?` open. */
export function lettersOf({ answers }: Pick<LetteredCell, 'answers'>): string {
  return questions
    .map(({ property, letter }) => {
      const given = answers.find(answer => answer.property === property)?.answer;
      if (given === 'yes') return letter;
      return given === 'no' ? '.' : given === 'unasked' ? '-' : '?';
    })
    .join('');
}

/**
 * The letters that a cell lacks although a stricter setting of the same releases has them: with a higher
 * minimum, or with unclean election off.
 */
export function looksSafer(cell: LetteredCell, matrix: readonly LetteredCell[]): readonly string[] {
  const stricter = matrix.filter(
    other =>
      other.scenario === cell.scenario && isSamePoint(other, cell) && isStricter(other, cell),
  );
  return questions.flatMap(({ property, letter, isLoss }) => {
    const answerOf = ({ answers }: LetteredCell) =>
      answers.find(answer => answer.property === property)?.answer;
    const isLostThere = stricter.some(other => answerOf(other) === 'yes');
    return isLoss && answerOf(cell) === 'no' && isLostThere ? [letter] : [];
  });
}

function isStricter(one: MatrixSetting, other: MatrixSetting): boolean {
  const isOther = !isOfSetting(one, other);
  return (
    isOther &&
    one.minInsyncReplicas >= other.minInsyncReplicas &&
    (!one.uncleanLeaderElection || other.uncleanLeaderElection)
  );
}
