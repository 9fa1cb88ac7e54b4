import { withCommentary } from '../checker/explain/commentary.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import type { Specification } from '../checker/model/specification.ts';
import { renderText } from '../checker/trace/renderText.ts';
import { recordFound } from '../corpus/recordFound.ts';
import { type ScopeSearch, searchScope } from '../corpus/searchScope.ts';
import type { MatcherCall, SearchLimits } from './matcherTypes.ts';

/**
 * What a matcher was given, as a specification.
 *
 * @throws TypeError when it is none.
 */
export function expectSpecification(received: unknown): Specification {
  if (isSpecification(received)) return received;
  throw new TypeError('expected a specification: a model with its properties');
}

function isSpecification(value: unknown): value is Specification {
  return (
    typeof value === 'object' &&
    value !== null &&
    'model' in value &&
    'properties' in value &&
    Array.isArray(value.properties)
  );
}

/**
 * The property of this name.
 *
 * @throws RangeError with the names there are.
 */
export function propertyNamed({ properties }: Specification, name: string): AnyProperty {
  const property = properties.find(candidate => candidate.name === name);
  if (property !== undefined) return property;
  const names = properties.map(known => known.name).join(', ');
  throw new RangeError(`no property "${name}"; there are ${names || 'none'}`);
}

/** Searches the scope of a specification within the limits of a matcher. */
export function search(
  { model }: Specification,
  properties: readonly AnyProperty[],
  limits: SearchLimits,
): Promise<ScopeSearch> {
  const { maxStates = 20_000, runs = 200, maxSteps = 100, seed = 1, timeLimit = 60_000 } = limits;
  return searchScope(model, properties, {
    maxStates,
    runs,
    maxSteps,
    seed,
    milliseconds: timeLimit,
  });
}

/** The story of what a search found; nothing if it found nothing. */
export function storyOf(
  { model }: Specification,
  properties: readonly AnyProperty[],
  { found }: ScopeSearch,
  { command }: MatcherCall,
): string | undefined {
  const property = properties.find(({ name }) => name === found?.violation.property);
  if (found === undefined || property === undefined) return undefined;
  const trace = recordFound(model, property, found.violation, found.by);
  const told = withCommentary({ model, properties }, trace);
  return renderText(told, { command: { label: 'replay', text: command } });
}
