import { type Command, InvalidArgumentError, type Option } from 'commander';
import type { Project } from '../../application/project/project.ts';
import { UsageError } from '../../catalogue/usageError.ts';

/** The environment, as far as it says something of options. */
export type Environment = Readonly<Record<string, string | undefined>>;

const variables: Readonly<Record<string, string>> = {
  seed: 'HIGHWATER_SEED',
  runs: 'HIGHWATER_RUNS',
  timeLimit: 'HIGHWATER_TIME_LIMIT',
  jobs: 'HIGHWATER_JOBS',
  workers: 'HIGHWATER_WORKERS',
  redis: 'HIGHWATER_REDIS',
};

/**
 * Gives the options that no flag of the command line sets the value that the environment, or else the
 * configuration file, has for them.
 *
 * @throws UsageError when that is not what the option takes; it names where the value comes from.
 */
export function fillOptions(
  command: Command,
  { flags, file }: Pick<Project, 'flags' | 'file'>,
  environment: Environment,
): void {
  for (const option of command.options) {
    const name = option.attributeName();
    const source = command.getOptionValueSource(name);
    if (source !== undefined && source !== 'default') continue;
    const variable = variables[name] ?? '';
    const fromEnvironment = environment[variable];
    if (fromEnvironment) {
      const value = parsed(option, fromEnvironment, variable);
      command.setOptionValueWithSource(name, value, 'env');
    } else if (flags[name] !== undefined) {
      const value = parsed(option, flags[name], `${file}: ${name}`);
      command.setOptionValueWithSource(name, value, 'config');
    }
  }
}

/** As commander parses what follows the flag. */
function parsed(option: Option, text: string, place: string): unknown {
  try {
    return option.parseArg?.(text, undefined) ?? text;
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new UsageError(`${place}: "${text}" is invalid. ${error.message}`, 'wrong-value');
  }
}
