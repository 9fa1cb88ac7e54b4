import type { ScalarField } from './fields.ts';
import type { ScalarCode } from './layout.ts';
import { expectation } from './ordinals.ts';

/** Source that reads a scalar at the byte expression `at`; `$names` holds an enumeration. */
export function readSource(code: ScalarCode, at: string, path: string, names: string): string {
  const { scalar, optional } = code;
  const stored =
    code.width === 1
      ? `this.#bytes[${at}]`
      : `(this.#bytes[${at}] | (this.#bytes[${at} + 1] << 8))`;
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
export function writeSource(code: ScalarCode, at: string, path: string, names: string): string {
  const { scalar, optional } = code;
  const lift = optional || scalar.kind === 'node' ? 1 : 0;
  const ordinal = ordinalSource(scalar, names);
  const limit = code.max - lift;
  const expected = JSON.stringify(expectation(scalar));
  const outside = `ordinal !== ordinal >>> 0 || ordinal > ${limit}`;
  const check = `if (${outside}) outOfBounds(${path}, ${expected}, value);`;
  const store =
    code.width === 1
      ? `this.#bytes[${at}] = stored;`
      : `this.#bytes[${at}] = stored & 255; this.#bytes[${at} + 1] = stored >>> 8;`;
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
