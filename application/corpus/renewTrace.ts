import { isDeepStrictEqual } from 'node:util';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import { refutable } from '../../checker/model/refutable.ts';
import { claimsOf, type Specification } from '../../checker/model/specification.ts';
import { recordTrace } from '../../checker/replay/record.ts';
import { replay } from '../../checker/replay/replay.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { recordFound } from '../../corpus/recordFound.ts';
import { type ScopeSearch, searchScope } from '../../corpus/searchScope.ts';
import { shortenTrace } from '../../corpus/shortenTrace.ts';
import { timeLimit } from '../../corpus/timeLimit.ts';
import type { Renewal } from './renewal.ts';
import { renewTemporal } from './renewTemporal.ts';
import type { SearchTime } from './searchTime.ts';

/** How far is searched for a trace of which the steps cannot be taken any more. */
const EXTENT = { maxStates: 2_000_000, seed: 1, runs: 20_000, maxSteps: 200 } as const;

/**
 * Makes a trace one of this model again: by its own steps if they still lead there, otherwise by a
 * new search in the model's scope, which is to be that of the trace.
 *
 * @throws ModelError when the model crashes.
 */
export async function renewTrace(
  specification: Specification,
  trace: TraceFile,
  time: SearchTime,
): Promise<Renewal> {
  const { model, properties, temporal = [] } = specification;
  const must = temporal.find(({ name }) => name === trace.property.name);
  if (must !== undefined && must.notApplicable === undefined) {
    return renewTemporal(model, must, trace, time);
  }
  const { word, differsFrom } = replay(model, claimsOf(specification), trace);
  const property = properties.find(({ name }) => name === trace.property.name);
  const isSame = word === 'reproduced' && differsFrom === undefined;
  if (isSame && property !== undefined && beginsAsRecorded(model, property, trace)) {
    return { word: 'unchanged' };
  }
  if (must?.notApplicable !== undefined) {
    return { word: 'not found', reason: must.notApplicable };
  }
  if (property === undefined) {
    return { word: 'not found', reason: `there is no property "${trace.property.name}"` };
  }
  if (property.notApplicable !== undefined) {
    return { word: 'not found', reason: property.notApplicable };
  }
  const retaken = await retakeSteps({ model, properties: [property] }, property, trace, time);
  if (retaken !== undefined) return { word: 'renewed', by: 'its own steps', trace: retaken };
  const searched = await searchScope(model, [refutable(property)], { ...EXTENT, ...time });
  const [first] = searched.found;
  if (first === undefined) return { word: 'not found', reason: whyNotFound(searched) };
  const { violation, by } = first;
  const found = recordFound(model, property, violation, by);
  return { word: 'renewed', by: 'a new search', trace: found };
}

/** Whether the state at the beginning has the same fields: a fingerprint does not know their names. */
function beginsAsRecorded(
  model: AnyModel,
  property: AnyProperty,
  { initial, explored }: TraceFile,
): boolean {
  const nothing = { property, clause: '', initialState: initial.index, steps: [] };
  return isDeepStrictEqual(recordTrace(model, nothing, explored).initial, initial);
}

/** The trace by its own steps, whatever version of the model it says it is of. */
async function retakeSteps(
  specification: Specification,
  property: AnyProperty,
  trace: TraceFile,
  { milliseconds, isInterrupted }: SearchTime,
): Promise<TraceFile | undefined> {
  const { model, properties } = specification;
  const { kind } = property;
  const current: TraceFile = {
    ...trace,
    model: { ...trace.model, version: model.version },
    property: { ...trace.property, kind },
  };
  if (replay(model, properties, current).word !== 'reproduced') return undefined;
  const control = timeLimit(milliseconds, isInterrupted);
  return shortenTrace(model, property, current, { control });
}

function whyNotFound({ exhaustive, random, covered }: ScopeSearch): string {
  const states = `${exhaustive.distinctStates} distinct states`;
  if (covered) return `it cannot happen any more: the whole scope was explored, ${states}`;
  return `nothing was found in ${states} and ${random?.runs ?? 0} random runs, which is no proof`;
}
