import { isNumber } from './blocks.ts';
import { SchemaError } from './errors.ts';
import type { Field, Fields } from './fields.ts';
import { offsetsOf, sizeOf, strideOf } from './layout.ts';
import { LifecycleByte } from './lifecycleView.ts';
import { leaveSource, lookingSource, settingSource, shorteningSource } from './listSource.ts';
import { MapEntries } from './mapView.ts';
import { NodeSetBits } from './nodeSetView.ts';
import { SetFlags } from './setView.ts';
import type { StateMemory } from './stateMemory.ts';
import { strictView, unwrapped } from './strictView.ts';
import * as viewErrors from './viewErrors.ts';
import { ContainerView, plain, recordProtocol } from './viewObjects.ts';
import { expectWritable, OWN_FIELDS, RETIRE, REVIVE, SET_OWN_FIELDS } from './viewSource.ts';
import { markWritten } from './watcher.ts';
import { type Watch, WatchSource } from './watchSource.ts';
import { isWhole, type Whole, type WholeSource, wholeSource } from './wholeSource.ts';

/**
 * Makes the views of one field, and does with them what only the containers around them do. The
 * compiler writes one class per record, list and array of the schema as source text and evaluates it,
 * so that offsets and bounds are constants and every accessor keeps its own inline caches (see
 * docs/decisions). That field names are plain identifiers was seen to when the schema was declared (checkFields).
 */
export interface ViewClass {
  /** @param at - The place of the field in the memory. */
  make(at: number, path: string, memory: StateMemory): object;
  /** What code of a model is given of a view. */
  shown(view: object): object;
  /** Says that what a view shows was moved or removed: any further use of the view is an error. */
  retire(view: object): void;
  /** Lets a view that was retired be used again. */
  revive(view: object): void;
  /** Says that everything at the place of a view was given its initial value. */
  emptied(view: object): void;
  /** Gives a record these values. */
  assign(view: object, init: unknown): void;
  /** Gives everything in a record that {@link assign} leaves as it is its initial value. */
  blank(view: object): void;
}

/** A class as it is evaluated: see {@link ViewClass}. */
type Evaluated = (new (
  ...parts: Parameters<ViewClass['make']>
) => object) &
  Pick<ViewClass, 'retire' | 'revive' | 'emptied' | 'assign' | 'blank'>;

/**
 * Compiles the views of a field that is no scalar. What they watch, they tell to the marks or to the trace
 * in the memory that they are made over.
 */
export function compileView(field: Field, watch: Watch): ViewClass {
  switch (field.kind) {
    case 'record':
      return recordOf(recordClass(field.fields, watch));
    case 'list':
      return containerOf(listClass(field.element, field.capacity, watch), watch);
    case 'perNode':
      return containerOf(perNodeClass(field, watch), watch);
    case 'links':
      return containerOf(linksClass(field, watch), watch);
    case 'nodeSet':
      return handWritten(watch, NodeSetBits, (...place) => new NodeSetBits(...place, field.type));
    case 'lifecycle':
      return handWritten(
        watch,
        LifecycleByte,
        (...place) => new LifecycleByte(...place, field.table),
      );
    case 'set':
      return handWritten(watch, SetFlags, (...place) => new SetFlags(...place, field.element));
    case 'map':
      return handWritten(watch, MapEntries, (...place) => new MapEntries(...place, field));
    default:
      throw new SchemaError(`a "${field.kind}" field has no view of its own`);
  }
}

type Made = Omit<ViewClass, 'shown'>;

/** Nothing is added to a view: what code of a model remembers there would be no part of the state. */
function recordOf(view: Made): ViewClass {
  const make: Made['make'] = (...place) => Object.preventExtensions(view.make(...place));
  return { ...view, make, shown: record => record };
}

/** Whatever is learned is looked at through strict views. */
function containerOf(view: Made, watch: Watch): ViewClass {
  const strict = new WeakMap<object, object>();
  const shown = (container: object): object => {
    const view = strict.get(container) ?? strictView(container as ContainerView);
    strict.set(container, view);
    return view;
  };
  return { ...recordOf(view), ...(watch === 'bytes' ? { shown } : {}) };
}

