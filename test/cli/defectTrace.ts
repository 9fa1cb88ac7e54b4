import { defectPlans } from '../../application/defects/defectPlan.ts';
import { plainProject } from '../../application/project/project.ts';
import { runTask } from '../../application/tasks/runTask.ts';
import type { Task } from '../../application/tasks/task.ts';
import { builtInModel } from '../../catalogue/models.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';

/** The search for a defect of the replication model. */
export function defectSearch(name: string): Task {
  const [plan] = defectPlans([builtInModel('replication')], [name], {});
  if (plan?.way.foundBy === 'exhaustive search') return plan.way.task;
  throw new Error(`"${name}" is not searched for`);
}

/** The trace of a defect of the replication model; a copy that may be changed. */
export async function defectTrace(name: string): Promise<TraceFile> {
  const { traces } = await runTask(defectSearch(name), plainProject());
  const [trace] = traces;
  if (trace === undefined) throw new Error(`"${name}" is not caught`);
  return structuredClone(trace);
}
