import type { AnyTemporalProperty } from '../model/temporal.ts';

/** A run in which the goal is not reached. States are counted by the steps that led to them. */
export interface GoalMissed {
  /** The state since which the goal is due without interruption; 0 for the initial one. */
  readonly since: number;
  /** How many steps there are. */
  readonly steps: number;
  /** The state that the last step returns to; the last one where the run stays there. */
  readonly loop?: { readonly from: number };
  /** The bounded form: the state after which no more faults happened. */
  readonly settling?: { readonly from: number };
}

/** Since when the goal is due, and what happens instead of it; steps are counted from 1. */
export function livenessClause(
  { kind }: Pick<AnyTemporalProperty, 'kind'>,
  { since, steps, loop, settling }: GoalMissed,
): string {
  const due = since === 0 ? 'due from the beginning' : `due since step ${since}`;
  if (settling !== undefined) {
    const { from } = settling;
    return `${due}, not within ${steps - from} steps after faults stopped (step ${from})`;
  }
  const missed = kind === 'eventually' ? 'the goal never holds' : `${due}, never reached`;
  return `${missed}: ${foreverText(steps, loop?.from ?? steps)}`;
}

function foreverText(steps: number, from: number): string {
  if (steps === from) {
    return steps === 0 ? 'nothing has to happen' : `after step ${steps} nothing has to happen`;
  }
  const repeated =
    steps === from + 1 ? `step ${steps} repeats` : `steps ${from + 1} to ${steps} repeat`;
  return `${repeated} for ever`;
}
