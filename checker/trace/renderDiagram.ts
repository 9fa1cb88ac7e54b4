import { callOf, type DrawnStep, drawnSteps, lanesOf } from './drawnSteps.ts';
import { type Ending, endingOf } from './endingOf.ts';
import { type Lane, type LaneLayout, layOutLanes, OTHERS } from './laneLayout.ts';
import { endsOf, printable, shorten, wrapAtMost } from './renderParts.ts';
import type { Styler } from './renderStyle.ts';
import type { TraceFile } from './traceFile.ts';

/** The most steps that are drawn. */
export const MOST_STEPS = 25;
const MOST_LEGEND_LINES = 2;
/** Between lanes and calls. */
const GAP = '  ';
/** Full names of lanes leave so many columns to calls, if these are as long. */
const WANTED_CALL = 32;
/** What is left to calls in any case. */
const NARROWEST_CALL = 14;

/**
 * A run as a sequence diagram of characters: a lane for each node, a row for each step. The dot is the
 * one who acts, the cross a fault or a message that is lost.
 */
export class TextDiagram {
  readonly #steps: readonly DrawnStep[];
  readonly #unrelated: ReadonlySet<number>;
  readonly #ending: Ending | undefined;
  readonly #width: number;
  readonly #style: Styler;
  readonly #names: readonly string[];
  readonly #layout: LaneLayout;
  readonly #numberWidth: number;

