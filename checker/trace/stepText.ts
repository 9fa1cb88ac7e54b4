import { compact, printable } from './renderParts.ts';
import type { TraceFile, TraceStep } from './traceFile.ts';

/** A step in words, counted from 1: its phrase, or who does what. */
export function stepText({ steps, commentary }: TraceFile, step: number): string {
  const taken = steps[step - 1];
  if (taken === undefined) return 'the initial state';
  return printable(commentary?.steps[step - 1]?.phrase ?? callText(taken));
}

/** `car-2: call(floor=3)`. */
export function callText({
  actor,
  action,
  params,
}: Pick<TraceStep, 'actor' | 'action' | 'params'>): string {
  const given = Object.entries(params).map(([name, value]) => `${name}=${compact(value)}`);
  return `${actor}: ${action}(${given.join(', ')})`;
}
