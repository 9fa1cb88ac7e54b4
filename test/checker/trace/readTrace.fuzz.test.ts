import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrace, TraceError, writeTrace } from '../../../checker/trace/readTrace.ts';
import { plain } from '../../../checker/trace/renderStyle.ts';
import { renderText } from '../../../checker/trace/renderText.ts';
import { traceOf } from './traces.ts';

/** Reads a text: the trace can be shown, or the error is a TraceError in one line. */
function survives(text: string): void {
  try {
    const trace = readTrace('x.json', text);
    const shown = renderText(trace, { command: { label: 'replay', text: '' }, style: plain });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    expect(error.message).toMatch(/^x\.json: /);
  }
}

/** A valid trace as text in which one value is another. */
const mutated = fc
  .tuple(fc.nat(), fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, '\u001b[2J', -1, 1e308)))
  .map(([place, value]) => {
    let position = 0;
    const leaves = JSON.stringify(traceOf(3)).match(/"[^"]*":/g)?.length ?? 1;
    return JSON.stringify(traceOf(3), (key, old: unknown) => {
      if (key === '') return old;
      return position++ === place % leaves ? value : old;
    });
  });

/** A valid trace as text with a piece cut out, doubled or exchanged. */
const damaged = fc
  .tuple(fc.nat(), fc.nat(200), fc.oneof(fc.constant(''), fc.string()))
  .map(([start, length, instead]) => {
    const text = writeTrace(traceOf(2));
    const from = start % text.length;
    return text.slice(0, from) + instead + text.slice(from + length);
  });

describe('whatever a file holds, it is read or refused with a TraceError', () => {
  it.each([
    ['random text', fc.string({ unit: 'binary' })],
    ['random JSON', fc.json()],
    ['a trace with another value', mutated],
    ['a damaged trace', damaged],
  ])('%s', (_, texts: fc.Arbitrary<string>) => {
    fc.assert(fc.property(texts, survives), { numRuns: 500 });
  });
});
