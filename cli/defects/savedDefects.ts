import type { DefectOutcome } from '../../application/defects/defectOutcome.ts';
import { saveTrace } from '../output/saveTrace.ts';

/** What came of a defect, and where its trace was saved, if it was. */
export interface SavedDefect extends DefectOutcome {
  readonly path: string | undefined;
}

/**
 * Saves the trace of every defect that has one, if there is a folder to save it in.
 *
 * @throws UsageError when a trace cannot be saved.
 */
export function saveDefects(
  outcomes: readonly DefectOutcome[],
  out: string | undefined,
): SavedDefect[] {
  return outcomes.map(outcome => {
    const trace = outcome.attempt?.trace;
    const isSaved = trace !== undefined && out !== undefined;
    const name = `${outcome.plan.defect.name}--${trace?.property.name}`;
    return { ...outcome, path: isSaved ? saveTrace(out, name, trace) : undefined };
  });
}
