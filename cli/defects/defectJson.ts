import { isFound } from '../../application/defects/defectOutcome.ts';
import type { FoundBy } from '../../application/defects/defectPlan.ts';
import type { TraceExplored } from '../../checker/trace/traceFile.ts';
import type { SavedDefect } from './savedDefects.ts';

/** What each way takes steps with, in the words of traces. */
const engines: Readonly<Record<FoundBy, TraceExplored['engine']>> = {
  'exhaustive search': 'exhaustive',
  'directed scenario': 'script',
  'search of every fair run': 'exhaustive',
  'series of runs that settle': 'simulate',
};

/** One defect in the JSON document of `defects`. */
export function defectJson(outcome: SavedDefect) {
  const { plan, verdict, attempt, path } = outcome;
  const { defect, model, way, request } = plan;
  const trace = attempt?.trace;
  return {
    name: defect.name,
    model: model.name,
    statement: defect.statement,
    source: defect.source,
    caughtBy: defect.caughtBy,
    masked: defect.masked ?? null,
    asExpected: isFound(outcome),
    verdict,
    foundBy: isFound(outcome) ? way.foundBy : null,
    stopped: attempt?.stopped ?? null,
    stuck: attempt?.stuck ?? null,
    clause: trace?.property.clause ?? null,
    steps: trace?.steps.length ?? null,
    shortest: trace?.explored.shortest ?? null,
    engine: engines[way.foundBy],
    bounds: attempt === undefined ? null : request.bounds,
    distinctStates: attempt?.distinctStates ?? null,
    seconds: attempt?.seconds ?? null,
    trace: path ?? trace ?? null,
  };
}
