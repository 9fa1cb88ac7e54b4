import type { StopReason } from '../core/control.ts';
import type { TakenAction } from '../model/property.ts';
import type { AnyTemporalProperty } from '../model/temporal.ts';
import type { Extent, PropertyVerdict } from '../results/monitor.ts';
import type { Coverage, Verdict } from '../results/result.ts';

/** A fair run in which something that must happen at some time never does. */
export interface LivenessViolation {
  readonly property: string;
  readonly kind: AnyTemporalProperty['kind'];
  /** Since when it is due, and why it never happens. */
  readonly clause: string;
  /** Which initial state the steps start from. */
  readonly initialState: number;
  readonly steps: readonly TakenAction[];
  /**
   * The number of the state, counted from 0 for the initial one, that the last step returns to: the
   * steps from there on repeat for ever. It is the number of steps where the run stays in its last
   * state for ever. Absent in the bounded form, which does not tell.
   */
  readonly loop?: { readonly from: number };
  /** The bounded form: the number of the state after which no more faults happened. */
  readonly settling?: { readonly from: number };
  readonly shortest: boolean;
  /** Why it is not known to be a shortest one, where it is not. */
  readonly unproved?: string;
}

/** What became of one temporal property. */
export interface TemporalReport {
  readonly name: string;
  readonly kind: AnyTemporalProperty['kind'];
  /** `vacuous`: nothing was ever due, or nothing that was ever happened within the bounds. */
  readonly verdict: PropertyVerdict;
  /** States in which it was evaluated; runs, in the bounded form. */
  readonly evaluated: number;
  /** Those in which something is due, whether it happens at once or later. */
  readonly obligations: number;
  /** Obligations that are met, at least in some run. */
  readonly met: number;
  /** Obligations that are not met in some run that only the bounds of the scope keep from going on. */
  readonly cutOff: number;
  /** Why the property does not apply, or what it takes to put it to the test, where it was not. */
  readonly note?: string;
  /** It was not put to the test, for which it takes another scope: no verdict hangs on it. */
  readonly elsewhere?: true;
}

/** The outcome of a search for fair runs without a goal. */
export interface LivenessResult {
  readonly engine: 'exhaustive' | 'simulate';
  readonly verdict: Verdict;
  /** Why the search ended early, if it did. */
  readonly stopped?: StopReason;
  readonly distinctStates: number;
  readonly generatedStates: number;
  /** Levels of the breadth-first search; the longest run in steps, in the bounded form. */
  readonly depth: number;
  /** Steps between states; in the bounded form, those that were taken. */
  readonly steps: number;
  /** Bounded form: the runs that were made. */
  readonly runs?: number;
  readonly violations: readonly LivenessViolation[];
  /**
   * The actions that said in some state that only a bound holds them back (`heldBack`): a run that ends there, or
   * goes on without them, breaks nothing.
   */
  readonly heldBack: readonly string[];
  readonly properties: readonly TemporalReport[];
  readonly coverage: Coverage;
}

/** The verdict on one property. The whole: every fair run was looked at. */
export function temporalVerdict(
  found: Pick<TemporalReport, 'met'>,
  isViolated: boolean,
  extent: Extent,
): PropertyVerdict {
  if (isViolated) return 'violated';
  if (extent === 'part' || extent === 'shard') return 'inconclusive';
  if (found.met === 0) return 'vacuous';
  return extent === 'whole' ? 'holds' : 'nothing found';
}
