import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { catalogue } from '../catalogue.ts';

/** The names of the actions that are faults in the model of a trace; none if it is not known here. */
export function faultNames({ model: { name } }: TraceFile): ReadonlySet<string> {
  const entry = catalogue.find(each => each.name === name);
  if (entry === undefined) return new Set();
  const { model } = entry.build({ config: {}, bounds: entry.smallScope, defects: [] });
  const faults = model.actions.filter(({ kind }) => kind === 'fault');
  return new Set(faults.map(action => action.name));
}
