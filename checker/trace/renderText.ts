import { grouped } from '../results/numbers.ts';
import { explanationOf, type Reason } from './explanationOf.ts';
import { shownPath } from './onlyNode.ts';
import { MOST_STEPS, TextDiagram } from './renderDiagram.ts';
import {
  boundsLine,
  compactChange,
  printable,
  settingsLine,
  shorten,
  wrapAtMost,
} from './renderParts.ts';
import { plain, type Styler } from './renderStyle.ts';
import type { TraceChange, TraceFile } from './traceFile.ts';

/** How a trace is shown. */
export interface TextOptions {
  /** The last line: a command to copy, and what it does; there is none if absent. */
  readonly command?: { readonly label: 'replay' | 'save'; readonly text: string };
  /** Where the trace lies, if it is saved. */
  readonly file?: string | undefined;
  /** The command that shows the trace as a page; named if anything had to be left out. */
  readonly page?: string | undefined;
  /** Width to wrap at, in characters. */
  readonly width?: number | undefined;
  readonly style?: Styler | undefined;
}

const MOST_LINES = 40;
/** The most lines that one text of the trace may take. */
const MOST_TEXT_LINES = 3;
/** The same of the clause, which of a refinement names each action that was tried. */
const MOST_CLAUSE_LINES = 9;
const MOST_REASON_LINES = 2;
const MOST_CHANGES = 8;
const LABEL_WIDTH = 10;

/**
 * Shows a trace as a report of at most 40 lines: what broke, where, the steps as a sequence diagram,
 * what the last step changed, why it came to that, what was explored, where the trace lies and the
 * command to replay it. Reads nothing but the trace; whatever is left out is said to be. Nothing is
 * wider than `width` but paths and commands, which are there to be copied.
 */
export function renderText(trace: TraceFile, options: TextOptions): string {
  const width = Math.min(100, Math.max(40, options.width ?? 80));
  return new Report(trace, { ...options, width, style: options.style ?? plain }).lines().join('\n');
}

class Report {
  readonly #trace: TraceFile;
  readonly #options: TextOptions;
  readonly #width: number;
  readonly #style: Styler;
  readonly #diagram: TextDiagram;

  constructor(trace: TraceFile, options: TextOptions & { width: number; style: Styler }) {
    this.#trace = trace;
    this.#options = options;
    this.#width = options.width;
    this.#style = options.style;
    this.#diagram = new TextDiagram(trace, options.width, options.style);
  }

  lines(): string[] {
    const whole = this.#arranged([]);
    const { page } = this.#options;
    const { lines } =
      whole.isCut && page !== undefined ? this.#arranged(this.#uncut('page', page)) : whole;
    return lines;
  }

