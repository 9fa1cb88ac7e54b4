import { parentPort, workerData } from 'node:worker_threads';
import type { Scope } from '../../application/check/scope.ts';
import type { MutatedModel } from './subject.ts';
import { type Extent, noticeIn, type Shown, scopesOf, show } from './suite.ts';

/* The program of a thread: shows what scopes show, then looks at one mutant after the other. */

declare global {
  /** The number of the mutant that is in force; bound in the bundle, not in the global object. */
  var activeMutant: number;
}

/** What a thread begins with. */
export interface Beginning {
  readonly extent: Extent;
  /** What is known already of the scopes of both models. */
  readonly shown: Readonly<Record<MutatedModel, readonly Shown[]>> | undefined;
}

/** A mutant to look at, or, without one, the model as it is. */
export interface Question {
  readonly model: MutatedModel;
  readonly mutant?: number;
}

const { extent, shown } = workerData as Beginning;
const scopes: Record<MutatedModel, readonly Scope[]> = {
  replication: scopesOf('replication', extent),
  kraft: scopesOf('kraft', extent),
};

/** The scopes that are looked at, those that take least first. */
function chosen(model: MutatedModel): readonly Scope[] {
  const known = shown?.[model] ?? [];
  return known
    .toSorted((a, b) => a.milliseconds - b.milliseconds)
    .flatMap(({ name }) => scopes[model].filter(({ plan }) => plan.name === name));
}

parentPort?.on('message', async ({ model, mutant }: Question) => {
  if (mutant === undefined) {
    const all: Shown[] = [];
    for (const scope of scopesOf(model, extent))
      all.push(...[await show(scope, extent)].flatMap(each => each ?? []));
    parentPort?.postMessage(all);
    return;
  }
  activeMutant = mutant;
  const notice = await noticeIn(chosen(model), shown?.[model] ?? []);
  activeMutant = -1;
  parentPort?.postMessage(notice ?? null);
});
