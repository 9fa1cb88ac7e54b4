import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import type { Bounds } from '../../checker/model/model.ts';
import type { PropertyReport } from '../../checker/results/monitor.ts';
import { SETTLE_STEPS } from '../../corpus/searchLiveness.ts';
import type { ScopePlan } from '../../models/description/mainJob.ts';
import type { Failure } from '../tasks/failure.ts';
import { randomEngine } from '../tasks/randomEngine.ts';
import { type Limits, MOST_FAIR_STATES, type Task, type TaskResult } from '../tasks/task.ts';
import { boundWords } from './boundWords.ts';
import type { CheckRequest } from './checkRequest.ts';

/** What is known of a property before anything is explored; `note`: why it is not applicable. */
export type AskedProperty = Pick<PropertyReport, 'name' | 'kind' | 'note'>;

/** A scope of a model, ready to run. */
export interface Scope {
  readonly entry: ModelEntry;
  readonly plan: ScopePlan;
  readonly task: Task;
  /** What is asked there. */
  readonly asked: readonly AskedProperty[];
}

/** Why a scope was not explored. */
export type Omission = 'interrupted' | 'time budget' | 'another shard' | 'failure';

/** The same in words. */
export const whyNot: Readonly<Record<Omission, string>> = {
  interrupted: 'not begun',
  'time budget': 'NOT explored, the time budget was used up',
  'another shard': 'left to another shard',
  failure: 'NOT explored',
};

/** A scope and what came of it. */
export interface ExploredScope extends Scope {
  readonly outcome: TaskResult | undefined;
  /** Why there is no outcome. */
  readonly omitted?: Omission;
  /** The error that kept it from being explored, or from being explored beyond its violations. */
  readonly failure?: Failure;
}

/**
 * Makes a task of a plan for this model, with what is asked of bounds and limits. A bound that the
 * model does not have is meant for another one; one that changes a fault changes the name of the scope.
 */
export function scopeOf(
  entry: ModelEntry,
  plan: ScopePlan,
  request: CheckRequest,
): Omit<Scope, 'asked'> {
  const known = entry.bounds.map(({ name }) => name);
  const asked = Object.entries(request.bounds ?? {}).filter(([name]) => known.includes(name));
  const planned = { ...entry.quietScope, ...plan.bounds };
  const bounds = { ...planned, ...Object.fromEntries(asked) };
  const task: Task = {
    model: entry.name,
    request: { config: plan.config, bounds, defects: [] },
    engine: engineOf(plan, request),
    limits: limitsFor(plan, request),
  };
  return { entry, plan: { ...plan, name: nameFor(entry, plan, planned, bounds) }, task };
}

/** More or fewer records are the same scene; any other bound makes it another one. */
const SIZE = 'records';

/** Longer names say only how many bounds are others; what they are is in the line of the scope. */
const MOST_SAID = 3;

/** The name of a scope; where bounds are not those that it is called by, the bounds themselves. */
function nameFor(entry: ModelEntry, plan: ScopePlan, planned: Bounds, bounds: Bounds): string {
  const changed = Object.keys(bounds).filter(
    name => name !== SIZE && bounds[name] !== planned[name],
  );
  if (changed.length === 0) return plan.name;
  const { [SIZE]: _, ...events } = bounds;
  const all = boundWords(entry, events);
  if (plan.engine === 'exhaustive') return all.length === 0 ? 'no faults' : all.join(', ');
  const now = changed.map(
    name => boundWords(entry, { [name]: bounds[name] ?? 0 })[0] ?? none(entry, name),
  );
  // "random, no power loss" is no longer what it was.
  const said = now.length <= MOST_SAID ? now : [`${now.length} bounds changed`];
  return [plan.name.split(',')[0] ?? plan.name, ...said].join(', ');
}

function none({ bounds }: ModelEntry, name: string): string {
  return `no ${findNamed('bound', name, bounds).several}`;
}

function engineOf(plan: ScopePlan, request: CheckRequest): Task['engine'] {
  if (plan.engine === 'simulate') return randomEngine(request, true);
  if (plan.engine === 'liveness' || plan.engine === 'settle') {
    const { seed, runs, maxSteps } = request;
    const maxStates = plan.engine === 'settle' ? 0 : (plan.maxStates ?? MOST_FAIR_STATES);
    const settling = { seed, runs, maxSteps, settleSteps: SETTLE_STEPS, keepGoing: true };
    return { kind: 'liveness', maxStates, ...settling };
  }
  const first = plan.tryFirst === undefined ? {} : { tryFirst: plan.tryFirst };
  return { kind: 'exhaustive', symmetry: request.symmetry, keepGoing: true, ...first };
}

/** Scopes that run at the same time share the memory. */
function limitsFor({ engine, maxStates }: ScopePlan, { limits, jobs }: CheckRequest): Limits {
  const bytes = limits.bytes ?? Number.POSITIVE_INFINITY;
  const most = Math.min(
    maxStates ?? Number.POSITIVE_INFINITY,
    limits.states ?? Number.POSITIVE_INFINITY,
  );
  const states = engine !== 'exhaustive' || !Number.isFinite(most) ? {} : { states: most };
  return { ...limits, ...states, bytes: Math.floor(bytes / jobs) };
}
