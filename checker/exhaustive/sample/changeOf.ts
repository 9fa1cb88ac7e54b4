import { FOUND, HOLDS } from '../../core/evaluate.ts';
import type { AnyProperty } from '../../model/property.ts';
import {
  type ExpandedState,
  isThrown,
  type Successor,
  successorsIn,
  THREW,
} from './expandedState.ts';
import type { PlainModel } from './plainModel.ts';

/**
 * The first difference between what a model did in a state and what it does there, in words; none where
 * it only reads something else.
 *
 * @param plain - The model as it is: expanded states have the numbers of its outcomes.
 */
export function changeOf(
  was: ExpandedState,
  is: ExpandedState,
  plain: PlainModel,
): string | undefined {
  const outcome = changeOfOutcome(was[0] ?? THREW, is[0] ?? THREW, plain);
  if (outcome !== undefined) return outcome;
  const [before, now] = [successorsIn(was), successorsIn(is)];
  for (const instance of new Set([...before.keys(), ...now.keys()])) {
    const change = changeOfStep(before.get(instance), now.get(instance), plain);
    if (change !== undefined) return `${plain.labelOf(instance)} ${change}`;
  }
  return undefined;
}

function changeOfStep(
  was: Successor | undefined,
  is: Successor | undefined,
  plain: PlainModel,
): string | undefined {
  if (was === undefined) return is === undefined ? undefined : 'could not be taken, and can now';
  if (is === undefined) return 'could be taken, and cannot now';
  if (isThrown(was) !== isThrown(is)) {
    return isThrown(is) ? 'throws an error now' : 'threw an error, and does not now';
  }
  if (was.low !== is.low || was.high !== is.high) return 'led to another state than it does now';
  const outcome = changeOfOutcome(was.outcome, is.outcome, plain);
  return outcome === undefined ? undefined : `is another step to properties: ${outcome}`;
}

function changeOfOutcome(
  was: number,
  is: number,
  { outcomes, properties }: PlainModel,
): string | undefined {
  if (was === is) return undefined;
  const [before, now] = [outcomes[was], outcomes[is]];
  if (before === undefined) return 'a property threw an error, and does not now';
  if (now === undefined) return 'a property throws an error now';
  for (const [index, property] of properties.entries()) {
    const [wasText, isText] = [before, now].map(listed => outcomeText(property, index, listed));
    if (wasText !== isText) return `property "${property.name}" ${wasText}, and ${isText} now`;
  }
  return undefined;
}

function outcomeText({ kind }: AnyProperty, index: number, listed: readonly number[]): string {
  if (listed.includes(4 * index + FOUND))
    return kind === 'sometimes' ? 'is reached' : 'is violated';
  return listed.includes(4 * index + HOLDS) ? 'holds' : 'says nothing';
}
