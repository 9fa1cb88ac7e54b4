import type { Extensions } from '../../catalogue/models.ts';
import type { Specification } from '../../checker/model/specification.ts';
import type { Thresholds } from '../../checker/results/thresholds.ts';
import type { ConfigurableModel } from './configurableModel.ts';

/** What `highwater.config.ts` says. Flags of the command line and the environment go before it. */
export interface HighwaterConfig {
  /** Further models, each under its own name: as they are, or made of settings (`configurable`). */
  readonly models?: readonly (Specification | ConfigurableModel)[];
  /** Changes of the models that there are; called with each scope and setting that is asked for. */
  readonly extend?: Extensions;
  /** The folder of traces that `check` replays first, from this file's folder: `traces` if absent. */
  readonly corpus?: string;
  /** The seed of every random choice. */
  readonly seed?: number;
  /** Random runs. */
  readonly runs?: number;
  /** The longest random run, in steps. */
  readonly maxSteps?: number;
  /** Where a search ends as inconclusive: `60s`, or a number of milliseconds. */
  readonly timeLimit?: string | number;
  /** What `check` must have seen, over all scopes of a model together. */
  readonly thresholds?: Thresholds;
}

/** Types a configuration: `export default defineConfig({ ... })`. */
export function defineConfig(config: HighwaterConfig): HighwaterConfig {
  return config;
}
