import { DeclarationError } from '../declarationError.ts';
import { brief, expectName, expectWhole, isObject, twiceIn } from '../declarations.ts';
import { MOST_INSTANCES } from '../limits.ts';
import { isNodeType, type NodeType } from '../state/nodeType.ts';
import type { ParamDomain, ParamDomains } from './params.ts';

const BUILDERS = 'anyNode, anyNodeOrNone, anyInt or anyOf';

/**
 * @throws DeclarationError when a parameter has no name that traces can write, or no finite domain.
 */
export function checkParams(place: string, params: unknown): asserts params is ParamDomains {
  if (!isObject(params)) {
    const none = 'expected an object with the parameters, {} where there are none';
    throw DeclarationError.at(`${place}: params`, `${none}, found ${brief(params)}`);
  }
  for (const [name, domain] of Object.entries(params)) {
    const param = `${place}: parameter "${name}"`;
    expectName(param, name);
    checkDomain(param, domain);
  }
  const types = nodeTypesIn(Object.values(params));
  const twice = twiceIn(types.map(type => type.name));
  if (twice === undefined) return;
  throw DeclarationError.at(
    place,
    `its parameters are of two node types named "${twice}": use the one that the schema has`,
  );
}

function checkDomain(place: string, domain: unknown): asserts domain is ParamDomain {
  const { kind, type, min, max, names } = isObject(domain) ? membersOf(domain) : {};
  switch (kind) {
    case 'node':
    case 'optionalNode':
      if (!isNodeType(type)) {
        throw DeclarationError.at(place, `expected a node type, found ${brief(type)}`);
      }
      return;
    case 'int':
      expectWhole(`${place}: least value`, min, Number.MIN_SAFE_INTEGER);
      expectWhole(`${place}: largest value`, max, Number(min));
      return;
    case 'choice':
      checkNames(place, names);
      return;
    default: {
      const found = isNodeType(domain)
        ? `a node type: write anyNode(${domain.name})`
        : brief(domain);
      throw DeclarationError.at(place, `expected ${BUILDERS}, found ${found}`);
    }
  }
}

function checkNames(place: string, names: unknown): void {
  if (!Array.isArray(names) || names.length === 0) {
    throw DeclarationError.at(place, 'anyOf() needs a name, or the action can never happen');
  }
  for (const name of names) expectName(place, name);
  const twice = twiceIn(names);
  if (twice === undefined) return;
  throw DeclarationError.at(place, `anyOf has "${twice}" twice: say it once`);
}

function membersOf(value: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value));
}

/** The node types of these parameters, each once. */
export function nodeTypesIn(domains: readonly ParamDomain[]): NodeType<string>[] {
  return [...new Set(domains.flatMap(domain => ('type' in domain ? [domain.type] : [])))];
}

/** How many values a parameter can have. */
function sizeOfDomain(domain: ParamDomain): number {
  switch (domain.kind) {
    case 'node':
      return domain.type.count;
    case 'optionalNode':
      return domain.type.count + 1;
    case 'int':
      return domain.max - domain.min + 1;
    case 'choice':
      return domain.names.length;
  }
}

/**
 * Counts the choices of arguments before any of them is made.
 *
 * @throws DeclarationError naming the action that has too many, or too many together with those before it.
 */
export function checkInstances(
  place: string,
  actions: readonly { readonly name: string; readonly params: ParamDomains }[],
): void {
  let total = 0;
  for (const { name, params } of actions) {
    const choices = Object.values(params).reduce((all, domain) => all * sizeOfDomain(domain), 1);
    total += choices;
    if (total <= MOST_INSTANCES) continue;
    const [own, all, most] = [choices, total, MOST_INSTANCES].map(count => {
      return count.toLocaleString('en');
    });
    const together = choices === total ? '' : `, ${all} with those of the actions before it`;
    throw DeclarationError.at(
      `${place}: action "${name}"`,
      `there are ${own} choices of its arguments${together}: expected at most ${most} in a model; ` +
        'give its parameters smaller domains',
    );
  }
}
