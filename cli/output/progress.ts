import type { Progress } from '../../checker/core/control.ts';
import { grouped } from '../../checker/results/numbers.ts';
import type { Output } from './io.ts';
import { duration, short } from './numbers.ts';

const LIVE_EVERY_MS = 100;
const LINE_EVERY_MS = 10_000;
/** A part of the line, and how telling it is: the least telling ones are left out first. */
interface Part {
  readonly text: string;
  readonly telling: number;
}

/** Carriage return, then "erase the line" (ECMA-48 EL). */
const ERASE = '\r\u001b[2K';

/**
 * Shows on stderr how far a command has come: one live line on a terminal, elsewhere one line every
 * ten seconds, with `quiet` nothing. States a second are generated ones; `x1.42` is how much larger the
 * level is than the one before. Call {@link end} before anything else is printed.
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
    const text = this.#fitting(label, progress, now);
    if (this.#output.isTTY) {
      this.#live = true;
      this.#output.write(ERASE + text);
    } else {
      this.#output.write(`${text}\n`);
    }
  }

  /** Takes the live line away. */
  end(): void {
    if (this.#live) this.#output.write(ERASE);
    this.#live = false;
  }

  /** The line with what fits, the most telling first to stay. */
  #fitting(label: string, progress: Progress, now: number): string {
    const parts = this.#parts(label, progress, now);
    const line = (shown: readonly Part[]): string =>
      `${label}: ${shown.map(({ text }) => text).join(', ')}`;
    if (!this.#output.isTTY) return line(parts);
    const width = Math.max(1, this.#output.columns - 1);
    let shown = parts;
    while (line(shown).length > width && shown.length > 1) {
      const least = Math.min(...shown.map(({ telling }) => telling));
      shown = shown.filter(({ telling }) => telling > least);
    }
    return line(shown).slice(0, width);
  }

  #parts(label: string, progress: Progress, now: number): Part[] {
    const { distinctStates, depth, pending, engine, level, bytes, actions, isLearningFull } =
      progress;
    const todo = engine === 'simulate' ? 'runs to go' : 'pending';
    const rate = this.#rate(label, progress, now);
    const growth = level === undefined || level.before === 0 ? 0 : level.size / level.before;
    const parts: (Part | undefined)[] = [
      { telling: 9, text: `${grouped(distinctStates)} states` },
      rate === undefined ? undefined : { telling: 8, text: `${grouped(Math.round(rate))}/s` },
      { telling: 7, text: `depth ${depth}` },
      level === undefined
        ? { telling: 6, text: `${grouped(pending)} ${todo}` }
        : { telling: 6, text: `${short(level.left)} left + ${short(level.next)} next` },
      growth === 0 ? undefined : { telling: 3, text: `x${growth.toFixed(2)}` },
      bytes === 0 ? undefined : { telling: 4, text: `${Math.ceil(bytes / 2 ** 20)} MiB` },
      actions === undefined
        ? undefined
        : { telling: 2, text: `${actions.taken} of ${actions.all} actions` },
      isLearningFull === true ? { telling: 1, text: 'learning full' } : undefined,
      { telling: 5, text: duration((now - this.#start) / 1000) },
    ];
    return parts.filter(part => part !== undefined);
  }

  /** Generated states a second since this task was shown last. */
  #rate(label: string, progress: Progress, now: number): number | undefined {
    const mark = this.#mark;
    this.#mark = { label, states: progress.generatedStates, time: now };
    if (mark === undefined || mark.label !== label || now <= mark.time) return undefined;
    return ((progress.generatedStates - mark.states) * 1000) / (now - mark.time);
  }
}
