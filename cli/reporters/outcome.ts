import { exitCodes } from '../exitCodes.ts';
import type { Report } from './report.ts';

const undecided: readonly number[] = [
  exitCodes.inconclusive,
  exitCodes.vacuous,
  exitCodes.interrupted,
];

/** What an exit code means for a report. */
export function outcomeOf(exitCode: number): Report['outcome'] {
  if (exitCode === exitCodes.holds) return 'passed';
  return undecided.includes(exitCode) ? 'undecided' : 'failed';
}
