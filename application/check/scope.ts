import type { ModelEntry, Settings } from '../../catalogue/modelEntry.ts';
import type { Bounds } from '../../checker/model/model.ts';
import type { PropertyReport } from '../../checker/results/monitor.ts';
import type { CheckOptions } from '../../cli/check/options.ts';
import { limitsOf } from '../../cli/options/limits.ts';
import { randomEngine } from '../../cli/options/random.ts';
import { requestOf } from '../../cli/options/request.ts';
import { SETTLE_STEPS } from '../../corpus/searchLiveness.ts';
import type { Failure } from '../tasks/failure.ts';
import type { Limits, Task, TaskResult } from '../tasks/task.ts';

/** A part of a model that is worth a column of its own. */
export interface ScopePlan {
  /** The name of the model. */
  readonly model: string;
  /** A few words. */
  readonly name: string;
  /** The column that this scope shares with others; one of its own, headed by its name, if absent. */
  readonly column?: string;
  /** Settings that are not named have their default. */
  readonly config: Settings;
  /** Over the quiet scope of the model. */
  readonly bounds: Bounds;
  /**
   * `exhaustive` and `simulate` look at states and steps. `liveness` looks at what must happen at some
   * time: in every fair run, or, of a scope with more than {@link MOST_FAIR_STATES}, in random runs that
   * settle, as `settle` does of any scope.
   */
  readonly engine: 'exhaustive' | 'simulate' | 'liveness' | 'settle';
  /**
   * Where an exhaustive search gives up, so that every column takes seconds; where `liveness` goes on
   * with random runs.
   */
  readonly maxStates?: number;
}

/**
 * States of which all fair runs are looked at, where a plan does not say otherwise: with the steps
 * between them about 40 MB, and some five seconds.
 */
export const MOST_FAIR_STATES = 200_000;

/** What is known of a property before anything is explored; `note`: why it is not applicable. */
export type AskedProperty = Pick<PropertyReport, 'name' | 'kind' | 'note'>;

/** A scope, ready to run. */
export interface Scope {
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
 * Makes a task of a plan for this model, with what the user says about bounds and limits. A bound that
 * the model does not have is meant for another one.
 *
 * @throws UsageError when a bound is no whole number.
 */
export function scopeOf(
  entry: ModelEntry,
  plan: ScopePlan,
  options: CheckOptions,
): Omit<Scope, 'asked'> {
  const known = entry.bounds.map(({ name }) => name);
  const bound = options.bound?.filter(({ name }) => known.includes(name)) ?? [];
  const { bounds, defects } = requestOf(entry, { ...entry.quietScope, ...plan.bounds }, { bound });
  const task: Task = {
    model: entry.name,
    request: { config: plan.config, bounds, defects },
    engine: engineOf(plan, options),
    limits: limitsFor(plan, options),
  };
  return { plan, task };
}

function engineOf(plan: ScopePlan, options: CheckOptions): Task['engine'] {
  if (plan.engine === 'simulate') return randomEngine(options, true);
  if (plan.engine === 'liveness' || plan.engine === 'settle') {
    const { seed, runs, maxSteps } = options;
    const maxStates = plan.engine === 'settle' ? 0 : (plan.maxStates ?? MOST_FAIR_STATES);
    const settling = { seed, runs, maxSteps, settleSteps: SETTLE_STEPS, keepGoing: true };
    return { kind: 'liveness', maxStates, ...settling };
  }
  return { kind: 'exhaustive', symmetry: options.symmetry, keepGoing: true };
}

/** Scopes that run at the same time share the memory. */
function limitsFor({ engine, maxStates }: ScopePlan, options: CheckOptions): Limits {
  const limits = limitsOf(options);
  const bytes = limits.bytes ?? Number.POSITIVE_INFINITY;
  const states = engine !== 'exhaustive' || maxStates === undefined ? {} : { states: maxStates };
  return { ...limits, ...states, bytes: Math.floor(bytes / options.jobs) };
}
