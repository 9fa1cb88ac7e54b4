import type { PropertyReport } from '../checker/explore/monitor.ts';

/**
 * What was never put to the test, one line each: an antecedent that was never true, a goal that was
 * not reached. Properties that say themselves that they do not apply are none of them.
 *
 * @throws RangeError when a property that may be vacuous is not one of the test's.
 */
export function vacuousLines(
  reports: readonly PropertyReport[],
  allowed: readonly string[],
): string[] {
  const names = reports.map(({ name }) => name);
  const unknown = allowed.find(name => !names.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`allowVacuous: "${unknown}" is none of ${names.join(', ')}`);
  }
  const applicable = reports.filter(({ verdict }) => verdict !== 'not applicable');
  if (applicable.length === 0) return ['there is no property that says anything about this model'];
  return applicable
    .filter(({ name, antecedent }) => antecedent === 0 && !allowed.includes(name))
    .map(({ name, kind }) =>
      kind === 'sometimes'
        ? `${name} was not reached`
        : `${name} was never put to the test: its antecedent was never true`,
    );
}
