import { ItfTypes } from './itfTypes.ts';
import { statesOf } from './statesOf.ts';
import type { TraceFile, TraceJson } from './traceFile.ts';

const DESCRIPTION = 'https://apalache-mc.org/docs/adr/015adr-trace.html';
/** The variables in which Quint, and whatever drives a system by its traces, has the steps. */
const ACTION_TAKEN = 'mbt::actionTaken';
const NONDET_PICKS = 'mbt::nondetPicks';
/** What Quint calls the step to the initial state. */
const INITIAL_STEP = 'init';

type Variables = { readonly [name: string]: TraceJson };

/**
 * Writes a run in the Informal Trace Format of Apalache and Quint (ADR-015): every state in full, a
 * variable for each of its parts, and in two more the action that led there and its arguments; an
 * argument that the action does not have is None. Which values become what is said at `ItfTypes`. The
 * claim and the scope are in `#meta`. A run that repeats for ever has `loop`, the index of the state that
 * comes after the last one.
 */
export function renderItf(trace: TraceFile): string {
  const states = variablesOf(statesOf(trace));
  const picks = picksOf(trace);
  const types = new ItfTypes(states);
  const written = states.map((state, index) => ({
    '#meta': { index },
    ...types.variables(state),
    [ACTION_TAKEN]: trace.steps[index - 1]?.action ?? INITIAL_STEP,
    [NONDET_PICKS]: picks[index] ?? {},
  }));
  const { loop } = trace;
  const vars = [...Object.keys(states[0] ?? {}), ACTION_TAKEN, NONDET_PICKS];
  return [
    `{"#meta":${JSON.stringify(metaOf(trace))},`,
    `"vars":${JSON.stringify(vars)},`,
    // The last state is the one that the loop begins in once more: the one after that comes next.
    ...(loop === undefined ? [] : [`"loop":${Math.min(loop.from + 1, trace.steps.length)},`]),
    '"states":[',
    written.map(state => JSON.stringify(state)).join(',\n'),
    ']}\n',
  ].join('\n');
}

/** The states as variables; as a single one if they are no records with the same fields. */
function variablesOf(states: readonly TraceJson[]): Variables[] {
  const records = states.filter(isVariables);
  const names = (state: Variables): string => Object.keys(state).join('\n');
  const isAlike = records.every(state => names(state) === names(records[0] ?? {}));
  if (records.length === states.length && isAlike) return records;
  return states.map(state => ({ state }));
}

function isVariables(state: TraceJson): state is { [name: string]: TraceJson } {
  if (state === null || typeof state !== 'object' || Array.isArray(state)) return false;
  const names = Object.keys(state);
  return names.length > 0 && !names.some(name => /^(#|mbt::)/.test(name));
}

/** The arguments that led to each state; all that there are in the run, as Quint has them. */
function picksOf({ steps }: TraceFile): unknown[] {
  const names = [...new Set(steps.flatMap(({ params }) => Object.keys(params)))];
  const none = Object.fromEntries(names.map(name => [name, null]));
  // With nothing given in the initial state, every argument is an option.
  const given = [none, ...steps.map(({ params }) => ({ ...none, ...params }))];
  const types = new ItfTypes(given);
  return given.map(params => types.variables(params));
}

function metaOf({ kind, model, property, explored }: TraceFile): unknown {
  return {
    format: 'ITF',
    'format-description': DESCRIPTION,
    source: `${model.name}, version ${model.version}`,
    status: kind === 'counterexample' ? 'violation' : 'ok',
    description: `Written by Highwater: ${property.name} is ${kind === 'counterexample' ? 'broken' : 'reached'}`,
    model,
    property,
    explored,
  };
}
