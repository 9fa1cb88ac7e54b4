import { isNumber } from './blocks.ts';
import { SchemaError } from './errors.ts';
import type { ElementField, Field, Fields, OptionalField, ScalarField } from './fields.ts';
import { offsetsOf, type ScalarCode, scalarCode, sizeOf, strideOf } from './layout.ts';
import { LifecycleByte } from './lifecycleView.ts';
import { NodeSetBits } from './nodeSetView.ts';
import { readSource, writeSource } from './scalarSource.ts';
import type { StateMemory } from './stateMemory.ts';
import { strictView, unwrapped } from './strictView.ts';
import * as viewErrors from './viewErrors.ts';
import { ContainerView, plain, recordProtocol } from './viewObjects.ts';
import { markWritten } from './watcher.ts';
import { type Watch, WatchSource } from './watchSource.ts';

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
}

type Scalarish = ScalarField | OptionalField<ScalarField>;
/** A class as it is evaluated: see {@link ViewClass}. */
type Evaluated = (new (
  ...parts: Parameters<ViewClass['make']>
) => object) &
  Pick<ViewClass, 'retire' | 'revive' | 'emptied' | 'assign'>;

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
      return containerOf(
        {
          make: (at, path, memory) => new NodeSetBits(at, path, memory, field.type),
          retire: view => NodeSetBits.retire(view as NodeSetBits),
          revive: view => NodeSetBits.revive(view as NodeSetBits),
          emptied: () => undefined,
          assign: (view, init) => (view as NodeSetBits).assign(init as NodeSetBits),
        },
        watch,
      );
    case 'lifecycle':
      return containerOf(
        {
          make: (at, path, memory) => new LifecycleByte(at, path, memory, field.table),
          retire: view => LifecycleByte.retire(view as LifecycleByte),
          revive: view => LifecycleByte.revive(view as LifecycleByte),
          emptied: () => undefined,
          assign: () => undefined,
        },
        watch,
      );
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
  const shown = (container: object): object => strictView(container as ContainerView);
  return { ...recordOf(view), ...(watch === 'bytes' ? { shown } : {}) };
}

function isScalar(field: Field): field is Scalarish {
  return ['int', 'flag', 'enum', 'node', 'optional'].includes(field.kind);
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
  };
}

function namesOf(code: ScalarCode): readonly string[] {
  return code.scalar.kind === 'enum' ? code.scalar.names : [];
}

/** Private fields of every view, and source that sets them. */
const OWN_FIELDS = '#bytes; #at; #path; #memory; #gone;';
const SET_OWN_FIELDS =
  'this.#bytes = memory.bytes; this.#at = at; this.#path = path; this.#memory = memory;';
/** Source of the two functions that end and begin the use of a view. */
const RETIRE = 'view.#bytes = view.#gone ??= gone(view.#path);';
const REVIVE = 'view.#bytes = view.#memory.bytes;';
const expectWritable = (path = 'this.#path'): string =>
  `if (!this.#memory.isWritable) readOnly(${path});`;

/** What a field adds to the class of its record. */
interface FieldSource {
  readonly construct: string;
  readonly property: string;
  readonly retire: string;
  readonly revive: string;
  readonly emptied: string;
  readonly assign: string;
}

