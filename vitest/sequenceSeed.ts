/** What is there of an object under a name, if it is an object. */
function under(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** vitest's `sequence.seed`, which it keeps where only its own modules look; undefined if not set. */
export function sequenceSeed(): number | undefined {
  const worker: unknown = Reflect.get(globalThis, '__vitest_worker__');
  const seed = under(under(under(worker, 'config'), 'sequence'), 'seed');
  return typeof seed === 'number' ? seed : undefined;
}
