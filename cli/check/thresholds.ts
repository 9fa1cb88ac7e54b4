import type { PropertyReport } from '../../checker/explore/monitor.ts';
import type { Coverage, ExplorationResult } from '../../checker/explore/result.ts';
import type { Thresholds } from '../config/defineConfig.ts';
import type { Subject } from './subject.ts';

/**
 * What was seen too little of, a line each; none where everything was. What one scope of a model does
 * not see another may: they count together.
 */
export function unmetThresholds(thresholds: Thresholds, subjects: readonly Subject[]): string[] {
  return subjects.flatMap(({ model, scopes }) => {
    const results = scopes.flatMap(({ outcome }) => outcome?.result ?? []);
    return unmetIn(results, thresholds).map(line => `${model}: ${line}`);
  });
}

function unmetIn(results: readonly ExplorationResult[], thresholds: Thresholds): string[] {
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
  results: readonly ExplorationResult[],
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
