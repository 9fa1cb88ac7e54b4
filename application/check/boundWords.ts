import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import type { Bounds } from '../../checker/model/model.ts';
import { grouped } from '../../checker/results/numbers.ts';

/** "2 records", "1 process crash": each bound that is not zero, in the order given. */
export function boundWords(
  { bounds: known }: Pick<ModelEntry, 'bounds'>,
  bounds: Bounds,
): string[] {
  return Object.entries(bounds).flatMap(([name, value]) => {
    if (value === 0) return [];
    const { one, several } = findNamed('bound', name, known);
    // Of a bound that a project brings only the name is known, and not how to count it.
    if (one === several) return [`${name}=${value}`];
    return [`${grouped(value)} ${value === 1 ? one : several}`];
  });
}
