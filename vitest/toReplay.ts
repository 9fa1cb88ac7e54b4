import { claimsOf, type Specification } from '../checker/model/specification.ts';
import { replay } from '../checker/replay/replay.ts';
import { TraceError } from '../checker/trace/readTrace.ts';
import { printable } from '../checker/trace/renderParts.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';
import { readTraceFile } from '../corpus/readTraceFile.ts';
import type { MatcherCall, MatcherResult } from './matcherTypes.ts';

/**
 * Whether the steps of a trace, or of the file of this path, still break or reach its property.
 *
 * @throws TraceError when it is no trace, or its file cannot be read.
 */
export function toReplay(
  { isNot }: MatcherCall,
  received: unknown,
  specification: Specification,
): MatcherResult {
  const file = typeof received === 'string' ? received : 'the trace';
  const trace = typeof received === 'string' ? readTraceFile(received) : expectTrace(received);
  const { word, step, reason } = replay(specification.model, claimsOf(specification), trace);
  const where = step === undefined ? word : `${word} at step ${step} of ${trace.steps.length}`;
  const expected = `expected ${isNot ? 'anything but reproduced' : 'reproduced'}`;
  return {
    pass: word === 'reproduced',
    message: () => `${file}: ${expected}, found ${where}: ${printable(reason)}`,
  };
}

function expectTrace(received: unknown): TraceFile {
  if (isTrace(received)) return received;
  throw new TraceError('the trace', 'the value', 'expected a trace, or the path of one');
}

function isTrace(value: unknown): value is TraceFile {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 'highwater-trace'
  );
}
