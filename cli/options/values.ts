import { InvalidArgumentError } from 'commander';
import { millisecondsIn, withUnit } from '../../application/project/duration.ts';

/** Reads a whole number between two limits, both included. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return text => {
    const value = Number(text);
    if (!/^[+-]?\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** Reads a duration such as 500ms, 60s, 5m or 1h; returns milliseconds. */
export function durationMs(text: string): number {
  const value = millisecondsIn(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError('Expected a duration such as 500ms, 60s, 5m or 1h.');
}

const bytes = new Map([
  ['MB', 1e6],
  ['GB', 1e9],
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
]);

/** Reads an amount of memory such as 512MiB or 4GiB; returns bytes. */
export function byteSize(text: string): number {
  const value = withUnit(text, bytes);
  if (value === undefined || value <= 0 || value > Number.MAX_SAFE_INTEGER) {
    throw new InvalidArgumentError('Expected an amount of memory such as 512MiB or 4GiB.');
  }
  return value;
}

/** A name with a value, as `--bound` and `--set` take them. */
export interface Pair {
  readonly name: string;
  readonly value: string;
}

/** Reads `name=value` and adds it to those given before. */
export function addPair(text: string, before: readonly Pair[] = []): readonly Pair[] {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('Expected name=value.');
  }
  if (before.some(pair => pair.name === name)) {
    throw new InvalidArgumentError(`${name} is given twice.`);
  }
  return [...before, { name, value }];
}

/** Adds a name to those given before. */
export function addName(text: string, before: readonly string[] = []): readonly string[] {
  return before.includes(text) ? before : [...before, text];
}
