import { counted } from '../checker/results/numbers.ts';
import { randomRunsText, searchNotes } from '../checker/results/resultText.ts';
import type { LivenessSearch } from '../corpus/searchLiveness.ts';
import type { ScopeSearch } from '../corpus/searchScope.ts';

/** What exactly was explored; it never claims more. */
export function exploredText({ exhaustive, random, covered, crash }: ScopeSearch): string {
  const notes = searchNotes(exhaustive).map(note => `; ${note}`);
  const states = `${counted(exhaustive.distinctStates, 'distinct state')}${notes.join('')}`;
  if (covered) return `the whole scope was explored: ${states}`;
  if (crash !== undefined) return `the search was ended by an error: ${crash.message}`;
  const part = `the scope is larger than what was explored of it (${states})`;
  if (random === undefined) return part;
  return `${part}; then ${randomRunsText(random)}`;
}

/** The same of a search for what must happen at some time. */
export function fairRunsText({ exhaustive, random, covered }: LivenessSearch): string {
  const states = counted(exhaustive?.distinctStates ?? 0, 'distinct state');
  if (covered) return `every fair run of the scope was looked at: ${states}`;
  const part = `the scope has more fair runs than could be looked at (${states})`;
  if (random === undefined) return part;
  return `${part}, and ${counted(random.runs ?? 0, 'random run')} that settle are no proof`;
}
