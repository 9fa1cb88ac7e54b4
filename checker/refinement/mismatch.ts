import { type ActionInstance, labelOf, type ModelState } from '../core/compiledModel.ts';
import { falseGuards, listed } from '../model/falseGuards.ts';
import { type Change, diffJson } from '../state/diff.ts';
import { type JsonValue, stateToJson } from '../state/json.ts';
import type { AbstractModel } from './abstractModel.ts';

/** Of so many initial states it is told what differs. */
const MOST_INITIAL = 3;

/** Why a state that was mapped is none of the initial states of the abstract model. */
export function notInitial(abstract: AbstractModel, state: ModelState): string {
  const { name } = abstract.compiled.model;
  const reasons = abstract.initial.slice(0, MOST_INITIAL).map((initial, index) => {
    const which =
      abstract.initial.length === 1 ? 'its initial state' : `initial state ${index + 1}`;
    return `in ${which} there is ${valuesText(changesBetween(abstract, state, initial))}`;
  });
  return `the mapped state is no initial state of ${name}: ${reasons.join('; ')}`;
}

/**
 * Why no step of the abstract model, or not so many, leads from one state to the other: what was to change,
 * and of each action which guard is false, or what would have come of it.
 */
export function notAStep(
  abstract: AbstractModel,
  [from, to]: readonly [ModelState, ModelState],
  most: number,
): string {
  const { name } = abstract.compiled.model;
  const steps = most === 1 ? 'no step' : `no ${most} steps or fewer`;
  const verb = most === 1 ? 'changes' : 'change';
  const wanted = changesText(changesBetween(abstract, from, to));
  const tried = [...abstract.byAction()].map(([action, instances]) => {
    return `${action}${reasonsText(abstract, from, instances)}`;
  });
  return `${steps} of ${name} ${verb} ${wanted}; tried ${tried.join('; ')}`;
}

/** Of the choices of arguments of one action, those that could be taken first. */
function reasonsText(
  abstract: AbstractModel,
  from: ModelState,
  instances: readonly number[],
): string {
  const { compiled } = abstract;
  const taken: string[] = [];
  const guards: [string, string | false][] = [];
  for (const index of instances) {
    const choice = argumentsText(compiled.instances[index] as ActionInstance);
    const enabled = compiled.enabled(from, index);
    if (enabled !== true) {
      guards.push([choice, enabled]);
      continue;
    }
    const changes = changesBetween(abstract, from, abstract.stepFrom(from, index));
    taken.push(`${choice} would change ${changesText(changes)}`);
  }
  if (taken.length === 0) return falseGuards(guards, true);
  const others = guards.length === 0 ? [] : [falseGuards(guards, false)];
  return [listed(taken), ...others].join(', ');
}

function argumentsText({ taken }: ActionInstance): string {
  return labelOf({ name: '', params: taken.params });
}

/** What differs in the protocol and the ghost; budgets are full in both. */
function changesBetween(abstract: AbstractModel, a: ModelState, b: ModelState): readonly Change[] {
  const { schema } = abstract.compiled;
  return diffJson(stateToJson(schema, a), stateToJson(schema, b));
}

function changesText(changes: readonly Change[]): string {
  if (changes.length === 0) return 'nothing';
  return changes
    .map(({ path, before, after }) => `${pathText(path)}: ${text(before)} -> ${text(after)}`)
    .join(', ');
}

function valuesText(changes: readonly Change[]): string {
  return changes
    .map(({ path, before, after }) => `${pathText(path)} ${text(after)}, not ${text(before)}`)
    .join(', ');
}

function pathText(path: string): string {
  return path.replace(/^protocol\./, '');
}

function text(value: JsonValue): string {
  if (value === null) return 'none';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
