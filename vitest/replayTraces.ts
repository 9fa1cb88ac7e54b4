import { claimsOf, type Specification } from '../checker/model/specification.ts';
import { replay } from '../checker/replay/replay.ts';
import type { ReplayOutcome } from '../checker/replay/replayOutcome.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';
import { type StoredTrace, tracesIn } from '../corpus/folder.ts';
import { configurationOf } from '../corpus/signature.ts';

/** A trace of the corpus that makes a test fail, and what became of it. */
export interface FailedTrace extends StoredTrace {
  readonly outcome: ReplayOutcome;
}

/** What became of the corpus of a test. */
export interface ReplayedTraces {
  readonly failed: readonly FailedTrace[];
  /** Traces that were replayed and are as they should be. */
  readonly good: number;
  /** Traces of the same model that are not of this configuration or scope, or of another test. */
  readonly elsewhere: number;
}

/**
 * Replays every trace in a folder that is of this model, but for those of properties that only
 * other tests of the file check. A counterexample that is reproduced is a
 * bug that is still there; a witness is to be reproduced; what can no longer be replayed is never
 * passed over.
 *
 * @throws TraceError when a file cannot be read; ModelError when the model crashes.
 */
export function replayTraces(
  folder: string,
  specification: Specification,
  testedInFile: ReadonlySet<string>,
): ReplayedTraces {
  const { model } = specification;
  const claims = claimsOf(specification);
  const own = new Set(claims.map(({ name }) => name));
  const ofModel = tracesIn(folder).filter(({ trace }) => trace.model.name === model.name);
  const failed: FailedTrace[] = [];
  let [good, elsewhere] = [0, 0];
  for (const stored of ofModel) {
    const { trace } = stored;
    const here = scopeOf(trace.model, model);
    const ofOther = !own.has(trace.property.name) && testedInFile.has(trace.property.name);
    const skipped = ofOther || here === 'other configuration';
    const outcome = skipped ? undefined : replay(model, claims, trace);
    const isGood = outcome !== undefined && isAsItShouldBe(trace, outcome);
    // What another scope allows may be impossible here: that says nothing about the trace.
    const misfits = here === 'other bounds' && outcome?.word !== 'reproduced';
    if (isGood) good++;
    else if (outcome === undefined || misfits) elsewhere++;
    else failed.push({ ...stored, outcome });
  }
  return { failed, good, elsewhere };
}

function isAsItShouldBe({ kind }: TraceFile, { word }: ReplayOutcome): boolean {
  return word === (kind === 'witness' ? 'reproduced' : 'fixed');
}

type TraceScope = 'same' | 'other bounds' | 'other configuration';

function scopeOf(of: TraceFile['model'], model: Specification['model']): TraceScope {
  const config = JSON.parse(JSON.stringify(model.config)) as TraceFile['model']['config'];
  const here = { name: model.name, config, defects: [...model.defects] };
  if (configurationOf(of) !== configurationOf(here)) return 'other configuration';
  const names = new Set([...Object.keys(of.bounds), ...Object.keys(model.bounds)]);
  const same = [...names].every(name => of.bounds[name] === model.bounds[name]);
  return same ? 'same' : 'other bounds';
}
