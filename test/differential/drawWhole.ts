import type {
  Code,
  DrawnField,
  DrawnFields,
  DrawnPattern,
  DrawnScalar,
  DrawnVariants,
} from './drawnModel.ts';
import type { Draws } from './draws.ts';

type Parts = readonly (string | Code)[];

/** What values are drawn from. */
interface Source {
  readonly draws: Draws;
  /** A node of a type, or undefined where there is none that code may name. */
  node(type: string): Code | undefined;
  valueIn(range: { readonly min: number; readonly max: number }): number;
}

/** Source of a value that is read and written as a whole, or undefined where a node is missing. */
export function drawWhole(source: Source, field: DrawnField | DrawnVariants): Parts | undefined {
  const { draws } = source;
  switch (field.kind) {
    case 'int':
      return [String(source.valueIn(field))];
    case 'flag':
      return [draws.chance(60) ? 'true' : 'false'];
    case 'enum':
      return [`'${draws.pick(field.names)}'`];
    case 'node': {
      const node = source.node(field.type);
      return node === undefined ? undefined : [node];
    }
    case 'optional':
      return draws.chance(40) ? ['undefined'] : drawWhole(source, field.inner);
    case 'record':
      return fieldsOf(source, field.fields, []);
    case 'variants': {
      const drawn = draws.pick(Object.entries(field.cases));
      return drawn && fieldsOf(source, drawn[1], [`kind: '${drawn[0]}', `]);
    }
    default:
      return undefined;
  }
}

function fieldsOf(source: Source, fields: DrawnFields, first: Parts): Parts | undefined {
  const parts: (string | Code)[] = ['{ ', ...first];
  for (const [name, field] of Object.entries(fields)) {
    const value = drawWhole(source, field);
    if (value === undefined) return undefined;
    // What is absent may be left out.
    if (value[0] === 'undefined' && source.draws.chance(50)) continue;
    parts.push(`${name}: `, ...value, ', ');
  }
  return [...parts, '}'];
}

/** Some of the fields of the elements of a set; undefined of scalars. */
export function patternOf(
  draws: Draws,
  { element }: Extract<DrawnField, { kind: 'set' }>,
): string | undefined {
  if (element.kind === 'variants') return `{ kind: '${draws.pick(Object.keys(element.cases))}' }`;
  if (element.kind !== 'record') return undefined;
  const [name, field] = draws.pick(Object.entries(element.fields)) ?? [];
  const scalar = field === undefined ? undefined : scalarOf(field);
  if (scalar?.kind === 'int') return `{ ${name}: ${scalar.min} }`;
  if (scalar?.kind === 'flag') return `{ ${name}: true }`;
  return scalar?.kind === 'enum' ? `{ ${name}: '${scalar.names[0]}' }` : undefined;
}

/** Some of the fields of the elements of a set, as data; undefined where there is nothing to ask. */
export function drawPattern(
  source: Pick<Source, 'draws'> & { nodesOf(type: string): number },
  element: DrawnField | DrawnVariants,
): DrawnPattern | undefined {
  const { draws } = source;
  const kind = element.kind === 'variants' ? draws.pick(Object.keys(element.cases)) : undefined;
  const pattern: Record<string, DrawnPattern[string]> = kind === undefined ? {} : { kind };
  for (const [name, field] of Object.entries(fieldsLike(element, pattern))) {
    if (!draws.chance(50)) continue;
    const scalar = scalarOf(field);
    if (field.kind === 'optional' && draws.chance(40)) pattern[name] = null;
    else if (scalar?.kind === 'int') pattern[name] = draws.between(scalar.min, scalar.max);
    else if (scalar?.kind === 'flag') pattern[name] = draws.chance(50);
    else if (scalar?.kind === 'enum') pattern[name] = draws.pick(scalar.names) ?? null;
    else if (scalar !== undefined) {
      const count = source.nodesOf(scalar.type);
      if (count > 0) pattern[name] = draws.below(count);
    }
  }
  return Object.keys(pattern).length === 0 ? undefined : pattern;
}

/** The fields of those elements that a pattern is of. */
export function fieldsLike(
  element: DrawnField | DrawnVariants,
  pattern: DrawnPattern,
): DrawnFields {
  if (element.kind === 'variants') return element.cases[String(pattern['kind'])] ?? {};
  return element.kind === 'record' ? element.fields : {};
}

/** The field of a value that may be absent, without that. */
export function scalarOf(field: DrawnField): DrawnScalar | undefined {
  if (field.kind === 'optional') return field.inner;
  if (field.kind === 'int' || field.kind === 'flag') return field;
  return field.kind === 'enum' || field.kind === 'node' ? field : undefined;
}
