import type { Field, SetElement } from '../state/fields.ts';
import { type JsonValue, valueToJson } from '../state/json.ts';
import type { Node, NodeType } from '../state/nodeType.ts';
import { combinationsOf } from '../state/permutation.ts';
import { type NamedNodes, ranksOf, universeOf } from '../state/universe.ts';
import type { ParamDomain, ParamDomains } from './params.ts';

/** An argument as a trace names it. */
export type ParamName = string | number | null;

/** What a value names of nodes, in order, or as a set. */
type Place = NamedNodes & { readonly isSet?: boolean };

/** One value of a parameter. */
interface Choice {
  readonly value: unknown;
  /** As traces have it: the parts of a record each for itself, under the name of the parameter and their own. */
  readonly names: Readonly<Record<string, ParamName>>;
  readonly places: readonly Place[];
  /** Of what is in the state or not: which it is, as text. */
  readonly elements: string;
}

/** One choice of parameters: the values for the action, their names for people and traces. */
export interface Arguments {
  readonly values: Readonly<Record<string, unknown>>;
  readonly names: Readonly<Record<string, ParamName>>;
  /** What a renaming makes another choice of. */
  readonly places: readonly Place[];
  /** Which elements of the state it is about, as text; empty if about none. */
  readonly elements: string;
}

/**
 * Every choice of parameters, the last parameter varying fastest. They cannot be written to: all steps of
 * an instance are given the same ones.
 */
export function argumentsOf(domains: ParamDomains): Arguments[] {
  const lists = Object.entries(domains).map(([name, domain]) =>
    choicesOf(name, domain).map(choice => ({ ...choice, name })),
  );
  return combinationsOf(lists).map(choice => ({
    values: Object.freeze(Object.fromEntries(choice.map(({ name, value }) => [name, value]))),
    names: Object.freeze(Object.assign({}, ...choice.map(({ names }) => names))),
    places: choice.flatMap(({ places }) => places),
    elements: choice.map(({ elements }) => elements).join(''),
  }));
}

/** Arguments as a key: equal for those that a renaming makes the same. */
export function keyOfPlaces(
  places: readonly Place[],
  imageOf: (type: NodeType<string>, index: number) => number,
): string {
  const keys = places.map(({ text, nodes, isSet }) => {
    const images = nodes.map(({ type, index }) => imageOf(type, index));
    return `${text}@${(isSet ? images.sort((a, b) => a - b) : images).join()}`;
  });
  return keys.join('|');
}

const NO_NODES = { nodes: [], elements: '' } as const;

/** Every value of the domain with its name, in a fixed order. */
function choicesOf(name: string, domain: ParamDomain): Choice[] {
  switch (domain.kind) {
    case 'node':
      return domain.type.all.map(node => nodeChoice(name, domain.type, node));
    case 'optionalNode': {
      const none = { value: undefined, names: { [name]: null }, ...said('-') };
      return [none, ...domain.type.all.map(node => nodeChoice(name, domain.type, node))];
    }
    case 'int':
      return numbers(name, domain.min, domain.max);
    case 'choice':
      return domain.names.map(value => ({ value, names: { [name]: value }, ...said(value) }));
    case 'subset':
      return subsetsOf(domain.type.all)
        .filter(({ length }) => length >= domain.atLeast && length <= domain.atMost)
        .map(nodes => subsetChoice(name, domain.type, nodes));
    case 'element':
      return inState(valuesOf(name, domain.field.element, domain.pattern));
    case 'key':
      return inState(valuesOf(name, domain.field.key));
    case 'index':
      return inState(numbers(name, 0, domain.field.capacity - 1));
    case 'record': {
      const inner = Object.entries(domain.params).map(
        ([part, of]) => [`${name}.${part}`, of] as const,
      );
      return argumentsOf(Object.fromEntries(inner)).map(({ values, ...rest }) => {
        const value = Object.keys(domain.params).map(part => [part, values[`${name}.${part}`]]);
        return { ...rest, value: Object.freeze(Object.fromEntries(value)) };
      });
    }
  }
}

function said(text: string): Pick<Choice, 'places' | 'elements'> {
  return { places: [{ text, ...NO_NODES }], elements: '' };
}

function nodeChoice(name: string, type: NodeType<string>, node: Node<string>): Choice {
  const places = [{ text: '*', nodes: [{ type, index: node }] }];
  return { value: node, names: { [name]: type.nameOf(node) }, places, elements: '' };
}

function numbers(name: string, min: number, max: number): Choice[] {
  return Array.from({ length: max - min + 1 }, (_, index) => {
    const value = min + index;
    return { value, names: { [name]: value }, ...said(String(value)) };
  });
}

/** The name of the set without a node. */
const NOBODY = 'nobody';

function subsetChoice(
  name: string,
  type: NodeType<string>,
  nodes: readonly Node<string>[],
): Choice {
  const names = nodes.map(node => type.nameOf(node)).join('+');
  const place = { text: '{}', nodes: nodes.map(index => ({ type, index })), isSet: true };
  return {
    value: Object.freeze(nodes),
    names: { [name]: names === '' ? NOBODY : names },
    places: [place],
    elements: '',
  };
}

/** Every subset, those of the first elements first. */
function subsetsOf<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: 2 ** items.length }, (_, bits) =>
    items.filter((_, at) => (bits >> at) & 1),
  );
}

/** The values of a field that is read and written as a whole: all, or those that have some fields. */
function valuesOf(name: string, field: Field | SetElement, pattern?: unknown): Choice[] {
  const universe = universeOf(field);
  const isAny = pattern === undefined;
  return (isAny ? ranksOf(universe) : universe.ranksLike(pattern, name)).map(rank => {
    const value = universe.valueOf(rank);
    const names = flat(name, valueToJson(field, value));
    return { value, names, places: [universe.nodesOf(rank)], elements: '' };
  });
}

function flat(name: string, json: JsonValue): Record<string, ParamName> {
  if (typeof json === 'boolean') return { [name]: String(json) };
  if (json === null || typeof json !== 'object') return { [name]: json };
  const parts = Object.entries(json).map(([part, inner]) => flat(`${name}.${part}`, inner));
  return Object.assign({}, ...parts);
}

/** Values that are to be in the state: each is told apart. */
function inState(choices: readonly Choice[]): Choice[] {
  return choices.map(choice => ({ ...choice, elements: `${JSON.stringify(choice.names)} ` }));
}
