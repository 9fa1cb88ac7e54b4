import type { AnyProperty } from '../checker/model/property.ts';
import { refutable } from '../checker/model/refutable.ts';
import type { Specification } from '../checker/model/specification.ts';
import { isTemporal } from '../checker/model/temporal.ts';
import { asymmetryText } from '../checker/results/resultText.ts';
import { exploredText } from './exploredText.ts';
import {
  type Goal,
  type MatcherCall,
  type MatcherResult,
  type SearchLimits,
  undecided,
} from './matcherTypes.ts';
import { claimNamed, expectSpecification, search, storiesOf } from './searching.ts';

/** Whether a goal, or a step as a predicate wants it, is reached. */
export async function toReach(
  call: MatcherCall,
  received: unknown,
  wanted: Goal,
  limits: SearchLimits = {},
): Promise<MatcherResult> {
  const specification = expectSpecification(received);
  const goal = goalOf(specification, wanted);
  if (goal.notApplicable !== undefined)
    return undecided(call, `${goal.name}: ${goal.notApplicable}`);
  const searched = await search(specification, [refutable(goal)], limits);
  const [story] = storiesOf(specification, [goal], searched, call);
  if (story !== undefined) {
    const { asymmetry } = searched.exhaustive;
    const note = asymmetry === undefined ? [] : [asymmetryText(asymmetry)];
    return { pass: true, message: () => [story.text, ...note].join('\n\n') };
  }
  const explored = exploredText(searched);
  const what = typeof wanted === 'function' ? 'the predicate' : wanted;
  return { pass: false, message: () => `${what} was not reached: ${explored}` };
}

function goalOf(specification: Specification, wanted: Goal): AnyProperty {
  if (typeof wanted === 'function') {
    return {
      kind: 'sometimes',
      name: 'predicate',
      statement: 'A step as the predicate wants it is taken.',
      loss: 'nothing: it is looked for',
      source: 'a test',
      reaches: wanted,
    };
  }
  const goal = claimNamed(specification, wanted);
  if (goal.kind === 'sometimes') return goal;
  if (isTemporal(goal)) {
    throw new RangeError(`"${wanted}" must happen in every fair run: use toHold, not toReach`);
  }
  throw new RangeError(`"${wanted}" is no goal: use toHold`);
}
