import type { ModelError } from '../../checker/core/errors.ts';
import type { TakenAction } from '../../checker/model/property.ts';
import { claimsOf } from '../../checker/model/specification.ts';
import { recordTrace } from '../../checker/replay/record.ts';
import { replay } from '../../checker/replay/replay.ts';
import { readTrace, writeTrace } from '../../checker/trace/readTrace.ts';
import { Difference, expectSame, expectTrue } from './difference.ts';
import { ownNames } from './engineModel.ts';
import type { Thrown } from './naiveGraph.ts';
import type { Subject } from './subject.ts';

/** A run that was found. */
export interface FoundRun {
  readonly property: string;
  readonly clause: string;
  readonly initialState: number;
  readonly steps: readonly TakenAction[];
  readonly loop?: { readonly from: number };
  readonly settling?: { readonly from: number };
}

/** Writes a run as a trace, reads it, and replays it. */
export function expectReplayed(
  comparison: string,
  { specification }: Subject,
  run: FoundRun,
): void {
  const { model, properties, temporal = [] } = specification;
  const property = claimsOf(specification).find(({ name }) => name === run.property);
  if (property === undefined) throw new Difference(comparison, `there is no ${run.property}`);
  const explored = {
    engine: 'exhaustive',
    distinctStates: 1,
    generatedStates: 1,
    depth: 1,
    shortest: true,
  } as const;
  const text = writeTrace(recordTrace(model, { ...run, property }, explored));
  const { word, reason, differsFrom } = replay(
    model,
    [...properties, ...temporal],
    readTrace('a trace', text),
  );
  if (word === 'reproduced' && differsFrom === undefined) return;
  throw new Difference(
    comparison,
    `the replay of ${run.property} is ${word} (${reason}; ${differsFrom})`,
  );
}

/** Whether the reference takes the same steps, and finds the same at their end. */
export function expectShown(
  comparison: string,
  { graph }: Subject,
  run: {
    readonly place: number;
    readonly initialState: number;
    readonly steps: readonly TakenAction[];
  },
): void {
  const { place, initialState, steps } = run;
  const own = steps.map(({ name, params }) => ({ name: ownNames(name), params }));
  const followed = graph.follow(initialState, own);
  if (followed === undefined)
    throw new Difference(comparison, `the steps of ${place} cannot be taken`);
  const isState = graph.drawn.properties[place]?.kind === 'invariant';
  const last = followed.states.at(-1) as number;
  const said = isState ? graph.states[last]?.said[place] : followed.taken.at(-1)?.said[place];
  expectSame(comparison, `what is said of property ${place} at the end`, said, 'found');
}

/** Whether an error is one of those that are thrown. */
export function expectThrown(
  comparison: string,
  error: ModelError,
  thrown: readonly Thrown[],
): void {
  const cause = error.cause instanceof Error ? error.cause.name : String(error.cause);
  const isOne = thrown.some(({ by, error: name }) => {
    const who = ownNames(error.message);
    return name === cause && (who.includes(`action ${by}(`) || who.includes(`property "${by}"`));
  });
  expectTrue(
    comparison,
    `"${error.message}" (${cause}) is none of ${JSON.stringify(thrown)}`,
    isOne,
  );
}
