import { describe, expect, it } from 'vitest';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { corpusName, signatureOf } from '../../corpus/signature.ts';
import { bothHold, handOver, lockTrace, longWayToBoth } from './lockTraces.ts';

const trace = lockTrace('counterexample', bothHold);

/** The trace with another model. */
function of(model: Partial<TraceFile['model']>): TraceFile {
  return { ...trace, model: { ...trace.model, ...model } };
}

/** The trace as one of several counterexamples. */
function because(...cause: string[]): TraceFile {
  return { ...trace, property: { ...trace.property, cause } };
}

describe('the failure signature', () => {
  const same: [string, TraceFile][] = [
    ['steps', lockTrace('counterexample', longWayToBoth)],
    ['bounds', of({ bounds: { expiries: 9 } })],
    ['version', of({ version: 7 })],
  ];
  it.each(same)('does not tell apart by %s', (_, other) => {
    expect(signatureOf(other)).toBe(signatureOf(trace));
    expect(corpusName(other)).toBe(corpusName(trace));
  });

  const different: [string, TraceFile][] = [
    ['property', lockTrace('witness', handOver)],
    ['model', of({ name: 'gate' })],
    ['defects', of({ defects: ['late'] })],
    ['configuration', of({ config: { clients: 4 } })],
    ['cause', because('acquire')],
  ];
  it.each(different)('tells apart by %s', (_, other) => {
    expect(signatureOf(other)).not.toBe(signatureOf(trace));
    expect(corpusName(other)).not.toBe(corpusName(trace));
  });

  it('does not depend on the order of settings and defects', () => {
    const one = of({ config: { a: 1, b: { c: [2], d: 3 } }, defects: ['x', 'y'] });
    const other = of({ config: { b: { d: 3, c: [2] }, a: 1 }, defects: ['y', 'x'] });
    expect(signatureOf(one)).toBe(signatureOf(other));
    expect(corpusName(one)).toBe(corpusName(other));
  });

  it('does not depend on the order of a cause', () => {
    expect(signatureOf(because('a', 'b'))).toBe(signatureOf(because('b', 'a')));
    expect(signatureOf(because('a', 'b'))).not.toBe(signatureOf(because('a', 'c')));
  });

  it('makes names that are safe and readable', () => {
    expect(corpusName(trace)).toBe('lock--held-by-few');
    expect(corpusName(of({ name: '../a b', defects: ['x'] }))).toBe('-a-b--x--held-by-few');
    expect(corpusName(of({ config: { clients: 4 } }))).toMatch(/^lock--held-by-few--[0-9a-f]{8}$/);
  });
});
