import type { Subject } from '../../application/check/subject.ts';
import type { TaskResult } from '../../application/tasks/task.ts';
import { saveTrace, traceName } from '../output/saveTrace.ts';

/** Where the traces of each exploration were saved, in their order; nothing without `--out`. */
export type SavedTraces = ReadonlyMap<TaskResult, readonly string[]>;

/** Saves the trace of every violation, if there is a folder to save it in. */
export function saveTraces(subjects: readonly Subject[], out: string | undefined): SavedTraces {
  const saved = new Map<TaskResult, readonly string[]>();
  if (out === undefined) return saved;
  for (const { plan, outcome } of subjects.flatMap(({ scopes }) => scopes)) {
    if (outcome === undefined) continue;
    const prefix = plan.name.replaceAll(/[^a-z0-9]+/g, '-');
    saved.set(
      outcome,
      outcome.traces.map(trace => saveTrace(out, `${prefix}--${traceName(trace)}`, trace)),
    );
  }
  return saved;
}
