import { findNamed } from '../../catalogue/findNamed.ts';
import type { DefectEntry, ModelEntry, ModelRequest } from '../../catalogue/modelEntry.ts';
import type { LivenessTask } from '../liveness/livenessTask.ts';
import type { Limits, Task } from '../tasks/task.ts';

/**
 * How a defect is found: a search of the whole scope, breadth first, or steps that are known to lead to
 * it, where a search would take too long. One that only keeps something from ever happening: among
 * the fair runs of the scope, or in random runs that settle.
 */
type Way =
  | { readonly foundBy: 'exhaustive search'; readonly task: Task }
  | { readonly foundBy: 'directed scenario'; readonly steps: readonly string[] }
  | {
      readonly foundBy: 'search of every fair run' | 'series of runs that settle';
      readonly liveness: LivenessTask;
    };

export type FoundBy = Way['foundBy'];

/** A defect to switch on, and how it should be noticed. */
export interface DefectPlan {
  readonly defect: DefectEntry;
  readonly model: ModelEntry;
  /** A masked defect is there together with the one that takes the masking rule away. */
  readonly request: ModelRequest;
  readonly way: Way;
  /** The search of a masked defect on its own: then nothing may break. */
  readonly alone?: Task;
}

/**
 * A plan for each defect, in the order of the models and of their defects.
 *
 * @throws UsageError when a name is no defect of these models.
 */
export function defectPlans(
  models: readonly ModelEntry[],
  names: readonly string[],
  limits: Limits,
): DefectPlan[] {
  const known = models.flatMap(({ defects }) => defects);
  for (const name of names) findNamed('defect', name, known);
  return models.flatMap(model =>
    model.defects
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .map(defect => planOf(model, defect, limits)),
  );
}

/** Random runs that settle: few are enough for what keeps every run from its goal. */
const settling = { kind: 'simulate', seed: 1, runs: 100, maxSteps: 20, settleSteps: 300 } as const;

function planOf(model: ModelEntry, defect: DefectEntry, limits: Limits): DefectPlan {
  const { name, config, caughtBy, masked, scenario, liveness } = defect;
  const bounds = { ...model.quietScope, ...defect.bounds };
  const requestFor = (...defects: readonly string[]): ModelRequest => ({ config, bounds, defects });
  const searching = (request: ModelRequest, properties?: readonly string[]): Task => ({
    model: model.name,
    request,
    engine: { kind: 'exhaustive', symmetry: true, keepGoing: false },
    limits,
    ...(properties === undefined ? {} : { properties }),
  });
  const request = masked === undefined ? requestFor(name) : requestFor(name, masked.unmaskedBy);
  const wayOf = (): Way => {
    if (liveness !== undefined) {
      const task = { model: model.name, request, properties: [caughtBy], limits };
      return liveness === 'exhaustive'
        ? {
            foundBy: 'search of every fair run',
            liveness: { ...task, engine: { kind: 'exhaustive' } },
          }
        : { foundBy: 'series of runs that settle', liveness: { ...task, engine: settling } };
    }
    return scenario === undefined
      ? { foundBy: 'exhaustive search', task: searching(request, [caughtBy]) }
      : { foundBy: 'directed scenario', steps: scenario };
  };
  const alone = masked === undefined ? {} : { alone: searching(aloneRequest(model, defect)) };
  return { defect, model, request, way: wayOf(), ...alone };
}

/** The masked defect on its own: in the scope of the two, or in the smaller one that it names. */
function aloneRequest(
  model: ModelEntry,
  { name, config, bounds, masked }: DefectEntry,
): ModelRequest {
  const scope = masked?.aloneIn ?? { config, bounds };
  return {
    config: scope.config,
    bounds: { ...model.quietScope, ...scope.bounds },
    defects: [name],
  };
}
