import { relative } from 'node:path';
import { labelOf } from '../checker/core/compiledModel.ts';
import type { ModelError } from '../checker/core/errors.ts';
import { printable } from '../checker/trace/renderParts.ts';
import { renderText } from '../checker/trace/renderText.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';
import type { Effort } from './effort.ts';
import type { FailedTrace } from './replayTraces.ts';

/** A file as it is named from where the tests were started. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}

/** The command that runs one test, which replays its corpus first. */
export function rerunCommand(testFile: string, testName: string): string {
  return `npx vitest run ${quoted(shownPath(testFile))} -t ${quoted(escapedPattern(testName))}`;
}

/** A violation that was found now. */
export interface FoundText {
  readonly trace: TraceFile;
  readonly seed: number;
  /** Among what it was found: "in run 3 of 1000". */
  readonly found: string;
  /** Where it was kept, or why it was not. */
  readonly kept: string;
  readonly command: string;
}

/** The story of a violation, with everything that is needed to see it again. */
export function foundText(found: FoundText): string {
  const { trace, seed, kept, command } = found;
  return [
    renderText(trace, { command: { label: 'replay', text: command }, file: kept }),
    `seed      ${seed}, found ${found.found}`,
  ].join('\n');
}

/** What failed of a corpus: the first trace at length, of the others a line each. */
export function corpusText(failed: readonly FailedTrace[], command: string): string {
  const [first, ...others] = failed;
  if (first === undefined) return '';
  const shown = others.slice(0, MOST_OTHERS).map(other => `also      ${lineOf(other)}`);
  const missing = others.length - shown.length;
  return [
    ...storyOf(first, command),
    ...shown,
    ...(missing === 0 ? [] : [`also      ${missing} more traces of the corpus`]),
  ].join('\n');
}

const MOST_OTHERS = 4;

function storyOf(failed: FailedTrace, command: string): string[] {
  const { path, trace, outcome } = failed;
  const file = shownPath(path);
  if (outcome.word === 'reproduced') {
    return [
      renderText(trace, { command: { label: 'replay', text: command }, file }),
      'It is still reproduced: the corpus was replayed before any random run.',
      'What else may break is not decided: no random runs were made.',
    ];
  }
  const fate = trace.kind === 'witness' && outcome.word === 'fixed' ? ['the goal is missed'] : [];
  return [
    [...fate, lineOf(failed)].join(': '),
    'The trace no longer fits the model, so it shows nothing. Renew it:',
    `  highwater corpus renew ${quoted(file)}`,
    'or delete the file if what it shows cannot happen any more. Traces of tests in other files',
    'are best kept in folders of their own: the option "corpus" names them.',
  ];
}

function lineOf({ path, outcome: { word, step, reason } }: FailedTrace): string {
  const where = step === undefined ? word : `${word} at step ${step}`;
  return `${shownPath(path)}: ${where}: ${printable(reason)}`;
}

/** A crash of the model, with the steps that lead there. */
export function crashText({ message, steps }: ModelError, { seed }: Effort): string {
  const first = Math.max(0, steps.length - MOST_STEPS);
  const lines = steps.map((step, index) => `  ${index + 1}  ${labelOf(step)}`).slice(first);
  const cut = first === 0 ? [] : [`  ... the first ${first} steps are not shown`];
  const where = steps.length === 0 ? 'in the initial state' : 'the steps that lead there:';
  return [message, where, ...cut, ...lines, `seed      ${seed}`].join('\n');
}

const MOST_STEPS = 30;

/** A name as a pattern that only it matches. */
function escapedPattern(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Quoted for a POSIX shell. */
function quoted(text: string): string {
  if (/^[A-Za-z0-9_./:=,@%+-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
