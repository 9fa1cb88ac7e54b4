import { childOf, splitPath } from './statesOf.ts';
import type { TraceJson } from './traceFile.ts';

/*
 * What a state has one of need not be named: where there is one server, all that is said is said of it.
 */

/** The name of the only node in what a state keeps under a key: `server-1` under `servers`. */
export function onlyNodeIn(key: string, value: TraceJson): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const [only, ...others] = Object.keys(value);
  const isNamed = key.endsWith('s') && only === `${key.slice(0, -1)}-1`;
  return isNamed && others.length === 0 ? only : undefined;
}

/** A path without the only nodes on it: `servers.server-1.log[0]` is `log[0]`. */
export function shownPath(state: TraceJson, path: string): string {
  const { key, rest } = splitPath(state, path);
  if (rest === '') return path;
  const child = childOf(state, key);
  const only = onlyNodeIn(String(key), child);
  if (only !== undefined && rest.startsWith(`${only}.`)) {
    return shownPath(childOf(child, only), rest.slice(only.length + 1));
  }
  return `${path.slice(0, path.length - rest.length)}${shownPath(child, rest)}`;
}
