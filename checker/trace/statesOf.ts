import { elementsIn } from '../jsonSet.ts';
import type { TraceChange, TraceFile, TraceJson } from './traceFile.ts';

/**
 * The states of a run, the initial one first: there is one more than steps. What a step leaves as it
 * was is shared between them, so that thousands of states take little room.
 */
export function statesOf({ initial, steps }: Pick<TraceFile, 'initial' | 'steps'>): TraceJson[] {
  let state = initial.state;
  return [state, ...steps.map(({ changes }) => (state = changes.reduce(withChange, state)))];
}

/** The value at a path such as `protocol.servers.server-1.log[0]`, or null where there is none. */
export function valueAt(state: TraceJson, path: string): TraceJson {
  if (path === '') return state;
  const { key, rest } = splitPath(state, path);
  return valueAt(childOf(state, key), rest);
}

function withChange(state: TraceJson, { path, after }: TraceChange): TraceJson {
  return withValue(state, path, after);
}

function withValue(state: TraceJson, path: string, value: TraceJson): TraceJson {
  if (path === '') return value;
  const { key, rest } = splitPath(state, path);
  const child = withValue(childOf(state, key), rest, value);
  if (typeof key === 'number') return withElement(Array.isArray(state) ? state : [], key, child);
  const fields = state === null || typeof state !== 'object' || Array.isArray(state) ? {} : state;
  return { ...fields, [key]: child };
}

/**
 * Lists have no holes: what becomes null is the end of the list, cut off, and what would be beyond the
 * end is no element of it.
 */
function withElement(list: readonly TraceJson[], index: number, value: TraceJson): TraceJson[] {
  const changed = [...list];
  if (index > list.length) return changed;
  changed[index] = value;
  while (changed.length > 0 && (changed.at(-1) ?? null) === null) changed.pop();
  return changed;
}

/** The elements of a set, which have no paths; undefined of anything else. */
export function elementsOf(state: TraceJson): readonly TraceJson[] | undefined {
  return elementsIn(state);
}

/** What a key or an index leads to, or null. */
export function childOf(state: TraceJson, key: string | number): TraceJson {
  if (state === null || typeof state !== 'object') return null;
  if (Array.isArray(state)) return typeof key === 'number' ? (state[key] ?? null) : null;
  return Object.hasOwn(state, key) ? (state[key] ?? null) : null;
}

/** The first part of a path and the rest. A key of the state may have a dot or a bracket in it. */
export function splitPath(state: TraceJson, path: string): { key: string | number; rest: string } {
  const element = /^\[(\d+)\]\.?/.exec(path);
  if (element !== null) return { key: Number(element[1]), rest: path.slice(element[0].length) };
  const key = knownKey(state, path) ?? /^[^.[]+/.exec(path)?.[0] ?? path;
  const rest = path.slice(key.length);
  return { key, rest: rest.startsWith('.') ? rest.slice(1) : rest };
}

function knownKey(state: TraceJson, path: string): string | undefined {
  if (state === null || typeof state !== 'object' || Array.isArray(state)) return undefined;
  return Object.keys(state)
    .filter(key => key !== '' && path.startsWith(key) && /^($|[.[])/.test(path.slice(key.length)))
    .sort((a, b) => b.length - a.length)[0];
}
