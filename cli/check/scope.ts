import {
  quietScope,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../../models/replication/config.ts';
import { findModel } from '../catalogue.ts';
import { limitsOf } from '../options/limits.ts';
import { requestOf } from '../options/request.ts';
import type { Limits, Task, TaskResult } from '../tasks/task.ts';
import type { CheckOptions } from './options.ts';

/** A part of the replication model that is worth a column of its own. */
export interface ScopePlan {
  /** A few words. */
  readonly name: string;
  /** The column that this scope shares with others; one of its own, headed by its name, if absent. */
  readonly column?: string;
  readonly config: ReplicationConfig;
  /** Bounds that are not named are zero; one record at least. */
  readonly bounds: Partial<ReplicationBounds>;
  readonly engine: 'exhaustive' | 'simulate';
  /** Ends at the first violation: for scopes too large to cover that are there to show one. */
  readonly stopsAtViolation?: true;
  /** Where an exhaustive search gives up, so that every column takes seconds. */
  readonly maxStates?: number;
}

/** A scope, ready to run. */
export interface Scope {
  readonly plan: ScopePlan;
  readonly task: Task;
}

/** A scope and what came of it; nothing if an interrupt came first. */
export interface ExploredScope extends Scope {
  readonly outcome: TaskResult | undefined;
}

/**
 * Makes a task of a plan, with what the user says about bounds, properties and limits.
 *
 * @throws UsageError when a bound is unknown or no whole number.
 */
export function scopeOf(plan: ScopePlan, options: CheckOptions): Scope {
  const entry = findModel('replication');
  const bounds = { ...quietScope, ...plan.bounds };
  const given = options.bound === undefined ? {} : { bound: options.bound };
  const request = { ...requestOf(entry, bounds, given), config: { ...plan.config } };
  const { property } = options;
  const task: Task = {
    model: entry.name,
    request,
    engine: engineOf(plan, options),
    limits: limitsFor(plan, options),
    ...(property === undefined ? {} : { properties: property }),
  };
  return { plan, task };
}

function engineOf(plan: ScopePlan, { seed, runs, maxSteps }: CheckOptions): Task['engine'] {
  if (plan.engine === 'simulate') return { kind: 'simulate', seed, runs, maxSteps };
  return {
    kind: 'exhaustive',
    symmetry: plan.config.brokers > 4,
    keepGoing: plan.stopsAtViolation !== true,
  };
}

/** Scopes that run at the same time share the memory. */
function limitsFor({ engine, maxStates }: ScopePlan, options: CheckOptions): Limits {
  const limits = limitsOf(options);
  const bytes = limits.bytes ?? Number.POSITIVE_INFINITY;
  const states = engine === 'simulate' || maxStates === undefined ? {} : { states: maxStates };
  return { ...limits, ...states, bytes: Math.floor(bytes / options.jobs) };
}
