import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { CompiledModel, continuedFrom } from '../../checker/core/compiledModel.ts';
import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { TakenAction } from '../../checker/model/property.ts';
import { recordTrace } from '../../checker/replay/record.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { buildTask } from '../tasks/buildTask.ts';
import type { Task } from '../tasks/task.ts';
import { readDifferently } from './questions.ts';

/** Where the search for a continuation gives up. */
const MOST_STATES = 200_000;

/**
 * Goes on from the end of a story in which a readable record is lost: the producer sends one more
 * record, nothing else fails, and some leader lets consumers read another record at the lost one's
 * offset. The story found is as short as that beginning allows, not the shortest of all.
 *
 * @returns nothing if there is no such continuation.
 */
export async function continueWithSecondRecord(
  story: TraceFile,
  task: Task,
  models: readonly ModelEntry[],
): Promise<TraceFile | undefined> {
  const bounds = { ...task.request.bounds, records: 2 };
  const request = { ...task.request, bounds };
  const { model, properties } = buildTask(
    { ...task, request, properties: [readDifferently] },
    models,
  );
  const [property] = properties;
  if (property === undefined) throw new Error(`no property ${readDifferently}`);
  const beginning = story.steps.map(
    ({ action, actor, params }): TakenAction => ({ name: action, actor, params }),
  );
  const after = startingAfter(model, beginning);
  const maxStates = MOST_STATES;
  const result = await exploreExhaustively(after, [property], { maxStates });
  const [found] = result.violations;
  if (found === undefined) return undefined;
  const steps = [...beginning, ...found.steps];
  const { engine, distinctStates, generatedStates } = result;
  const depth = steps.length + 1;
  return recordTrace(
    model,
    { property, clause: found.clause, initialState: 0, steps },
    { engine, distinctStates, generatedStates, depth, shortest: false },
  );
}

/** The model as it is after these steps, with nothing left to happen but that records are sent. */
function startingAfter(model: AnyModel, beginning: readonly TakenAction[]): AnyModel {
  const compiled = new CompiledModel(model);
  const end = compiled.createState();
  compiled.initialize(end, 0);
  for (const taken of beginning) {
    const index = compiled.find(taken);
    if (index === undefined) throw new Error(`the model has no ${taken.name} any more`);
    compiled.step(end, index);
  }
  const others = Object.keys(model.bounds).filter(name => name !== 'records');
  return continuedFrom(model, end, Object.fromEntries(others.map(name => [name, 0])));
}
