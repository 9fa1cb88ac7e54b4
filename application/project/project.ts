import { basename, dirname, resolve } from 'node:path';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { Thresholds } from '../../checker/results/thresholds.ts';
import { configurableEntry } from './configurableEntry.ts';
import { isConfigurable } from './configurableModel.ts';
import type { HighwaterConfig } from './defineConfig.ts';
import { extendedEntry } from './extendedEntry.ts';
import { specificationEntry } from './specificationEntry.ts';

/** Where models come from. */
export interface ModelSource {
  /** Every model that can be explored: those of the configuration file, and ours. */
  readonly models: readonly ModelEntry[];
  /** The path of that file; none if there is no such file. Worker threads read it again. */
  readonly file?: string;
}

/** What there is to work on: our models, and what a configuration file says of others and of itself. */
export interface Project extends ModelSource {
  /** Our models, as they are without the file. */
  readonly builtIn: readonly ModelEntry[];
  /** The names of the models that the file brings or extends: those that `check` is about. */
  readonly own: readonly string[];
  /** The folder of the corpus; the one of this package if absent. */
  readonly corpus?: string;
  /** Whether the file names that folder, so that it must be there. */
  readonly namesCorpus?: boolean;
  /** Values of flags, by the flag, for where neither a flag nor the environment says another. */
  readonly flags: Readonly<Record<string, string>>;
  readonly thresholds: Thresholds;
}

/** Whether a thread that knows only the file finds the same models: those that code has made it does not. */
export function isKnownToThreads({ models, file }: ModelSource): boolean {
  return file !== undefined || models.every(entry => builtInModels.includes(entry));
}

/** What there is where no file says anything: these models. */
export function plainProject(models: readonly ModelEntry[] = builtInModels): Project {
  return { models, builtIn: models, own: [], flags: {}, thresholds: {} };
}

/**
 * Makes ready what the file says of these models and of others.
 *
 * @throws UsageError when a model has the name of another, or an extension is none.
 */
export function configuredProject(
  file: string,
  config: HighwaterConfig,
  ours: readonly ModelEntry[],
): Project {
  const { models = [], extend = {}, corpus = 'traces', thresholds = {} } = config;
  const name = basename(file);
  const own = models.map(model =>
    isConfigurable(model) ? configurableEntry(model, name) : specificationEntry(model, name),
  );
  const builtIn = ours.map(entry => extendedEntry(entry, extend, name));
  const extended = builtIn.filter(entry => !ours.includes(entry));
  rejectTwice([...own, ...builtIn], ours, name);
  return {
    file,
    models: [...own, ...builtIn],
    builtIn: ours,
    own: [...own, ...extended].map(entry => entry.name),
    corpus: resolve(dirname(file), corpus),
    namesCorpus: config.corpus !== undefined,
    flags: flagsOf(config),
    thresholds,
  };
}

function rejectTwice(
  entries: readonly ModelEntry[],
  ours: readonly ModelEntry[],
  file: string,
): void {
  const names = entries.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  const advice = ours.some(({ name }) => name === twice)
    ? 'is built in: change it under extend, or give yours another name'
    : 'is there twice';
  throw new UsageError(`${file}: models: a model named "${twice}" ${advice}`, 'wrong-config');
}

function flagsOf({ seed, runs, maxSteps, timeLimit }: HighwaterConfig): Record<string, string> {
  const limit = typeof timeLimit === 'number' ? `${timeLimit}ms` : timeLimit;
  const given = Object.entries({ seed, runs, maxSteps, timeLimit: limit });
  return Object.fromEntries(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
