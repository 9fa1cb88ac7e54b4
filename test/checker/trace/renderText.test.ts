import { describe, expect, it } from 'vitest';
import { renderText } from '../../../checker/trace/renderText.ts';
import type { TraceChange, TraceFile } from '../../../checker/trace/traceFile.ts';
import { traceOf } from './traces.ts';

const command = { label: 'replay', text: 'highwater replay x.json' } as const;

function lines(trace: TraceFile, width?: number): string[] {
  return renderText(trace, width === undefined ? { command } : { command, width }).split('\n');
}

/** Texts and changes that are as long as they may be. */
function largest(steps: number): TraceFile {
  const trace = traceOf(steps);
  const long = 'a long text that goes on '.repeat(40);
  trace.property = {
    ...trace.property,
    statement: long,
    clause: long,
    loss: `${'x'.repeat(3000)}`,
  };
  trace.model.config = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`setting${index}`, index]),
  );
  trace.model.defects = Array.from({ length: 40 }, (_, index) => `defect-${index}`);
  for (const step of trace.steps) {
    step.actor = 'somebody-with-a-long-name';
    step.params = { [`${'p'.repeat(200)}`]: 'v'.repeat(200) };
    step.changes = Array.from(
      { length: 50 },
      (_, index): TraceChange => ({ path: `protocol.field${index}`, before: long, after: long }),
    );
  }
  return trace;
}

describe('a trace as text', () => {
  it('says what broke, where, how, and what to do next', () => {
    expect(lines(traceOf(2))).toEqual([
      'door-closed-when-moving is broken',
      'claim     The door is closed whenever the car moves.',
      'false     car-1 moves and its door is open',
      'lost      Somebody falls.',
      'model     elevator, version 3',
      'settings  floors=4 modes=fast,slow night=true limits={weight: 500}',
      'bounds    calls=2',
      'defects   door-stays-open',
      '',
      '  1  car-1  move(to=0, by=none)',
      '  2  car-2  move(to=1, by=none)',
      '',
      'step 2 changed',
      '  cars.car-1.floor: 1 -> 2',
      '  ghost.log[0]: none -> {floor: 1, open: [true, false]}',
      '',
      'length    2 steps, the shortest possible in this scope',
      'explored  12,345 distinct states, 67,890 generated, depth 3, exhaustive',
      'replay    highwater replay x.json',
    ]);
  });

  it('says so where nothing shorter was excluded, and names the seed', () => {
    const trace = traceOf(1);
    trace.explored = { ...trace.explored, engine: 'simulate', seed: 7, shortest: false };
    const text = lines(trace).join('\n');
    expect(text).toContain('1 step, not proved shortest');
    expect(text).toContain('depth 2, simulate, seed 7');
  });

  it('shows a witness as something that is reached', () => {
    const text = lines({ ...traceOf(1), kind: 'witness' }).join('\n');
    expect(text).toContain('door-closed-when-moving is reached');
    expect(text).not.toContain('lost');
  });

  it('shows a property that the initial state breaks', () => {
    const text = lines(traceOf(0)).join('\n');
    expect(text).toContain('the initial state, before any step');
    expect(text).not.toContain('changed');
  });

  it('shows at most 25 steps and announces the cut', () => {
    const text = lines(traceOf(60));
    const steps = text.filter(line => /^ +\d+ {2}car/.test(line));
    expect(steps.length).toBeLessThanOrEqual(25);
    expect(steps[0]).toContain('move(to=0,');
    expect(steps.at(-1)).toContain('move(to=59,');
    expect(text).toContain(`  ... ${60 - steps.length} steps not shown (see the file)`);
  });

  it('announces changes that are not shown', () => {
    expect(lines(largest(3)).join('\n')).toMatch(/\.\.\. and \d+ more fields/);
  });

  it.each([1, 10, 25, 26, 500])('has at most 40 lines (%i steps)', steps => {
    expect(lines(traceOf(steps)).length).toBeLessThanOrEqual(40);
    expect(lines(largest(steps)).length).toBeLessThanOrEqual(40);
  });

  it.each([1, 40, 80, 100, 500])('is never wider than it may be (width %i)', width => {
    const allowed = Math.min(100, Math.max(40, width));
    for (const line of lines(largest(500), width)) expect(line.length).toBeLessThanOrEqual(allowed);
  });

  it('cannot write to the terminal through what a file says', () => {
    const trace = traceOf(1);
    trace.property.clause = '\u001b[2J\u0007\nnew line\u202e';
    trace.model.name = '\u009b2J';
    const text = lines(trace).join('\n');
    expect(text).toContain('\\u001b[2J\\u0007\\u000anew line\\u202e');
    expect(text).toContain('\\u009b2J');
  });

  it('gives the styler pieces, so that widths stay the same', () => {
    const marked = renderText(traceOf(40), { command, style: (_, text) => `\u0001${text}\u0002` });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the marks of this test.
    expect(marked.replace(/[\u0001\u0002]/g, '')).toBe(renderText(traceOf(40), { command }));
    expect(marked).toContain('\u0001door-closed-when-moving is broken\u0002');
  });
});
