import { plansFor } from '../../application/check/mainSubjects.ts';
import { modelSubjects } from '../../application/check/plannedSubject.ts';
import type { Scope } from '../../application/check/scope.ts';
import { plainProject } from '../../application/project/project.ts';
import { runTask } from '../../application/tasks/runTask.ts';
import type { Task } from '../../application/tasks/task.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';
import type { MutatedModel } from './subject.ts';

/** How much of the main job is made of a mutant. */
export interface Extent {
  /** Random runs of each scope that is explored at random. */
  readonly runs: number;
  /** Scopes of more states are left out. */
  readonly mostStates: number;
}

/** What a scope shows of the model as it is. */
export interface Shown {
  readonly name: string;
  readonly engine: string;
  readonly states: number;
  readonly milliseconds: number;
  /** Properties that were put to the test, goals that were reached, actions that were taken. */
  readonly seen: readonly string[];
}

/** What shows that a model is not what it should be. */
export interface Notice {
  readonly by: 'property' | 'crash' | 'unseen' | 'time';
  readonly what: string;
  readonly scope: string;
}

const project = plainProject();

/** The scopes that `check` explores of a model, without its corpus. */
export function scopesOf(model: MutatedModel, { runs }: Extent): readonly Scope[] {
  const request = { seed: 1, runs, maxSteps: 200, symmetry: true, limits: {}, jobs: 1 };
  return modelSubjects(plansFor(project), request, [model]).flatMap(({ scopes }) => scopes);
}

/** Explores one scope of the model as it is; undefined if it has too many states. */
export async function show(scope: Scope, { mostStates }: Extent): Promise<Shown | undefined> {
  const start = performance.now();
  const result = await explore(scope, mostStates);
  if (result.violations.length > 0)
    throw new Error(`${scope.plan.name}: ${result.violations[0]?.property} is violated`);
  if (result.stopped === 'state limit') return undefined;
  return {
    name: scope.plan.name,
    engine: scope.plan.engine,
    states: result.distinctStates,
    milliseconds: Math.round(performance.now() - start),
    seen: seenIn(result),
  };
}

/**
 * Explores the scopes in turn until one of them shows that the model is a mutant, and says how; undefined if none does.
 * What no scope shows any more that some have shown counts, too: `check` demands all of it.
 */
export async function noticeIn(
  scopes: readonly Scope[],
  shown: readonly Shown[],
): Promise<Notice | undefined> {
  const unseen = new Set(shown.flatMap(({ seen }) => seen));
  for (const scope of scopes) {
    const { name } = scope.plan;
    const known = shown.find(each => each.name === name);
    try {
      const result = await explore(scope, (known?.states ?? 0) * 3 + 10_000);
      const [violation] = result.violations;
      if (violation !== undefined) return { by: 'property', what: violation.property, scope: name };
      for (const each of seenIn(result)) unseen.delete(each);
    } catch (error) {
      const what = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      return { by: 'crash', what, scope: name };
    }
  }
  return unseen.size === 0
    ? undefined
    : { by: 'unseen', what: [...unseen].join(', '), scope: 'all' };
}

async function explore({ task, plan }: Scope, states: number): Promise<ExplorationResult> {
  const isRandom = plan.engine === 'simulate' || plan.engine === 'settle';
  const limits = isRandom ? task.limits : { ...task.limits, states };
  const { result } = await runTask({ ...task, engine: stopping(task.engine), limits }, project);
  return result;
}

/** An engine that ends with the first violation, however long its story is. */
function stopping(engine: Task['engine']): Task['engine'] {
  return engine.kind === 'simulate'
    ? { ...engine, keepGoing: false, proofStates: 0 }
    : { ...engine, keepGoing: false };
}

function seenIn({ properties, coverage }: ExplorationResult): string[] {
  return [
    ...properties.filter(({ antecedent }) => antecedent > 0).map(({ name }) => name),
    ...[...Object.entries(coverage.actions), ...Object.entries(coverage.transitions)]
      .filter(([, count]) => count > 0)
      .map(([name]) => name),
  ];
}
