import type { Coverage } from './result.ts';

/** The most names in a sentence; those of lifecycle transitions are long. */
const MOST_ACTIONS = 10;
const MOST_TRANSITIONS = 3;

/**
 * How many actions and lifecycle transitions happened, and which did not: "9 of 10 actions happened,
 * never: crash; all 4 lifecycle transitions happened".
 */
export function coverageText({ actions, transitions }: Coverage): string {
  return [
    happened('action', actions, MOST_ACTIONS),
    happened('lifecycle transition', transitions, MOST_TRANSITIONS),
  ].join('; ');
}

/** The coverage of several explorations together. */
export function joinedCoverage(coverages: readonly Coverage[]): Coverage {
  return {
    actions: sums(coverages.map(({ actions }) => actions)),
    transitions: sums(coverages.map(({ transitions }) => transitions)),
  };
}

function happened(noun: string, counts: Readonly<Record<string, number>>, most: number): string {
  const names = Object.keys(counts);
  const never = names.filter(name => counts[name] === 0);
  if (names.length === 0) return `there are no ${noun}s`;
  if (never.length === 0) return `all ${names.length} ${noun}s happened`;
  const shown = never.slice(0, most).join(', ');
  const more = never.length > most ? ` and ${never.length - most} more` : '';
  const taken = names.length - never.length;
  return `${taken} of ${names.length} ${noun}s happened, never: ${shown}${more}`;
}

function sums(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [name, count] of all.flatMap(counts => Object.entries(counts))) {
    total[name] = (total[name] ?? 0) + count;
  }
  return total;
}
