import type { Control, Progress } from '../../checker/core/control.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import { exploreInParallel } from '../../parallel/exploreInParallel.ts';
import { moduleOf, type Subject } from './subjects.ts';

/** How a subject is explored. */
export interface Manner {
  readonly workers: number;
  readonly symmetry: boolean;
}

/** What one exploration came to. */
export interface Measured extends Subject, Manner {
  readonly verdict: string;
  readonly distinctStates: number;
  readonly generatedStates: number;
  readonly depth: number;
  readonly seconds: number;
  readonly generatedPerSecond: number;
  readonly distinctPerSecond: number;
  /** Table, frontiers in memory and what was learned, when it was largest. */
  readonly mostBytes: number;
  /** Of the table alone, at the end. */
  readonly tableBytesPerState: number;
  /** Of the whole process, when it was largest. */
  readonly residentBytes: number;
}

/** Explores a subject completely. */
export async function measure(subject: Subject, manner: Manner): Promise<Measured> {
  const watch = new Watch();
  const start = performance.now();
  const result = await exploreInParallel(moduleOf(subject), { ...manner, control: watch });
  const seconds = (performance.now() - start) / 1000;
  return { ...subject, ...manner, ...figuresOf(result, seconds), ...watch.figures };
}

function figuresOf(result: ExplorationResult, seconds: number) {
  const { verdict, distinctStates, generatedStates, depth } = result;
  return {
    verdict,
    distinctStates,
    generatedStates,
    depth,
    seconds: Number(seconds.toFixed(2)),
    generatedPerSecond: Math.round(generatedStates / seconds),
    distinctPerSecond: Math.round(distinctStates / seconds),
  };
}

/** Milliseconds between two looks at the memory of the process. */
const LOOK_EVERY = 250;

class Watch implements Control {
  #mostBytes = 0;
  #resident = 0;
  #tableBytesPerState = 0;
  #lookedAt = 0;

  async poll(progress: Progress): Promise<undefined> {
    this.#mostBytes = Math.max(this.#mostBytes, progress.bytes);
    const { tableBytes = 0, distinctStates } = progress;
    this.#tableBytesPerState = tableBytes / distinctStates;
    const now = performance.now();
    if (now - this.#lookedAt < LOOK_EVERY) return undefined;
    this.#lookedAt = now;
    this.#resident = Math.max(this.#resident, process.memoryUsage.rss());
    // So that messages of threads are not kept waiting.
    await new Promise(resolve => setImmediate(resolve));
    return undefined;
  }

  get figures() {
    return {
      mostBytes: this.#mostBytes,
      tableBytesPerState: Number(this.#tableBytesPerState.toFixed(1)),
      residentBytes: this.#resident,
    };
  }
}