  /** Everything in its order; what can be shortened shares the room that is left. */
  #arranged(page: readonly string[]): { lines: string[]; isCut: boolean } {
    const head = [...this.#head(), '', ...this.#diagram.head()];
    const tail = [...this.#outcome(), ...page, ...this.#ways()];
    const changes = this.#changes();
    const reasons = this.#reasons(MOST_REASON_LINES);
    const shortReasons = this.#reasons(1);
    // One blank line after the steps.
    const room = MOST_LINES - head.length - tail.length - 1;
    const rows = share(room, {
      steps: Math.max(1, Math.min(this.#diagram.height, MOST_STEPS)),
      reasons: reasons.length,
      changes: Math.min(changes.length, MOST_CHANGES),
    });
    const shownReasons = reasons.length <= rows.reasons ? reasons : shortReasons;
    const lines = [
      ...head,
      ...this.#diagram.rows(rows.steps, this.#options.page === undefined ? 'the file' : 'the page'),
      '',
      ...this.#labelled('last step', changes, { rows: rows.changes, what: 'fields' }),
      ...this.#labelled('why', shownReasons, { rows: rows.reasons, what: 'sentences' }),
      ...tail,
    ];
    const isShort = changes.length > rows.changes || shownReasons !== reasons;
    return { lines, isCut: isShort || !this.#diagram.isWhole(rows.steps) };
  }

  #head(): string[] {
    const { kind, property, model } = this.#trace;
    const broken = kind === 'counterexample';
    const title = `${printable(property.name)} is ${broken ? 'broken' : 'reached'}`;
    return [
      this.#style(broken ? 'red' : 'green', shorten(title, this.#width)),
      ...this.#text('claim', property.statement),
      ...this.#text(broken ? 'false' : 'reached', property.clause, MOST_CLAUSE_LINES),
      ...(broken && property.loss !== '' ? this.#text('lost', property.loss) : []),
      ...(property.cause === undefined ? [] : this.#text('cause', property.cause.join(', '))),
      ...this.#text('model', `${model.name}, version ${model.version}`),
      ...this.#text('settings', settingsLine(model.config)),
      ...this.#text('bounds', boundsLine(model.bounds)),
      ...(model.defects.length === 0 ? [] : this.#text('defects', model.defects.join(', '))),
    ];
  }

  /** The fields that the last step changed. What is left of budgets is what matters least. */
  #changes(): string[] {
    const changes = this.#trace.steps.at(-1)?.changes ?? [];
    const isBudget = ({ path }: TraceChange): boolean => path.startsWith('budget.');
    return [...changes.filter(change => !isBudget(change)), ...changes.filter(isBudget)].map(
      ({ path, before, after }) => {
        const shown = shownPath(this.#trace.initial.state, path).replace(/^protocol\./, '');
        // Of a set that has only gained, what it has gained.
        const sides = compactChange(before, after).filter(side => side !== '');
        const text = `${shown}: ${sides.join(' -> ')}`;
        return shorten(printable(text), this.#width - LABEL_WIDTH);
      },
    );
  }

  /** The explanation, each sentence of it in at most so many lines. */
  #reasons(most: number): string[] {
    // How the run goes on stands among its steps.
    const reasons = explanationOf(this.#trace).filter(({ topic }) => topic !== 'ending');
    return reasons.flatMap(reason => {
      return wrapAtMost(shortReason(reason), this.#width - LABEL_WIDTH, most);
    });
  }

  #outcome(): string[] {
    const { explored, steps, property } = this.#trace;
    const { engine, seed, distinctStates, generatedStates, depth, shortest, unproved } = explored;
    const known =
      property.cause === undefined ? 'not proved shortest' : 'the shortest found of its cause';
    const doubt = unproved === undefined ? known : `not proved shortest: ${unproved}`;
    const how = seed === undefined ? engine : `${engine}, seed ${seed}`;
    const length = `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
    return [
      ...this.#text(
        'length',
        `${length}, ${shortest ? 'the shortest possible in this scope' : doubt}`,
      ),
      ...this.#text(
        'explored',
        `${grouped(distinctStates)} distinct states, ${grouped(generatedStates)} generated, ` +
          `depth ${grouped(depth)}, ${how}`,
      ),
    ];
  }

  /** What to do next, as it is to be copied. */
  #ways(): string[] {
    const { file, command } = this.#options;
    return [
      ...(file === undefined ? [] : this.#uncut('file', file)),
      ...(command === undefined ? [] : this.#uncut(command.label, command.text)),
    ];
  }

  #uncut(label: string, text: string): string[] {
    return [`${this.#label(label)}${printable(text)}`];
  }

  /** At most so many of these lines, and how many are missing, beside one label. */
  #labelled(
    label: string,
    lines: readonly string[],
    { rows, what }: { readonly rows: number; readonly what: string },
  ): string[] {
    const missing = lines.length <= rows ? 0 : lines.length - rows + 1;
    const shown = [
      ...lines.slice(0, lines.length - missing),
      ...(missing === 0 ? [] : [this.#style('dim', `... and ${missing} more ${what}`)]),
    ];
    return shown.map((line, index) => `${this.#label(index === 0 ? label : '')}${line}`);
  }

  #text(label: string, text: string, most = MOST_TEXT_LINES): string[] {
    const lines = wrapAtMost(printable(text), this.#width - LABEL_WIDTH, most);
    return lines.map((line, index) => `${this.#label(index === 0 ? label : '')}${line}`);
  }

  #label(text: string): string {
    return (text === '' ? '' : this.#style('bold', text)) + ' '.repeat(LABEL_WIDTH - text.length);
  }
}

/** The chain of causes in numbers alone: the steps are above. */
function shortReason({ topic, text, steps }: Reason): string {
  if (topic !== 'chain') return printable(text);
  if (steps.length < 2) return text;
  const isWhole = steps.every((step, index) => step === index + 1);
  if (isWhole) return `Each of steps 1 to ${steps.length} follows from the one before.`;
  return `Each follows from the one before: ${steps.join(', ')}.`;
}

/** What can be shortened, in lines. */
interface Rows {
  readonly steps: number;
  readonly reasons: number;
  readonly changes: number;
}

/** What is given how many lines, in this order, as long as there are any. */
const shares: readonly (readonly [keyof Rows, number])[] = [
  ['steps', 2],
  ['changes', 1],
  ['reasons', 1],
  ['steps', 5],
  ['reasons', 3],
  ['changes', 2],
  ['steps', 15],
  ['reasons', Number.POSITIVE_INFINITY],
  ['steps', Number.POSITIVE_INFINITY],
  ['changes', Number.POSITIVE_INFINITY],
];

/** Shares lines out; nothing is given more than is wanted. */
function share(room: number, wanted: Rows): Rows {
  const rows = { steps: 0, reasons: 0, changes: 0 };
  let left = room;
  for (const [name, most] of shares) {
    const more = Math.max(0, Math.min(left, Math.min(most, wanted[name]) - rows[name]));
    rows[name] += more;
    left -= more;
  }
  return rows;
}
