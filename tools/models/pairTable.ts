import { coversPair } from '../../models/description/eventPairs.ts';
import type { MainJob, ScopePlan } from '../../models/description/mainJob.ts';

/** Letters for the columns of a main job, in their order. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/**
 * Which columns of the main job explore two kinds of events together, as rows of a table: a letter for
 * each, in brackets where only long jobs do. The kinds are numbered in the order of the rows.
 */
export function pairTable({ events = [], plans }: MainJob): {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What each letter stands for. */
  readonly legend: string;
} {
  const columns = columnsOf(plans);
  const covering = (first: string, second: string): string =>
    columns.map(({ letter, plans }) => markOf(letter, plans, first, second)).join('');
  return {
    titles: ['', ...events.map((_, index) => String(index + 1))],
    rows: events.map((first, row) => [
      `${row + 1} \`${first}\``,
      ...events.map((second, index) => (index > row ? '' : covering(first, second))),
    ]),
    legend: columns.map(({ letter, title }) => `${letter} ${title}`).join(', '),
  };
}

interface Column {
  readonly letter: string;
  readonly title: string;
  readonly plans: readonly ScopePlan[];
}

/** The columns in which every state is looked at. */
function columnsOf(plans: readonly ScopePlan[]): Column[] {
  const exhaustive = plans.filter(({ engine }) => engine === 'exhaustive');
  const titleOf = ({ column, name }: ScopePlan): string => column ?? name;
  return [...new Set(exhaustive.map(titleOf))].map((title, index) => ({
    letter: LETTERS[index] ?? '?',
    title,
    plans: exhaustive.filter(plan => titleOf(plan) === title),
  }));
}

function markOf(
  letter: string,
  plans: readonly ScopePlan[],
  first: string,
  second: string,
): string {
  const covering = plans.filter(plan => coversPair(plan, first, second));
  if (covering.length === 0) return '';
  return covering.every(({ isLong }) => isLong) ? `(${letter})` : letter;
}
