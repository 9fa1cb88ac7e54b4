import { assignments, boundsLine, compact, printable, shorten, wrap } from './renderParts.ts';
import { plain, type Styler } from './renderStyle.ts';
import type { TraceChange, TraceFile, TraceStep } from './traceFile.ts';

/** How a trace is shown. */
export interface TextOptions {
  /** The last line: a command to copy, and what it does. */
  readonly command: { readonly label: 'replay' | 'save'; readonly text: string };
  /** Width to wrap at, in characters. */
  readonly width?: number;
  readonly style?: Styler;
}

const MOST_LINES = 40;
const MOST_STEPS = 25;
const MOST_CHANGES = 8;
const FEWEST_CHANGES = 3;
const LABEL_WIDTH = 10;
/** The most lines that one text of the trace may take. */
const MOST_TEXT_LINES = 3;

/**
 * Shows a trace as a report of at most about 40 lines: what broke, where, by which steps, what the
 * last step changed, what was explored, and the command to replay it. Reads nothing but the trace;
 * whatever is left out is said to be.
 */
export function renderText(trace: TraceFile, options: TextOptions): string {
  const width = Math.min(100, Math.max(40, options.width ?? 80));
  return new Report(trace, width, options.style ?? plain).lines(options.command).join('\n');
}

class Report {
  readonly #trace: TraceFile;
  readonly #width: number;
  readonly #style: Styler;

  constructor(trace: TraceFile, width: number, style: Styler) {
    this.#trace = trace;
    this.#width = width;
    this.#style = style;
  }

  lines(command: TextOptions['command']): string[] {
    const head = this.#head();
    const tail = [...this.#outcome(), `${this.#label(command.label)}${command.text}`];
    const { steps } = this.#trace;
    const changes = steps.at(-1)?.changes ?? [];
    // Two blank lines around the steps, one before the end, one heading of the changes.
    const room = MOST_LINES - head.length - tail.length - 4;
    const wanted = room - Math.min(steps.length, MOST_STEPS);
    const changeRows = Math.min(MOST_CHANGES, Math.max(FEWEST_CHANGES, wanted));
    const used = Math.min(changes.length, changeRows);
    const stepRows = Math.max(FEWEST_CHANGES, Math.min(MOST_STEPS, room - used));
    return [
      ...head,
      '',
      ...this.#steps(stepRows),
      ...(changes.length === 0 ? [] : ['', ...this.#changes(changes, changeRows)]),
      '',
      ...tail,
    ];
  }

  #head(): string[] {
    const { kind, property, model } = this.#trace;
    const broken = kind === 'counterexample';
    const title = `${printable(property.name)} is ${broken ? 'broken' : 'reached'}`;
    return [
      ...wrap(title, this.#width).map(line => this.#style(broken ? 'red' : 'green', line)),
      ...this.#text('claim', property.statement),
      ...this.#text(broken ? 'false' : 'reached', property.clause),
      ...(broken && property.loss !== '' ? this.#text('lost', property.loss) : []),
      ...this.#text('model', `${model.name}, version ${model.version}`),
      ...this.#text('settings', assignments(model.config)),
      ...this.#text('bounds', boundsLine(model.bounds)),
      ...(model.defects.length === 0 ? [] : this.#text('defects', model.defects.join(', '))),
    ];
  }

  #outcome(): string[] {
    const { explored, steps } = this.#trace;
    const { engine, seed, distinctStates, generatedStates, depth, shortest, unproved } = explored;
    const doubt =
      unproved === undefined ? 'not proved shortest' : `not proved shortest: ${unproved}`;
    const how = seed === undefined ? engine : `${engine}, seed ${seed}`;
    const length = `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`;
    return [
      ...this.#text(
        'length',
        `${length}, ${shortest ? 'the shortest possible in this scope' : doubt}`,
      ),
      ...this.#text(
        'explored',
        `${number(distinctStates)} distinct states, ${number(generatedStates)} generated, ` +
          `depth ${number(depth)}, ${how}`,
      ),
    ];
  }

  /** The steps in at most so many lines; what is cut is cut out of the middle. */
  #steps(rows: number): string[] {
    const { steps } = this.#trace;
    if (steps.length === 0) return ['  the initial state, before any step'];
    if (steps.length <= rows) return steps.map((step, index) => this.#step(step, index));
    const first = Math.floor((rows - 1) / 2);
    const last = rows - 1 - first;
    const missing = steps.length - first - last;
    const shown = steps.map((step, index) => ({ step, index }));
    return [
      ...shown.slice(0, first).map(({ step, index }) => this.#step(step, index)),
      this.#style('dim', `  ... ${missing} steps not shown (see the file)`),
      ...shown.slice(-last).map(({ step, index }) => this.#step(step, index)),
    ];
  }

  #step({ action, actor, params }: TraceStep, index: number): string {
    const digits = String(this.#trace.steps.length).length;
    const names = this.#trace.steps.map(step => printable(step.actor).length);
    const actorWidth = Math.min(14, Math.max(...names));
    const place = `  ${String(index + 1).padStart(digits)}  `;
    const who = shorten(printable(actor), actorWidth).padEnd(actorWidth);
    const given = Object.entries(params).map(([name, value]) => `${name}=${value ?? 'none'}`);
    const room = this.#width - place.length - actorWidth - 2;
    const what = shorten(printable(`${action}(${given.join(', ')})`), room);
    return `${place}${this.#style('dim', who)}  ${what}`;
  }

  #changes(changes: readonly TraceChange[], rows: number): string[] {
    const shown = changes.length <= rows ? changes : changes.slice(0, rows - 1);
    const missing = changes.length - shown.length;
    return [
      `step ${this.#trace.steps.length} changed`,
      ...shown.map(change => this.#change(change)),
      ...(missing === 0 ? [] : [this.#style('dim', `  ... and ${missing} more fields`)]),
    ];
  }

  #change({ path, before, after }: TraceChange): string {
    const text = `${path.replace(/^protocol\./, '')}: ${compact(before)} -> ${compact(after)}`;
    return shorten(`  ${printable(text)}`, this.#width);
  }

  #text(label: string, text: string): string[] {
    const lines = wrap(printable(text), this.#width - LABEL_WIDTH);
    const shown = lines.slice(0, MOST_TEXT_LINES);
    const last = shown.length - 1;
    if (lines.length > shown.length) {
      shown[last] = shorten(`${shown[last]} ${lines[last + 1]}`, this.#width - LABEL_WIDTH);
    }
    return shown.map((line, index) => {
      return `${index === 0 ? this.#label(label) : ' '.repeat(LABEL_WIDTH)}${line}`;
    });
  }

  #label(text: string): string {
    return this.#style('bold', text) + ' '.repeat(LABEL_WIDTH - text.length);
  }
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
