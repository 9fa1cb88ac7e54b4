import { describe, expect, it } from 'vitest';
import {
  MAX_TRACE_DEPTH,
  readTrace,
  TraceError,
  writeTrace,
} from '../../../checker/trace/readTrace.ts';
import type { TraceFile } from '../../../checker/trace/traceFile.ts';
import { traceOf } from './traces.ts';

/** The error for a text, which must be a TraceError. */
function errorFor(text: string): TraceError {
  try {
    readTrace('x.json', text);
  } catch (error) {
    if (error instanceof TraceError) return error;
    throw error;
  }
  throw new Error('the text was read');
}

function changed(change: (trace: Record<string, unknown>) => void): string {
  const copy: Record<string, unknown> = { ...traceOf(2) };
  change(copy);
  return JSON.stringify(copy);
}

describe('a trace file', () => {
  it.each([0, 1, 30])('is read as it was written (%i steps)', length => {
    const trace = traceOf(length);
    expect(readTrace('x.json', writeTrace(trace))).toEqual(trace);
  });

  it('ends with a new line', () => {
    expect(writeTrace(traceOf(1)).endsWith('}\n')).toBe(true);
  });
});

describe('a file that is not a trace gets an error with its place', () => {
  it.each([
    ['nothing', '', 'the file', 'found nothing'],
    ['no JSON', '{"format":', 'the file', 'expected JSON'],
    ['an array', '[]', '/format', 'found nothing'],
    ['null', 'null', '/format', 'found nothing'],
    ['text', '"highwater-trace"', '/format', 'found nothing'],
    [
      'another format',
      changed(trace => {
        trace['format'] = 'itf';
      }),
      '/format',
      'found "itf"',
    ],
    [
      'another version',
      changed(trace => {
        trace['formatVersion'] = 2;
      }),
      '/formatVersion',
      'found 2',
    ],
    [
      'no version',
      changed(trace => {
        delete trace['formatVersion'];
      }),
      '/formatVersion',
      'found nothing',
    ],
    [
      'a field too many',
      changed(trace => {
        trace['extra'] = 1;
      }),
      'the file',
      '"extra"',
    ],
    [
      'a field too few',
      changed(trace => {
        delete trace['steps'];
      }),
      'the file',
      "'steps'",
    ],
    [
      'steps of another kind',
      changed(trace => {
        trace['steps'] = {};
      }),
      '/steps',
      'must be array',
    ],
    [
      'a step of another kind',
      changed(trace => {
        trace['steps'] = [7];
      }),
      '/steps/0',
      'must be object',
    ],
    [
      'a bad fingerprint',
      changed(trace => {
        trace['initial'] = { ...traceOf(0).initial, fingerprint: 'x' };
      }),
      '/initial/fingerprint',
      'pattern',
    ],
    [
      'a negative index',
      changed(trace => {
        trace['initial'] = { ...traceOf(0).initial, index: -1 };
      }),
      '/initial/index',
      '>= 0',
    ],
    [
      'an unknown kind',
      changed(trace => {
        trace['kind'] = 'story';
      }),
      '/kind',
      '"witness"',
    ],
    [
      'a key of prototype',
      writeTrace(traceOf(0)).replace('{', '{"__proto__": 1,'),
      'the file',
      '__proto__',
    ],
  ])('%s', (_, text, place, problem) => {
    const error = errorFor(text);
    expect(error.place).toBe(place);
    expect(error.message).toContain(problem);
    expect(error.message.startsWith(`x.json: ${place}: `)).toBe(true);
    expect(error.message).not.toContain('\n');
  });

  it('is too deep, wherever the depth is', () => {
    const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(errorFor(deep(200_000)).message).toContain(`at most ${MAX_TRACE_DEPTH} levels`);
    const within = writeTrace(traceOf(0)).replace('"cars": {}', `"cars": ${deep(70)}`);
    expect(errorFor(within).message).toContain(`at most ${MAX_TRACE_DEPTH} levels`);
  });

  it('has a path that leads too deep', () => {
    const trace = traceOf(1);
    const [step] = trace.steps;
    const change = { path: 'a.'.repeat(100_000), before: null, after: 1 };
    const text = writeTrace({
      ...trace,
      steps: [{ ...(step ?? expect.fail()), changes: [change] }],
    });
    expect(errorFor(text).message).toContain('must NOT have more than 1000 characters');
  });

  it('keeps its message short', () => {
    const text = changed(trace => {
      trace['format'] = 'x'.repeat(100_000);
    });
    expect(errorFor(text).message.length).toBeLessThan(200);
  });

  it('does not take a trace from the prototype', () => {
    const trace: TraceFile = traceOf(0);
    expect(errorFor(`{"__proto__": ${JSON.stringify(trace)}}`).place).toBe('/format');
  });
});