function recordClass(fields: Fields, watch: Watch): Made {
  const constants: Record<string, unknown> = {};
  const placed = offsetsOf(fields);
  const blocks = new Map<string, string>();
  for (const { name, field, offset } of placed) {
    if (isScalar(field)) {
      constants[`names_${name}`] = namesOf(scalarCode(field));
      blocks.set(blockOf(field), `at + ${offset}`);
    } else constants[`view_${name}`] = compileView(field, watch);
  }
  const source = new WatchSource(watch, blocks.keys());
  const sources = placed.map(({ name, field, offset }) =>
    isScalar(field)
      ? scalarFieldSource({ name, field, offset }, source)
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

function scalarFieldSource(
  { name, field, offset }: PlacedField<Scalarish>,
  source: WatchSource,
): FieldSource {
  const code = scalarCode(field);
  const [at, path, names] = [`this.#at + ${offset}`, `this.#path + '.${name}'`, `names_${name}`];
  const stretch = { block: blockOf(field), at, size: code.width };
  return {
    construct: `Object.defineProperty(this, '${name}', RecordView.#properties.${name});`,
    property: `${name}: {
      get() { ${source.mark('reads', stretch)} ${readSource(code, at, path, names)} },
      set(value) {
        ${expectWritable(path)} ${source.mark('writes', stretch)} ${writeSource(code, at, path, names)}
      },
      enumerable: true,
    },`,
    retire: '',
    revive: '',
    emptied: '',
    assign: `view.${name} = init.${name};`,
  };
}

/** Containers are data: they are read more often than anything else. Of a few private fields V8 makes a table. */
function containerFieldSource(
  { name, field, offset }: PlacedField<Field>,
  watch: Watch,
): FieldSource {
  const view = `view_${name}`;
  const own = watch === 'bytes' ? `unwrapped(view.${name})` : `view.${name}`;
  return {
    construct: `const ${view}_made = ${view}.make(at + ${offset}, prefix + '${name}', memory);
      Object.defineProperty(this, '${name}', { value: ${view}.shown(${view}_made), enumerable: true });`,
    property: '',
    retire: `${view}.retire(${own});`,
    revive: `${view}.revive(${own});`,
    emptied: `${view}.emptied(${own});`,
    assign: field.kind === 'nodeSet' ? `${view}.assign(${own}, init.${name});` : '',
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

function elementSource(element: ElementField, count: number): ElementSource {
  if (isScalar(element)) {
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

function elementConstants(element: ElementField, watch: Watch): Record<string, unknown> {
  return isScalar(element)
    ? { names: namesOf(scalarCode(element)) }
    : { view_element: compileView(element, watch) };
}

function listClass(element: ElementField, capacity: number, watch: Watch): Made {
  const size = sizeOf(element);
  const scalar = isScalar(element) ? scalarCode(element) : undefined;
  const at = `this.#at + 1 + index * ${size}`;
  const path = "this.#path + '[' + index + ']'";
  const source = new WatchSource(watch, ['List']);
  const elements = elementSource(element, capacity);
  const length = { block: 'List', at: 'this.#at', size: 1 };
  const [readsLength, writesLength] = [source.mark('reads', length), source.mark('writes', length)];
  const readsOwnLength = source.markBytes('reads', 'this.#at', 1);
  const get = elements.get('index', at, path);
  const read = scalar ? readSource(scalar, at, path, 'names') : `${get} return element;`;
  // What was written of a record that does not fit must not stay beyond the end.
  const write = scalar
    ? `{ ${writeSource(scalar, at, path, 'names')} }`
    : `${get}
      try { view_element.assign(element, value); }
      catch (error) { this.#bytes.fill(0, ${at}, ${at} + ${size}); throw error; }`;
  const leave = scalar ? '' : leaveSource();
  return evaluate(
    `class ListView extends ContainerView {
      ${OWN_FIELDS} ${source.fields} ${elements.fields} ${scalar ? '' : '#former = []; #leftAt = [];'}
      constructor(at, path, memory) {
        super(path);
        ${SET_OWN_FIELDS} ${source.note(['at'])} ${elements.construct}
      }
      get length() { ${readsLength} return this.#bytes[this.#at]; }
      get capacity() { return ${capacity}; }
      get(index) {
        ${readsLength}
        if (index !== index >>> 0 || index >= this.#bytes[this.#at]) noElement(this.#path, index);
        ${scalar ? source.markBytes('reads', at, size) : ''} ${read}
      }
      push(value) {
        ${expectWritable()} ${readsOwnLength}
        const index = this.#bytes[this.#at];
        if (index >= ${capacity}) full(this.#path, ${capacity});
        ${source.markBytes('writes', at, size)} ${write}
        ${writesLength}
        this.#bytes[this.#at] = index + 1;
      }
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

/** Source of the methods that take elements away from a list. */
function shorteningSource(source: WatchSource, size: number): string {
  const first = 'this.#at + 1';
  const writesLength = source.mark('writes', { block: 'List', at: 'this.#at', size: 1 });
  const readsLength = source.markBytes('reads', 'this.#at', 1);
  return `truncate(length) {
        ${expectWritable()}
        if (!(length >= 0) || length % 1 > 0) noElement(this.#path, length);
        ${readsLength}
        const end = this.#bytes[this.#at];
        if (length >= end) return;
        ${writesLength} ${source.markBytes('writes', `${first} + length * ${size}`, `(end - length) * ${size}`)}
        this.#bytes.fill(0, ${first} + length * ${size}, ${first} + end * ${size});
        this.#bytes[this.#at] = length;
        ListView.#leave(this, length, end);
      }
      removeFirst(count) {
        ${expectWritable()}
        if (!(count >= 0) || count % 1 > 0) noElement(this.#path, count);
        ${readsLength}
        const end = this.#bytes[this.#at];
        const kept = count >= end ? 0 : end - count;
        ${source.markBytes('reads', first, `end * ${size}`)}
        ${writesLength} ${source.markBytes('writes', first, `end * ${size}`)}
        const first = ${first};
        this.#bytes.copyWithin(first, first + (end - kept) * ${size}, first + end * ${size});
        this.#bytes.fill(0, first + kept * ${size}, first + end * ${size});
        this.#bytes[this.#at] = kept;
        if (count > 0) ListView.#leave(this, 0, end);
      }`;
}

/**
 * Source that retires the views of the elements of a list between two places. To make views is slow, so
 * each place has up to two: one that was retired in an earlier step, which no code can still hold, takes
 * the place of the one that is retired now.
 */
function leaveSource(): string {
  return `const { turn } = view.#memory;
  for (let index = from; index < to; index++) {
    const element = view.#elements[index];
    if (element === undefined) continue;
    view_element.retire(element);
    const former = view.#former[index];
    const isFree = former !== undefined && view.#leftAt[index] !== turn;
    if (isFree) view_element.revive(former);
    view.#elements[index] = isFree ? former : undefined;
    view.#former[index] = element;
    view.#leftAt[index] = turn;
  }`;
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
  const scalar = isScalar(element) ? scalarCode(element) : undefined;
  const at = `this.#at + (${keys.index}) * ${size}`;
  const guard = `if (!(${keys.isKey})) noElement(this.#path, ${keys.key});`;
  const source = new WatchSource(watch, scalar ? ['Array'] : []);
  const elements = elementSource(element, rest.count);
  const stretch = { block: 'Array', at, size };
  const read = scalar
    ? `${source.mark('reads', stretch)} ${readSource(scalar, at, rest.path, 'names')}`
    : `${elements.get(keys.index, at, rest.path)} return element;`;
  const set = (code: ScalarCode): string => `set(${keys.names}, value) {
    ${expectWritable()} ${guard} ${source.mark('writes', stretch)}
    ${writeSource(code, at, rest.path, 'names')}
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
      ${scalar ? set(scalar) : ''}
      clear(${keys.names}) {
        ${expectWritable()} ${guard}
        const first = ${at};
        ${source.markRange('first', size)}
        this.#bytes.fill(0, first, first + ${size});
        ${scalar ? '' : `const view = this; ${elements.each(keys.index, view => `view_element.emptied(${view});`)}`}
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
