import { elementsIn, SET } from '../jsonSet.ts';
import { isNodeName } from './participants.ts';
import type { TraceJson } from './traceFile.ts';

/** A value as the Informal Trace Format has it. */
export type ItfValue = string | boolean | ItfValue[] | { [field: string]: ItfValue };

const NONE: ItfValue = { tag: 'None', value: { '#tup': [] } };
/** Stands for any key of a map and any element of a list. */
const ANY = '*';

/**
 * Which values of several states become what in the Informal Trace Format, the same in all of them:
 *
 * - Integers are `{"#bigint": "1"}`, as both Apalache and Quint write them.
 * - An object by names of nodes ("server-1") or of links between them is a map. Any other is a record,
 *   unless it has no field, or one with a name that a record must not have: then it is a map as well.
 * - A set is a set.
 * - What may be absent is an option as Quint has it, `{"tag": "Some", "value": ...}` or
 *   `{"tag": "None", "value": {"#tup": []}}`: a value that is null in any of the states, of any node
 *   or element, is written so in all of them.
 * - A number that is no integer is `{"#unserializable": "0.5"}`.
 */
export class ItfTypes {
  readonly #optional = new Set<string>();

  constructor(states: readonly TraceJson[]) {
    for (const state of states) this.#look(state, '');
  }

  #look(value: TraceJson, place: string): void {
    if (value === null) this.#optional.add(place);
    else if (Array.isArray(value)) for (const item of value) this.#look(item, placeIn(place, ANY));
    else if (elementsIn(value) !== undefined) this.#look([...(elementsIn(value) ?? [])], place);
    else if (typeof value === 'object') {
      const isMap = isMapOf(value);
      for (const [key, inner] of Object.entries(value)) {
        this.#look(inner, placeIn(place, isMap ? ANY : key));
      }
    }
  }

  /** A state whose fields are variables: a record even if its fields have names of nodes. */
  variables(state: { readonly [name: string]: TraceJson }): { [name: string]: ItfValue } {
    return Object.fromEntries(
      Object.entries(state).map(([name, value]) => [name, this.#write(value, placeIn('', name))]),
    );
  }

  #write(value: TraceJson, place: string): ItfValue {
    if (!this.#optional.has(place)) return value === null ? NONE : this.#present(value, place);
    return value === null ? NONE : { tag: 'Some', value: this.#present(value, place) };
  }

  #present(value: Exclude<TraceJson, null>, place: string): ItfValue {
    if (typeof value === 'number') return numberOf(value);
    if (typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(item => this.#write(item, placeIn(place, ANY)));
    const elements = elementsIn<TraceJson>(value);
    if (elements !== undefined) {
      return { [SET]: elements.map(item => this.#write(item, placeIn(place, ANY))) };
    }
    const entries = Object.entries(value);
    if (isMapOf(value)) {
      return {
        '#map': entries.map(([key, inner]) => [key, this.#write(inner, placeIn(place, ANY))]),
      };
    }
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, this.#write(inner, placeIn(place, key))]),
    );
  }
}

function placeIn(place: string, key: string): string {
  return `${place}/${key}`;
}

function isMapOf(value: { readonly [key: string]: TraceJson }): boolean {
  const keys = Object.keys(value);
  return keys.every(isNodeName) || keys.some(key => key.startsWith('#'));
}

function numberOf(value: number): ItfValue {
  if (!Number.isInteger(value)) return { '#unserializable': String(value) };
  return { '#bigint': BigInt(value).toString() };
}
