/**
 * Lets signals and messages through: the engines never wait for anything else. A page has another way to the next
 * turn (site/engine/nextTurn.ts).
 */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
