import { describe, expect, test } from 'vitest';
import { endingOf } from '../../../checker/trace/endingOf.ts';
import { explanationOf } from '../../../checker/trace/explanationOf.ts';
import { renderItf } from '../../../checker/trace/renderItf.ts';
import { renderMermaid } from '../../../checker/trace/renderMermaid.ts';
import { renderText } from '../../../checker/trace/renderText.ts';
import type { TraceFile, TraceStep } from '../../../checker/trace/traceFile.ts';

const step: TraceStep = {
  action: 'turn',
  actor: 'wheel-1',
  params: {},
  fingerprint: '0000000000000000',
  changes: [],
};

function traceOf(length: number, ending: Pick<TraceFile, 'loop' | 'settling'>): TraceFile {
  return {
    format: 'highwater-trace',
    formatVersion: 1,
    kind: 'counterexample',
    model: { name: 'wheel', version: 1, config: {}, bounds: {}, defects: [] },
    property: { name: 'stops', kind: 'eventually', statement: 'It stops.', loss: '', clause: '' },
    initial: { index: 0, fingerprint: step.fingerprint, state: { place: 0 } },
    steps: Array.from({ length }, () => step),
    ...ending,
    explored: {
      engine: 'exhaustive',
      distinctStates: 1,
      generatedStates: 1,
      depth: 1,
      shortest: false,
    },
  };
}

/** The lines of a report about its steps: their numbers, and what stands between them. */
function rowsOf(trace: TraceFile): string[] {
  const command = { label: 'save' as const, text: 'save it' };
  const lines = renderText(trace, { command }).split('\n');
  const rows = lines.filter(line => /^ +(\d+ |[a-z.])/.test(line) && !/^ +wheel-1$/.test(line));
  return rows.map(line => /^ +(\d+) /.exec(line)?.[1] ?? line.trim());
}

describe('how a run goes on', () => {
  test('stands before the first step that repeats', () => {
    expect(rowsOf(traceOf(3, { loop: { from: 1 } }))).toEqual([
      '1',
      'steps 2 to 3 repeat for ever:',
      '2',
      '3',
    ]);
    expect(rowsOf(traceOf(2, { loop: { from: 1 } }))).toContain('step 2 repeats for ever:');
  });

  test('stands after the last step where nothing is left to happen', () => {
    const stays = 'nothing else has to happen: it stays so for ever';
    expect(rowsOf(traceOf(1, { loop: { from: 1 } }))).toEqual(['1', stays]);
    const none = renderText(traceOf(0, { loop: { from: 0 } }), {
      command: { label: 'save', text: '' },
    });
    expect(none).toContain(stays);
  });

  test('stands where faults stopped', () => {
    const rows = rowsOf(traceOf(3, { settling: { from: 2 } }));
    expect(rows).toEqual(['1', '2', 'no faults after step 2:', '3']);
    expect(endingOf(traceOf(3, { settling: { from: 0 } }))?.text).toBe(
      'no faults from the beginning on',
    );
  });

  test('is shown even if its step is not, within the forty lines of a report', () => {
    for (const from of [0, 5, 50, 99, 100]) {
      const trace = traceOf(100, { loop: { from } });
      const rows = rowsOf(trace);
      expect(rows.filter(row => row.includes('for ever'))).toHaveLength(1);
      expect(rows.filter(row => row.startsWith('...'))).toHaveLength(1);
      const text = renderText(trace, { command: { label: 'save', text: '' } });
      expect(text.split('\n').length).toBeLessThanOrEqual(40);
    }
  });

  test('is said in every form', () => {
    const trace = traceOf(3, { loop: { from: 1 } });
    expect(renderMermaid(trace)).toContain('steps 2 to 3 repeat for ever');
    expect(explanationOf(trace)).toEqual([
      { topic: 'ending', text: 'Steps 2 to 3 repeat for ever.', steps: [2, 3] },
    ]);
  });

  test('is an index in the Informal Trace Format', () => {
    const loopIn = (trace: TraceFile): unknown => JSON.parse(renderItf(trace)).loop;
    // State 3 is state 1 once more, and is followed by what follows that.
    expect(loopIn(traceOf(3, { loop: { from: 1 } }))).toBe(2);
    expect(loopIn(traceOf(3, { loop: { from: 3 } }))).toBe(3);
    expect(loopIn(traceOf(3, { settling: { from: 1 } }))).toBeUndefined();
  });
});
