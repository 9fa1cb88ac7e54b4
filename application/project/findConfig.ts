import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../../catalogue/usageError.ts';

const names = ['ts', 'js', 'mjs', 'json'].map(ending => `highwater.config.${ending}`);

/**
 * The path of the configuration file: the one that is given, or the one in the folder, if there is one.
 *
 * @throws UsageError when the one that is given is not there, or the folder has several.
 */
export function findConfig(folder: string, given: string | undefined): string | undefined {
  if (given !== undefined) {
    const file = resolve(folder, given);
    if (existsSync(file)) return file;
    throw new UsageError(`--config ${given}: there is no such file`, 'unreadable-input');
  }
  const found = names.filter(name => existsSync(join(folder, name)));
  if (found.length > 1) {
    throw new UsageError(
      `${found.join(' and ')}: expected one configuration file, found both`,
      'wrong-config',
    );
  }
  return found.length === 0 ? undefined : join(folder, ...found);
}
