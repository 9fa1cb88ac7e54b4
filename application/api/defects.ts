import { findNamed } from '../../catalogue/findNamed.ts';
import type { DefectOutcome } from '../defects/defectOutcome.ts';
import { defectPlans } from '../defects/defectPlan.ts';
import { runDefects } from '../defects/runDefects.ts';
import { type WorkOptions, working } from './options.ts';

/** Which defects are switched on. */
export interface DefectOptions extends WorkOptions {
  /** Only the defects of these models, by name; of all if absent. */
  readonly models?: readonly string[];
  /** Only these defects, by name; all if absent. */
  readonly defects?: readonly string[];
}

/**
 * Switches deliberate defects on, one at a time in the smallest scope that shows each, and looks whether
 * the property that should catch it does, as `highwater defects` does.
 *
 * @returns for each what came of it, with the trace that shows it.
 * @throws UsageError when a model or defect is unknown; ModelError when a model crashes.
 */
export function findDefects(options: DefectOptions = {}): Promise<DefectOutcome[]> {
  return working(options, async ({ surroundings, limits }) => {
    const all = surroundings.project.models;
    const models = options.models?.map(name => findNamed('model', name, all)) ?? all;
    return runDefects(defectPlans(models, options.defects ?? [], limits), surroundings);
  });
}
