import { findNamed } from '../../catalogue/findNamed.ts';
import type { DefectEntry, ModelEntry, ModelRequest } from '../../catalogue/modelEntry.ts';
import type { Bounds } from '../../checker/model/model.ts';

/**
 * What a model is to be built from: this scope of it, or what the chosen defects need to be noticed.
 *
 * @throws UsageError when there is no such defect.
 */
export function scopeRequest(
  entry: ModelEntry,
  scope: Bounds,
  names: readonly string[] = [],
): ModelRequest {
  const defects = names.map(name => findNamed('defect', name, entry.defects));
  return {
    config: Object.assign({}, ...defects.map(({ config }) => config)),
    bounds: { ...(defects.length > 0 ? entry.quietScope : scope), ...scopeOfDefects(defects) },
    defects: names,
  };
}

/** The bounds that one of the defects needs; the largest where several name one. */
function scopeOfDefects(defects: readonly DefectEntry[]): Bounds {
  const bounds = new Map<string, number>();
  for (const [name, value] of defects.flatMap(defect => Object.entries(defect.bounds))) {
    bounds.set(name, Math.max(value, bounds.get(name) ?? value));
  }
  return Object.fromEntries(bounds);
}
