import type { AnyProperty } from '../checker/model/property.ts';
import { claimsOf, type Specification } from '../checker/model/specification.ts';
import { type AnyTemporalProperty, isTemporal } from '../checker/model/temporal.ts';
import { exploredText, fairRunsText } from './exploredText.ts';
import { type Answer, type MatcherCall, type SearchLimits, undecided } from './matcherTypes.ts';
import {
  claimNamed,
  expectSpecification,
  search,
  searchTemporal,
  storyOf,
  temporalStoryOf,
} from './searching.ts';

type Claim = AnyProperty | AnyTemporalProperty;

/** What a search came to: a story, or what it did not put to the test. */
interface Searched {
  readonly story?: string | undefined;
  readonly untested: readonly string[];
  readonly explored: string;
}

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
  const claims = name === undefined ? allClaims(specification) : [claimOf(specification, name)];
  const untested: string[] = [];
  const explored: string[] = [];
  for (const each of searches(specification, claims)) {
    const found = await each(call, limits);
    const { story } = found;
    if (story !== undefined) return { pass: false, message: () => story };
    untested.push(...found.untested);
    explored.push(found.explored);
  }
  const extent = explored.join('; ');
  if (untested.length > 0 || claims.length === 0) {
    const names = untested.join(', ') || 'no property';
    return undecided(call, `vacuous: ${names} was never put to the test; ${extent}`);
  }
  const claimed = claims.map(claim => claim.name).join(', ');
  return { pass: true, message: () => `expected ${claimed} to break, but nothing did: ${extent}` };
}

type Search = (call: MatcherCall, limits: SearchLimits) => Promise<Searched>;

/** What must never be, and what must happen at some time, are looked for in different ways. */
function searches(specification: Specification, claims: readonly Claim[]): Search[] {
  const temporal = claims.filter(isTemporal);
  const others = claims.filter(claim => !isTemporal(claim));
  return [
    ...(others.length === 0 && temporal.length > 0 ? [] : [stateSearch(specification, others)]),
    ...(temporal.length === 0 ? [] : [runSearch(specification, temporal)]),
  ];
}

function stateSearch(specification: Specification, claims: readonly AnyProperty[]): Search {
  return async (call, limits) => {
    const searched = await search(specification, claims, limits);
    const { properties } = searched.random ?? searched.exhaustive;
    return {
      story: storyOf(specification, claims, searched, call),
      untested: properties.filter(({ antecedent }) => antecedent === 0).map(({ name }) => name),
      explored: exploredText(searched),
    };
  };
}

function runSearch(specification: Specification, claims: readonly AnyTemporalProperty[]): Search {
  return async (call, limits) => {
    const searched = await searchTemporal(specification, claims, limits);
    const { properties } = searched.result;
    return {
      story: temporalStoryOf(specification, claims, searched, call),
      // Due or not: that it can happen was not seen.
      untested: properties.filter(({ met }) => met === 0).map(({ name }) => name),
      explored: fairRunsText(searched),
    };
  };
}

function allClaims(specification: Specification): readonly Claim[] {
  return claimsOf(specification).filter(({ kind, notApplicable }) => {
    return kind !== 'sometimes' && notApplicable === undefined;
  });
}

function claimOf(specification: Specification, name: string): Claim {
  const claim = claimNamed(specification, name);
  if (claim.kind === 'sometimes') throw new RangeError(`"${name}" is a goal: use toReach`);
  return claim;
}
