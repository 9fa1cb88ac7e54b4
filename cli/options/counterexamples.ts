import { Option } from 'commander';
import { wholeNumber } from './values.ts';

/** What a command line says about how many counterexamples are wanted. */
export interface CounterexamplesOption {
  readonly counterexamples?: number;
}

const MOST = 1000;

/** `--counterexamples`. */
export function counterexamplesOption(): Option {
  const option = new Option(
    '--counterexamples <n>',
    'look for so many of each property, told apart by their causes; more than 1 keeps going',
  );
  return option.argParser(wholeNumber(1, MOST));
}

/** The option as an engine takes it. */
export function severalOf({ counterexamples }: CounterexamplesOption): CounterexamplesOption {
  return counterexamples === undefined ? {} : { counterexamples };
}
