import { Option } from 'commander';
import type { ScopeOptions } from './common.ts';

/** What a command line says about going on after a violation. */
export interface KeepGoingOption {
  readonly keepGoing?: true;
}

/** `--keep-going`. */
export function keepGoingOption(): Option {
  return new Option('--keep-going', 'go on after a violation, to find those of other properties');
}

/** Whether to go on: where several properties are asked for, none may hide the answer of another. */
export function keepsGoing({
  keepGoing,
  property = [],
}: KeepGoingOption & Pick<ScopeOptions, 'property'>): boolean {
  return keepGoing === true || property.length > 1;
}
