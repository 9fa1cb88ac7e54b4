import { DeclarationError } from '../declarationError.ts';
import type { Field, Fields, RecordField } from '../state/fields.ts';
import type { ParamDomain, ParamDomains } from './params.ts';

/** A parameter that is about something in the state, and where that is. */
interface InState {
  /** The way to the value among the arguments. */
  readonly way: readonly string[];
  /** The way to the set, map or list from the protocol on. */
  readonly path: readonly string[];
  readonly kind: 'element' | 'key' | 'index';
}

/** A set or a map, or a list, of which nothing else is asked. */
interface Holder {
  readonly length: number;
  has(value: unknown): boolean;
}

/** Tells whether what arguments name is in the state. */
export type IsPresent = (protocol: object, values: object) => boolean;

/**
 * What asks whether the arguments of an action are there, or undefined if it has no parameters that have to be.
 *
 * @throws DeclarationError naming the parameter whose field is not in the protocol, or not in one place.
 */
export function presenceOf(
  place: string,
  params: ParamDomains,
  protocol: RecordField<Fields> | undefined,
): IsPresent | undefined {
  const inState = Object.entries(params).flatMap(([name, domain]) =>
    parametersIn(place, [name], domain, protocol),
  );
  if (inState.length === 0) return undefined;
  return (state, values) =>
    inState.every(({ way, path, kind }) => {
      // The ways were found in the fields of the schema and in the domains.
      const holder = follow(state, path) as Holder;
      const value = follow(values, way);
      return kind === 'index' ? holder.length > Number(value) : holder.has(value);
    });
}

function parametersIn(
  place: string,
  way: readonly string[],
  domain: ParamDomain,
  protocol: RecordField<Fields> | undefined,
): InState[] {
  if (domain.kind === 'record') {
    return Object.entries(domain.params).flatMap(([name, inner]) =>
      parametersIn(place, [...way, name], inner, protocol),
    );
  }
  if (domain.kind !== 'element' && domain.kind !== 'key' && domain.kind !== 'index') return [];
  const paths = protocol === undefined ? [] : pathsTo(protocol, domain.field);
  const [path] = paths;
  if (path === undefined || paths.length > 1) {
    const where = paths.length > 1 ? 'is there in several places' : 'is not there';
    throw DeclarationError.at(
      `${place}: parameter "${way.join('.')}"`,
      `its field ${where}: expected one of the protocol of the schema, or of a record in it`,
    );
  }
  return [{ way, path, kind: domain.kind }];
}

/** The names on the way to a field, through records. */
function pathsTo({ fields }: RecordField<Fields>, wanted: Field): string[][] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field === wanted) return [[name]];
    return field.kind === 'record' ? pathsTo(field, wanted).map(rest => [name, ...rest]) : [];
  });
}

function follow(from: unknown, way: readonly string[]): unknown {
  return way.reduce<unknown>((value, name) => Reflect.get(Object(value), name), from);
}
