import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SET } from '../../../checker/jsonSet.ts';
import { BoundsError } from '../../../checker/state/errors.ts';
import { type Field, record, type SetElement } from '../../../checker/state/fields.ts';
import { type JsonValue, stateToJson, valueToJson } from '../../../checker/state/json.ts';
import type { NodeType } from '../../../checker/state/nodeType.ts';
import type { AnyState } from '../../../checker/state/schema.ts';
import { ranksOf, universeOf } from '../../../checker/state/universe.ts';
import { casesOf } from '../../long.ts';
import { arbitrarySchema, arbitraryStateJson, bytesText, stateOf } from './arbitrarySchema.ts';

/** The view of any container, as these tests call it without knowing the schema. */
interface LooseView {
  readonly length: number;
  readonly state: string;
  get(...at: readonly number[]): unknown;
  set(node: number, value: unknown): void;
  push(value: unknown): void;
  has(node: number): boolean;
  assign(other: unknown): void;
  send(event: string, effects: object, subject: unknown): void;
}
interface LooseSet extends Iterable<unknown> {
  readonly size: number;
  has(value: unknown): boolean;
  add(value: unknown): void;
  get(key: unknown): unknown;
  set(key: unknown, value: unknown): void;
}
type LooseRecord = Record<string, unknown>;

const nameOf = (type: NodeType<string>, node: unknown): string => type.nameOf(node as never);

/** The same of an element of a set. */
function readValue(element: SetElement, value: unknown): JsonValue {
  if (element.kind !== 'variants') return readView(element, () => value);
  const { [element.tag]: name, ...rest } = value as LooseRecord;
  const fields = element.cases[String(name)] ?? {};
  return { [element.tag]: String(name), ...(readView(record(fields), () => rest) as object) };
}

/** Writes what the views say as JSON: a second opinion on {@link stateToJson}. */
function readView(field: Field, read: () => unknown): JsonValue {
  switch (field.kind) {
    case 'int':
    case 'flag':
    case 'enum':
      return read() as JsonValue;
    case 'node':
      return readNode(field.type, read);
    case 'optional':
      return read() === undefined ? null : readView(field.inner, read);
    case 'lifecycle':
      return (read() as LooseView).state;
    case 'nodeSet':
      return field.type.all
        .filter(node => (read() as LooseView).has(node))
        .map(node => nameOf(field.type, node));
    case 'record': {
      const view = read() as LooseRecord;
      const entries = Object.entries(field.fields);
      return Object.fromEntries(
        entries.map(([name, inner]) => [name, readView(inner, () => view[name])]),
      );
    }
    case 'list': {
      const view = read() as LooseView;
      return Array.from({ length: view.length }, (_, index) =>
        readView(field.element, () => view.get(index)),
      );
    }
    case 'optionalRecord':
      return read() === undefined ? null : readView(field.element, read);
    case 'set': {
      const view = read() as LooseSet;
      const values = [...view];
      expect(values.every(value => view.has(value))).toBe(true);
      expect(view.size).toBe(values.length);
      return { [SET]: values.map(value => readValue(field.element, value)) };
    }
    case 'map': {
      const keys = universeOf(field.key);
      const view = read() as LooseSet;
      const entries = ranksOf(keys).map(rank => {
        const key = keys.valueOf(rank);
        const value = view.get(key);
        expect(view.has(key)).toBe(value !== undefined);
        const name = String(valueToJson(field.key, key));
        return [name, value === undefined ? null : readView(field.value, () => value)];
      });
      return Object.fromEntries(entries);
    }
    case 'perNode':
    case 'links':
      return readElements(field, read() as LooseView);
  }
}

function readElements(
  field: Extract<Field, { kind: 'perNode' | 'links' }>,
  view: LooseView,
): JsonValue {
  return Object.fromEntries(
    placesOf(field).map(nodes => [
      nodes.map(node => nameOf(field.type, node)).join('->'),
      readView(field.element, () => view.get(...nodes)),
    ]),
  );
}

