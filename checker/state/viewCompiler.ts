import { isNumber, type Marks } from './blocks.ts';
import type { ByteTrace } from './byteTrace.ts';
import { SchemaError } from './errors.ts';
import type { ElementField, Field, Fields, OptionalField, ScalarField } from './fields.ts';
import { linkIndex, offsetsOf, type ScalarCode, scalarCode, sizeOf, strideOf } from './layout.ts';
import * as runtime from './viewRuntime.ts';

/**
 * Makes the view of a field at a place in a buffer. The compiler writes one class per record, list
 * and array of the schema as source text and evaluates it, so that offsets and bounds are
 * constants and every accessor keeps its own inline caches (see docs/decisions). Field names are
 * checked to be plain identifiers before they are written into source.
 */
export type ViewFactory = (
  bytes: Uint8Array,
  at: number,
  path: string,
  hits: runtime.TransitionHits,
  marks?: Marks | ByteTrace,
) => unknown;

/**
 * What a view watches: nothing; the blocks that are read and written, which is cheap (see blocks.ts);
 * or every byte, in the order of the first reads (see byteTrace.ts).
 */
export type Watch = 'nothing' | 'blocks' | 'bytes';

type Scalarish = ScalarField | OptionalField<ScalarField>;
type ViewClass = new (...parts: Parameters<ViewFactory>) => unknown;

/**
 * Compiles a container field (record, list, per-node array, links, set or lifecycle). What it watches,
 * it tells to the marks or to the trace that it is given.
 */
export function compileView(field: Field, watch: Watch): ViewFactory {
  switch (field.kind) {
    case 'record':
      return instances(recordClass(field.fields, watch));
    case 'list':
      return instances(listClass(field.element, field.capacity, watch));
    case 'perNode':
      return instances(perNodeClass(field, watch));
    case 'links':
      return instances(linksClass(field, watch));
    case 'nodeSet':
      return (bytes, at, _path, _hits, marks) =>
        marks === undefined
          ? new runtime.NodeSetBits(bytes, at, field.type)
          : new runtime.WatchedNodeSet(bytes, at, field.type, runtime.watcherOf(marks, at));
    case 'lifecycle':
      return (bytes, at, path, hits, marks) => {
        const place = { bytes, at, path, table: field.table, hits };
        return marks === undefined
          ? new runtime.LifecycleByte(place)
          : new runtime.WatchedLifecycle(place, runtime.watcherOf(marks, at));
      };
    default:
      throw new SchemaError(`a "${field.kind}" field has no view of its own`);
  }
}

function instances(View: ViewClass): ViewFactory {
  return (bytes, at, path, hits, marks) => new View(bytes, at, path, hits, marks);
}

/** Source that notes what {@link markSource} needs for the byte at `at`. */
function noteSource(watch: Watch, name: string, at: string): string {
  if (watch === 'nothing') return '';
  if (watch === 'bytes') return 'this.$trace = $marks;';
  const block = `$marks.blockOf[${at}]`;
  return `this.$reads = $marks.reads; this.$writes = $marks.writes;
    this.$plane${name} = ${block} >> 5; this.$bit${name} = 1 << (${block} & 31);`;
}

/** A stretch of bytes, in source text, and the name of the block that it is in. */
interface Stretch {
  readonly block: string;
  readonly at: string;
  readonly size: number | string;
}

/** Source that marks bytes as read, or as written. */
function markSource(watch: Watch, what: 'reads' | 'writes', { block, at, size }: Stretch): string {
  if (watch === 'nothing') return '';
  if (watch === 'bytes') return `this.$trace.${what}(${at}, ${size});`;
  return `this.$${what}[this.$plane${block}] |= this.$bit${block};`;
}

/** Source that marks a stretch of bytes, of whatever blocks, as written. */
function markRangeSource(watch: Watch, at: string, size: number): string {
  if (watch === 'nothing') return '';
  if (watch === 'bytes') return `this.$marks.writes(${at}, ${size});`;
  return `markWritten(this.$marks, ${at}, ${size});`;
}

function isScalar(field: Field): field is Scalarish {
  return ['int', 'flag', 'enum', 'node', 'optional'].includes(field.kind);
}

