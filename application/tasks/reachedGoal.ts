import { findNamed } from '../../catalogue/findNamed.ts';
import type { BuiltModel } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { PropertyReport } from '../../checker/results/monitor.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';

/**
 * The goal of this name.
 *
 * @throws UsageError when there is none, or a property of this name is no goal.
 */
export function goalNamed(name: string, { properties, questions }: BuiltModel): AnyProperty {
  const all = [...properties, ...questions];
  const goals = all.filter(({ kind }) => kind === 'sometimes');
  const goal = findNamed('goal', name, goals);
  if (goal.notApplicable === undefined) return goal;
  throw new UsageError(`--reach ${name}: not applicable: ${goal.notApplicable}`);
}

/**
 * What a search came to that looked for a run to a goal: it was made to refute that there is none.
 *
 * @param refuted - What the search says of that.
 */
export function resultOfReaching(
  { name }: AnyProperty,
  refuted: ExplorationResult,
): ExplorationResult {
  const { violations, stopped, steps } = refuted;
  const [run] = violations;
  const isReached = run !== undefined;
  const open = stopped === undefined ? 'unreached' : 'inconclusive';
  const report: PropertyReport = {
    name,
    kind: 'sometimes',
    verdict: isReached ? 'reached' : open,
    evaluated: steps,
    antecedent: isReached ? 1 : 0,
  };
  const notReached = stopped === undefined ? 'vacuous' : 'inconclusive';
  return {
    ...refuted,
    verdict: isReached ? 'holds' : notReached,
    violations: [],
    properties: [report],
    witnesses: violations.map(({ initialState, steps: taken }) => {
      return { property: name, initialState, steps: taken };
    }),
  };
}
