import type { Field, SetElement } from '../state/fields.ts';
import type { NodeType } from '../state/nodeType.ts';
import type { ParamDomain, ParamDomains } from './params.ts';

/** What stands under one name of a trace: of a record each part has a name of its own. */
export interface FlatParam {
  readonly kind: 'node' | 'optionalNode' | 'choice' | 'other';
  /** Of nodes. */
  readonly type?: NodeType<string>;
}

/** The parameters of an action by the names that traces have for them. */
export function flatParams(params: ParamDomains): ReadonlyMap<string, FlatParam> {
  return new Map(Object.entries(params).flatMap(([name, domain]) => flatDomain(name, domain)));
}

type Named = readonly [name: string, param: FlatParam];

function flatDomain(name: string, domain: ParamDomain): Named[] {
  switch (domain.kind) {
    case 'node':
    case 'optionalNode':
      return [[name, { kind: domain.kind, type: domain.type }]];
    case 'choice':
      return [[name, { kind: 'choice' }]];
    case 'element':
      return flatField(name, domain.field.element);
    case 'key':
      return flatField(name, domain.field.key);
    case 'record':
      return Object.entries(domain.params).flatMap(([part, inner]) =>
        flatDomain(`${name}.${part}`, inner),
      );
    default:
      return [[name, { kind: 'other' }]];
  }
}

function flatField(name: string, field: Field | SetElement): Named[] {
  switch (field.kind) {
    case 'node':
      return [[name, { kind: 'node', type: field.type }]];
    case 'optional':
      return field.inner.kind === 'node'
        ? [[name, { kind: 'optionalNode', type: field.inner.type }]]
        : flatField(name, field.inner);
    case 'enum':
      return [[name, { kind: 'choice' }]];
    case 'optionalRecord':
      return flatField(name, field.element);
    case 'record':
      return Object.entries(field.fields).flatMap(([part, inner]) =>
        flatField(`${name}.${part}`, inner),
      );
    case 'variants': {
      const parts = Object.values(field.cases).flatMap(fields => Object.entries(fields));
      const tag: Named = [`${name}.${field.tag}`, { kind: 'choice' }];
      return [tag, ...parts.flatMap(([part, inner]) => flatField(`${name}.${part}`, inner))];
    }
    default:
      return [[name, { kind: 'other' }]];
  }
}
