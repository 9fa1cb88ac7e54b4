import { compact, printable } from '../../checker/trace/renderParts.ts';
import type { TraceFile, TraceStep } from '../../checker/trace/traceFile.ts';

/** The call that a step is: `fetch(follower=broker-2, leader=broker-1)`. */
export function callOf({ action, params }: TraceStep): string {
  const given = Object.entries(params).map(([name, value]) => `${name}=${compact(value)}`);
  return printable(`${action}(${given.join(', ')})`);
}

/** A step in words: its phrase, or who does what. */
export function stepText({ steps, commentary }: TraceFile, step: number): string {
  const taken = steps[step - 1];
  if (taken === undefined) return 'the initial state';
  const phrase = commentary?.steps[step - 1]?.phrase;
  return phrase === undefined ? `${printable(taken.actor)}: ${callOf(taken)}` : printable(phrase);
}

/** Where the run is, in words: `step 7 of 11`. */
export function placeText(step: number, last: number): string {
  if (last === 0) return 'no steps';
  return step === 0 ? `before step 1 of ${last}` : `step ${step} of ${last}`;
}
