import { type ActionInstance, CompiledModel } from '../core/compiledModel.ts';
import type { AnyModel } from '../model/model.ts';
import type { TakenAction } from '../model/property.ts';
import { type NearMiss, nearestTo } from './nearest.ts';
import type { Constraints, Observation } from './observation.ts';
import { type ExplainedStep, pathTo, Search, type SearchNode } from './search.ts';

/** Distinct states after which a search gives up, if nothing else is said. */
export const MOST_VALIDATED_STATES = 200_000;

/** A run that is as far as possible as it was observed. */
export interface ObservedRun {
  readonly initialState: number;
  readonly steps: readonly TakenAction[];
  /** For each step the lines that tell of it, counted from 0; none if nobody saw it. */
  readonly lines: readonly (readonly number[])[];
}

/** What came of a validation. */
export interface Validation {
  /**
   * `explained`: a run of the model is what was observed. `unexplained`: none is, within the bounds of the
   * model and of unobserved steps. `empty`: nothing was observed that a run could contradict.
   * `inconclusive`: a limit ended the search.
   */
  readonly verdict: 'explained' | 'unexplained' | 'empty' | 'inconclusive';
  /** The run that explains all, or all before the line that nothing explains. */
  readonly run: ObservedRun;
  /** How much of that run was observed. */
  readonly constraints: Constraints;
  /** The first line that nothing explains, counted from 0. */
  readonly line?: number;
  /** What comes nearest to it, the nearest first. */
  readonly nearest?: readonly NearMiss[];
  readonly distinctStates: number;
  readonly generatedStates: number;
}

/**
 * Holds what was observed to a model: looks for a run that shows it, line by line, in which steps that nobody
 * observed may lie between.
 *
 * The answer `unexplained` holds for the model's own bounds, and for at most so many unobserved steps in a row as
 * the observation says. It does not depend on anything but the arguments.
 *
 * @throws ObservationError when a line names what the model does not have; FieldPathError for a field; ModelError
 * when the model crashes.
 */
export function validate(
  model: AnyModel,
  observation: Observation,
  mostStates = MOST_VALIDATED_STATES,
): Validation {
  const compiled = new CompiledModel(model);
  const search = new Search(compiled, observation);
  const { end, line, furthest, distinctStates, generatedStates } = search.run(mostStates);
  const counts = { distinctStates, generatedStates };
  if (end === 'explained') {
    const explained = explanation(compiled, furthest[0] as SearchNode);
    const { observedSteps, fields } = explained.constraints;
    const verdict = observedSteps + fields === 0 ? 'empty' : 'explained';
    return { verdict, ...explained, ...counts };
  }
  const { node, misses } = nearestTo(compiled, search, { line, furthest });
  const verdict = end === 'unexplained' ? 'unexplained' : 'inconclusive';
  const explained = explanation(compiled, node as SearchNode);
  return { verdict, ...explained, line, nearest: misses, ...counts };
}

function explanation(
  model: CompiledModel,
  node: SearchNode,
): { readonly run: ObservedRun; readonly constraints: Constraints } {
  const path = pathTo(node);
  const taken = path.filter(({ instance }) => instance !== undefined);
  const observed = path.filter(({ reading }) => reading !== undefined);
  const observedSteps = taken.filter(({ reading }) => reading !== undefined).length;
  return {
    run: {
      initialState: node.initialState,
      steps: taken.map(
        ({ instance }) => (model.instances[instance as number] as ActionInstance).taken,
      ),
      lines: taken.map(linesOf),
    },
    constraints: {
      lines: node.line,
      observedSteps,
      unobservedSteps: taken.length - observedSteps,
      fields: observed.reduce((sum, { reading }) => sum + (reading?.fields ?? 0), 0),
    },
  };
}

function linesOf({ reading, line }: ExplainedStep): number[] {
  if (reading === undefined) return [];
  return Array.from({ length: reading.next - line }, (_, index) => line + index);
}
