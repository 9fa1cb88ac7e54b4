import { printable, wrap } from './renderParts.ts';
import { plain, type Styler } from './renderStyle.ts';
import { stepText } from './stepText.ts';
import type { TraceFile, TraceMessage } from './traceFile.ts';

/** How a story is told. */
export interface StoryOptions {
  /** Width to wrap at, in characters; 80 if absent. */
  readonly width?: number;
  readonly style?: Styler;
}

const MOST_STEPS = 40;
const INDENT = '  ';

/**
 * Tells a run in sentences, one for each step: what happened, which steps are faults, what became of
 * messages, and which goals are reached where. Whatever is left out is said to be.
 */
export function renderStory(trace: TraceFile, options: StoryOptions = {}): string {
  const { width = 80, style = plain } = options;
  const { steps, property, explored } = trace;
  const shown = steps.slice(0, MOST_STEPS);
  const missing = steps.length - shown.length;
  const length = `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
  const end = explored.shortest ? `${length}, the shortest possible in this scope` : length;
  const head = wrap(printable(`${property.name}: ${property.statement}`), width);
  return [
    ...head.map((line, index) => style(index === 0 ? 'bold' : 'dim', line)),
    ...shown.flatMap((_, index) => told(trace, index, { width, style })),
    ...(missing === 0 ? [] : [style('dim', `${INDENT}... ${missing} more steps not shown`)]),
    style('dim', `${INDENT}${end}`),
  ].join('\n');
}

function told(trace: TraceFile, index: number, { width, style }: Required<StoryOptions>): string[] {
  const digits = String(trace.steps.length).length;
  const number = `${INDENT}${String(index + 1).padStart(digits)}  `;
  const fault = trace.commentary?.steps[index]?.kind === 'fault' ? 'fault: ' : '';
  const margin = ' '.repeat(number.length);
  const [first = '', ...rest] = wrap(
    `${fault}${stepText(trace, index + 1)}`,
    width - number.length,
  );
  return [
    `${number}${fault === '' ? first : style('red', first)}`,
    ...rest.map(line => `${margin}${line}`),
    ...notesOf(trace, index + 1).flatMap(({ text, isGoal }) =>
      wrap(printable(text), width - margin.length).map(
        line => `${margin}${style(isGoal ? 'green' : 'dim', line)}`,
      ),
    ),
  ];
}

/** What becomes of messages that are not delivered. */
const ends: { readonly [Fate in TraceMessage['fate']]?: string } = {
  ignored: 'is ignored',
  givenUp: 'is given up',
  lost: 'is lost',
};

/** What is to be said of a step besides: messages that came to nothing, and goals. */
function notesOf({ commentary }: TraceFile, step: number): { text: string; isGoal: boolean }[] {
  const { messages = [], properties = [] } = commentary ?? {};
  const gone = messages
    .filter(({ left }) => left === step)
    .flatMap(({ name, from, to, sent, fate }) => {
      const end = ends[fate];
      return end === undefined ? [] : [`${name} of step ${sent} from ${from} to ${to} ${end}`];
    });
  const goals = properties
    .filter(({ truth }) => truth.indexOf('r') === step)
    .map(({ name }) => `reaches ${name}`);
  return [
    ...gone.map(text => ({ text, isGoal: false })),
    ...goals.map(text => ({ text, isGoal: true })),
  ];
}
