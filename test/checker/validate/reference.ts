import { CompiledModel } from '../../../checker/core/compiledModel.ts';
import type { AnyModel } from '../../../checker/model/model.ts';
import { diffJson } from '../../../checker/state/diff.ts';
import { type JsonValue, stateToJson } from '../../../checker/state/json.ts';
import { copyState } from '../../../checker/state/schema.ts';
import type { Observation, Reading } from '../../../checker/validate/observation.ts';

/**
 * Whether a run of the model is what was observed, by trying every run: no state is remembered, and states are
 * compared as JSON. For top-level fields of the protocol, one line each.
 */
export function isExplained(model: AnyModel, observation: Observation): boolean {
  const compiled = new CompiledModel(model);
  const first = compiled.createState();
  compiled.initialize(first, 0);
  return goesOn(compiled, observation, first, { line: 0, unobserved: 0 });
}

function goesOn(
  model: CompiledModel,
  observation: Observation,
  before: ReturnType<CompiledModel['createState']>,
  { line, unobserved }: { readonly line: number; readonly unobserved: number },
): boolean {
  const { lines, watched, mostUnobserved } = observation;
  if (line === lines.length) return true;
  const reading = lines[line]?.readings[0] as Reading;
  for (const index of model.live) {
    if (model.enabled(before, index) !== true) continue;
    const after = model.createState();
    copyState(before, after);
    model.step(after, index);
    const [then, now] = [before, after].map(state => stateToJson(model.schema, state));
    const changed = diffJson(then as JsonValue, now as JsonValue).map(({ path }) => path);
    const seen = changed.filter(path => watched.includes(path));
    const named = Object.entries(reading.state ?? {});
    const isAsNamed = named.every(
      ([path, value]) => valueAt(now as JsonValue, path) === JSON.stringify(value),
    );
    const isChange = named.some(([path]) => changed.includes(path));
    const isIt = isAsNamed && isChange && seen.every(path => named.some(([name]) => name === path));
    const next = { line: line + 1, unobserved: 0 };
    if (isIt && goesOn(model, observation, after, next)) return true;
    if (seen.length > 0 || unobserved === mostUnobserved) continue;
    const silent = { line, unobserved: unobserved + 1 };
    if (goesOn(model, observation, after, silent)) return true;
  }
  return false;
}

function valueAt(state: JsonValue, path: string): string {
  let at: unknown = state;
  for (const name of path.split('.')) at = (at as Record<string, unknown>)[name];
  return JSON.stringify(at);
}