/** Evaluates class source with constants in scope. */
function evaluate(source: string, constants: Record<string, unknown>): ViewClass {
  const scope = { ...runtime, ...constants };
  const build = new Function(...Object.keys(scope), `'use strict'; return ${source};`);
  return build(...Object.values(scope)) as ViewClass;
}

/** Source that reads a scalar at the byte expression `at`; `$names` holds an enumeration. */
function readSource(code: ScalarCode, at: string, path: string, names: string): string {
  const { scalar, optional } = code;
  const stored =
    code.width === 1
      ? `this.$bytes[${at}]`
      : `(this.$bytes[${at}] | (this.$bytes[${at} + 1] << 8))`;
  const lift = optional || scalar.kind === 'node' ? 1 : 0;
  const absent = optional
    ? 'if (stored === 0) return undefined;'
    : scalar.kind === 'node'
      ? `if (stored === 0) unset(${path});`
      : '';
  return `const stored = ${stored}; ${absent} return ${valueSource(scalar, lift, names)};`;
}

function valueSource(scalar: ScalarField, lift: number, names: string): string {
  switch (scalar.kind) {
    case 'int':
      return `stored + ${scalar.min - lift}`;
    case 'flag':
      return lift === 0 ? 'stored === 1' : 'stored === 2';
    case 'enum':
      return `${names}[stored - ${lift}]`;
    case 'node':
      return 'stored - 1';
  }
}

/** Source that checks `value` and stores it at the byte expression `at`. */
function writeSource(code: ScalarCode, at: string, path: string, names: string): string {
  const { scalar, optional } = code;
  const lift = optional || scalar.kind === 'node' ? 1 : 0;
  const ordinal = ordinalSource(scalar, names);
  const limit = code.max - lift;
  const expected = JSON.stringify(expectation(scalar));
  const outside = `ordinal !== ordinal >>> 0 || ordinal > ${limit}`;
  const check = `if (${outside}) outOfBounds(${path}, ${expected}, value);`;
  const store =
    code.width === 1
      ? `this.$bytes[${at}] = stored;`
      : `this.$bytes[${at}] = stored & 255; this.$bytes[${at} + 1] = stored >>> 8;`;
  const present = `const ordinal = ${ordinal}; ${check} stored = ordinal + ${lift};`;
  return optional
    ? `let stored = 0; if (value !== undefined) { ${present} } ${store}`
    : `let stored; ${present} ${store}`;
}

function ordinalSource(scalar: ScalarField, names: string): string {
  switch (scalar.kind) {
    case 'int':
      return `value - ${scalar.min}`;
    case 'flag':
      return 'value === true ? 1 : value === false ? 0 : -1';
    case 'enum':
      return `${names}.indexOf(value)`;
    case 'node':
      return 'value';
  }
}

function expectation(scalar: ScalarField): string {
  switch (scalar.kind) {
    case 'int':
      return `a whole number from ${scalar.min} to ${scalar.max}`;
    case 'flag':
      return 'true or false';
    case 'enum':
      return `one of ${scalar.names.join(', ')}`;
    case 'node':
      return `a ${scalar.type.name}`;
  }
}

function namesOf(code: ScalarCode): readonly string[] {
  return code.scalar.kind === 'enum' ? code.scalar.names : [];
}

const IDENTIFIER = /^[a-z][A-Za-z0-9]*$/;

