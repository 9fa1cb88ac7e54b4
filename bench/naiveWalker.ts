import { CompiledModel } from '../checker/core/compiledModel.ts';
import { RandomSource } from '../checker/core/randomSource.ts';
import type { AnyModel } from '../checker/model/model.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import { Monitor } from '../checker/results/monitor.ts';
import { fingerprintOf } from '../checker/state/fingerprint.ts';

/** The longest run, in steps. */
const MAX_STEPS = 100;

/**
 * The baseline: a random walk as one would first write it, which asks every guard before each step
 * and every property after it. Same model, same states; returns the steps that it took.
 */
export function walkNaively(
  model: AnyModel,
  properties: readonly AnyProperty[],
  steps: number,
): number {
  const compiled = new CompiledModel(model);
  const monitor = new Monitor(properties, { violated: () => undefined });
  const random = new RandomSource(1);
  const [before, after] = [compiled.createState(), compiled.createState()];
  const known = new Set<number>();
  const fingerprint = { low: 0, high: 0 };
  let taken = 0;
  while (taken < steps) {
    compiled.initialize(after, 0);
    for (let step = 0; step < MAX_STEPS; step++) {
      const enabled = [...compiled.live].filter(index => compiled.enabled(after, index) === true);
      const index = enabled[random.below(enabled.length)];
      const instance = index === undefined ? undefined : compiled.instances[index];
      if (index === undefined || instance === undefined) break;
      before.words.set(after.words);
      compiled.step(after, index);
      taken++;
      fingerprintOf(after.words, fingerprint);
      known.add(fingerprint.low);
      monitor.checkStep(before, after, instance.taken);
      monitor.checkState(after);
    }
  }
  return taken;
}
