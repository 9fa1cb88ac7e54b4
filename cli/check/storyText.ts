import { renderText, type TextOptions } from '../../checker/trace/renderText.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { commandLine } from '../output/commandLine.ts';
import { counted } from '../output/numbers.ts';
import type { TableStyle } from '../output/verdictTable.ts';
import type { SavedTraces } from './savedTraces.ts';
import type { Subject } from './subject.ts';

/** How stories are told. */
export interface StoryOptions extends TableStyle {
  readonly saved: SavedTraces;
  /** The arguments of this command, to repeat it with `--out`. */
  readonly argv: readonly string[];
}

interface Story {
  readonly scope: string;
  readonly trace: TraceFile;
  readonly path: string | undefined;
}

/**
 * The story of each property that broke, told for the first scope where it did; of the other scopes
 * only the length.
 */
export function storyLines(subject: Subject, options: StoryOptions): string[] {
  const told = new Map<string, Story[]>();
  for (const story of storiesOf(subject, options.saved)) {
    const { name } = story.trace.property;
    const stories = told.get(name);
    if (stories === undefined) told.set(name, [story]);
    else stories.push(story);
  }
  return [...told.values()].flatMap(stories => toldLines(stories, options));
}

function storiesOf({ scopes }: Subject, saved: SavedTraces): Story[] {
  return scopes.flatMap(({ plan, outcome }) => {
    if (outcome === undefined) return [];
    const paths = saved.get(outcome);
    return outcome.traces.map((trace, index) => ({
      scope: plan.name,
      trace,
      path: paths?.[index],
    }));
  });
}

function toldLines([first, ...others]: readonly Story[], options: StoryOptions): string[] {
  if (first === undefined) return [];
  const { width, style } = options;
  const command = commandFor(first, options.argv);
  return [
    '',
    style('bold', `Scope "${first.scope}":`),
    renderText(first.trace, { width, style, command }),
    ...others.map(({ scope, trace, path }) => {
      const where = path === undefined ? '' : `: ${path}`;
      return `also broken in scope "${scope}", in ${counted(trace.steps.length, 'step')}${where}`;
    }),
  ];
}

function commandFor({ path }: Story, argv: readonly string[]): TextOptions['command'] {
  return path === undefined
    ? { label: 'save', text: commandLine([...argv, '--out', 'found']) }
    : { label: 'replay', text: commandLine(['replay', path]) };
}
