import { isNumber, type Marks } from './blocks.ts';
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
  marks?: Marks,
) => unknown;

type Scalarish = ScalarField | OptionalField<ScalarField>;
type ViewClass = new (...parts: Parameters<ViewFactory>) => unknown;

/**
 * Compiles a container field (record, list, per-node array, links, set or lifecycle). The views of an
 * observed state mark the block of whatever they read (see blocks.ts).
 */
export function compileView(field: Field, observed: boolean): ViewFactory {
  switch (field.kind) {
    case 'record':
      return instances(recordClass(field.fields, observed));
    case 'list':
      return instances(listClass(field.element, field.capacity, observed));
    case 'perNode':
      return instances(perNodeClass(field, observed));
    case 'links':
      return instances(linksClass(field, observed));
    case 'nodeSet':
      return (bytes, at, _path, _hits, marks) =>
        observed && marks !== undefined
          ? new runtime.ObservedNodeSet(bytes, at, field.type, marks)
          : new runtime.NodeSetBits(bytes, at, field.type);
    case 'lifecycle':
      return (bytes, at, path, hits, marks) =>
        observed && marks !== undefined
          ? new runtime.ObservedLifecycle({ bytes, at, path, table: field.table, hits }, marks)
          : new runtime.LifecycleByte({ bytes, at, path, table: field.table, hits });
    default:
      throw new SchemaError(`a "${field.kind}" field has no view of its own`);
  }
}

function instances(View: ViewClass): ViewFactory {
  return (bytes, at, path, hits, marks) => new View(bytes, at, path, hits, marks);
}

/** Source that notes the block of the byte at `at`, so that `mark` can mark it. */
function blockSource(observed: boolean, name: string, at: string): string {
  if (!observed) return '';
  const block = `$marks.blockOf[${at}]`;
  return `this.$reads = $marks.reads; this.$writes = $marks.writes;
    this.$plane${name} = ${block} >> 5; this.$bit${name} = 1 << (${block} & 31);`;
}

/** Source that marks a block as read, or as written. */
function markSource(observed: boolean, what: 'reads' | 'writes', name: string): string {
  return observed ? `this.$${what}[this.$plane${name}] |= this.$bit${name};` : '';
}

/** Source that marks the blocks of a stretch of bytes as written. */
function markRangeSource(observed: boolean, at: string, size: number): string {
  return observed ? `markWritten(this.$marks, ${at}, ${size});` : '';
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

function recordClass(fields: Fields, observed: boolean): ViewClass {
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
      blocks.set(block, blockSource(observed, block, `$at + ${offset}`));
      const [reads, writes] = [
        markSource(observed, 'reads', block),
        markSource(observed, 'writes', block),
      ];
      accessors.push(
        `get ${name}() { ${reads} ${readSource(code, at, path, `$names_${name}`)} }`,
        `set ${name}(value) { ${writes} ${writeSource(code, at, path, `$names_${name}`)} }`,
      );
      assignments.push(`this.${name} = init.${name};`);
    } else {
      constants[`$view_${name}`] = compileView(field, observed);
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

function elementConstants(element: ElementField, observed: boolean): Record<string, unknown> {
  return isScalar(element)
    ? { $names: namesOf(scalarCode(element)) }
    : { $element: compileView(element, observed) };
}

function listClass(element: ElementField, capacity: number, observed: boolean): ViewClass {
  const size = sizeOf(element);
  const places = Array.from({ length: capacity }, (_, index): [string, number] => [
    `[${index}]`,
    1 + index * size,
  ]);
  const scalar = isScalar(element) ? scalarCode(element) : undefined;
  const at = `this.$at + 1 + index * ${size}`;
  const path = "this.$path + '[' + index + ']'";
  const read = scalar ? readSource(scalar, at, path, '$names') : 'return this.$elements[index];';
  const reads = markSource(observed, 'reads', 'List');
  const writes = markSource(observed, 'writes', 'List');
  const write = scalar
    ? `{ ${writeSource(scalar, at, path, '$names')} }`
    : 'this.$elements[index].$assign(value);';
  return evaluate(
    `class ListView {
      constructor($bytes, $at, $path, $hits, $marks) {
        this.$bytes = $bytes; this.$at = $at; this.$path = $path; ${elementsSource(element, places)}
        ${blockSource(observed, 'List', '$at')}
      }
      get length() { ${reads} return this.$bytes[this.$at]; }
      get capacity() { return ${capacity}; }
      get(index) {
        ${reads}
        if (index !== index >>> 0 || index >= this.$bytes[this.$at]) noElement(this.$path, index);
        ${read}
      }
      push(value) {
        ${writes}
        const index = this.$bytes[this.$at];
        if (index >= ${capacity}) full(this.$path, ${capacity});
        ${write}
        this.$bytes[this.$at] = index + 1;
      }
      truncate(length) {
        if (!(length >= 0) || length % 1 > 0) noElement(this.$path, length);
        const end = this.$bytes[this.$at];
        if (length >= end) return;
        ${writes}
        this.$bytes.fill(0, this.$at + 1 + length * ${size}, this.$at + 1 + end * ${size});
        this.$bytes[this.$at] = length;
      }
      removeFirst(count) {
        if (!(count >= 0) || count % 1 > 0) noElement(this.$path, count);
        const end = this.$bytes[this.$at];
        const kept = count >= end ? 0 : end - count;
        ${writes}
        const first = this.$at + 1;
        this.$bytes.copyWithin(first, first + (end - kept) * ${size}, first + end * ${size});
        this.$bytes.fill(0, first + kept * ${size}, first + end * ${size});
        this.$bytes[this.$at] = kept;
      }
    }`,
    elementConstants(element, observed),
  );
}

function perNodeClass(field: Extract<Field, { kind: 'perNode' }>, observed: boolean): ViewClass {
  const { type, element } = field;
  const size = strideOf(field);
  const places = type.all.map((node): [string, number] => [`.${type.nameOf(node)}`, node * size]);
  const scalar = isScalar(element) ? scalarCode(element) : undefined;
  const at = `this.$at + node * ${size}`;
  const path = "this.$path + '.' + $nameOf(node)";
  const guard = `if (!(node >= 0 && node < ${type.count})) noElement(this.$path, node);`;
  const marked = markSource(observed, 'writes', 'Array');
  return evaluate(
    `class PerNodeView {
      constructor($bytes, $at, $path, $hits, $marks) {
        this.$bytes = $bytes; this.$at = $at; this.$path = $path; ${elementsSource(element, places)}
        this.$marks = $marks; ${scalar ? blockSource(observed, 'Array', '$at') : ''}
      }
      get(node) {
        ${guard} ${scalar ? markSource(observed, 'reads', 'Array') : ''}
        ${scalar ? readSource(scalar, at, path, '$names') : 'return this.$elements[node];'}
      }
      ${scalar ? `set(node, value) { ${guard} ${marked} ${writeSource(scalar, at, path, '$names')} }` : ''}
      clear(node) {
        ${guard} ${markRangeSource(observed, at, size)}
        this.$bytes.fill(0, ${at}, ${at} + ${size});
      }
    }`,
    { ...elementConstants(element, observed), $nameOf: type.nameOf },
  );
}

function linksClass(field: Extract<Field, { kind: 'links' }>, observed: boolean): ViewClass {
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
        ${markRangeSource(observed, 'first', size)}
        this.$bytes.fill(0, first, first + ${size});
      }
    }`,
    elementConstants(element, observed),
  );
}
