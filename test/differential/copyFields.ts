import { BoundsError } from '../../checker/state/errors.ts';
import type { Field, Fields } from '../../checker/state/fields.ts';
import { plain } from '../../checker/state/viewObjects.ts';

/** A view of some field; which one, its field says. */
type AnyView = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** Whether all of it can be written field by field here: a lifecycle, for one, only moves by events. */
export function canBeCopied(fields: Fields): boolean {
  return Object.values(fields).every(isCopied);
}

function isCopied(field: Field): boolean {
  switch (field.kind) {
    case 'record':
      return canBeCopied(field.fields);
    case 'list':
    case 'perNode':
    case 'links':
      return isCopied(field.element);
    default:
      return field.kind === 'nodeSet' || isScalar(field);
  }
}

/** Writes what one record says into another of the same fields, which has its initial values. */
export function copyFields(fields: Fields, from: object, to: object): void {
  for (const [name, field] of Object.entries(fields)) {
    ifSet(() => {
      const value: unknown = Reflect.get(from, name);
      if (isScalar(field)) Reflect.set(to, name, value);
      else copyContainer(field, value as AnyView, Reflect.get(to, name) as AnyView);
    });
  }
}

function copyContainer(field: Field, from: AnyView, to: AnyView): void {
  switch (field.kind) {
    case 'record':
      copyFields(field.fields, from, to);
      return;
    case 'nodeSet':
      to['assign']?.(from);
      return;
    case 'list':
      for (const element of from as unknown as Iterable<unknown>) to['push']?.(plain(element));
      return;
    case 'perNode':
      for (const node of field.type.all) ifSet(() => copyElement(field.element, node, from, to));
      return;
    case 'links':
      for (const one of field.type.all) {
        for (const other of field.type.all) {
          if (one === other) continue;
          const views = [from, to].map(view => view['get']?.(one, other) as AnyView);
          copyContainer(field.element, views[0] as AnyView, views[1] as AnyView);
        }
      }
  }
}

function copyElement(element: Field, node: number, from: AnyView, to: AnyView): void {
  const value = from['get']?.(node);
  if (isScalar(element)) to['set']?.(node, value);
  else copyContainer(element, value as AnyView, to['get']?.(node) as AnyView);
}

function isScalar({ kind }: Field): boolean {
  return ['int', 'flag', 'enum', 'node', 'optional'].includes(kind);
}

/** A node that was never set cannot be read, and stays so. */
function ifSet(copy: () => void): void {
  try {
    copy();
  } catch (error) {
    if (!(error instanceof BoundsError)) throw error;
  }
}
