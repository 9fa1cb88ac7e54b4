import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../../catalogue/usageError.ts';

/** Whether this program was built; its sources run where TypeScript is read already. */
const isBuilt = !import.meta.url.endsWith('.ts');

/**
 * What a configuration file says: the content of a `.json`, or what a `.ts`, `.js` or `.mjs` exports by
 * default. TypeScript is read as it is.
 *
 * @throws UsageError when the file cannot be read or loaded, or has no default export.
 */
export async function loadModule(file: string): Promise<unknown> {
  try {
    if (extname(file) === '.json') return JSON.parse(readFileSync(file, 'utf8'));
    if (isBuilt && extname(file) === '.ts') await readTypeScript();
    return defaultOf(await import(pathToFileURL(file).href));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The second line of what a compiler says has the place.
    const [first, second = ''] = reason.split('\n');
    const why = first?.endsWith(':') ? `${first} ${second.trim()}` : first;
    throw new UsageError(`${file}: cannot be loaded: ${why}`, 'wrong-config');
  }
}

/** For as long as the process runs: a model may import more when it is built. */
async function readTypeScript(): Promise<void> {
  const [modules, commonJs] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')]);
  modules.register();
  // In a project that does not say `"type": "module"`, a `.ts` file is a CommonJS module.
  commonJs.register();
}

/** The default export. In a project of CommonJS modules it is that of the default export. */
function defaultOf(module: unknown): unknown {
  if (!hasDefault(module)) throw new Error('expected a default export');
  const { default: exported } = module;
  return hasDefault(exported) ? exported.default : exported;
}

function hasDefault(value: unknown): value is { readonly default: unknown } {
  return typeof value === 'object' && value !== null && 'default' in value;
}
