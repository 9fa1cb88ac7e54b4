import { causesOf } from '../../application/check/knownMistakes.ts';
import { storiesByProperty } from '../../application/check/stories.ts';
import type { Subject } from '../../application/check/subject.ts';
import { type Story, type StorySource, storyOf } from '../reporters/report.ts';
import { causeText } from './mistakeText.ts';
import type { SavedTraces } from './savedTraces.ts';

/** What is needed to say what can be done with a trace of a check. */
export interface CheckStorySource extends StorySource {
  readonly saved: SavedTraces;
}

/** The stories of each property of a subject that broke, by its name, in the order of the scopes. */
export function storiesOf(
  subject: Subject,
  { saved, ...source }: CheckStorySource,
): ReadonlyMap<string, readonly Story[]> {
  const told = [...storiesByProperty(subject)].map(([name, stories]) => {
    const own = stories.map(({ scope, trace, outcome, index }) =>
      storyOf(
        {
          scope,
          trace,
          path: saved.get(outcome)?.[index],
          causes: () => causesOf(trace, [subject.entry]).map(causeText),
        },
        source,
      ),
    );
    return [name, own] as const;
  });
  return new Map(told);
}
