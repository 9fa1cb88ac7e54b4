import type { AnyProperty } from '../checker/model/property.ts';
import { claimsOf, type Specification } from '../checker/model/specification.ts';
import { type AnyTemporalProperty, isTemporal } from '../checker/model/temporal.ts';
import { asymmetryText } from '../checker/results/resultText.ts';
import { exploredText, fairRunsText } from './exploredText.ts';
import {
  type MatcherCall,
  type MatcherResult,
  type SearchLimits,
  undecided,
} from './matcherTypes.ts';
import {
  claimNamed,
  expectSpecification,
  type MatcherStory,
  search,
  searchTemporal,
  storiesOf,
  temporalStoriesOf,
} from './searching.ts';

type Claim = AnyProperty | AnyTemporalProperty;

/** What a search came to: the stories of what broke, and what it did not put to the test. */
interface Searched {
  readonly stories: readonly MatcherStory[];
  readonly untested: readonly string[];
  readonly explored: string;
  /** What else is to be said of the search. */
  readonly note?: string | undefined;
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
): Promise<MatcherResult> {
  const specification = expectSpecification(received);
  const claims = name === undefined ? allClaims(specification) : [claimOf(specification, name)];
  const stories: MatcherStory[] = [];
  const untested: string[] = [];
  const explored: string[] = [];
  const notes: string[] = [];
  for (const each of searches(specification, claims)) {
    const found = await each(call, limits);
    stories.push(...found.stories);
    untested.push(...found.untested);
    explored.push(found.explored);
    if (found.note !== undefined) notes.push(found.note);
  }
  const extent = explored.join('; ');
  if (stories.length > 0) {
    const note = notes.join('\n\n') || undefined;
    const message = brokenText(claims, { stories, untested, explored: extent, note });
    return { pass: false, message: () => message };
  }
  if (untested.length > 0 || claims.length === 0) {
    const names = untested.join(', ') || 'no property';
    return undecided(call, `vacuous: ${names} was never put to the test; ${extent}`);
  }
  const claimed = claims.map(claim => claim.name).join(', ');
  return { pass: true, message: () => `expected ${claimed} to break, but nothing did: ${extent}` };
}

/** The story of each property that broke, and what is to be said of the others. */
function brokenText(
  claims: readonly Claim[],
  { stories, untested, explored, note }: Searched,
): string {
  const broken = stories.map(({ property }) => property);
  const others = claims.map(({ name }) => name).filter(name => !broken.includes(name));
  const whole = others.filter(name => !untested.includes(name)).join(', ');
  const silent = others.filter(name => untested.includes(name)).join(', ');
  return [
    ...stories.map(({ text }) => text),
    ...(whole === '' ? [] : [`not broken: ${whole}; ${explored}`]),
    ...(silent === '' ? [] : [`never put to the test: ${silent}`]),
    // Of what is not broken the extent is told, and this with it.
    ...(note === undefined || whole !== '' ? [] : [note]),
  ].join('\n\n');
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
    const reports = [searched.exhaustive, searched.random ?? []]
      .flat()
      .flatMap(({ properties }) => properties);
    const tested = new Set(
      reports.filter(({ antecedent }) => antecedent > 0).map(({ name }) => name),
    );
    const { asymmetry } = searched.exhaustive;
    return {
      stories: storiesOf(specification, claims, searched, call),
      untested: claims.map(({ name }) => name).filter(name => !tested.has(name)),
      explored: exploredText(searched),
      note: asymmetry && asymmetryText(asymmetry),
    };
  };
}

function runSearch(specification: Specification, claims: readonly AnyTemporalProperty[]): Search {
  return async (call, limits) => {
    const searched = await searchTemporal(specification, claims, limits);
    const { properties } = searched.result;
    return {
      stories: temporalStoriesOf(specification, claims, searched, call),
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
