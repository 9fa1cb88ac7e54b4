import { expectConfig } from '../../application/project/expectConfig.ts';
import { ownEntry } from '../../application/project/ownEntry.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import * as cluster from '../../exports/cluster.ts';
import * as highwater from '../../exports/highwater.ts';
import * as kraft from '../../exports/kraft.ts';
import * as replication from '../../exports/replication.ts';

/** What code of a page can import: the package, but for what takes files, threads or a test runner. */
const modules: Readonly<Record<string, object>> = {
  highwater,
  'highwater/replication': replication,
  'highwater/kraft': kraft,
  'highwater/cluster': cluster,
};

/** A module as a function: it exports into the first argument, and imports with the second. */
export type OwnModule = (
  exports: Record<string, unknown>,
  require: (name: string) => object,
) => void;

/** What the code is called in messages. */
const OWN_FILE = 'model.ts';

/**
 * The models that a module exports as a configuration file does: `export default defineConfig({ models: [...] })`.
 *
 * @throws UsageError when it exports something else, or imports what there is not.
 */
export function modelsOf(module: OwnModule): readonly ModelEntry[] {
  const exported: Record<string, unknown> = {};
  module(exported, name => {
    const found = Object.hasOwn(modules, name) ? modules[name] : undefined;
    if (found !== undefined) return found;
    throw UsageError.unknown('module', name, Object.keys(modules));
  });
  const names = builtInModels.map(({ name }) => name);
  const { models = [] } = expectConfig(OWN_FILE, exported['default'], names);
  return models.map(model => ownEntry(model, OWN_FILE));
}
