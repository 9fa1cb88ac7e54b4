import { askableOf } from '../../catalogue/askable.ts';
import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry, ModelRequest } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { claimsOf, type Specification } from '../../checker/model/specification.ts';
import { replay } from '../../checker/replay/replay.ts';
import type { ReplayOutcome } from '../../checker/replay/replayOutcome.ts';
import type { TraceFile, TraceJson, TraceModel } from '../../checker/trace/traceFile.ts';
import type { Setting } from '../../models/description/settings.ts';

/**
 * Replays a trace on the one of these models that it names, built from the trace's own configuration, bounds and
 * defects. A trace that no model of this version can be built for is not applicable.
 *
 * @throws Error when the model crashes.
 */
export function replayTrace(trace: TraceFile, models: readonly ModelEntry[]): ReplayOutcome {
  try {
    const specification = specificationOf(trace.model, models);
    return replay(specification.model, claimsOf(specification), trace);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { word: 'not-applicable', reason: error.message };
  }
}

/**
 * The one of these models that a trace names, as it was configured there, with all properties and questions.
 *
 * @throws UsageError when there is no such model, setting, bound or defect.
 */
export function specificationOf(of: TraceModel, models: readonly ModelEntry[]): Specification {
  const entry = findNamed('model', of.name, models);
  const built = entry.build(requestOf(of));
  return { model: built.model, properties: askableOf(built), temporal: built.temporal };
}

function requestOf({ config, bounds, defects }: TraceModel): ModelRequest {
  const settings = Object.entries(config).map(([name, value]) => [name, settingOf(name, value)]);
  return { config: Object.fromEntries(settings), bounds, defects };
}

function settingOf(name: string, value: TraceJson): Setting {
  if (Array.isArray(value)) {
    const items = value.filter(item => typeof item === 'string');
    if (items.length === value.length) return items;
  } else if (value !== null && typeof value !== 'object') {
    return value;
  }
  throw new UsageError(
    `the trace sets ${name} to ${JSON.stringify(value).slice(0, 60)}`,
    'wrong-value',
  );
}
