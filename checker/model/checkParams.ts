import { DeclarationError } from '../declarationError.ts';
import { brief, expectName, expectWhole, isObject, twiceIn } from '../declarations.ts';
import { MOST_INSTANCES } from '../limits.ts';
import { BoundsError } from '../state/errors.ts';
import type { SetElement, SetField } from '../state/fields.ts';
import { isNodeType, type NodeType } from '../state/nodeType.ts';
import { universeOf } from '../state/universe.ts';
import type { ParamDomain, ParamDomains } from './params.ts';

const BUILDERS =
  'anyNode, anyNodeOrNone, anyInt, anyOf, anySubset, anyQuorum, anyElement, anyKey, anyIndex or anyRecord';

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

/** What each kind of parameter is about. */
const holders = { element: 'set', key: 'map', index: 'list' } as const;

function checkDomain(place: string, domain: unknown): asserts domain is ParamDomain {
  const { kind, type, min, max, names, field, pattern, params } = isObject(domain)
    ? membersOf(domain)
    : {};
  switch (kind) {
    case 'element':
    case 'key':
    case 'index': {
      const wanted = holders[kind];
      const found = isObject(field) ? membersOf(field)['kind'] : undefined;
      if (found === wanted) {
        if (kind === 'element' && pattern !== undefined) checkPattern(place, field, pattern);
        return;
      }
      throw DeclarationError.at(place, `expected a ${wanted} of the schema, found ${brief(found)}`);
    }
    case 'record':
      checkParams(place, params);
      return;
    case 'node':
    case 'subset':
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

/** That a pattern is one of the elements of a set. */
function checkPattern(place: string, field: unknown, pattern: unknown): void {
  try {
    universeOf((field as SetField<SetElement>).element).ranksLike(pattern, 'pattern');
  } catch (error) {
    if (!(error instanceof BoundsError)) throw error;
    throw DeclarationError.at(place, error.message);
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
  const types = domains.flatMap(domain => {
    if (domain.kind === 'record') return nodeTypesIn(Object.values(domain.params));
    return 'type' in domain ? [domain.type] : [];
  });
  return [...new Set(types)];
}

function sizeOfAll(params: ParamDomains): number {
  return Object.values(params).reduce((all, domain) => all * sizeOfDomain(domain), 1);
}

/** How many values a parameter can have, or a few more. */
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
    case 'subset':
      return 2 ** domain.type.count;
    case 'element':
      return domain.pattern === undefined
        ? universeOf(domain.field.element).count
        : universeOf(domain.field.element).ranksLike(domain.pattern, 'pattern').length;
    case 'key':
      return universeOf(domain.field.key).count;
    case 'index':
      return domain.field.capacity;
    case 'record':
      return sizeOfAll(domain.params);
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
    const choices = sizeOfAll(params);
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