function recordClass(fields: Fields, watch: Watch): ViewClass {
  const constants: Record<string, unknown> = {};
  const children: string[] = [];
  const accessors: string[] = [];
  const assignments: string[] = [];
  const blocks = new Map<string, string>();
  for (const { name, field, offset } of offsetsOf(fields)) {
    if (!IDENTIFIER.test(name) || name === 'constructor') {
      throw new SchemaError(`field "${name}": the name must be a camelCase word`);
    }
    if (isScalar(field)) {
      const code = scalarCode(field);
      constants[`$names_${name}`] = namesOf(code);
      const [at, path] = [`this.$at + ${offset}`, `this.$path + '.${name}'`];
      const block = isNumber(field) ? 'Numbers' : 'Modes';
      blocks.set(block, noteSource(watch, block, `$at + ${offset}`));
      const stretch = { block, at, size: code.width };
      const reads = markSource(watch, 'reads', stretch);
      const writes = markSource(watch, 'writes', stretch);
      accessors.push(
        `get ${name}() { ${reads} ${readSource(code, at, path, `$names_${name}`)} }`,
        `set ${name}(value) { ${writes} ${writeSource(code, at, path, `$names_${name}`)} }`,
      );
      assignments.push(`this.${name} = init.${name};`);
    } else {
      constants[`$view_${name}`] = compileView(field, watch);
      children.push(
        `this.${name} = $view_${name}($bytes, $at + ${offset}, $prefix + '${name}', $hits, $marks);`,
      );
      if (field.kind === 'nodeSet') assignments.push(`this.${name}.assign(init.${name});`);
    }
  }
  return evaluate(
    `class RecordView {
      constructor($bytes, $at, $path, $hits, $marks) {
        this.$bytes = $bytes; this.$at = $at; this.$path = $path; ${[...blocks.values()].join(' ')}
        const $prefix = $path === '' ? '' : $path + '.';
        ${children.join(' ')}
      }
      ${accessors.join('\n')}
      $assign(init) { ${assignments.join(' ')} }
    }`,
    constants,
  );
}

/** Source of the element array of a list or array: `$elements[i]` for records, absent for scalars. */
function elementsSource(element: ElementField, places: readonly [string, number][]): string {
  if (isScalar(element)) return '';
  const made = places.map(
    ([label, offset]) =>
      `$element($bytes, $at + ${offset}, $path + ${JSON.stringify(label)}, $hits, $marks)`,
  );
  return `this.$elements = [${made.join(', ')}];`;
}

function elementConstants(element: ElementField, watch: Watch): Record<string, unknown> {
  return isScalar(element)
    ? { $names: namesOf(scalarCode(element)) }
    : { $element: compileView(element, watch) };
}

function listClass(element: ElementField, capacity: number, watch: Watch): ViewClass {
  const size = sizeOf(element);
  const places = Array.from({ length: capacity }, (_, index): [string, number] => [
    `[${index}]`,
    1 + index * size,
  ]);
  const scalar = isScalar(element) ? scalarCode(element) : undefined;
  const at = `this.$at + 1 + index * ${size}`;
  const path = "this.$path + '[' + index + ']'";
  const read = scalar ? readSource(scalar, at, path, '$names') : 'return this.$elements[index];';
  const first = 'this.$at + 1';
  const [readsLength, writesLength] = [
    markSource(watch, 'reads', { block: 'List', at: 'this.$at', size: 1 }),
    markSource(watch, 'writes', { block: 'List', at: 'this.$at', size: 1 }),
  ];
  // The block of a list is marked with its length; of bytes each has its own mark.
  const ofBytes = (what: 'reads' | 'writes', from: string, length: number | string): string =>
    watch === 'bytes' ? markSource(watch, what, { block: 'List', at: from, size: length }) : '';
  const readsOwnLength = watch === 'bytes' ? readsLength : '';
  const write = scalar
    ? `{ ${writeSource(scalar, at, path, '$names')} }`
    : 'this.$elements[index].$assign(value);';
  return evaluate(
    `class ListView {
      constructor($bytes, $at, $path, $hits, $marks) {
        this.$bytes = $bytes; this.$at = $at; this.$path = $path; ${elementsSource(element, places)}
        ${noteSource(watch, 'List', '$at')}
      }
      get length() { ${readsLength} return this.$bytes[this.$at]; }
      get capacity() { return ${capacity}; }
      get(index) {
        ${readsLength}
        if (index !== index >>> 0 || index >= this.$bytes[this.$at]) noElement(this.$path, index);
        ${scalar ? ofBytes('reads', at, size) : ''} ${read}
      }
      push(value) {
        ${readsOwnLength}
        const index = this.$bytes[this.$at];
        if (index >= ${capacity}) full(this.$path, ${capacity});
        ${ofBytes('writes', at, size)} ${write}
        ${writesLength}
        this.$bytes[this.$at] = index + 1;
      }
      truncate(length) {
        if (!(length >= 0) || length % 1 > 0) noElement(this.$path, length);
        ${readsOwnLength}
        const end = this.$bytes[this.$at];
        if (length >= end) return;
        ${writesLength} ${ofBytes('writes', `${first} + length * ${size}`, `(end - length) * ${size}`)}
        this.$bytes.fill(0, this.$at + 1 + length * ${size}, this.$at + 1 + end * ${size});
        this.$bytes[this.$at] = length;
      }
      removeFirst(count) {
        if (!(count >= 0) || count % 1 > 0) noElement(this.$path, count);
        ${readsOwnLength}
        const end = this.$bytes[this.$at];
        const kept = count >= end ? 0 : end - count;
        ${ofBytes('reads', first, `end * ${size}`)}
        ${writesLength} ${ofBytes('writes', first, `end * ${size}`)}
        const first = ${first};
        this.$bytes.copyWithin(first, first + (end - kept) * ${size}, first + end * ${size});
        this.$bytes.fill(0, first + kept * ${size}, first + end * ${size});
        this.$bytes[this.$at] = kept;
      }
    }`,
    elementConstants(element, watch),
  );
}

