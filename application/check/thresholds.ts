import { type Thresholds, unmetThresholds } from '../../checker/results/thresholds.ts';
import type { Subject } from './subject.ts';

/** What was seen too little of, over all scopes of each model, a line each. */
export function unmetInSubjects(thresholds: Thresholds, subjects: readonly Subject[]): string[] {
  return subjects.flatMap(({ entry, scopes }) => {
    const results = scopes.flatMap(({ outcome }) => outcome?.result ?? []);
    return unmetThresholds(thresholds, results).map(line => `${entry.name}: ${line}`);
  });
}
