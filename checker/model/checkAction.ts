import { DeclarationError } from '../declarationError.ts';
import {
  brief,
  expectFunction,
  expectFunctionIfAny,
  expectKeys,
  expectName,
  isObject,
} from '../declarations.ts';
import { checkParams } from './checkParams.ts';
import { type FlatParam, flatParams } from './flatParams.ts';
import type { ParamDomains } from './params.ts';

/** What an action may be like. */
export interface ActionShape {
  readonly keys: object;
  readonly kinds: object;
}

/** An action of which nothing is known but its keys. */
interface Declared {
  readonly name?: unknown;
  readonly kind?: unknown;
  readonly actor?: unknown;
  readonly params?: unknown;
  readonly phrase?: unknown;
  readonly spends?: unknown;
  readonly weight?: unknown;
  readonly fair?: unknown;
  readonly enabled?: unknown;
  readonly step?: unknown;
  readonly heldBack?: unknown;
  readonly due?: unknown;
}

/** One word, or several with a blank or a dash between them. */
const LANE = /^[A-Za-z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*$/;

/**
 * Holds an action to what its type says, for those who do not compile or who force a type.
 *
 * @param budgets - The budgets of the schema, where that is known.
 * @param owner - Whose action it is, as in `model "lock": `; empty where that is not known.
 * @throws DeclarationError naming the action and what is to be written instead.
 */
export function checkAction(
  action: unknown,
  { keys, kinds }: ActionShape,
  budgets: object | undefined,
  owner = '',
): void {
  if (!isObject(action) || !('name' in action)) {
    throw DeclarationError.at(`${owner}action`, `expected an action, found ${brief(action)}`);
  }
  expectName(`${owner}action: name`, action.name);
  const place = `${owner}action "${action.name}"`;
  expectKeys(place, action, keys);
  const declared: Declared = action;
  const { kind, params, enabled, step, heldBack, due } = declared;
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) {
    const expected = `expected one of ${Object.keys(kinds).join(', ')}`;
    throw DeclarationError.at(`${place}: kind`, `${expected}, found ${brief(kind)}`);
  }
  checkParams(place, params);
  expectFunction(place, 'enabled', enabled);
  expectFunction(place, 'step', step);
  expectFunctionIfAny(place, 'heldBack', heldBack);
  expectFunctionIfAny(place, 'due', due);
  checkActor(`${place}: actor`, declared.actor, params);
  checkWords(place, declared);
  if (budgets !== undefined) checkSpends(`${place}: spends`, declared.spends, budgets);
}

/** @throws DeclarationError when nobody's lane is named: neither that of a node, nor one of its own. */
function checkActor(place: string, actor: unknown, params: ParamDomains): void {
  const flat = flatParams(params);
  const own = flat.get(String(actor));
  if (own !== undefined) {
    if (isNode(own)) return;
    const advice = `name a parameter that is a node, or write a fixed word such as "controller"`;
    throw DeclarationError.at(
      place,
      `parameter "${actor}" is no node, so that it has no lane: ${advice}`,
    );
  }
  if (typeof actor !== 'string' || !LANE.test(actor)) {
    const expected = 'expected the name of a node parameter, or a fixed word such as "controller"';
    throw DeclarationError.at(place, `${expected}, found ${brief(actor)}`);
  }
  const [meant] = [...flat].find(([name, param]) => isNode(param) && isNear(name, actor)) ?? [];
  if (meant === undefined) return;
  throw DeclarationError.at(place, `"${actor}" is no parameter of it: did you mean "${meant}"?`);
}

function isNode(domain: FlatParam): boolean {
  return domain.kind === 'node' || domain.kind === 'optionalNode';
}

/** Whether one name is the other, but for a letter that is wrong, missing, too much or of another case. */
function isNear(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a === b) return true;
  if (Math.min(a.length, b.length) < 5) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [left, right] = [a.slice(start), b.slice(start)];
  // "node1" is not a misspelt "node2", nor is it a misspelt "node".
  if (/^\d/.test(left) || /^\d/.test(right)) return false;
  return left.slice(1) === right.slice(1) || left === right.slice(1) || left.slice(1) === right;
}

function checkWords(place: string, { phrase, weight, fair }: Declared): void {
  if (phrase !== undefined && typeof phrase !== 'string') {
    throw DeclarationError.at(`${place}: phrase`, `expected a sentence, found ${brief(phrase)}`);
  }
  const isWeight = typeof weight === 'number' && Number.isFinite(weight) && weight >= 0;
  if (weight !== undefined && !isWeight) {
    const expected = 'expected a finite number, 0 or more';
    throw DeclarationError.at(`${place}: weight`, `${expected}, found ${brief(weight)}`);
  }
  if (fair !== undefined && typeof fair !== 'boolean' && fair !== 'strong') {
    const expected = 'expected true, false or "strong"';
    throw DeclarationError.at(`${place}: fair`, `${expected}, found ${brief(fair)}`);
  }
}

function checkSpends(place: string, spends: unknown, budgets: object): void {
  if (spends === undefined || Object.hasOwn(budgets, String(spends))) return;
  const names = Object.keys(budgets).join(', ');
  const there = names === '' ? 'the schema has none' : `the schema has ${names}`;
  throw DeclarationError.at(place, `there is no budget ${brief(spends)}; ${there}`);
}
