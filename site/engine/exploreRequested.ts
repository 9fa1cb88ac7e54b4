import { Commentary } from '../../application/commentary.ts';
import { plainProject } from '../../application/project/project.ts';
import type { TaskHooks } from '../../application/tasks/control.ts';
import { randomEngine } from '../../application/tasks/randomEngine.ts';
import { runTask } from '../../application/tasks/runTask.ts';
import type { Limits, Task, TaskResult } from '../../application/tasks/task.ts';
import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { requestOf } from '../../cli/options/request.ts';
import type { Pair } from '../../cli/options/values.ts';
import type { ExploreRequest } from './messages.ts';

/**
 * Explores what a page asks for, with one of these models.
 *
 * @returns what came of it, each trace with what its model says of it.
 * @throws UsageError when a model, setting, bound or defect is unknown or out of range.
 * @throws ModelError when the model crashes.
 */
export async function exploreRequested(
  request: ExploreRequest,
  models: readonly ModelEntry[],
  limits: Limits,
  hooks: TaskHooks,
): Promise<TaskResult> {
  const entry = findNamed('model', request.model, models);
  const result = await runTask(taskOf(request, entry, limits), plainProject(models), hooks);
  const commentary = new Commentary(models);
  return { ...result, traces: result.traces.map(trace => commentary.on(trace)) };
}

/**
 * The task that a request comes to: the same as the command line makes of the same words.
 *
 * @throws UsageError when a setting is unknown or of another kind.
 */
function taskOf(request: ExploreRequest, entry: ModelEntry, limits: Limits): Task {
  const { engine, settings, bounds, defects, seed, runs, maxSteps, maxStates } = request;
  const scope = engine === 'exhaustive' ? entry.smallScope : entry.largeScope;
  return {
    model: entry.name,
    request: requestOf(entry, scope, {
      defect: defects,
      set: pairsOf(settings),
      bound: pairsOf(bounds),
    }),
    engine:
      engine === 'exhaustive'
        ? { kind: 'exhaustive', symmetry: true, keepGoing: true }
        : randomEngine({ seed, runs, maxSteps }, true),
    limits: engine === 'exhaustive' ? { ...limits, states: maxStates } : limits,
  };
}

function pairsOf(given: Readonly<Record<string, string | number>>): readonly Pair[] {
  return Object.entries(given).map(([name, value]) => ({ name, value: String(value) }));
}