/** The views of a class that is written by hand: nothing is in them that could be retired by itself. */
function handWritten<View extends ContainerView>(
  watch: Watch,
  { retire, revive, assign }: ContainerClass<View>,
  make: (...place: Parameters<ViewClass['make']>) => View,
): ViewClass {
  const nothing = (): void => undefined;
  return containerOf(
    {
      make,
      // Each is a view that was made here.
      retire: view => retire(view as View),
      revive: view => revive(view as View),
      emptied: nothing,
      assign: (view, init) => assign?.(view as View, init as View),
      blank: nothing,
    },
    watch,
  );
}

interface ContainerClass<View> {
  retire(view: View): void;
  revive(view: View): void;
  /** Makes what a view shows equal to what another does, where that is how it begins. */
  assign?(view: View, other: View): void;
}

/** The class that adds private fields to an object that exists: a record is an object like any other. */
function OnPlainObject(object: object): object {
  return object;
}

const runtime = {
  ...viewErrors,
  ContainerView,
  OnPlainObject,
  markWritten,
  plain,
  recordLooks: recordProtocol,
  unwrapped,
};

/** Evaluates class source with constants in scope. */
function evaluate(source: string, constants: Record<string, unknown>): Made {
  const scope = { ...runtime, ...constants };
  const build = new Function(...Object.keys(scope), `'use strict'; return ${source};`);
  const View = build(...Object.values(scope)) as Evaluated;
  return {
    make: (at, path, memory) => new View(at, path, memory),
    retire: View.retire,
    revive: View.revive,
    emptied: View.emptied,
    assign: View.assign,
    blank: View.blank,
  };
}

/** What a field adds to the class of its record. */
interface FieldSource {
  readonly construct: string;
  readonly property: string;
  readonly retire: string;
  readonly revive: string;
  readonly emptied: string;
  readonly assign: string;
  readonly blank: string;
}

function recordClass(fields: Fields, watch: Watch): Made {
  const constants: Record<string, unknown> = {};
  const placed = offsetsOf(fields);
  const blocks = new Map<string, string>();
  for (const { name, field, offset } of placed) {
    if (isWhole(field)) {
      Object.assign(constants, wholeSource(field, `_${name}`).constants);
      blocks.set(blockOf(field), `at + ${offset}`);
    } else constants[`view_${name}`] = compileView(field, watch);
  }
  const source = new WatchSource(watch, blocks.keys());
  const sources = placed.map(({ name, field, offset }) =>
    isWhole(field)
      ? wholeFieldSource({ name, field, offset }, source)
      : containerFieldSource({ name, field, offset }, watch),
  );
  const all = (part: keyof FieldSource): string => sources.map(each => each[part]).join('\n');
  return evaluate(
    `class RecordView extends OnPlainObject {
      ${OWN_FIELDS} ${source.fields}
      static #properties = { ${all('property')} };
      static #looks = recordLooks;
      constructor(at, path, memory) {
        super({});
        ${SET_OWN_FIELDS} ${source.note([...blocks.values()])}
        const prefix = path === '' ? '' : path + '.';
        ${all('construct')}
        Object.defineProperties(this, RecordView.#looks);
      }
      static retire(view) { ${RETIRE} ${all('retire')} }
      static revive(view) { ${REVIVE} ${all('revive')} }
      static emptied(view) { ${all('emptied')} }
      static assign(view, init) { ${all('assign')} }
      static blank(view) { ${all('blank')} }
    }`,
    constants,
  );
}

interface PlacedField<Kind extends Field> {
  readonly name: string;
  readonly field: Kind;
  readonly offset: number;
}

function blockOf(field: Field): string {
  return isNumber(field) ? 'Numbers' : 'Modes';
}

function wholeFieldSource(
  { name, field, offset }: PlacedField<Whole>,
  source: WatchSource,
): FieldSource {
  const whole = wholeSource(field, `_${name}`);
  const [at, path] = [`this.#at + ${offset}`, `this.#path + '.${name}'`];
  const stretch = { block: blockOf(field), at, size: whole.size };
  return {
    construct: `Object.defineProperty(this, '${name}', RecordView.#properties.${name});`,
    property: `${name}: {
      get() { ${source.mark('reads', stretch)} ${whole.read(at, path)} },
      set(value) {
        ${expectWritable(path)} ${source.mark('writes', stretch)} ${whole.write(at, path)}
      },
      enumerable: true,
    },`,
    retire: '',
    revive: '',
    emptied: '',
    assign: `view.${name} = init.${name};`,
    blank: '',
  };
}