function placesOf(field: Extract<Field, { kind: 'perNode' | 'links' }>): number[][] {
  const { all } = field.type;
  if (field.kind === 'perNode') return all.map(node => [node]);
  return all.flatMap(from => all.filter(to => to !== from).map(to => [from, to]));
}

function readNode(type: NodeType<string>, read: () => unknown): string | null {
  try {
    return nameOf(type, read());
  } catch (error) {
    if (error instanceof BoundsError) return null;
    throw error;
  }
}

const doorEvents: Record<string, readonly string[]> = {
  shut: [],
  open: ['push'],
  broken: ['kick'],
};

/** Copies everything from one view to another through the views' own methods. */
function copyView(field: Field, from: unknown, to: unknown): void {
  const [source, target] = [from as LooseView, to as LooseView];
  switch (field.kind) {
    case 'record': {
      const [sourceRecord, targetRecord] = [from as LooseRecord, to as LooseRecord];
      for (const [name, inner] of Object.entries(field.fields)) {
        if (isScalar(inner)) targetRecord[name] = sourceRecord[name];
        else copyView(inner, sourceRecord[name], targetRecord[name]);
      }
      return;
    }
    case 'lifecycle':
      for (const event of doorEvents[source.state] ?? []) target.send(event, {}, undefined);
      return;
    case 'nodeSet':
      target.assign(source);
      return;
    case 'set':
      for (const value of from as LooseSet) (to as LooseSet).add(value);
      return;
    case 'map':
      for (const [key, value] of from as Iterable<[unknown, unknown]>) {
        (to as LooseSet).set(key, value);
      }
      return;
    case 'list':
      for (let index = 0; index < source.length; index++) {
        target.push(source.get(index));
        if (!isScalar(field.element))
          copyContainers(field.element, source.get(index), target.get(index));
      }
      return;
    case 'perNode':
    case 'links':
      for (const nodes of placesOf(field)) {
        if (isScalar(field.element)) target.set(nodes[0] ?? -1, source.get(...nodes));
        else copyView(field.element, source.get(...nodes), target.get(...nodes));
      }
      return;
    default:
      throw new Error(`a "${field.kind}" field is no container`);
  }
}

/** Copies what `push` leaves at its initial value: the containers in a record, except its sets. */
function copyContainers(field: Field, from: unknown, to: unknown): void {
  if (field.kind !== 'record') return;
  const [source, target] = [from as LooseRecord, to as LooseRecord];
  for (const [name, inner] of Object.entries(field.fields)) {
    if (!isScalar(inner) && inner.kind !== 'nodeSet') copyView(inner, source[name], target[name]);
  }
}

function isScalar(field: Field): boolean {
  return ['int', 'flag', 'enum', 'node', 'optional', 'optionalRecord'].includes(field.kind);
}

const rootOf = ({ protocol, ghost, budget }: AnyState): unknown => ({ protocol, ghost, budget });

describe('views, on random schemas', () => {
  test('read the same values as the JSON form shows', () => {
    fc.assert(
      fc.property(
        arbitrarySchema().chain(schema =>
          fc.tuple(fc.constant(schema), arbitraryStateJson(schema)),
        ),
        ([schema, json]) => {
          const state = stateOf(schema, json);
          expect(readView(schema.whole, () => rootOf(state))).toEqual(stateToJson(schema, state));
        },
      ),
      { seed: 3, numRuns: casesOf(100, 300) },
    );
  });

  test('write a copy of any state that is the same byte for byte', () => {
    fc.assert(
      fc.property(
        arbitrarySchema().chain(schema =>
          fc.tuple(fc.constant(schema), arbitraryStateJson(schema, { unsetNodes: false })),
        ),
        ([schema, json]) => {
          const [state, copy] = [stateOf(schema, json), schema.create()];
          copyView(schema.whole, rootOf(state), rootOf(copy));
          expect(bytesText(copy)).toBe(bytesText(state));
        },
      ),
      { seed: 4, numRuns: casesOf(100, 300) },
    );
  });
});
