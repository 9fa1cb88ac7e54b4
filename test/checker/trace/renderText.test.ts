import { describe, expect, it } from 'vitest';
import { renderText } from '../../../checker/trace/renderText.ts';
import type { TraceChange, TraceFile } from '../../../checker/trace/traceFile.ts';
import { commentedTrace } from './commentedTrace.ts';
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
  trace.explored.shortest = false;
  trace.explored.unproved = long;
  for (const [index, step] of trace.steps.entries()) {
    step.actor = `somebody-with-a-long-name-${index % 12}`;
    step.params = { [`${'p'.repeat(200)}`]: 'v'.repeat(200) };
    step.changes = Array.from(
      { length: 50 },
      (_, index): TraceChange => ({ path: `protocol.field${index}`, before: long, after: long }),
    );
  }
  const { commentary } = commentedTrace();
  return commentary === undefined ? trace : { ...trace, commentary };
}

/** A trace in which each of these acts once, in their order. */
function withActors(...actors: string[]): TraceFile {
  const trace = traceOf(actors.length);
  trace.steps = trace.steps.map((step, index) => ({ ...step, actor: actors[index] ?? '' }));
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
      '   car-1  car-2',
      ' 1   ●      │    move(to=0, by=none)',
      ' 2   │      ●    move(to=1, by=none)',
      '',
      'last step cars.car-1.floor: 1 -> 2',
      '          ghost.log[0]: none -> {floor: 1, open: [true, false]}',
      'length    2 steps, the shortest possible in this scope',
      'explored  12,345 distinct states, 67,890 generated, depth 3, exhaustive',
      'replay    highwater replay x.json',
    ]);
  });

  it('leaves out the settings that are off, and says that there are some', () => {
    const trace = traceOf(1);
    trace.model.config = { floors: 4, night: false, spares: 0, name: '' };
    expect(lines(trace)).toContain('settings  floors=4 name=, others off');
  });

  it('names the file if there is one', () => {
    const text = renderText(traceOf(1), { command, file: 'found/x.json' }).split('\n');
    expect(text.slice(-2)).toEqual(['file      found/x.json', 'replay    highwater replay x.json']);
  });

  it('names the page only if something is left out', () => {
    const page = 'highwater show x.json --format html';
    expect(renderText(traceOf(2), { command, page })).not.toContain('page');
    const cut = renderText(traceOf(60), { command, page });
    expect(cut).toContain(' steps not shown (see the page)');
    expect(cut).toContain(`\npage      ${page}\n`);
  });

  it('tells of the last step what is left of budgets last', () => {
    const trace = traceOf(1);
    const [step] = trace.steps;
    step?.changes.unshift({ path: 'budget.calls', before: 2, after: 1 });
    expect(lines(trace).find(line => line.startsWith('last step'))).toContain('cars.car-1.floor');
    expect(lines(trace)).toContain('          budget.calls: 2 -> 1');
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
    const steps = text.filter(line => line.includes(' move('));
    expect(steps.length).toBeLessThanOrEqual(25);
    expect(steps.length).toBeGreaterThan(15);
    expect(steps[0]).toContain('move(to=0,');
    expect(steps.at(-1)).toContain('move(to=59,');
    expect(text).toContain(`    ... ${60 - steps.length} steps not shown (see the file)`);
  });

  it('says which faults are among the steps that are not shown', () => {
    const trace = traceOf(60);
    const kinds = trace.steps.map((_, index) => ({
      kind: index === 29 || index === 30 ? ('fault' as const) : ('protocol' as const),
      causes: [],
    }));
    trace.commentary = { steps: kinds, messages: [], machines: [], properties: [] };
    expect(lines(trace).join('\n')).toMatch(
      /not shown \(see the file\), among them faults 30, 31$/m,
    );
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

  it('shortens names if there is no room for them, and says what they stand for', () => {
    const text = lines(withActors('dispatcher', 'elevator-1', 'elevator-2', 'mechanic'), 40);
    expect(text).toContain('   dis=dispatcher e1=elevator-1');
    expect(text).toContain('   e2=elevator-2 mec=mechanic');
    expect(text).toContain('   dis e1  e2  mec');
    expect(text).toContain(' 2  │   ●   │   │   move(to=1, by=none)');
  });

  it('numbers lanes whose short names would be the same', () => {
    const text = lines(withActors('dispatcher', 'distributor', 'elevator-1', 'e-1'), 40);
    expect(text).toContain('   #1=dispatcher #2=distributor');
    expect(text).toContain('   #1  #2  #3  #4');
  });

  it('lets those beyond the eighth lane share one, says so, and says there who acts', () => {
    const names = Array.from({ length: 11 }, (_, index) => `car-${index + 1}`);
    const text = lines(withActors(...names), 100);
    expect(text.join('\n')).toContain('others=car-8/car-9/car-10/car-11');
    const titles = text.find(line => line.includes(' c1  ')) ?? '';
    expect(titles.trim().split(/ +/)).toEqual([...'1234567'].map(n => `c${n}`).concat('others'));
    expect(text.find(line => line.startsWith('  9 '))).toMatch(/●\s+car-9: move\(to=8, by=none\)$/);
  });

  it('cannot write to the terminal through what a file says', () => {
    const trace = traceOf(1);
    trace.property.clause = '\u001b[2J\u0007\nnew line\u202e';
    trace.model.name = '\u009b2J';
    for (const step of trace.steps) step.actor = '\u001b[2J';
    const text = lines(trace).join('\n');
    expect(text).toContain('\\u001b[2J\\u0007\\u000anew line\\u202e');
    expect(text).toContain('\\u009b2J');
    expect(text).not.toContain('\u001b');
  });

  it('gives the styler pieces, so that widths stay the same', () => {
    const marked = renderText(traceOf(40), { command, style: (_, text) => `\u0001${text}\u0002` });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the marks of this test.
    expect(marked.replace(/[\u0001\u0002]/g, '')).toBe(renderText(traceOf(40), { command }));
    expect(marked).toContain('\u0001door-closed-when-moving is broken\u0002');
  });
});
