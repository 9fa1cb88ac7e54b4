import { findNamed } from '../../catalogue/findNamed.ts';
import type { BuiltModel, ModelEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { SpecificationModule } from '../../parallel/specificationModule.ts';
import { loadProject } from '../project/loadProject.ts';
import type { ModelSource } from '../project/project.ts';
import type { Task } from './task.ts';

/**
 * Builds the model of a task, which is one of these, with the properties that it checks: the temporal
 * ones or the others.
 *
 * @throws UsageError when the task names something that does not exist.
 */
export function buildTask(task: Task, models: readonly ModelEntry[]): BuiltModel {
  const built = findNamed('model', task.model, models).build(task.request);
  const { properties: names = [] } = task;
  if (task.engine.kind !== 'liveness') {
    return { ...built, properties: selectProperties(built, names) };
  }
  const { temporal } = built;
  const wanted =
    names.length === 0
      ? temporal
      : names.map(one => ({ ...findNamed('property', one, temporal), isNamed: true }));
  return { ...built, properties: [], temporal: wanted };
}

/** In what is built of the sources, other modules may be in one file with this. */
const thisModule = import.meta.url.endsWith('.ts')
  ? import.meta.url
  : new URL('../application-tasks/buildTask.js', import.meta.url).href;

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

function selectProperties(
  { properties, questions }: BuiltModel,
  names: readonly string[],
): readonly AnyProperty[] {
  if (names.length === 0) return properties;
  const all = [...properties, ...questions];
  const known = all.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name)) throw UsageError.unknown('property', name, known);
  }
  return all.filter(({ name }) => names.includes(name)).map(each => ({ ...each, isNamed: true }));
}
