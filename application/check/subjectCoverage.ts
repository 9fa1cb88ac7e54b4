import { joinedCoverage } from '../../checker/results/coverageText.ts';
import type { Coverage } from '../../checker/results/result.ts';
import type { Subject } from './subject.ts';

/** What happened in all scopes of a subject together. */
export function subjectCoverage({ scopes }: Pick<Subject, 'scopes'>): Coverage {
  return joinedCoverage(
    scopes.flatMap(({ outcome }) => (outcome === undefined ? [] : outcome.result.coverage)),
  );
}
