import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { findModel } from '../../cli/catalogue.ts';
import { defectTasks } from '../../cli/commands/defects.ts';
import { runTask } from '../../cli/tasks/runTask.ts';

/** The trace of a defect of the replication model; a copy that may be changed. */
export async function defectTrace(name: string): Promise<TraceFile> {
  const [found] = defectTasks([findModel('replication')], [name], {});
  if (found === undefined) throw new Error(`no defect "${name}"`);
  const { traces } = await runTask(found.task);
  const [trace] = traces;
  if (trace === undefined) throw new Error(`"${name}" is not caught`);
  return structuredClone(trace);
}
