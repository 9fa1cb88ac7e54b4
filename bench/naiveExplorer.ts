import { CompiledModel } from '../checker/core/compiledModel.ts';
import type { AnyModel } from '../checker/model/model.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import { Monitor } from '../checker/results/monitor.ts';
import { stateToJson } from '../checker/state/json.ts';

/**
 * The baseline: breadth-first search as one would first write it, with a JSON text as the identity
 * of a state and a `Set` of those. Same model, same properties; stops at `maxStates`.
 */
export function exploreNaively(
  model: AnyModel,
  properties: readonly AnyProperty[],
  maxStates: number,
): { distinctStates: number; generatedStates: number } {
  const compiled = new CompiledModel(model);
  const monitor = new Monitor(properties, { violated: () => undefined });
  const [before, after] = [compiled.createState(), compiled.createState()];
  compiled.initialize(after, 0);
  const known = new Set([JSON.stringify(stateToJson(model.schema, after))]);
  const queue = [after.words.slice()];
  let generatedStates = 1;
  for (const words of queue) {
    if (known.size >= maxStates) break;
    before.words.set(words);
    for (const [index, instance] of compiled.instances.entries()) {
      if (compiled.enabled(before, index) !== true) continue;
      after.words.set(before.words);
      compiled.step(after, index);
      generatedStates++;
      monitor.checkStep(before, after, instance.taken);
      const key = JSON.stringify(stateToJson(model.schema, after));
      if (known.has(key)) continue;
      known.add(key);
      monitor.checkState(after);
      queue.push(after.words.slice());
    }
  }
  return { distinctStates: known.size, generatedStates };
}
