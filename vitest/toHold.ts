import type { AnyProperty } from '../checker/model/property.ts';
import type { Specification } from '../checker/model/specification.ts';
import { exploredText } from './exploredText.ts';
import { type Answer, type MatcherCall, type SearchLimits, undecided } from './matcherTypes.ts';
import { expectSpecification, propertyNamed, search, storyOf } from './searching.ts';

/**
 * Whether a property, or all that are no goals, hold: in the whole scope if it is small enough, else
 * as far as was explored. What was never put to the test neither holds nor breaks.
 */
export async function toHold(
  call: MatcherCall,
  received: unknown,
  name: string | undefined,
  limits: SearchLimits = {},
): Promise<Answer> {
  const specification = expectSpecification(received);
  const claims = claimsOf(specification, name);
  const searched = await search(specification, claims, limits);
  const story = storyOf(specification, claims, searched, call);
  if (story !== undefined) return { pass: false, message: () => story };
  const { properties } = searched.random ?? searched.exhaustive;
  const untested = properties.filter(({ antecedent }) => antecedent === 0);
  const explored = exploredText(searched);
  if (untested.length > 0 || properties.length === 0) {
    const names = untested.map(report => report.name).join(', ') || 'no property';
    return undecided(call, `vacuous: ${names} was never put to the test; ${explored}`);
  }
  const claimed = claims.map(claim => claim.name).join(', ');
  return {
    pass: true,
    message: () => `expected ${claimed} to break, but nothing did: ${explored}`,
  };
}

function claimsOf(specification: Specification, name: string | undefined): readonly AnyProperty[] {
  if (name === undefined) {
    const { properties } = specification;
    return properties.filter(({ kind, notApplicable }) => {
      return kind !== 'sometimes' && notApplicable === undefined;
    });
  }
  const claim = propertyNamed(specification, name);
  if (claim.kind === 'sometimes') throw new RangeError(`"${name}" is a goal: use toReach`);
  return [claim];
}
