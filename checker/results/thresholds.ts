import type { PropertyReport } from './monitor.ts';
import type { Coverage, ExplorationResult } from './result.ts';

/** What must have been seen of a model for its properties to be worth something; else it is vacuous. */
export interface Thresholds {
  /** Least fraction of the actions that were taken, from 0 to 1. */
  readonly actions?: number;
  /** Least fraction of the lifecycle transitions that happened, from 0 to 1. */
  readonly transitions?: number;
  /** Least number of times that the antecedent of each property was true. */
  readonly antecedents?: number;
  /** `all`: every goal was reached. */
  readonly goals?: 'all';
}

/** What a threshold may be. */
export interface ThresholdKind {
  /** In words. */
  readonly expected: string;
  readonly is: (value: unknown) => boolean;
}

const fraction: ThresholdKind = {
  expected: 'a fraction from 0 to 1',
  is: value => typeof value === 'number' && value >= 0 && value <= 1,
};

/** What each threshold may be: they are given in files that nothing has type-checked. */
export const thresholdKinds: Readonly<Record<keyof Thresholds, ThresholdKind>> = {
  actions: fraction,
  transitions: fraction,
  antecedents: {
    expected: 'a whole number',
    is: value => Number.isInteger(value) && Number(value) >= 0,
  },
  goals: { expected: '"all"', is: value => value === 'all' },
};

/** What explorations of one model have to do with its thresholds. */
export type Seen = Pick<ExplorationResult, 'coverage' | 'properties'>;

/**
 * What was seen too little of in explorations of one model, a line each; none where everything was.
 * What one of them does not see another may: they count together.
 */
export function unmetThresholds(thresholds: Thresholds, results: readonly Seen[]): string[] {
  const { actions, transitions, antecedents = 0, goals } = thresholds;
  const reports = results.flatMap(({ properties }) =>
    properties.filter(({ verdict }) => verdict !== 'not applicable'),
  );
  return [
    ...tooFew('actions taken', results, 'actions', actions),
    ...tooFew('lifecycle transitions', results, 'transitions', transitions),
    ...silent(reports, antecedents),
    ...(goals === 'all' ? unreached(reports) : []),
  ];
}

function tooFew(
  what: string,
  results: readonly Seen[],
  kind: keyof Coverage,
  least: number | undefined,
): string[] {
  if (least === undefined) return [];
  const counts = summed(results.flatMap(({ coverage }) => Object.entries(coverage[kind])));
  const never = [...counts].filter(([, count]) => count === 0).map(([name]) => name);
  const seen = counts.size - never.length;
  // Of nothing, all was seen.
  if (seen >= least * counts.size) return [];
  const names = never.join(', ');
  return [`${seen} of ${counts.size} ${what}, expected a fraction of ${least}; never: ${names}`];
}

function silent(reports: readonly PropertyReport[], least: number): string[] {
  const claims = reports.filter(({ kind }) => kind !== 'sometimes');
  const counts = summed(claims.map(({ name, antecedent }) => [name, antecedent]));
  return [...counts]
    .filter(([, count]) => count < least)
    .map(([name, count]) => `${name} was put to the test ${count} times, expected ${least}`);
}

function unreached(reports: readonly PropertyReport[]): string[] {
  const goals = reports.filter(({ kind }) => kind === 'sometimes');
  const reached = goals.filter(({ verdict }) => verdict === 'reached').map(({ name }) => name);
  const names = new Set(goals.map(({ name }) => name));
  return [...names]
    .filter(name => !reached.includes(name))
    .map(name => `${name} was not reached, expected all goals`);
}

function summed(counts: readonly (readonly [string, number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of counts) sums.set(name, (sums.get(name) ?? 0) + count);
  return sums;
}
