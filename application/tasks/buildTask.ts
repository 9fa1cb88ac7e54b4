import { askableOf } from '../../catalogue/askable.ts';
import { findNamed } from '../../catalogue/findNamed.ts';
import type { BuiltModel, ModelEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { NO_DEADLOCK } from '../../checker/model/deadlock.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import { refutable } from '../../checker/model/refutable.ts';
import type { AnyTemporalProperty } from '../../checker/model/temporal.ts';
import { goalNamed } from './reachedGoal.ts';
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
  const { engine } = task;
  if (engine.kind === 'exhaustive' && engine.reach !== undefined) {
    return { ...built, properties: [refutable(goalNamed(engine.reach, built))] };
  }
  if (engine.kind !== 'liveness') {
    const asked = task.deadlock === true ? withDeadlock(built) : built;
    const wanted = task.deadlock === true && names.length > 0 ? [...names, NO_DEADLOCK] : names;
    return { ...built, properties: selectProperties(asked, wanted) };
  }
  const { temporal } = built;
  const wanted =
    names.length === 0
      ? temporal
      : names.map(one => ({ ...temporalNamed(one, built), isNamed: true }));
  return { ...built, properties: [], temporal: wanted };
}

/** With the question for deadlocks among the properties. */
function withDeadlock(built: BuiltModel): BuiltModel {
  const deadlock = findNamed('property', NO_DEADLOCK, askableOf(built));
  const others = built.properties.filter(({ name }) => name !== NO_DEADLOCK);
  return { ...built, properties: [...others, deadlock] };
}

function temporalNamed(name: string, built: BuiltModel): AnyTemporalProperty {
  const isOther = askableOf(built).some(one => one.name === name);
  const isTemporal = built.temporal.some(one => one.name === name);
  if (isOther && !isTemporal) throw otherCommand(built, name, 'explore');
  return findNamed('property', name, built.temporal);
}

/** A property of the model that another command checks. */
function otherCommand({ model }: BuiltModel, name: string, command: string): UsageError {
  const what =
    command === 'liveness' ? 'says what must happen at some time' : 'is about states and steps';
  return new UsageError(
    `property "${name}" ${what}: "${command} ${model.name} --property ${name}" checks it`,
    'unknown-name',
  );
}

function selectProperties(built: BuiltModel, names: readonly string[]): readonly AnyProperty[] {
  if (names.length === 0) return built.properties;
  const all = askableOf(built);
  const known = all.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    if (built.temporal.some(one => one.name === name)) throw otherCommand(built, name, 'liveness');
    throw UsageError.unknown('property', name, known);
  }
  return all.filter(({ name }) => names.includes(name)).map(each => ({ ...each, isNamed: true }));
}
