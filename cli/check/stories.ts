import type { Subject } from '../../application/check/subject.ts';
import { whereabouts } from '../output/traceText.ts';
import type { Story } from '../reporters/report.ts';
import type { SavedTraces } from './savedTraces.ts';

/** What is needed to say what can be done with a trace. */
export interface StorySource {
  readonly saved: SavedTraces;
  /** The arguments of this command, to repeat it with `--out`. */
  readonly argv: readonly string[];
}

/** The stories of each property of a subject that broke, by its name, in the order of the scopes. */
export function storiesByProperty(
  { scopes }: Subject,
  { saved, argv }: StorySource,
): ReadonlyMap<string, readonly Story[]> {
  const stories = new Map<string, Story[]>();
  for (const { plan, outcome } of scopes) {
    const paths = outcome && saved.get(outcome);
    for (const [index, trace] of (outcome?.traces ?? []).entries()) {
      const path = paths?.[index];
      const story = { scope: plan.name, trace, ...whereabouts(argv, path) };
      const { name } = trace.property;
      const before = stories.get(name);
      if (before === undefined) stories.set(name, [story]);
      else before.push(story);
    }
  }
  return stories;
}
