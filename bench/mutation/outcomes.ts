import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Notice } from './suite.ts';

/** How a mutant was noticed; `survived` if it was not. */
export type Answer = Notice['by'] | 'survived';

/** What came of a mutant. */
export interface Outcome {
  /** Its name: file, function, text. */
  readonly mutant: string;
  readonly file: string;
  readonly answer: Answer;
  /** The property that is violated, the error, what is not reached or not taken any more. */
  readonly what?: string;
  readonly scope?: string;
  /** Of a survivor: how many scopes were explored of it; if none, no scope computes anything else. */
  readonly scopes?: number;
  /** Of a survivor: whether some scope had another number of states. */
  readonly differs?: boolean;
  /** It was noticed only when somebody had answered it. */
  readonly survivedBefore?: boolean;
}

/** What is recorded of a sample. */
export interface Recorded {
  readonly command: string;
  readonly seed: string;
  readonly ofMutants: number;
  /** The commit of what was mutated, where somebody has said so. */
  readonly commit?: string;
  readonly outcomes: readonly Outcome[];
}

const fileOf = (name: string): URL => new URL(`../results/${name}.json`, import.meta.url);

/** What was recorded under this name. */
export function recordedIn(name: string): Recorded {
  return JSON.parse(readFileSync(fileOf(name), 'utf8'));
}

/** The outcomes that were recorded under this name, if any were. */
export function outcomesIn(name: string | undefined): readonly Outcome[] {
  return name === undefined || !existsSync(fileOf(name)) ? [] : recordedIn(name).outcomes;
}

/** Records outcomes, by name of the mutant. */
export function writeOutcomes(
  name: string | undefined,
  {
    ofMutants,
    ...how
  }: { readonly seed: string; readonly ofMutants: number; readonly [option: string]: unknown },
  outcomes: readonly Outcome[],
): void {
  if (name === undefined) return;
  const options = Object.entries(how).filter(([, value]) => value !== '');
  const flags = options.map(([key, value]) => `--${key} ${value}`);
  const command = `npm run bench:mutation -- ${flags.join(' ')}`;
  const sorted = outcomes.toSorted((a, b) => (a.mutant < b.mutant ? -1 : 1));
  const recorded: Recorded = { command, seed: how.seed, ofMutants, outcomes: sorted };
  writeFileSync(fileOf(name), `${JSON.stringify(recorded, null, 2)}\n`);
}

/**
 * How many of the outcomes were noticed by a property, an error or a goal. That an action is not taken any more does
 * not count, nor that there was no answer in time, although `check` demands both.
 */
export function scoreOf(outcomes: readonly Outcome[]): {
  readonly judged: number;
  readonly noticed: number;
} {
  const noticed = outcomes.filter(({ answer }) => ['property', 'error', 'goal'].includes(answer));
  return { judged: outcomes.length, noticed: noticed.length };
}
