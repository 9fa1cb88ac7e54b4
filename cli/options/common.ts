import type { Command } from 'commander';
import { addName, addPair, type Pair } from './values.ts';

/** How a command prints. */
export interface OutputOptions {
  readonly json?: true;
  readonly quiet?: true;
  /** False with `--no-color`. */
  readonly color: boolean;
}

/** Adds `--json`, `--quiet` and `--no-color`. */
export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON document')
    .option('-q, --quiet', 'show no progress')
    .option('--no-color', 'print without colours (as NO_COLOR does)');
}

/** What is to be explored. */
export interface ScopeOptions {
  readonly property?: readonly string[];
  readonly defect?: readonly string[];
  readonly bound?: readonly Pair[];
  readonly set?: readonly Pair[];
  readonly out?: string;
}

/** Adds the options that say what is to be explored, and where what is found is saved. */
export function addScopeOptions(command: Command): Command {
  return addChosenScope(command).option(
    '--out <folder>',
    'save the trace of every violation there; nothing is overwritten',
  );
}

/** Adds the options that say what is to be explored; "highwater list" prints the names. */
export function addChosenScope(command: Command): Command {
  return command
    .option('--property <name>', 'check only this property (repeatable)', addName)
    .option(
      '--defect <name>',
      'switch a deliberate defect on, in the scope that shows it (repeatable)',
      addName,
    )
    .option('--bound <name=value>', 'change a bound of the scope (repeatable)', addPair)
    .option(
      '--set <name=value>',
      'change a setting of the model, for instance brokers=5 or acks=all,1 (repeatable)',
      addPair,
    );
}
