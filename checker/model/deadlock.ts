import type { Fields } from '../state/fields.ts';
import { scopeOf } from '../state/viewObjects.ts';
import { argumentsOf } from './arguments.ts';
import { checkProperty } from './checkProperty.ts';
import { falseGuards } from './falseGuards.ts';
import type { AnyAction, AnyModel, Enabled, GuardScope } from './model.ts';
import type { AnyProperty, AnyScope, Invariant } from './property.ts';
import { enabledOf, isTrue } from './returnValues.ts';

/** The name of the property that {@link noDeadlock} makes. */
export const NO_DEADLOCK = 'no-deadlock';

/** An action with one choice of arguments. */
interface Choice {
  readonly action: AnyAction;
  readonly values: never;
  readonly text: string;
}

/**
 * The property that something can always happen, unless the model has come to an end that it means (`ends`). What
 * only the environment does to it, its faults, is nothing that it can wait for; what only a bound of the scope
 * keeps from happening could happen.
 */
export function noDeadlock(model: AnyModel): AnyProperty {
  const choices = model.actions.filter(action => isWaitedFor(model, action)).map(choicesOf);
  const scopes = new WeakMap<object, GuardScope<Fields>>();
  const guardScopeOf = ({ protocol }: AnyScope): GuardScope<Fields> => {
    const known = scopes.get(protocol);
    if (known !== undefined) return known;
    const scope = scopeOf({ protocol });
    scopes.set(protocol, scope);
    return scope;
  };
  const property: Invariant<Fields, Fields> = {
    name: NO_DEADLOCK,
    kind: 'invariant',
    statement: 'Something can happen, or everything has come to a proper end.',
    loss: 'The system stands still for ever, with its work undone.',
    source: 'deadlock freedom',
    holds(state) {
      const scope = guardScopeOf(state);
      if (choices.some(ofAction => ofAction.some(choice => canHappen(choice, scope)))) return true;
      // The model is given a state of its own schema.
      if (model.ends !== undefined && isTrue(model.ends(state.protocol as never), 'ends'))
        return true;
      return `nothing can happen: ${listedGuards(choices, scope)}`;
    },
  };
  checkProperty(property);
  return property;
}

/** Whether the action is one that the system or its clients take, and there is any in this scope. */
function isWaitedFor({ bounds }: AnyModel, { kind, spends }: AnyAction): boolean {
  if (kind === 'fault') return false;
  return spends === undefined || bounds[spends] !== 0;
}

function choicesOf(action: AnyAction): readonly Choice[] {
  return argumentsOf(action.params).map(({ values, names }) => {
    const given = Object.entries(names).map(([name, value]) => `${name}=${value ?? 'none'}`);
    // An action is called with the arguments that its type asks for.
    return { action, values: values as never, text: `(${given.join(', ')})` };
  });
}

function canHappen({ action, values }: Choice, scope: GuardScope<Fields>): boolean {
  if (guardOf({ action, values }, scope) === true) return true;
  return action.heldBack !== undefined && isTrue(action.heldBack(scope, values), 'heldBack');
}

function guardOf(
  { action, values }: Pick<Choice, 'action' | 'values'>,
  scope: GuardScope<Fields>,
): Enabled {
  return enabledOf(action.enabled(scope, values));
}

function listedGuards(choices: readonly (readonly Choice[])[], scope: GuardScope<Fields>): string {
  const ofActions = choices.flatMap(ofAction => {
    const [first] = ofAction;
    if (first === undefined) return [];
    const guards = ofAction.map(choice => [choice.text, guardOf(choice, scope)] as const);
    // None of them is true, or this would not be asked.
    return [`${first.action.name}${falseGuards(guards as [string, string | false][], true)}`];
  });
  return ofActions.length === 0
    ? 'nobody but the environment acts in this scope'
    : ofActions.join('; ');
}
