import type { Setting } from './settings.ts';

/** A model's own error of configuration: the message says what was expected. */
type ConfigError = new (message: string) => Error;

/** What a model holds its settings and bounds to; each throws the model's own error. */
export interface Expectations {
  within(name: string, value: number, least: number, most: number): void;
  oneOf(name: string, value: string, known: readonly string[]): void;
  /** A value that passes a test; `expected` says what does. */
  valid(name: string, value: Setting, isValid: boolean, expected: string): void;
  /** A list that is not empty, in which nothing is twice. */
  eachOnce(name: string, values: readonly string[], expected: string): void;
  /** Every bound from 0 to this. */
  upTo(bounds: object, most: number): void;
}

/** The largest bound of each kind that state schemas are meant for. */
export const LARGEST_BOUND = 64;

/** What the error of a model says of values that it cannot take. */
export function expecting(ModelError: ConfigError): Expectations {
  const within = (name: string, value: unknown, least: number, most: number): void => {
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return;
    const expected = `a whole number from ${least} to ${most}`;
    throw new ModelError(`${name}: expected ${expected}, found ${String(value)}`);
  };
  return {
    within,
    oneOf(name, value, known) {
      if (known.includes(value)) return;
      throw new ModelError(`${name}: expected one of ${known.join(', ')}, found ${value}`);
    },
    valid(name, value, isValid, expected) {
      if (!isValid) throw new ModelError(`${name}: expected ${expected}, found ${String(value)}`);
    },
    eachOnce(name, values, expected) {
      if (values.length > 0 && new Set(values).size === values.length) return;
      throw new ModelError(`${name}: expected ${expected}, each at most once`);
    },
    upTo(bounds, most) {
      for (const [name, value] of Object.entries(bounds)) within(name, value, 0, most);
    },
  };
}
