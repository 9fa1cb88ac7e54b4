import type { Subject } from '../../application/check/subject.ts';
import { subjectCoverage } from '../../application/check/subjectCoverage.ts';
import { coverageText } from '../../checker/results/coverageText.ts';
import { grouped } from '../../checker/results/numbers.ts';
import { sentenceOf } from '../output/verdictTable.ts';

/** How many of the claims that were put to the test least often are named. */
const RAREST = 3;

/** What happened in the scopes of a subject and what did not, and what was rarely put to the test. */
export function coverageSentences(subject: Subject): string[] {
  if (subject.scopes.every(({ outcome }) => outcome === undefined)) return [];
  const rarest = subject.properties
    .filter(({ kind, antecedent }) => kind !== 'sometimes' && antecedent > 0)
    .toSorted((one, other) => one.antecedent - other.antecedent)
    .slice(0, RAREST)
    .map(({ name, antecedent }) => `${sentenceOf(name)} (${grouped(antecedent)})`);
  return [
    `Of all that can happen: ${coverageText(subjectCoverage(subject))}.`,
    ...(rarest.length === 0 ? [] : [`Least often put to the test: ${rarest.join(', ')}.`]),
  ];
}
