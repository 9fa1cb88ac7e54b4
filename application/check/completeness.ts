import type { PropertyVerdict } from '../../checker/results/monitor.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';

/** Whether an exhaustive search covered its whole scope. */
export function isComplete(result: ExplorationResult): boolean {
  return (
    result.engine === 'exhaustive' && result.stopped === undefined && !stoppedAtViolation(result)
  );
}

/** Whether a limit or an interrupt ended an exhaustive search, so that it decides nothing. */
export function endedEarly({ engine, stopped }: ExplorationResult): boolean {
  return engine === 'exhaustive' && stopped !== undefined;
}

/**
 * Whether an exhaustive search ended because of a violation: it was told to, or nothing was left that
 * could still be found out.
 */
export function stoppedAtViolation({ engine, properties, ...rest }: ExplorationResult): boolean {
  if (engine !== 'exhaustive' || rest.stopped !== undefined) return false;
  if (properties.every(({ verdict }) => verdict !== 'violated')) return false;
  return properties.every(({ verdict }) => !ofWholeScope.has(verdict));
}

/** What is only said after the whole scope was explored. */
const ofWholeScope = new Set<PropertyVerdict>(['holds', 'vacuous', 'unreached']);
