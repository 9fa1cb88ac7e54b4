import type { Commentary } from '../../application/commentary.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { type Whereabouts, whereabouts } from '../output/traceText.ts';

/** The result of a command as reporters take it: the same for every command, without layout. */
export interface Report {
  /** "check", "explore kraft". */
  readonly command: string;
  /** A word. */
  readonly verdict: string;
  /** What the verdict means here, in a sentence or two. */
  readonly meaning: string;
  readonly outcome: 'passed' | 'failed' | 'undecided';
  /** How it was run: "seed 1", "shard 2/4". */
  readonly circumstances: readonly string[];
  /** The seed of random choices; undefined if there were none. */
  readonly seed: number | undefined;
  readonly seconds: number;
  readonly groups: readonly ReportGroup[];
}

/** What belongs together in a report: a model, the topics of a cluster, a corpus. */
export interface ReportGroup {
  /** What the cases have in common, the same in every run. */
  readonly name: string;
  readonly title: string;
  /** What the reader must know before the verdicts, one sentence each. */
  readonly notes: readonly string[];
  /** The titles of the columns after the name. */
  readonly columns: readonly string[];
  readonly cases: readonly ReportCase[];
  /** What exactly was explored and what never happened there, one sentence each. */
  readonly explored: readonly string[];
}

/** One thing that was put to the test. */
export interface ReportCase {
  /** The same in every run. */
  readonly name: string;
  /** `skipped`: neither passed nor failed; `reason` says why. */
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly verdict: string;
  /** Under the columns of the group. */
  readonly cells: readonly string[];
  /** Why it did not pass; empty if it passed. */
  readonly reason: string;
  readonly stories: readonly Story[];
  /** What it is about, where a file has it; lines are counted from 1. */
  readonly place?: { readonly file: string; readonly line: number };
  /** Why somebody accepts it, where that is so. */
  readonly accepted?: string;
}

/** A counterexample, and what can be done with it. */
export interface Story extends Whereabouts {
  /** Where it was found, if there are several such places. */
  readonly scope: string | undefined;
  readonly trace: TraceFile;
  /** The trace with what its model says of it. */
  told(): TraceFile;
  /** The known mistakes of the release that it hangs on, a sentence or two each. */
  causes(): readonly string[];
}

/** What is needed to tell a story and to say what can be done with it. */
export interface StorySource {
  /** The arguments of this command, to repeat it with `--out`. */
  readonly argv: readonly string[];
  readonly commentary: Commentary;
}

/** A trace as a story; `path`: where it was saved, if it was. No cause of it is known if it has none. */
export function storyOf(
  { scope, trace, path, causes = () => [] }: StoryParts,
  { argv, commentary }: StorySource,
): Story {
  return { scope, trace, told: () => commentary.on(trace), causes, ...whereabouts(argv, path) };
}

type StoryParts = Pick<Story, 'scope' | 'trace' | 'path'> & Partial<Pick<Story, 'causes'>>;
