import { type Project, plainProject } from '../project/project.ts';
import { InterruptFlag } from '../tasks/interrupt.ts';
import type { Surroundings, TaskProgress } from '../tasks/surroundings.ts';
import type { Limits } from '../tasks/task.ts';

/** How work is done, whatever it is; every part may be left out. */
export interface WorkOptions {
  /** The models that there are; those of this package if absent. See `loadProject`. */
  readonly project?: Project;
  /** Explorations at the same time, each in a worker thread; 1, on the calling thread, if absent. */
  readonly jobs?: number;
  /** Milliseconds for each exploration, which then ends as inconclusive; endless if absent. */
  readonly timeLimit?: number;
  /** Bytes that explorations may hold together, beyond which they end as inconclusive; endless if absent. */
  readonly memory?: number;
  /** Distinct states after which an exploration of all states ends as inconclusive. */
  readonly maxStates?: number;
  /** Ends the work, with what was found until then. */
  readonly signal?: AbortSignal;
  /** Called again and again while explorations go on. */
  readonly onProgress?: (progress: TaskProgress) => void;
}

/** What a piece of work is given, and what lets go of the signal when it is over. */
export interface Means {
  readonly surroundings: Surroundings & { readonly project: Project };
  readonly limits: Limits;
  release(): void;
}

/** Does some work with what the options give. */
export async function working<Result>(
  options: WorkOptions,
  work: (means: Omit<Means, 'release'>) => Promise<Result>,
): Promise<Result> {
  const { release, ...means } = meansOf(options);
  try {
    return await work(means);
  } finally {
    release();
  }
}

function meansOf({ project = plainProject(), jobs = 1, signal, ...options }: WorkOptions): Means {
  const { timeLimit, memory, maxStates, onProgress } = options;
  const interrupt = new InterruptFlag();
  const stop = (): void => interrupt.set();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  return {
    surroundings: { project, jobs, interrupt, ...(onProgress === undefined ? {} : { onProgress }) },
    limits: {
      ...(timeLimit === undefined ? {} : { milliseconds: timeLimit }),
      ...(memory === undefined ? {} : { bytes: memory }),
      ...(maxStates === undefined ? {} : { states: maxStates }),
    },
    release: () => signal?.removeEventListener('abort', stop),
  };
}
