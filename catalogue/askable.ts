import { NO_DEADLOCK, noDeadlock } from '../checker/model/deadlock.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import type { BuiltModel } from './modelEntry.ts';

/** Everything that can be asked of a model by name: its properties and questions, and of every model deadlock. */
export function askableOf({ model, properties, questions }: BuiltModel): readonly AnyProperty[] {
  const own = [...properties, ...questions];
  return own.some(({ name }) => name === NO_DEADLOCK) ? own : [...own, noDeadlock(model)];
}
