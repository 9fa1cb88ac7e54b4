import { ViewError } from './errors.ts';
import { ContainerView, refuseEnumeration } from './viewObjects.ts';

/** By strict view: the view that it stands before. */
const views = new WeakMap<object, ContainerView>();

/** The view that a strict view stands before; any other object is itself. */
export function unwrapped(view: object): object {
  return views.get(view) ?? view;
}

/** What lists and sets of JavaScript have, and containers may not: code that asks for it is mistaken. */
function isForeign(key: string): boolean {
  return /^(0|[1-9]\d*)$/.test(key) || [Array, Set, Map].some(({ prototype }) => key in prototype);
}

/**
 * A container that also refuses what an object cannot see for itself: its keys, `in`, its prototype, and
 * elements by index. It costs too much for every state of every run; code that is learned, and a part of
 * what is computed in random runs, is given such views.
 */
export function strictView(view: ContainerView): object {
  const methods = new Map<string | symbol, unknown>();
  const path = ContainerView.pathOf(view);
  const refuse = (): never => refuseEnumeration(path);
  const strict: ContainerView = new Proxy(view, {
    get(target, key) {
      if (key === Symbol.isConcatSpreadable) return refuse();
      if (!(key in target)) return typeof key === 'string' ? absent(path, key) : undefined;
      const known = methods.get(key);
      if (known !== undefined) return known;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || key === 'constructor') return value;
      // What is called must find its own private fields; what every object has must not find the view.
      const method: unknown = value.bind(isOfEveryObject(value, key) ? strict : target);
      methods.set(key, method);
      return method;
    },
    set: (_, key) => {
      throw new ViewError(path, `"${String(key)}" cannot be set: use the methods that change it`);
    },
    has: (target, key) => (typeof key === 'symbol' ? key in target : refuse()),
    ownKeys: refuse,
    getOwnPropertyDescriptor: refuse,
    getPrototypeOf: refuse,
    defineProperty: refuse,
    deleteProperty: refuse,
    setPrototypeOf: refuse,
  });
  views.set(strict, view);
  return strict;
}

function isOfEveryObject(value: unknown, key: string | symbol): boolean {
  return value === Reflect.get(Object.prototype, key);
}

function absent(path: string, key: string): undefined {
  if (!isForeign(key)) return undefined;
  throw new ViewError(path, `it has no "${key}": use get(...), or plain(...) for an array`);
}
