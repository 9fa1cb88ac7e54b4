import { elementsIn, setChange } from '../jsonSet.ts';
import { onlyNodeIn } from './onlyNode.ts';
import { childOf } from './statesOf.ts';
import type { TraceJson } from './traceFile.ts';

/**
 * Text from a trace file as it may go to a terminal: a file from elsewhere must not move the
 * cursor, change colours or break a line.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    character => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** Breaks text at spaces into lines of at most `width`; a longer word is broken anywhere. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  return [...lines, line];
}

/** Breaks text into at most so many lines; the last one ends with a mark if something is missing. */
export function wrapAtMost(text: string, width: number, most: number): string[] {
  const lines = wrap(text, width);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), shorten(lines.slice(most - 1).join(' '), width)];
}

/** The text, or its beginning with a mark that something is missing. */
export function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 3))}...`;
}

/** A value of a trace in few characters: `{epoch: 0, record: 1}`. */
export function compact(value: TraceJson): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return `[${value.map(compact).join(', ')}]`;
  const elements = elementsIn(value);
  if (elements !== undefined) return `{${elements.map(compactElement).join(', ')}}`;
  if (typeof value === 'object') {
    return `{${partsOf(value).join(', ')}}`;
  }
  return String(value);
}

/** A change in few characters: of a set only what it has lost and gained. */
export function compactChange(before: TraceJson, after: TraceJson): readonly [string, string] {
  const change = setChange(before, after);
  if (change === undefined) return [compact(before), compact(after)];
  const marked = (mark: string, elements: readonly TraceJson[]): string =>
    elements.map(element => `${mark}${compactElement(element)}`).join(' ');
  return [marked('-', change.gone), marked('+', change.come)];
}

/** An element of a set, without what is absent in it. */
function compactElement(element: TraceJson): string {
  if (element === null || typeof element !== 'object' || Array.isArray(element)) {
    return compact(element);
  }
  return compact(Object.fromEntries(Object.entries(element).filter(([, part]) => part !== null)));
}

/** The parts of a record in few characters; those of an only node as its own. */
function partsOf(value: { readonly [name: string]: TraceJson }): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const only = onlyNodeIn(key, inner);
    const own = only === undefined ? null : childOf(inner, only);
    const isRecord = own !== null && typeof own === 'object' && !Array.isArray(own);
    return isRecord ? partsOf(own) : [`${key}: ${compact(inner)}`];
  });
}

/** Settings in one line: `floors=4 modes=fast,slow`. */
export function assignments(values: { readonly [name: string]: TraceJson }): string {
  const given = Object.entries(values).map(([name, value]) => {
    const list = Array.isArray(value) && value.every(item => typeof item === 'string');
    return `${name}=${list ? value.join(',') : compact(value)}`;
  });
  return given.length === 0 ? 'none' : given.join(' ');
}

/** Bounds in one line, without those of zero: what may not happen is not worth a word each. */
export function boundsLine(bounds: { readonly [name: string]: number }): string {
  const given = Object.entries(bounds).filter(([, value]) => value > 0);
  const rest = given.length < Object.keys(bounds).length ? ', all others 0' : '';
  return `${assignments(Object.fromEntries(given))}${rest}`;
}

/** Settings in one line, without those that are off: `floors=4, others off`. */
export function settingsLine(settings: { readonly [name: string]: TraceJson }): string {
  const given = Object.entries(settings).filter(([, value]) => !isOff(value));
  const rest = given.length < Object.keys(settings).length ? ', others off' : '';
  return `${assignments(Object.fromEntries(given))}${rest}`;
}

function isOff(value: TraceJson): boolean {
  return value === 0 || value === false || (Array.isArray(value) && value.length === 0);
}

/** The first and the last of many, and those between them. */
export interface Ends<T> {
  readonly first: readonly T[];
  readonly missing: readonly T[];
  readonly last: readonly T[];
}

/** Cuts a list to so many items; of an odd number the end has one more, as the end tells most. */
export function endsOf<T>(items: readonly T[], most: number): Ends<T> {
  if (items.length <= most) return { first: items, missing: [], last: [] };
  const first = Math.floor(most / 2);
  const last = items.length - (most - first);
  return {
    first: items.slice(0, first),
    missing: items.slice(first, last),
    last: items.slice(last),
  };
}
