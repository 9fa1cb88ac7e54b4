import type { Coverage } from '../../checker/results/result.ts';
import type { MergedProperty } from './mergeProperties.ts';
import type { Subject } from './subject.ts';
import { subjectCoverage } from './subjectCoverage.ts';

/**
 * What the main job of a model does not show although its scopes are there to show it, a line each. Whatever takes a
 * leader, a quorum or a way back away breaks no promise about records: it is seen by what does not come about.
 */
export function unseenOfMainJob(subject: Subject): string[] {
  const { entry, untaken, isOfParts, properties, scopes } = subject;
  // Of scopes that were left out nothing is known, and that is said already.
  if (untaken === undefined || scopes.some(({ outcome }) => outcome === undefined)) return [];
  const { actions, transitions } = subjectCoverage(subject);
  const shown = { actions, transitions: isOfParts === true ? {} : transitions };
  const lines = unseenIn(properties, shown, untaken);
  return lines.map(line => `${entry.name}: ${line}`);
}

/**
 * The properties that were put to the test nowhere, the goals that were not reached, and the actions and transitions
 * that never happened, but for those that need not.
 */
export function unseenIn(
  properties: readonly Pick<MergedProperty, 'name' | 'verdict'>[],
  { actions, transitions }: Coverage,
  untaken: readonly string[],
): string[] {
  const silent = properties.flatMap(({ name, verdict }) => {
    if (verdict === 'unreached') return `${name} was not reached`;
    return verdict === 'not exercised' ? `${name} was never put to the test` : [];
  });
  const never = [...Object.entries(actions), ...Object.entries(transitions)]
    .filter(([name, count]) => count === 0 && !untaken.includes(name))
    .map(([name]) => `${name} never happened`);
  return [...silent, ...never];
}