function perNodeClass(field: Extract<Field, { kind: 'perNode' }>, watch: Watch): ViewClass {
  const { type, element } = field;
  const size = strideOf(field);
  const places = type.all.map((node): [string, number] => [`.${type.nameOf(node)}`, node * size]);
  const scalar = isScalar(element) ? scalarCode(element) : undefined;
  const at = `this.$at + node * ${size}`;
  const path = "this.$path + '.' + $nameOf(node)";
  const guard = `if (!(node >= 0 && node < ${type.count})) noElement(this.$path, node);`;
  const stretch = { block: 'Array', at, size };
  const [reads, writes] = [
    markSource(watch, 'reads', stretch),
    markSource(watch, 'writes', stretch),
  ];
  return evaluate(
    `class PerNodeView {
      constructor($bytes, $at, $path, $hits, $marks) {
        this.$bytes = $bytes; this.$at = $at; this.$path = $path; ${elementsSource(element, places)}
        this.$marks = $marks; ${scalar ? noteSource(watch, 'Array', '$at') : ''}
      }
      get(node) {
        ${guard} ${scalar ? reads : ''}
        ${scalar ? readSource(scalar, at, path, '$names') : 'return this.$elements[node];'}
      }
      ${scalar ? `set(node, value) { ${guard} ${writes} ${writeSource(scalar, at, path, '$names')} }` : ''}
      clear(node) {
        ${guard} ${markRangeSource(watch, at, size)}
        this.$bytes.fill(0, ${at}, ${at} + ${size});
      }
    }`,
    { ...elementConstants(element, watch), $nameOf: type.nameOf },
  );
}

function linksClass(field: Extract<Field, { kind: 'links' }>, watch: Watch): ViewClass {
  const { type, element } = field;
  const size = strideOf(field);
  const places = type.all.flatMap(from =>
    type.all
      .filter(to => to !== from)
      .map((to): [string, number] => [
        `.${type.nameOf(from)}->${type.nameOf(to)}`,
        linkIndex(from, to, type.count) * size,
      ]),
  );
  const index = `from * ${type.count - 1} + (to < from ? to : to - 1)`;
  const isNode = (name: string): string => `${name} >= 0 && ${name} < ${type.count}`;
  const isLink = `from !== to && ${isNode('from')} && ${isNode('to')}`;
  const guard = `if (!(${isLink})) noElement(this.$path, from + '->' + to);`;
  return evaluate(
    `class LinksView {
      constructor($bytes, $at, $path, $hits, $marks) {
        this.$bytes = $bytes; this.$at = $at; this.$path = $path; this.$marks = $marks;
        ${elementsSource(element, places)}
      }
      get(from, to) { ${guard} return this.$elements[${index}]; }
      clear(from, to) {
        ${guard}
        const first = this.$at + (${index}) * ${size};
        ${markRangeSource(watch, 'first', size)}
        this.$bytes.fill(0, first, first + ${size});
      }
    }`,
    elementConstants(element, watch),
  );
}
