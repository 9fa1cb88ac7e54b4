import { FOUND, HOLDS } from '../../core/judge.ts';
import type { AnyProperty } from '../../model/property.ts';
import { type Conduct, type ConductOfStep, isThrown, stepsIn, THREW } from './conduct.ts';
import type { PlainModel } from './plainModel.ts';

/**
 * The first difference between what a model did in a state and what it does there, in words; none where
 * it only looks at something else.
 *
 * @param plain - The model as it is: conducts have the numbers of its answers.
 */
export function changeOf(was: Conduct, is: Conduct, plain: PlainModel): string | undefined {
  const said = changeOfAnswer(was[0] ?? THREW, is[0] ?? THREW, plain);
  if (said !== undefined) return said;
  const [before, now] = [stepsIn(was), stepsIn(is)];
  for (const instance of new Set([...before.keys(), ...now.keys()])) {
    const change = changeOfStep(before.get(instance), now.get(instance), plain);
    if (change !== undefined) return `${plain.labelOf(instance)} ${change}`;
  }
  return undefined;
}

function changeOfStep(
  was: ConductOfStep | undefined,
  is: ConductOfStep | undefined,
  plain: PlainModel,
): string | undefined {
  if (was === undefined) return is === undefined ? undefined : 'could not be taken, and can now';
  if (is === undefined) return 'could be taken, and cannot now';
  if (isThrown(was) !== isThrown(is)) {
    return isThrown(is) ? 'throws an error now' : 'threw an error, and does not now';
  }
  if (was.low !== is.low || was.high !== is.high) return 'led to another state than it does now';
  const said = changeOfAnswer(was.said, is.said, plain);
  return said === undefined ? undefined : `is another step to properties: ${said}`;
}

function changeOfAnswer(
  was: number,
  is: number,
  { answers, properties }: PlainModel,
): string | undefined {
  if (was === is) return undefined;
  const [before, now] = [answers[was], answers[is]];
  if (before === undefined) return 'a property threw an error, and does not now';
  if (now === undefined) return 'a property throws an error now';
  for (const [place, property] of properties.entries()) {
    const [wasSaid, isSaid] = [before, now].map(answer => saidOf(property, place, answer));
    if (wasSaid !== isSaid) return `property "${property.name}" ${wasSaid}, and ${isSaid} now`;
  }
  return undefined;
}

function saidOf({ kind }: AnyProperty, place: number, answer: readonly number[]): string {
  if (answer.includes(4 * place + FOUND))
    return kind === 'sometimes' ? 'is reached' : 'is violated';
  return answer.includes(4 * place + HOLDS) ? 'holds' : 'says nothing';
}
