import { parentPort, workerData } from 'node:worker_threads';
import type { Scope } from '../../application/check/scope.ts';
import type { MutatedModel } from './subject.ts';
import { type Extent, noticeIn, type Shown, scopesOf, show } from './suite.ts';

/* The program of a thread: shows what scopes show, or looks at one mutant after the other. */

declare global {
  /** The number of the mutant that is in force; bound in the bundle, not in the global object. */
  var activeMutant: number;
  /** Of which mutants the model would have computed something else; bound in the same way. */
  var comeBy: Uint8Array;
}

/** What a thread begins with. */
export interface Beginning {
  readonly extent: Extent;
  /** A mutant that is there when modules load. */
  readonly mutant?: number;
  /** What is known already of the scopes of the model that is asked about. */
  readonly shown?: readonly Shown[];
}

/** A mutant to look at in these scopes, or, without one, the model as it is. */
export interface Question {
  readonly model: MutatedModel;
  readonly mutant?: number;
  readonly scopes?: readonly string[];
}

const { extent, shown } = workerData as Beginning;
const known = new Map<MutatedModel, readonly Scope[]>();

function scopesNamed(model: MutatedModel, names: readonly string[]): readonly Scope[] {
  const all = known.get(model) ?? scopesOf(model, extent);
  known.set(model, all);
  return names.flatMap(name => all.filter(({ plan }) => plan.name === name));
}

parentPort?.on('message', async ({ model, mutant, scopes = [] }: Question) => {
  if (mutant === undefined) {
    for (const scope of scopesOf(model, extent)) parentPort?.postMessage(await shownBy(scope));
    parentPort?.postMessage(null);
    return;
  }
  activeMutant = mutant;
  const look = await noticeIn(scopesNamed(model, scopes), shown ?? [], extent);
  activeMutant = -1;
  parentPort?.postMessage(look);
});

async function shownBy(scope: Scope): Promise<Shown | undefined> {
  comeBy.fill(0);
  const seen = await show(scope, extent);
  const comesBy = [...comeBy.entries()].flatMap(([mutant, isOne]) => (isOne === 1 ? mutant : []));
  return seen === undefined ? undefined : { ...seen, comesBy };
}
