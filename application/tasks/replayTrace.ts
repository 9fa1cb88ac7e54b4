import type { ModelRequest, Setting } from '../../catalogue/modelEntry.ts';
import { findModel } from '../../catalogue/models.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { claimsOf, type Specification } from '../../checker/model/specification.ts';
import { replay } from '../../checker/replay/replay.ts';
import type { ReplayOutcome } from '../../checker/replay/replayOutcome.ts';
import type { TraceFile, TraceJson, TraceModel } from '../../checker/trace/traceFile.ts';

/**
 * Replays a trace on the model that it names, built from the trace's own configuration, bounds and
 * defects. A trace that no model of this version can be built for is not applicable.
 *
 * @throws Error when the model crashes.
 */
export function replayTrace(trace: TraceFile): ReplayOutcome {
  try {
    const specification = specificationOf(trace.model);
    return replay(specification.model, claimsOf(specification), trace);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { word: 'not-applicable', reason: error.message };
  }
}

/**
 * The model that a trace names, as it was configured there, with all properties and questions.
 *
 * @throws UsageError when there is no such model, setting, bound or defect.
 */
export function specificationOf(of: TraceModel): Specification {
  const { model, properties, questions, temporal } = findModel(of.name).build(requestOf(of));
  return { model, properties: [...properties, ...questions], temporal };
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
  throw new UsageError(`the trace sets ${name} to ${JSON.stringify(value).slice(0, 60)}`);
}
