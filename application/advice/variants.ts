import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { type ClusterAnswer, clusterAnswer } from '../answer/clusterAnswer.ts';
import type { CheckRequest } from '../check/checkRequest.ts';
import { mergeProperties } from '../check/mergeProperties.ts';
import { clusterSubjects } from '../check/plannedSubject.ts';
import type { ExploredScope, Scope } from '../check/scope.ts';
import type { Subject } from '../check/subject.ts';
import { runAll } from '../tasks/runAll.ts';
import type { Surroundings } from '../tasks/surroundings.ts';
import type { TaskResult } from '../tasks/task.ts';
import type { TimeBudget } from '../tasks/timeBudget.ts';

/** What variants are explored with. */
export interface VariantMeans {
  readonly models: readonly ModelEntry[];
  readonly request: CheckRequest;
  readonly budget: TimeBudget;
  readonly surroundings: Surroundings;
}

/** Answers clusters that are like one that was checked, and explores what they have in common once. */
export class Variants {
  readonly #means: VariantMeans;
  readonly #known = new Map<string, TaskResult>();

  /** @param subjects what was explored before, with the same request */
  constructor(means: VariantMeans, subjects: readonly Subject[] = []) {
    this.#means = { ...means, request: { ...means.request, isFirst: true } };
    for (const scope of subjects.flatMap(({ scopes }) => scopes)) {
      if (scope.outcome !== undefined) this.#known.set(keyOf(scope), scope.outcome);
    }
  }

  /**
   * What one failure costs this cluster; undefined where no topic of it can be explored. What the budget leaves no
   * time for is open.
   */
  async answer(described: ClusterDescription): Promise<ClusterAnswer | undefined> {
    const { models, request } = this.#means;
    const planned = clusterSubjects(described, request, models);
    await this.#explore(planned.flatMap(({ scopes }) => scopes));
    const subjects = planned.map((subject): Subject => {
      const scopes = subject.scopes.map((scope): ExploredScope => {
        return { ...scope, outcome: this.#known.get(keyOf(scope)) };
      });
      return { ...subject, scopes, properties: mergeProperties(scopes) };
    });
    const known = { mistakes: [], notes: [] };
    const cluster = { files: [], described, quorum: undefined, known };
    return clusterAnswer({ cluster, subjects, clients: [] });
  }

  async #explore(scopes: readonly Scope[]): Promise<void> {
    const { budget, surroundings } = this.#means;
    const missing = new Map(
      scopes
        .filter(scope => !this.#known.has(keyOf(scope)))
        .map(scope => [keyOf(scope), scope.task] as const),
    );
    if (missing.size === 0 || budget.isUsedUp || surroundings.interrupt.isSet) return;
    const results = await runAll([...missing.values()], surroundings, {
      budget,
      onFailure: () => undefined,
    });
    for (const [key, task] of missing) {
      const result = results.get(task);
      if (result !== undefined) this.#known.set(key, result);
    }
  }
}

/** What makes two explorations the same. */
function keyOf({ task: { model, request, engine, properties = [] } }: Scope): string {
  return JSON.stringify([model, request, engine, [...properties].sort()]);
}
