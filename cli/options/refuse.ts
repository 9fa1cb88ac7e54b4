import type { Command } from 'commander';
import { UsageError } from '../../catalogue/usageError.ts';

/**
 * Refuses options that would be ignored. What the environment or a configuration file says of them is
 * meant for other calls, and is no mistake.
 *
 * @param names - The options as commander names their values: `maxSteps`.
 * @param rule - What goes before: "--max-steps " and this.
 * @throws UsageError when one of them was given.
 */
export function refuse(command: Command, names: readonly string[], rule: string): void {
  for (const name of names) {
    if (command.getOptionValueSource(name) !== 'cli') continue;
    const isNegated = command.getOptionValue(name) === false;
    const option = command.options.find(
      each => each.attributeName() === name && each.negate === isNegated,
    );
    throw new UsageError(`${option?.long ?? name} ${rule}`);
  }
}
