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
  /** Only scopes whose name contains this. */
  readonly scope: string;
  /** How many seconds scopes may take, as the model is, that are explored of one mutant. */
  readonly mostSeconds: number;
  /** The same of one that has as many states as the model in all of them. */
  readonly mostSecondsAlike: number;
}

/** What a scope shows of the model as it is. */
export interface Shown {
  readonly name: string;
  readonly states: number;
  readonly milliseconds: number;
  /** Properties that were put to the test and goals that were reached. */
  readonly asked: readonly string[];
  /** Actions and transitions that were taken. */
  readonly taken: readonly string[];
  /** The mutants of which it would have computed something else. */
  readonly comesBy: readonly number[];
}

/**
 * What shows that a model is not what it should be: a property that is violated, an error of the engine, a goal that is
 * not reached any more (or a property that is not put to the test), an action that is not taken any more, no answer in
 * time.
 */
export interface Notice {
  readonly by: 'property' | 'error' | 'goal' | 'untaken' | 'time';
  readonly what: string;
  readonly scope: string;
}

const project = plainProject();

/** The scopes that `check` explores of a model, without its corpus. */
export function scopesOf(model: MutatedModel, { runs, scope }: Extent): readonly Scope[] {
  const request = { seed: 1, runs, maxSteps: 200, symmetry: true, limits: {}, jobs: 1 };
  const subjects = modelSubjects(plansFor(project), request, [model]);
  return subjects.flatMap(({ scopes }) => scopes).filter(({ plan }) => plan.name.includes(scope));
}

/** Explores one scope of the model as it is; undefined if it has too many states. */
export async function show(
  scope: Scope,
  { mostStates }: Extent,
): Promise<Omit<Shown, 'comesBy'> | undefined> {
  const start = performance.now();
  const result = await explore(scope, mostStates);
  if (result.violations.length > 0)
    throw new Error(`${scope.plan.name}: ${result.violations[0]?.property} is violated`);
  if (result.stopped === 'state limit') return undefined;
  return {
    name: scope.plan.name,
    states: result.distinctStates,
    milliseconds: Math.round(performance.now() - start),
    ...seenIn(result),
  };
}

/**
 * The scopes that may show a mutant: those in which it computes something else somewhere, as many as there is time
 * for, the cheapest first. Of a lifecycle, those that take the transition.
 */
export function scopesToAsk(
  shown: readonly Shown[],
  { mutant, transition }: { readonly mutant: number; readonly transition?: string | undefined },
  { mostSeconds }: Extent,
): readonly Shown[] {
  let milliseconds = 0;
  return shown
    .filter(({ comesBy, taken }) =>
      transition === undefined ? comesBy.includes(mutant) : taken.includes(transition),
    )
    .toSorted((a, b) => priceOf(a) - priceOf(b))
    .filter(each => {
      milliseconds += each.milliseconds;
      return milliseconds <= mostSeconds * 1000;
    });
}

/** How quick a scope is for the number of mutants that it may show: those count most that come by many. */
function priceOf({ milliseconds, comesBy }: Shown): number {
  return milliseconds / comesBy.length ** 2;
}

/** What came of looking for a mutant. */
export interface Look {
  readonly notice?: Notice;
  /** How many scopes were explored. */
  readonly scopes: number;
  /** Whether some scope had another number of states. */
  readonly differs: boolean;
}

/**
 * Explores scopes in turn until one of them shows that the model is a mutant, and says how. Where none has had another
 * number of states for a while, the mutant may well be none, and no more are explored.
 *
 * @param shown - What all scopes show of the model as it is: those that are not explored show it still.
 */
export async function noticeIn(
  scopes: readonly Scope[],
  shown: readonly Shown[],
  { mostSecondsAlike }: Extent,
): Promise<Look> {
  const now = new Map(shown.map(each => [each.name, each]));
  let milliseconds = 0;
  let differs = false;
  let explored = 0;
  for (const scope of scopes) {
    const known = now.get(scope.plan.name);
    if (known === undefined || (!differs && milliseconds > mostSecondsAlike * 1000)) continue;
    explored++;
    milliseconds += known.milliseconds;
    const found = await noticeOf(scope, known);
    if ('by' in found) return { notice: found, scopes: explored, differs: true };
    differs ||= found.states !== known.states;
    now.set(known.name, { ...known, ...found });
  }
  const notice = missingOf(shown, [...now.values()]);
  return { ...(notice === undefined ? {} : { notice }), scopes: explored, differs };
}

/** What shows that the model is a mutant in one scope, or what the scope shows of it. */
async function noticeOf(
  scope: Scope,
  { name, states }: Shown,
): Promise<Notice | Pick<Shown, 'states' | 'asked' | 'taken'>> {
  try {
    const result = await explore(scope, states * 3 + 10_000);
    const [violation] = result.violations;
    if (violation !== undefined) return { by: 'property', what: violation.property, scope: name };
    return { states: result.distinctStates, ...seenIn(result) };
  } catch (error) {
    const what = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { by: 'error', what, scope: name };
  }
}

/** What no scope shows any more that some have shown: `check` demands all of it. */
function missingOf(before: readonly Shown[], now: readonly Shown[]): Notice | undefined {
  const missing = (kind: 'asked' | 'taken'): string => {
    const seen = new Set(now.flatMap(each => each[kind]));
    return [...new Set(before.flatMap(each => each[kind]))].filter(each => !seen.has(each)).join();
  };
  const [goals, actions] = [missing('asked'), missing('taken')];
  if (goals !== '') return { by: 'goal', what: goals, scope: 'all' };
  return actions === '' ? undefined : { by: 'untaken', what: actions, scope: 'all' };
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

function seenIn({ properties, coverage }: ExplorationResult): Pick<Shown, 'asked' | 'taken'> {
  const counts = [...Object.entries(coverage.actions), ...Object.entries(coverage.transitions)];
  return {
    asked: properties.filter(({ antecedent }) => antecedent > 0).map(({ name }) => name),
    taken: counts.filter(([, count]) => count > 0).map(([name]) => name),
  };
}
