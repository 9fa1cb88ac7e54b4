import type { Control, StopReason } from '../checker/core/control.ts';

/** Ends an exploration after so many milliseconds from now, or when the user asks to stop. */
export function timeLimit(milliseconds: number, isInterrupted = (): boolean => false): Control {
  const end = performance.now() + milliseconds;
  return {
    async poll(): Promise<StopReason | undefined> {
      // Lets signals and messages through: the engines never wait for anything else.
      await new Promise(resolve => setImmediate(resolve));
      if (isInterrupted()) return 'interrupted';
      return performance.now() > end ? 'time limit' : undefined;
    },
  };
}
