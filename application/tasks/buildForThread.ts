import type { BuiltModel } from '../../catalogue/modelEntry.ts';
import type { SpecificationModule } from '../../parallel/specificationModule.ts';
import { loadProject } from '../project/loadProject.ts';
import type { ModelSource } from '../project/project.ts';
import { buildTask } from './buildTask.ts';
import type { Task } from './task.ts';

/** In what is built of the sources, other modules may be in one file with this. */
const thisModule = import.meta.url.endsWith('.ts')
  ? import.meta.url
  : new URL('../application-tasks/buildForThread.js', import.meta.url).href;

/** What a thread of a search builds the same model from. */
export function moduleOf(task: Task, { file }: ModelSource): SpecificationModule {
  const data: ThreadTask = { task, configFile: file };
  // A configuration is read as it is, and with it the sources that it may import.
  const isTypeScript = data.configFile !== undefined;
  return { url: thisModule, name: buildForThread.name, data, isTypeScript };
}

interface ThreadTask {
  readonly task: Task;
  /** The configuration file that models come from, if there is one. */
  readonly configFile: string | undefined;
}

/** Called by name in the threads of {@link moduleOf}. */
export async function buildForThread({ task, configFile }: ThreadTask): Promise<BuiltModel> {
  const { models } = await loadProject(configFile);
  return buildTask(task, models);
}
