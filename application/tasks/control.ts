import type { Control, Progress, StopReason } from '../../checker/core/control.ts';
import { nextTurn } from './nextTurn.ts';
import type { Limits } from './task.ts';

/** What a running task asks of its surroundings. */
export interface TaskHooks {
  readonly onProgress?: (progress: Progress) => void;
  readonly isInterrupted?: () => boolean;
}

/** Milliseconds that proving a random counterexample shortest may take. */
const PROOF_TIME = 30_000;

/**
 * Turns limits into answers to the engine's question whether to go on; time counts from now.
 *
 * @param isRandom - Whether random runs are made, of which a proof may follow that one is shortest.
 */
export function controlOf(limits: Limits, hooks: TaskHooks, isRandom = false): Control {
  const { milliseconds, until, bytes, states } = limits;
  const start = performance.now();
  let proofStart: number | undefined;
  const reasonFor = (progress: Progress): StopReason | undefined => {
    if (hooks.isInterrupted?.()) return 'interrupted';
    const now = performance.now();
    if (milliseconds !== undefined && now - start > milliseconds) return 'time limit';
    if (until !== undefined && performance.timeOrigin + now > until) return 'time limit';
    if (isRandom && progress.engine === 'exhaustive') {
      proofStart ??= now;
      return now - proofStart > PROOF_TIME ? 'time limit' : undefined;
    }
    if (bytes !== undefined && progress.bytes > bytes) return 'memory limit';
    if (states !== undefined && progress.distinctStates >= states) return 'state limit';
    return undefined;
  };
  return {
    async poll(progress) {
      hooks.onProgress?.(progress);
      await nextTurn();
      return reasonFor(progress);
    },
  };
}
