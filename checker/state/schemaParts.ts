import { SchemaError } from './errors.ts';
import type { Field } from './fields.ts';
import type { LifecycleTable } from './lifecycleTable.ts';
import type { NodeType } from './nodeType.ts';

/** The fields directly inside a field. */
function innerFields(field: Field): readonly Field[] {
  switch (field.kind) {
    case 'record':
      return Object.values(field.fields);
    case 'list':
    case 'perNode':
    case 'links':
    case 'optionalRecord':
      return [field.element];
    case 'set':
      return field.element.kind === 'variants'
        ? Object.values(field.element.cases).flatMap(fields => Object.values(fields))
        : [field.element];
    case 'map':
      return [field.key, field.value];
    case 'optional':
      return [field.inner];
    default:
      return [];
  }
}

/** Every lifecycle table used in a field, each once. */
export function lifecycleTablesOf(field: Field): LifecycleTable<string, string, string>[] {
  const own = field.kind === 'lifecycle' ? [field.table] : [];
  return [...new Set([...own, ...innerFields(field).flatMap(lifecycleTablesOf)])];
}

/**
 * Every node type used in a field, each once.
 *
 * @throws SchemaError when two different node types have the same name.
 */
export function nodeTypesOf(field: Field): NodeType<string>[] {
  const own = 'type' in field ? [field.type] : [];
  const types = [...new Set([...own, ...innerFields(field).flatMap(nodeTypesOf)])];
  for (const type of types) {
    if (types.some(other => other !== type && other.name === type.name)) {
      throw new SchemaError(`two node types are named "${type.name}"`);
    }
  }
  return types;
}
