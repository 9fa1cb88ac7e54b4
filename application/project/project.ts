import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { builtInModels } from '../../catalogue/models.ts';
import type { Thresholds } from '../../checker/results/thresholds.ts';

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
