import { isNodeName } from '../../../../checker/trace/participants.ts';
import { compact, shorten } from '../../../../checker/trace/renderParts.ts';
import { elementsOf } from '../../../../checker/trace/statesOf.ts';
import type { TraceJson } from '../../../../checker/trace/traceFile.ts';
import { Place } from '../place.ts';
import { type Said, said, spaced } from './said.ts';

/** A value as it is shown when nothing is known of its meaning. */
export type GenericNode =
  | { readonly kind: 'value'; readonly value: Said }
  | { readonly kind: 'fields'; readonly fields: readonly GenericField[]; readonly missing: number }
  /** One for each node: a card. */
  | { readonly kind: 'cards'; readonly cards: readonly GenericField[]; readonly missing: number }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly { readonly name: string; readonly cells: readonly Said[] }[];
      readonly missing: number;
    };

export interface GenericField {
  readonly name: string;
  readonly node: GenericNode;
}

const MOST_DEPTH = 6;
const MOST_FIELDS = 100;
const MOST_TEXT = 200;

/** Any value as a nested table: records as fields, records by node as cards, lists of records as tables. */
export function genericView(place: Place, depth = 0): GenericNode {
  if (depth === MOST_DEPTH || !isNested(place)) return { kind: 'value', value: wordsOf(place) };
  const rows = rowsOf(place);
  const columns = columnsOf(rows);
  if (columns !== undefined) {
    const shown = rows.slice(0, MOST_FIELDS).map(([name, row]) => ({
      name,
      cells: columns.map(column => wordsOf(row.at(column))),
    }));
    return { kind: 'table', columns, rows: shown, missing: rows.length - shown.length };
  }
  const fields = rows
    .slice(0, MOST_FIELDS)
    .map(([name, child]) => ({ name, node: genericView(child, depth + 1) }));
  const missing = rows.length - fields.length;
  return rows.every(([name, child]) => isNodeName(name) && child.isRecord)
    ? { kind: 'cards', cards: fields, missing }
    : { kind: 'fields', fields, missing };
}

/** The fields of a record that are not among those known; undefined if there are none. */
export function restOf(place: Place, known: readonly string[]): GenericNode | undefined {
  const rest = place.entries.filter(([name]) => !known.includes(name));
  if (rest.length === 0) return undefined;
  const fields = rest
    .slice(0, MOST_FIELDS)
    .map(([name, child]) => ({ name, node: genericView(child, 1) }));
  return { kind: 'fields', fields, missing: rest.length - fields.length };
}

function rowsOf(place: Place): readonly (readonly [string, Place])[] {
  const elements = elementPlaces(place);
  if (elements !== undefined) return elements.map((element, i) => [String(i + 1), element]);
  return place.isList ? place.list.map((child, i) => [String(i), child]) : place.entries;
}

/** The elements of a set, each as it was before if it was there. */
function elementPlaces(place: Place): readonly Place[] | undefined {
  const before = elementsOf(place.past.now)?.map(element => JSON.stringify(element));
  return elementsOf(place.now)?.map(element => {
    const wasThere = before?.includes(JSON.stringify(element)) ?? false;
    return new Place(element, wasThere ? element : null);
  });
}

/** Whether a value has parts worth a line each; a list of plain values is said in one. */
function isNested(place: Place): boolean {
  const elements = elementPlaces(place);
  if (elements !== undefined) return elements.some(element => element.isRecord);
  if (place.isList) return place.list.some(child => child.isRecord || child.isList);
  return place.isRecord && place.keys.length > 0;
}

/** The fields that all rows have, if all are flat records of the same few fields. */
function columnsOf(rows: readonly (readonly [string, Place])[]): readonly string[] | undefined {
  const columns = rows[0]?.[1].keys ?? [];
  if (columns.length === 0 || columns.length > 8) return undefined;
  const isTable = rows.every(
    ([, row]) =>
      row.keys.length === columns.length &&
      columns.every((column, index) => row.keys[index] === column && !isNested(row.at(column))),
  );
  return isTable ? columns : undefined;
}

function wordsOf(place: Place): Said {
  return said(place, ({ now }) => words(now));
}

function words(value: TraceJson): string {
  return shorten(value === '' ? '""' : compact(value), MOST_TEXT);
}

/** A name of a field as it is shown; the name of a node as it is. */
export function fieldWords(name: string): string {
  return isNodeName(name) ? name : spaced(name);
}
