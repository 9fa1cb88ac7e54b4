import { useCatalogue } from '../../catalogue/models.ts';
import { type Configuration, configurationOf } from './configuration.ts';
import { expectConfig } from './expectConfig.ts';
import { loadModule } from './loadModule.ts';

/**
 * Loads a configuration file and makes its models those that can be explored.
 *
 * @throws UsageError when it cannot be loaded, or says what cannot be said.
 */
export async function useConfigFile(file: string): Promise<Configuration> {
  const configuration = configurationOf(file, expectConfig(file, await loadModule(file)));
  useCatalogue(configuration.models, file);
  return configuration;
}
