import { specificationOf } from '../../application/tasks/replayTrace.ts';
import { builtInModels } from '../../catalogue/models.ts';
import { type ActionInstance, CompiledModel } from '../../checker/core/compiledModel.ts';
import type { InFlight } from '../../checker/model/model.ts';
import { type JsonValue, stateToJson } from '../../checker/state/json.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';

/** A step of a trace, played by its model. */
export interface Played {
  readonly instance: ActionInstance;
  /** The state after the step. */
  readonly state: JsonValue;
  /** What the model says is in flight then. */
  readonly messages: readonly InFlight[];
}

/** Plays a trace of the corpus on the model that it is of. */
export function* play({ model: of, initial, steps }: TraceFile): Generator<Played> {
  const { model } = specificationOf(of, builtInModels);
  const compiled = new CompiledModel(model);
  const state = compiled.createState();
  compiled.initialize(state, initial.index);
  for (const { action, params } of steps) {
    const index = compiled.find({ name: action, params });
    const instance = compiled.instances[index ?? -1];
    if (index === undefined || instance === undefined) throw new Error(`no action ${action}`);
    compiled.step(state, index);
    const messages = model.messages?.(state.protocol as never) ?? [];
    yield { instance, state: stateToJson(model.schema, state), messages };
  }
}
