import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { TaskResult } from '../tasks/task.ts';
import type { Subject } from './subject.ts';

/** A counterexample and the scope that it was found in. */
export interface FoundStory {
  readonly scope: string;
  readonly trace: TraceFile;
  /** The exploration that found it, and which of its traces it is. */
  readonly outcome: TaskResult;
  readonly index: number;
}

/** The stories of each property of a subject that broke, by its name, in the order of the scopes. */
export function storiesByProperty({
  scopes,
}: Pick<Subject, 'scopes'>): ReadonlyMap<string, readonly FoundStory[]> {
  const stories = new Map<string, FoundStory[]>();
  for (const { plan, outcome } of scopes) {
    for (const [index, trace] of (outcome?.traces ?? []).entries()) {
      if (outcome === undefined) continue;
      const story = { scope: plan.name, trace, outcome, index };
      const { name } = trace.property;
      const before = stories.get(name);
      if (before === undefined) stories.set(name, [story]);
      else before.push(story);
    }
  }
  return stories;
}
