import type {
  AnyProperty,
  AnyScope,
  Invariant,
  PropertyText,
  Sometimes,
  StepProperty,
  TakenAction,
} from '../model/property.ts';
import { holdsOf, isTrue } from '../model/returnValues.ts';
import type { AnyTemporalProperty } from '../model/temporal.ts';
import type { Fields } from '../state/fields.ts';
import type { ModelState } from './compiledModel.ts';
import { crashMessage, ModelError } from './errors.ts';

/*
 * The one place where code of properties is called. Whoever needs less than is known here, such as a number to
 * remember, derives it.
 */

/** Outcomes of a property; silent: its antecedent is false, or its goal is not reached. */
export const [SILENT, HOLDS, FOUND] = [0, 1, 2] as const;
/** What a property comes to in a state or on a step; {@link FOUND}: it is violated or, if it is a goal, reached. */
export type Outcome = typeof SILENT | typeof HOLDS | typeof FOUND;

/** The same with words: nothing where it is silent, true where it holds, and else what is false, or reached. */
export type Evaluation = undefined | true | string;

/** The step that led to a state. */
export interface LastStep {
  readonly before: ModelState;
  readonly taken: TakenAction;
}

/**
 * What a property comes to in a state.
 *
 * @param last - The step that led there; absent for an initial state, of which goals say nothing.
 * @throws ModelError when its code throws.
 */
export function evaluate(property: AnyProperty, state: ModelState, last?: LastStep): Evaluation {
  if (property.notApplicable !== undefined) return undefined;
  if (property.kind === 'invariant') return evaluateInvariant(property, state.propertyScope);
  if (last === undefined) return evaluateInitially(property, state.propertyScope);
  return evaluateStep(property, last.before.propertyScope, state.propertyScope, last.taken);
}

/** The same of an invariant that applies. */
export function evaluateInvariant(
  property: Invariant<Fields, Fields>,
  scope: AnyScope,
): Evaluation {
  try {
    if (property.when !== undefined && !isTrue(property.when(scope), 'when')) return undefined;
    return holdsOrClause(property, property.holds(scope));
  } catch (cause) {
    throw crashOf(property, cause);
  }
}

/** The same of a step property or a goal that applies, on a step. */
export function evaluateStep(
  property: StepProperty<Fields, Fields> | Sometimes<Fields, Fields>,
  before: AnyScope,
  after: AnyScope,
  taken: TakenAction,
): Evaluation {
  try {
    if (property.kind === 'sometimes') {
      const isReached = isTrue(property.reaches(before, after, taken), 'reaches');
      return isReached ? property.statement : undefined;
    }
    if (property.when !== undefined) {
      if (!isTrue(property.when(before, after, taken), 'when')) return undefined;
    }
    return holdsOrClause(property, property.holds(before, after, taken));
  } catch (cause) {
    throw crashOf(property, cause);
  }
}

/** What a step property claims of an initial state; a goal, and one that claims nothing of it, is silent. */
export function evaluateInitially(
  property: StepProperty<Fields, Fields> | Sometimes<Fields, Fields>,
  scope: AnyScope,
): Evaluation {
  if (property.kind === 'sometimes' || property.initially === undefined) return undefined;
  try {
    return holdsOrClause(property, property.initially(scope));
  } catch (cause) {
    throw crashOf(property, cause);
  }
}

/**
 * Whether a temporal property asks for its goal in a state.
 *
 * @throws ModelError when its code throws.
 */
export function isGoalDue(
  property: AnyTemporalProperty,
  { propertyScope }: ModelState,
  isInitial: boolean,
): boolean {
  if (property.kind === 'eventually') return isInitial;
  try {
    return isTrue(property.when(propertyScope), 'when');
  } catch (cause) {
    throw crashOf(property, cause);
  }
}

/** Whether the goal of a temporal property holds in a state; throws as {@link isGoalDue} does. */
export function isGoalReached(
  property: AnyTemporalProperty,
  { propertyScope }: ModelState,
): boolean {
  try {
    return isTrue(property.goal(propertyScope), 'goal');
  } catch (cause) {
    throw crashOf(property, cause);
  }
}

/** What an evaluation is without its words. */
export function outcomeOf(evaluation: Evaluation): Outcome {
  if (evaluation === undefined) return SILENT;
  return evaluation === true ? HOLDS : FOUND;
}

function holdsOrClause({ statement }: PropertyText, returned: unknown): Evaluation {
  if (returned === true) return true;
  const holds = holdsOf(returned);
  return holds === false ? statement : holds;
}

function crashOf({ name }: PropertyText, cause: unknown): ModelError {
  return new ModelError(crashMessage(`property "${name}"`, cause), [], cause);
}
