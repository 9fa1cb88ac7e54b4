import type { nextTurn as elsewhere } from '../../application/tasks/nextTurn.ts';

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

/** Lets messages through, sooner than a timer would: a nested one waits for four milliseconds. */
export const nextTurn: typeof elsewhere = () =>
  new Promise(resolve => {
    waiting.push(resolve);
    port2.postMessage(0);
  });
