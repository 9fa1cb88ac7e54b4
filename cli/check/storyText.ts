import type { Subject } from '../../application/check/subject.ts';
import { counted } from '../../checker/results/numbers.ts';
import type { TextLayout } from '../output/style.ts';
import { wrapText } from '../output/table.ts';
import { traceText } from '../output/traceText.ts';
import type { Story } from '../reporters/report.ts';
import { type CheckStorySource, storiesOf } from './stories.ts';

/** How stories are told. */
export interface StoryOptions extends TextLayout, CheckStorySource {}

/**
 * The story of each property that broke, told for the first scope where it did; of the other scopes
 * only the length.
 */
export function storyLines(subject: Subject, options: StoryOptions): string[] {
  const told = storiesOf(subject, options);
  return [...told.values()].flatMap(stories => toldLines(stories, options));
}

function toldLines([first, ...others]: readonly Story[], options: StoryOptions): string[] {
  if (first === undefined) return [];
  const { width, style } = options;
  return [
    '',
    style('bold', `Scope "${first.scope}":`),
    ...first.causes().flatMap(cause => wrapText(cause, width)),
    traceText(first.told(), first, { width, style }),
    ...others.map(({ scope, trace, path }) => {
      const where = path === undefined ? '' : `: ${path}`;
      return `also broken in scope "${scope}", in ${counted(trace.steps.length, 'step')}${where}`;
    }),
  ];
}