/** Containers are data: they are read more often than anything else. Of a few private fields V8 makes a table. */
function containerFieldSource(
  { name, field, offset }: PlacedField<Field>,
  watch: Watch,
): FieldSource {
  const view = `view_${name}`;
  const own = watch === 'bytes' ? `unwrapped(view.${name})` : `view.${name}`;
  const [at, size] = [`view.#at + ${offset}`, sizeOf(field)];
  const writes = new WatchSource(watch, []).markRange(at, size).replaceAll('this.', 'view.');
  const blank = `${writes} view.#bytes.fill(0, ${at}, ${at} + ${size});`;
  return {
    construct: `const ${view}_made = ${view}.make(at + ${offset}, prefix + '${name}', memory);
      Object.defineProperty(this, '${name}', { value: ${view}.shown(${view}_made), enumerable: true });`,
    property: '',
    retire: `${view}.retire(${own});`,
    revive: `${view}.revive(${own});`,
    emptied: `${view}.emptied(${own});`,
    assign: field.kind === 'nodeSet' ? `${view}.assign(${own}, init.${name});` : '',
    blank: field.kind === 'nodeSet' ? '' : `${blank} ${view}.emptied(${own});`,
  };
}

/**
 * What a container adds to its class for elements that are records: views of them are made when they are
 * asked for.
 */
interface ElementSource {
  readonly fields: string;
  readonly construct: string;
  /** @param index - The element, in source text; @param at - its place; @param path - its path. */
  get(index: string, at: string, path: string): string;
  /** Source that does something with the view at an index, if there is one. */
  each(index: string, run: (view: string) => string): string;
}

function elementSource(element: Field, count: number): ElementSource {
  if (isWhole(element)) {
    return { fields: '', construct: '', get: () => '', each: () => '' };
  }
  return {
    fields: '#elements;',
    construct: `this.#elements = new Array(${count}).fill(undefined);`,
    get: (index, at, path) => `
      let element = this.#elements[${index}];
      if (element === undefined) {
        element = view_element.make(${at}, ${path}, this.#memory);
        this.#elements[${index}] = element;
      }`,
    each: (index, run) => `
      const element = view.#elements[${index}];
      if (element !== undefined) { ${run('element')} }`,
  };
}

function elementConstants(element: Field, watch: Watch): Record<string, unknown> {
  return isWhole(element)
    ? wholeSource(element).constants
    : { view_element: compileView(element, watch) };
}

function listClass(element: Field, capacity: number, watch: Watch): Made {
  const size = sizeOf(element);
  const whole = isWhole(element) ? wholeSource(element) : undefined;
  const at = `this.#at + 1 + index * ${size}`;
  const path = "this.#path + '[' + index + ']'";
  const source = new WatchSource(watch, ['List']);
  const elements = elementSource(element, capacity);
  const length = { block: 'List', at: 'this.#at', size: 1 };
  const [readsLength, writesLength] = [source.mark('reads', length), source.mark('writes', length)];
  const readsOwnLength = source.markBytes('reads', 'this.#at', 1);
  const get = elements.get('index', at, path);
  const read = whole ? whole.read(at, path) : `${get} return element;`;
  // What was written of a record that does not fit must not stay beyond the end.
  const write = whole
    ? `{ ${whole.write(at, path)} }`
    : `${get}
      try { view_element.assign(element, value); }
      catch (error) { this.#bytes.fill(0, ${at}, ${at} + ${size}); throw error; }`;
  const leave = whole ? '' : leaveSource();
  return evaluate(
    `class ListView extends ContainerView {
      ${OWN_FIELDS} ${source.fields} ${elements.fields} ${whole ? '' : '#former = []; #leftAt = [];'}
      constructor(at, path, memory) {
        super(path);
        ${SET_OWN_FIELDS} ${source.note(['at'])} ${elements.construct}
      }
      get length() { ${readsLength} return this.#bytes[this.#at]; }
      get capacity() { return ${capacity}; }
      get(index) {
        ${readsLength}
        if (index !== index >>> 0 || index >= this.#bytes[this.#at]) noElement(this.#path, index);
        ${whole ? source.markBytes('reads', at, size) : ''} ${read}
      }
      push(value) {
        ${expectWritable()} ${readsOwnLength}
        const index = this.#bytes[this.#at];
        if (index >= ${capacity}) full(this.#path, ${capacity});
        ${source.markBytes('writes', at, size)} ${write}
        ${writesLength}
        this.#bytes[this.#at] = index + 1;
      }
      ${lookingSource}
      ${settingSource(source, { at, size, write: whole && write, get })}
      ${shorteningSource(source, size)}
      *[Symbol.iterator]() { for (let index = 0; index < this.length; index++) yield this.get(index); }
      toJSON() { return Array.from(this, plain); }
      static #leave(view, from, to) { ${leave} }
      static retire(view) { ListView.emptied(view); ${RETIRE} }
      static revive(view) { ${REVIVE} }
      static emptied(view) { ListView.#leave(view, 0, ${capacity}); }
    }`,
    elementConstants(element, watch),
  );
}

