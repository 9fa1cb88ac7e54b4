import type { Setting } from '../../../catalogue/modelEntry.ts';
import { type BoundsShape, type ConfigShape, recordOf } from '../../../catalogue/settings.ts';
import type { ScopePlan } from '../scope.ts';

/** Makes the plans of one model, typed by its settings and bounds. */
export interface Planner<Config, ModelBounds> {
  /** A scope that is explored completely; what is not named is as by default, and quiet. */
  covering(name: string, bounds: Partial<ModelBounds>, config?: Partial<Config>): ScopePlan;
  /** Random runs in the large scope. */
  random(name: string, config?: Partial<Config>): ScopePlan;
  /** A scope of which every fair run is looked at, for what must happen at some time. */
  fairRuns(name: string, bounds: Partial<ModelBounds>, config?: Partial<Config>): ScopePlan;
  /** The same at random in the large scope. */
  settling(name: string, config?: Partial<Config>): ScopePlan;
}

/** The planner of this model. */
export function plannerFor<
  Config extends ConfigShape<Config>,
  ModelBounds extends BoundsShape<ModelBounds>,
>(model: string, largeScope: ModelBounds): Planner<Config, ModelBounds> {
  const plan = (
    name: string,
    bounds: Partial<ModelBounds>,
    config: Partial<Config> = {},
  ): Omit<ScopePlan, 'engine'> => {
    return {
      model,
      name,
      config: recordOf<Config, Setting>(config),
      bounds: recordOf<ModelBounds, number>(bounds),
    };
  };
  return {
    covering: (name, bounds, config) => ({ ...plan(name, bounds, config), engine: 'exhaustive' }),
    random: (name, config) => ({ ...plan(name, largeScope, config), engine: 'simulate' }),
    fairRuns: (name, bounds, config) => ({ ...plan(name, bounds, config), engine: 'liveness' }),
    settling: (name, config) => ({ ...plan(name, largeScope, config), engine: 'settle' }),
  };
}

/** The plans in one column of the verdict table. */
export function column(title: string, plans: readonly ScopePlan[]): ScopePlan[] {
  return plans.map(plan => ({ ...plan, column: title }));
}