  /** @param width in characters, at least 40. */
  constructor(trace: TraceFile, width: number, style: Styler) {
    this.#steps = drawnSteps(trace);
    this.#unrelated = new Set(trace.commentary?.explanation?.unrelated);
    this.#ending = endingOf(trace);
    this.#width = width;
    this.#style = style;
    this.#numberWidth = String(this.#steps.length).length + 2;
    const { first, last } = endsOf(this.#steps, MOST_STEPS);
    const shown = [...first, ...last];
    this.#names = lanesOf(shown);
    const room = width - this.#numberWidth - GAP.length;
    const calls = shown.map(drawn => printable(callOf(drawn, true)).length);
    const call = Math.min(WANTED_CALL, Math.max(0, ...calls));
    this.#layout = layOutLanes(this.#names, { room: room - call, mostRoom: room - NARROWEST_CALL });
  }

  /** So many rows show every step. */
  get height(): number {
    return this.#steps.length + (this.#ending === undefined ? 0 : 1);
  }

  /** Whether so many rows show everything. */
  isWhole(rows: number): boolean {
    return this.height <= rows && this.#layout.others === undefined;
  }

  /** The names of the lanes, and what short ones stand for. */
  head(): string[] {
    if (this.#steps.length === 0) return [];
    const drawn = this.#drawnLanes();
    const line = Array.from({ length: this.#width }, () => ' ');
    for (const { title, centre } of drawn) {
      const start = this.#numberWidth + centre - Math.floor(title.length / 2);
      for (const [index, character] of [...title].entries()) line[start + index] = character;
    }
    return [...this.#legend(), this.#style('bold', line.join('').trimEnd())];
  }

  /** At most so many rows: the first and the last steps, and between them what is missing. */
  rows(most: number, where: string): string[] {
    const ending = this.#ending === undefined ? [] : [this.#endingRow(this.#ending)];
    if (this.#steps.length === 0) return ['  the initial state, before any step', ...ending];
    const room = most - ending.length;
    const { first, missing, last } =
      this.#steps.length <= room
        ? { first: this.#steps, missing: [], last: [] }
        : endsOf(this.#steps, room - 1);
    const gap = missing.length === 0 ? [] : [this.#gap(missing, where)];
    const isBefore = ({ number }: DrawnStep): boolean =>
      number < (this.#ending?.step ?? number + 1);
    const rowsOf = (steps: readonly DrawnStep[]): string[] => steps.map(step => this.#row(step));
    const [early, late] = [first.filter(isBefore), last.filter(isBefore)];
    return early.length < first.length
      ? [...rowsOf(early), ...ending, ...rowsOf(first.slice(early.length)), ...gap, ...rowsOf(last)]
      : [...rowsOf(first), ...gap, ...rowsOf(late), ...ending, ...rowsOf(last.slice(late.length))];
  }

  #endingRow({ text, step }: Ending): string {
    const end = step > this.#steps.length ? '' : ':';
    return this.#style('bold', shorten(`${this.#margin}${text}${end}`, this.#width));
  }

  #gap(missing: readonly DrawnStep[], where: string): string {
    const faults = missing.filter(({ isFault }) => isFault).map(({ number }) => number);
    const name = faults.length === 1 ? 'fault' : 'faults';
    const among = faults.length === 0 ? '' : `, among them ${name} ${faults.join(', ')}`;
    const text = `${this.#margin}... ${missing.length} steps not shown (see ${where})${among}`;
    return this.#style('dim', shorten(text, this.#width));
  }

  get #margin(): string {
    return ' '.repeat(this.#numberWidth);
  }

  #drawnLanes(): Lane[] {
    const { lanes, others } = this.#layout;
    return [...lanes.values(), ...(others === undefined ? [] : [others])];
  }

  #legend(): string[] {
    const short = [...this.#layout.lanes].filter(([name, { title }]) => printable(name) !== title);
    const sharing = this.#names.filter(name => !this.#layout.lanes.has(name)).map(printable);
    const texts = [
      ...short.map(([name, { title }]) => `${title}=${printable(name)}`),
      ...(sharing.length === 0 ? [] : [`${OTHERS}=${sharing.join('/')}`]),
    ];
    if (texts.length === 0) return [];
    const lines = wrapAtMost(texts.join(' '), this.#width - this.#numberWidth, MOST_LEGEND_LINES);
    return lines.map(line => this.#style('dim', `${this.#margin}${line}`));
  }

  #row(drawn: DrawnStep): string {
    const { number, isFault } = drawn;
    const place = `${String(number).padStart(this.#numberWidth - 1)} `;
    const lanes = this.#lanesOf(drawn);
    const isShared = [drawn.from, drawn.to ?? drawn.from].some(
      name => !this.#layout.lanes.has(name),
    );
    const call = printable(callOf(drawn, !isShared));
    const label = shorten(call, this.#width - place.length - lanes.length - GAP.length);
    const row = `${place}${lanes}${GAP}${label}`;
    if (isFault) return this.#style('red', row);
    return this.#unrelated.has(number) ? this.#style('dim', row) : row;
  }

  #lanesOf(drawn: DrawnStep): string {
    const row = Array.from({ length: this.#layout.span }, () => ' ');
    for (const { centre } of this.#drawnLanes()) row[centre] = '│';
    const from = this.#centreOf(drawn.from);
    const to = drawn.to === undefined ? from : this.#centreOf(drawn.to);
    const mark = drawn.isFault ? '✗' : '●';
    if (from === to) row[from] = mark;
    else drawArrow(row, from, to, drawn, mark);
    return row.join('');
  }

  #centreOf(name: string): number {
    return (this.#layout.lanes.get(name) ?? this.#layout.others)?.centre ?? 0;
  }
}

function drawArrow(
  row: string[],
  from: number,
  to: number,
  { step, message, ...drawn }: DrawnStep,
  mark: string,
): void {
  const forward = from < to ? 1 : -1;
  for (let at = from + forward; at !== to; at += forward) row[at] = row[at] === ' ' ? '─' : '┼';
  const head = forward > 0 ? '▶' : '◀';
  row[to - forward] = message === 'lost' ? '✗' : head;
  row[from] = forward > 0 ? '├' : '┤';
  // Who acts is the sender, the receiver, or neither: the network.
  if (step.actor === drawn.to) row[to] = mark;
  else if (step.actor === drawn.from || (drawn.isFault && message !== 'lost')) row[from] = mark;
}
