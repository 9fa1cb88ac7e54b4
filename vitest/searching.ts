import {
  expectFlagIfAny,
  expectLimit,
  expectOptions,
  type KeysOf,
} from '../checker/declarations.ts';
import { withCommentary } from '../checker/explain/commentary.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import { claimsOf, type Specification } from '../checker/model/specification.ts';
import type { AnyTemporalProperty } from '../checker/model/temporal.ts';
import { renderText } from '../checker/trace/renderText.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';
import { recordFound } from '../corpus/recordFound.ts';
import { recordLiveness } from '../corpus/recordLiveness.ts';
import { type LivenessSearch, SETTLE_STEPS, searchLiveness } from '../corpus/searchLiveness.ts';
import { type ScopeSearch, searchScope } from '../corpus/searchScope.ts';
import { timeLimit } from '../corpus/timeLimit.ts';
import { type MatcherCall, MOST_STATES, type SearchLimits } from './matcherTypes.ts';

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
 * The property of this name, be it temporal or not.
 *
 * @throws RangeError with the names there are.
 */
export function claimNamed(
  specification: Specification,
  name: string,
): AnyProperty | AnyTemporalProperty {
  const claims = claimsOf(specification);
  const claim = claims.find(candidate => candidate.name === name);
  if (claim !== undefined) return claim;
  const names = claims.map(known => known.name).join(', ');
  throw new RangeError(`no property "${name}"; there are ${names || 'none'}`);
}

/** Searches the scope of a specification within the limits of a matcher. */
export function search(
  { model }: Specification,
  properties: readonly AnyProperty[],
  limits: SearchLimits,
): Promise<ScopeSearch> {
  const { timeLimit, settleSteps: _, ...extent } = complete(limits);
  return searchScope(model, properties, { ...extent, milliseconds: timeLimit });
}

/** Searches it for a fair run in which what must happen at some time never does. */
export function searchTemporal(
  { model }: Specification,
  temporal: readonly AnyTemporalProperty[],
  limits: SearchLimits,
): Promise<LivenessSearch> {
  const { timeLimit: milliseconds, symmetry: _, ...extent } = complete(limits);
  return searchLiveness(model, temporal, { ...extent, newControl: () => timeLimit(milliseconds) });
}

const limitKeys: KeysOf<SearchLimits> = {
  maxStates: true,
  runs: true,
  maxSteps: true,
  seed: true,
  timeLimit: true,
  symmetry: true,
  settleSteps: true,
};

/** Tests are often not type-checked before they run. */
function complete(limits: SearchLimits): Required<SearchLimits> {
  expectOptions('limits', limits, limitKeys);
  const { seed, symmetry, ...numbers } = limits;
  for (const [name, value] of Object.entries(numbers)) {
    expectLimit(`limits: ${name}`, value, 0);
  }
  expectLimit('limits: seed', seed, Number.MIN_SAFE_INTEGER);
  expectFlagIfAny('limits: symmetry', symmetry);
  return {
    maxStates: MOST_STATES,
    runs: 200,
    maxSteps: 100,
    seed: 1,
    timeLimit: 60_000,
    symmetry: true,
    settleSteps: SETTLE_STEPS,
    ...limits,
  };
}

/** The stories of what a search found, each with the property that broke. */
export function storiesOf(
  { model }: Specification,
  properties: readonly AnyProperty[],
  { found }: ScopeSearch,
  call: MatcherCall,
): readonly MatcherStory[] {
  return found.flatMap(({ violation, by }) => {
    const property = properties.find(({ name }) => name === violation.property);
    if (property === undefined) return [];
    const trace = recordFound(model, property, violation, by);
    return [{ property: property.name, text: storyOf({ model, properties }, trace, call) }];
  });
}

/** How a property broke. */
export interface MatcherStory {
  readonly property: string;
  readonly text: string;
}

/** The same of a search for fair runs. */
export function temporalStoriesOf(
  { model, properties }: Specification,
  temporal: readonly AnyTemporalProperty[],
  { violations, by }: LivenessSearch,
  call: MatcherCall,
): readonly MatcherStory[] {
  return violations.flatMap(violation => {
    const property = temporal.find(({ name }) => name === violation.property);
    if (property === undefined) return [];
    const trace = recordLiveness(model, property, violation, by);
    return [
      { property: property.name, text: storyOf({ model, properties, temporal }, trace, call) },
    ];
  });
}

function storyOf(specification: Specification, trace: TraceFile, { command }: MatcherCall): string {
  const commented = withCommentary(specification, trace);
  return renderText(commented, { command: { label: 'replay', text: command } });
}
