import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { configuredProject } from './configuredProject.ts';
import { expectConfig } from './expectConfig.ts';
import { loadModule } from './loadModule.ts';
import { type Project, plainProject } from './project.ts';

/**
 * What a configuration file says; where there is none, these models alone.
 *
 * @throws UsageError when it cannot be loaded, or says what cannot be said.
 */
export async function loadProject(
  file: string | undefined,
  models: readonly ModelEntry[] = builtInModels,
): Promise<Project> {
  if (file === undefined) return plainProject(models);
  const names = models.map(({ name }) => name);
  return configuredProject(file, expectConfig(file, await loadModule(file), names), models);
}
