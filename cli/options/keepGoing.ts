import { Option } from 'commander';
import type { ScopeOptions } from './common.ts';
import type { CounterexamplesOption } from './counterexamples.ts';

/** What a command line says about going on after a violation. */
export interface KeepGoingOption {
  readonly keepGoing?: true;
}

/** `--keep-going`. */
export function keepGoingOption(): Option {
  return new Option('--keep-going', 'go on after a violation, to find those of other properties');
}

/**
 * Whether to go on: where several properties or counterexamples are asked for, none may hide another.
 */
export function keepsGoing({
  keepGoing,
  counterexamples = 1,
  property = [],
}: KeepGoingOption & CounterexamplesOption & Pick<ScopeOptions, 'property'>): boolean {
  return keepGoing === true || property.length > 1 || counterexamples > 1;
}
