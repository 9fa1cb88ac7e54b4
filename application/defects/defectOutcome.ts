import type { StopReason } from '../../checker/core/control.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { TaskResult } from '../tasks/task.ts';
import type { DefectPlan } from './defectPlan.ts';
import type { Played } from './playScenario.ts';

/**
 * `masked`: alone it breaks nothing, and it is caught where the rule that hides it is taken away.
 * `not masked`: alone it breaks something after all. `interrupted`: a search was not begun or not
 * ended.
 */
export type DefectVerdict =
  | 'caught'
  | 'masked'
  | 'not caught'
  | 'not masked'
  | 'inconclusive'
  | 'interrupted';

/** What came of one search for a defect, or of its scenario. */
export interface Attempt {
  /** The run that shows the defect, if there is one. */
  readonly trace: TraceFile | undefined;
  /** Why a search ended before its scope did, if it did. */
  readonly stopped?: StopReason;
  /** Which step of a scenario cannot be taken and why. */
  readonly stuck?: string;
  readonly distinctStates?: number;
  readonly seconds?: number;
}

/** An exhaustive search as an attempt. */
export function attemptOfSearch({ result, seconds, traces }: TaskResult): Attempt {
  const { stopped, distinctStates } = result;
  const ended = stopped === undefined ? {} : { stopped };
  return { trace: traces[0], ...ended, distinctStates, seconds };
}

/** A directed scenario as an attempt. */
export function attemptOfScenario({ trace, stuck }: Played): Attempt {
  return { trace, ...(stuck === undefined ? {} : { stuck }) };
}

/** What is known of a defect; undefined where an interrupt came first. */
export interface DefectAttempts {
  readonly attempt: Attempt | undefined;
  /** Of a masked defect on its own. */
  readonly alone?: Attempt | undefined;
}

/** What came of switching one defect on. */
export interface DefectOutcome {
  readonly plan: DefectPlan;
  readonly verdict: DefectVerdict;
  readonly attempt: Attempt | undefined;
}

/** The outcome of one defect. */
export function outcomeOf(plan: DefectPlan, { attempt, alone }: DefectAttempts): DefectOutcome {
  const caught = verdictOf(attempt);
  const isHidden = plan.defect.masked !== undefined && caught === 'caught';
  return { plan, verdict: isHidden ? maskedOf(alone) : caught, attempt };
}

function verdictOf(attempt: Attempt | undefined): DefectVerdict {
  if (attempt === undefined) return 'interrupted';
  const { trace, stopped } = attempt;
  if (trace !== undefined) return 'caught';
  if (stopped === 'interrupted') return 'interrupted';
  return stopped === undefined ? 'not caught' : 'inconclusive';
}

function maskedOf(alone: Attempt | undefined): DefectVerdict {
  const verdict = verdictOf(alone);
  if (verdict === 'not caught') return 'masked';
  return verdict === 'caught' ? 'not masked' : verdict;
}

/** Whether the defect was noticed, by the way that its plan names. */
export function isFound({ verdict }: DefectOutcome): boolean {
  return verdict === 'caught' || verdict === 'masked';
}
