import type { TraceJson } from '../../../checker/trace/traceFile.ts';

/** A trace in the Informal Trace Format, as it was read. */
export interface ItfTrace {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly vars: readonly string[];
  readonly states: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Reads a trace as strictly as ADR-015 of Apalache allows: integers as big integers, no nulls, records
 * without a field that begins with `#`, every variable in every state and nothing else there.
 *
 * @throws Error that names the place and what is wrong there.
 */
export function readItf(text: string): ItfTrace {
  const trace = recordAt(JSON.parse(text), 'the trace');
  const { '#meta': meta, vars, states, loop = 0, ...others } = trace;
  if (Object.keys(others).length > 0) throw new Error(`unknown fields ${Object.keys(others)}`);
  if (!Array.isArray(vars) || !vars.every(name => typeof name === 'string')) {
    throw new Error('vars: expected names');
  }
  if (new Set(vars).size < vars.length) throw new Error('vars: a name is there twice');
  if (!Array.isArray(states) || states.length === 0) throw new Error('states: expected states');
  if (states[Number(loop)] === undefined) throw new Error('loop: expected the index of a state');
  return {
    meta: recordAt(meta, '#meta'),
    vars,
    states: states.map((state, index) => stateAt(state, vars, index)),
  };
}

function stateAt(
  state: unknown,
  vars: readonly string[],
  index: number,
): Readonly<Record<string, unknown>> {
  const { '#meta': meta, ...values } = recordAt(state, `state ${index}`);
  if (recordAt(meta, `#meta of state ${index}`)['index'] !== index) {
    throw new Error(`state ${index} has another index`);
  }
  if (Object.keys(values).sort().join() !== [...vars].sort().join()) {
    throw new Error(`state ${index} has the variables ${Object.keys(values)}`);
  }
  for (const [name, value] of Object.entries(values)) expectExpression(value, `${index} ${name}`);
  return values;
}

const constructors = new Map<string, (content: unknown, place: string) => void>([
  ['#bigint', (content, place) => expectText(content, /^-?[0-9]+$/, place)],
  ['#unserializable', (content, place) => expectText(content, /./, place)],
  ['#tup', expectList],
  ['#set', expectList],
  [
    '#map',
    (content, place) => {
      if (!Array.isArray(content)) throw new Error(`${place}: expected a list of pairs`);
      for (const pair of content) {
        expectList(pair, place);
        if (pair.length !== 2) throw new Error(`${place}: expected a key and a value`);
      }
    },
  ],
]);

function expectExpression(value: unknown, place: string): void {
  if (typeof value === 'string' || typeof value === 'boolean') return;
  if (Array.isArray(value)) {
    expectList(value, place);
    return;
  }
  const fields = recordAt(value, place);
  const names = Object.keys(fields);
  const [special] = names.filter(name => name.startsWith('#'));
  if (special === undefined) {
    for (const name of names) expectExpression(fields[name], `${place}.${name}`);
    return;
  }
  const expectContent = constructors.get(special);
  if (expectContent === undefined || names.length > 1) throw new Error(`${place}: ${names}`);
  expectContent(fields[special], place);
}

function expectList(content: unknown, place: string): void {
  if (!Array.isArray(content)) throw new Error(`${place}: expected a list`);
  for (const [index, item] of content.entries()) expectExpression(item, `${place}[${index}]`);
}

function expectText(content: unknown, pattern: RegExp, place: string): void {
  if (typeof content !== 'string' || !pattern.test(content)) {
    throw new Error(`${place}: expected ${pattern}, found ${JSON.stringify(content)}`);
  }
}

function recordAt(value: unknown, place: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${place}: expected an object, found ${JSON.stringify(value)}`);
  }
  return { ...value };
}

/** The value that an expression stands for in a trace file. Options are read as what they hold. */
export function valueOfItf(expression: unknown): TraceJson {
  if (typeof expression === 'string' || typeof expression === 'boolean') return expression;
  if (Array.isArray(expression)) return expression.map(valueOfItf);
  const fields = recordAt(expression, 'an expression');
  if (typeof fields['#bigint'] === 'string') return Number(fields['#bigint']);
  if (typeof fields['#unserializable'] === 'string') return Number(fields['#unserializable']);
  if (fields['tag'] === 'None') return null;
  if (fields['tag'] === 'Some') return valueOfItf(fields['value']);
  const pairs = fields['#map'];
  const entries = Array.isArray(pairs) ? pairs : Object.entries(fields);
  return Object.fromEntries(
    entries.map(([key, value]: [unknown, unknown]) => [String(key), valueOfItf(value)]),
  );
}
