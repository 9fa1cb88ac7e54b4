import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { configurableEntry } from './configurableEntry.ts';
import { isConfigurable } from './configurableModel.ts';
import type { HighwaterConfig } from './defineConfig.ts';
import { specificationEntry } from './specificationEntry.ts';

/**
 * A model that somebody has written, as one of those that can be explored by name.
 *
 * @param file what its code is called in messages
 * @throws UsageError when it cannot be made of its own defaults
 */
export function ownEntry(
  model: NonNullable<HighwaterConfig['models']>[number],
  file: string,
): ModelEntry {
  return isConfigurable(model) ? configurableEntry(model, file) : specificationEntry(model, file);
}
