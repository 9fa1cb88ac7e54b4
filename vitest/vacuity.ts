import type { TemporalReport } from '../checker/liveness/livenessResult.ts';
import type { PropertyReport } from '../checker/results/monitor.ts';

/** What was looked at of a model. */
export interface Tested {
  readonly properties: readonly PropertyReport[];
  readonly temporal: readonly TemporalReport[];
  /** Whether all was searched that was to be: what was not is not known to be vacuous. */
  readonly isComplete: { readonly properties: boolean; readonly temporal: boolean };
}

/**
 * What was never put to the test, one line each: an antecedent that was never true, a goal that was
 * not reached, what was never due or never came about. Properties that say themselves that they do not
 * apply, or that it takes another scope, are none of them.
 *
 * @throws RangeError when a property that may be vacuous is not one of the test's.
 */
export function vacuousLines(
  { properties, temporal, isComplete }: Tested,
  allowed: readonly string[],
): string[] {
  const reports = [...properties, ...temporal];
  const names = reports.map(({ name }) => name);
  const unknown = allowed.find(name => !names.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`allowVacuous: "${unknown}" is none of ${names.join(', ')}`);
  }
  if (reports.every(({ verdict, elsewhere }) => verdict === 'not applicable' || elsewhere)) {
    return ['there is no property that says anything about this model'];
  }
  const isOwed = ({ name, verdict, elsewhere }: PropertyReport | TemporalReport): boolean =>
    verdict !== 'not applicable' && elsewhere !== true && !allowed.includes(name);
  return [
    ...(isComplete.properties ? properties : [])
      .filter(report => isOwed(report) && report.antecedent === 0)
      .map(({ name, kind }) =>
        kind === 'sometimes'
          ? `${name} was not reached`
          : `${name} was never put to the test: its antecedent was never true`,
      ),
    ...(isComplete.temporal ? temporal : [])
      .filter(report => isOwed(report) && report.met === 0)
      .map(({ name, obligations }) =>
        obligations === 0
          ? `${name} was never put to the test: its goal was never due`
          : `${name} was never put to the test: within the bounds its goal is never reached`,
      ),
  ];
}
