import type { Progress } from '../../checker/explore/control.ts';
import type { Output } from './io.ts';
import { duration, grouped } from './numbers.ts';

const LIVE_EVERY_MS = 100;
const LINE_EVERY_MS = 10_000;
/** Carriage return, then "erase the line" (ECMA-48 EL). */
const ERASE = '\r\u001b[2K';

/**
 * Shows on stderr how far a command has come: one live line on a terminal, elsewhere one line every
 * ten seconds, with `quiet` nothing. Call {@link end} before anything else is printed.
 */
export class ProgressReporter {
  readonly #output: Output;
  readonly #quiet: boolean;
  readonly #start: number;
  #shownAt: number;
  /** States and time when the rate was last taken. */
  #mark: { label: string; states: number; time: number } | undefined;
  #live = false;

  constructor(output: Output, options: { readonly quiet: boolean }) {
    this.#output = output;
    this.#quiet = options.quiet;
    this.#start = performance.now();
    this.#shownAt = this.#start;
  }

  /** Says once what begins, where there is no live line to say it. */
  begin(text: string): void {
    if (!this.#quiet && !this.#output.isTTY) this.#output.write(`${text}\n`);
  }

  /** Shows the progress of a task, if it is time to. */
  update(label: string, progress: Progress): void {
    if (this.#quiet) return;
    const now = performance.now();
    const every = this.#output.isTTY ? LIVE_EVERY_MS : LINE_EVERY_MS;
    if (now - this.#shownAt < every) return;
    this.#shownAt = now;
    const text = `${label}: ${this.#describe(label, progress, now)}`;
    if (this.#output.isTTY) {
      this.#live = true;
      this.#output.write(ERASE + text.slice(0, Math.max(1, this.#output.columns - 1)));
    } else {
      this.#output.write(`${text}\n`);
    }
  }

  /** Takes the live line away. */
  end(): void {
    if (this.#live) this.#output.write(ERASE);
    this.#live = false;
  }

  #describe(label: string, progress: Progress, now: number): string {
    const { distinctStates, depth, pending, engine } = progress;
    const todo = engine === 'simulate' ? 'runs to go' : 'pending';
    const rate = this.#rate(label, progress, now);
    return [
      `${grouped(distinctStates)} states`,
      ...(rate === undefined ? [] : [`${grouped(Math.round(rate))} generated/s`]),
      `depth ${depth}`,
      `${grouped(pending)} ${todo}`,
      duration((now - this.#start) / 1000),
    ].join(', ');
  }

  /** Generated states a second since this task was shown last. */
  #rate(label: string, progress: Progress, now: number): number | undefined {
    const mark = this.#mark;
    this.#mark = { label, states: progress.generatedStates, time: now };
    if (mark === undefined || mark.label !== label || now <= mark.time) return undefined;
    return ((progress.generatedStates - mark.states) * 1000) / (now - mark.time);
  }
}