/** What an array by node and one by link have in common: elements that are always there. */
function arrayClass(
  field: Extract<Field, { kind: 'perNode' | 'links' }>,
  watch: Watch,
  keys: {
    readonly names: string;
    readonly isKey: string;
    readonly key: string;
    readonly index: string;
  },
  rest: { readonly count: number; readonly path: string; readonly toJSON: string },
): Made {
  const { type, element } = field;
  const size = strideOf(field);
  const whole = isWhole(element) ? wholeSource(element) : undefined;
  const at = `this.#at + (${keys.index}) * ${size}`;
  const guard = `if (!(${keys.isKey})) noElement(this.#path, ${keys.key});`;
  const source = new WatchSource(watch, whole ? ['Array'] : []);
  const elements = elementSource(element, rest.count);
  const stretch = { block: 'Array', at, size };
  const shown = element.kind === 'record' ? 'element' : 'view_element.shown(element)';
  const read = whole
    ? `${source.mark('reads', stretch)} ${whole.read(at, rest.path)}`
    : `${elements.get(keys.index, at, rest.path)} return ${shown};`;
  const set = ({ write }: WholeSource): string => `set(${keys.names}, value) {
    ${expectWritable()} ${guard} ${source.mark('writes', stretch)}
    ${write(at, rest.path)}
  }`;
  const all = (run: string): string => `for (let index = 0; index < ${rest.count}; index++) {
    ${elements.each('index', view => `view_element.${run}(${view});`)}
  }`;
  return evaluate(
    `class ArrayView extends ContainerView {
      ${OWN_FIELDS} ${source.fields} ${elements.fields}
      constructor(at, path, memory) {
        super(path);
        ${SET_OWN_FIELDS} ${source.note(['at'])} ${elements.construct}
      }
      get(${keys.names}) { ${guard} ${read} }
      ${whole ? set(whole) : ''}
      clear(${keys.names}) {
        ${expectWritable()} ${guard}
        const first = ${at};
        ${source.markRange('first', size)}
        this.#bytes.fill(0, first, first + ${size});
        ${whole ? '' : `const view = this; ${elements.each(keys.index, view => `view_element.emptied(${view});`)}`}
      }
      toJSON() { return ${rest.toJSON}; }
      static retire(view) { ${all('retire')} ${RETIRE} }
      static revive(view) { ${all('revive')} ${REVIVE} }
      static emptied(view) { ${all('emptied')} }
    }`,
    { ...elementConstants(element, watch), nameOf: type.nameOf, nodes: type.all },
  );
}

function perNodeClass(field: Extract<Field, { kind: 'perNode' }>, watch: Watch): Made {
  const { count } = field.type;
  const isNode = isNodeSource(count);
  return arrayClass(
    field,
    watch,
    { names: 'node', isKey: isNode('node'), key: 'node', index: 'node' },
    {
      count,
      path: "this.#path + '.' + nameOf(node)",
      toJSON: 'nodes.map(node => plain(this.get(node)))',
    },
  );
}

function linksClass(field: Extract<Field, { kind: 'links' }>, watch: Watch): Made {
  const { count } = field.type;
  const isNode = isNodeSource(count);
  const one = 'from === to ? undefined : plain(this.get(from, to))';
  return arrayClass(
    field,
    watch,
    {
      names: 'from, to',
      isKey: `from !== to && ${isNode('from')} && ${isNode('to')}`,
      key: "from + '->' + to",
      index: `from * ${count - 1} + (to < from ? to : to - 1)`,
    },
    {
      count: count * (count - 1),
      path: "this.#path + '.' + nameOf(from) + '->' + nameOf(to)",
      toJSON: `nodes.map(from => nodes.map(to => ${one}))`,
    },
  );
}

/** Source that tells whether something is one of so many nodes. */
function isNodeSource(count: number): (name: string) => string {
  return name => `${name} === ${name} >>> 0 && ${name} < ${count}`;
}
