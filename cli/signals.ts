import type { InterruptFlag } from '../application/tasks/interrupt.ts';
import { exitCodes } from './exitCodes.ts';

/** Two signals closer than this come from one key press: the wrapper of a process passes it on. */
const SAME_KEY_PRESS_MS = 300;

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Sets the flag on SIGINT (Ctrl-C) or SIGTERM; a second one ends the process at once.
 *
 * @returns what takes the handler away again.
 */
export function interruptOnSignals(flag: InterruptFlag): () => void {
  let firstSignal: number | undefined;
  const onSignal = (): void => {
    const now = performance.now();
    firstSignal ??= now;
    if (now - firstSignal > SAME_KEY_PRESS_MS) process.exit(exitCodes.interrupted);
    flag.set();
  };
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}
