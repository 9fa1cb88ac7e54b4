import { describe, expect, it } from 'vitest';
import { renderMermaid } from '../../../checker/trace/renderMermaid.ts';
import type { TraceFile, TraceStep } from '../../../checker/trace/traceFile.ts';
import { commentedTrace } from './commentedTrace.ts';
import { traceOf } from './traces.ts';

function stepOf(actor: string, action: string, params: TraceStep['params'] = {}): TraceStep {
  return { action, actor, params, fingerprint: '0'.repeat(16), changes: [] };
}

/** A trace with these steps, on a state that knows car-1 to car-3. */
function withSteps(...steps: TraceStep[]): TraceFile {
  const trace = traceOf(0);
  trace.initial.state = { protocol: { cars: { 'car-1': {}, 'car-2': {}, 'car-3': { door: 1 } } } };
  return { ...trace, steps };
}

/** The trace with a commentary that only knows these faults. */
function withFaults(trace: TraceFile, ...faults: string[]): TraceFile {
  const steps = trace.steps.map(({ action }) => ({
    kind: faults.includes(action) ? ('fault' as const) : ('protocol' as const),
    causes: [],
  }));
  return { ...trace, commentary: { steps, messages: [], machines: [], properties: [] } };
}

function lines(trace: TraceFile): string[] {
  return renderMermaid(trace)
    .trimEnd()
    .split('\n')
    .map(line => line.trim());
}

describe('a trace as a sequence diagram', () => {
  it('has a lane for each actor, an arrow to another node, a note otherwise, and the claim', () => {
    const trace = withSteps(
      stepOf('dispatcher', 'call', { car: 'car-2', floor: 3 }),
      stepOf('car-2', 'move', { car: 'car-2', to: 3, by: null }),
      stepOf('car-2', 'breakDown'),
      stepOf('car-1', 'help', { car: 'car-1', other: 'car-3' }),
    );
    expect(renderMermaid(withFaults(trace, 'breakDown'))).toBe(
      [
        'sequenceDiagram',
        '  participant lane1 as dispatcher',
        '  participant lane2 as car-1',
        '  participant lane3 as car-2',
        '  participant lane4 as car-3',
        '  lane1->>lane3: 1 call(floor=3)',
        '  Note over lane3: 2 move(to=3, by=none)',
        '  rect rgba(220, 38, 38, 0.15)',
        '    Note over lane3: 3 fault#58; breakDown',
        '  end',
        '  lane2->>lane4: 4 help',
        '  rect rgba(220, 38, 38, 0.15)',
        '    Note over lane1,lane4: door-closed-when-moving is broken<br/>car-1 moves and its door is open',
        '  end',
        '',
      ].join('\n'),
    );
  });

  it('draws a message from its sender, though the receiver acts', () => {
    const trace = withSteps(stepOf('car-2', 'answer', { from: 'car-1', to: 'car-2', floor: 3 }));
    expect(lines(trace)).toContain('lane1->>lane2: 1 answer(floor=3)');
    expect(lines(trace)[1]).toBe('participant lane1 as car-1');
  });

  it('draws messages that arrive dashed, and those that are lost with a cross', () => {
    const text = lines(commentedTrace());
    expect(text).toContain('lane3->>lane2: 2 call(floor=3)');
    expect(text).toContain('lane3-->>lane2: 3 answer');
    expect(text).toContain('lane3-xlane4: 4 fault#58; network#58; loseCall');
  });

  it('shows a witness without marking it as an error', () => {
    const trace: TraceFile = { ...withSteps(stepOf('car-1', 'move')), kind: 'witness' };
    expect(lines(trace).slice(2)).toEqual([
      'Note over lane1: 1 move',
      'Note over lane1: door-closed-when-moving is reached<br/>car-1 moves and its door is open',
    ]);
  });

  it('has a lane even if nothing happens', () => {
    expect(lines(traceOf(0))[1]).toBe('participant lane1 as elevator');
    expect(lines(traceOf(0)).at(-2)).toContain(
      'Note over lane1: door-closed-when-moving is broken',
    );
  });

  it('takes an argument for a node only if the state or an actor has its name', () => {
    const trace = withSteps(stepOf('car-1', 'set', { door: 'door', mode: 'fast-1', of: 'car-9' }));
    expect(lines(trace)[2]).toBe('Note over lane1: 1 set(door=door, mode=fast-1, of=car-9)');
  });

  it('lets those beyond the eighth share a lane, and says there who acts', () => {
    const names = Array.from({ length: 11 }, (_, index) => `node-${index + 1}`);
    const trace = withSteps(
      ...names.map(name => stepOf(name, 'wake', { node: name })),
      stepOf('node-1', 'ask', { from: 'node-1', to: 'node-10' }),
      stepOf('node-10', 'tell', { from: 'node-10', to: 'node-11' }),
    );
    const text = lines(trace);
    expect(text.filter(line => line.startsWith('participant'))).toHaveLength(9);
    expect(text).toContain('participant lane9 as others');
    expect(text).toContain('Note over lane8: 8 wake');
    expect(text).toContain('Note over lane9: 9 node-9#58; wake(node=node-9)');
    expect(text).toContain('lane1->>lane9: 12 node-1#58; ask(from=node-1, to=node-10)');
    expect(text).toContain('Note over lane9: 13 node-10#58; tell(from=node-10, to=node-11)');
  });

  it('shows 25 steps of a long trace, the first and the last, and says how many are missing', () => {
    const text = lines(traceOf(60));
    const steps = text.filter(line => line.includes('move('));
    expect(steps).toHaveLength(25);
    expect(steps[0]).toContain(' 1 move(');
    expect(steps.at(-1)).toContain(' 60 move(');
    expect(text).toContain('Note over lane1,lane3: ... 35 steps not shown ...');
    expect(lines(traceOf(25)).join('\n')).not.toContain('not shown');
  });
});

describe('hostile text in a sequence diagram', () => {
  const hostile = [
    'end',
    'a;b',
    'a#b',
    'a#59;b',
    'a\nend\nparticipant x',
    'a\r\nb',
    '"quoted" \'text\'',
    '<script>alert(1)</script>',
    '<br/>',
    '`code` ```',
    '%%{init: {"theme": "dark"}}%%',
    '%% comment',
    'style a:b#c',
    'classDef x:#f00',
    'wrap: long',
    '$$x^2$$',
    'a->>b: c',
    'a--xb',
    '\\n',
    '\u202eright to left',
    '\u001b[2J',
    'ﬂ°°59¶ß',
    '\ud83d',
    '',
    ' ',
    '@{ "type": "actor" }',
  ];

  /** The only lines that there may be. */
  const grammar = new RegExp(
    [
      '^sequenceDiagram$',
      '^participant lane\\d as TEXT$',
      '^(lane\\d(->>|-->>|-x)lane\\d|Note over lane\\d(,lane\\d)?): TEXT(<br/>TEXT)*$',
      '^rect rgba\\(220, 38, 38, 0\\.15\\)$',
      '^end$',
    ]
      .join('|')
      .replaceAll('TEXT', "(#\\d+;|[\\p{L}\\p{N} .,_=()+*/'!?-])+"),
    'u',
  );

  it.each(hostile)('%j stays text wherever it is', text => {
    const trace = withSteps(
      stepOf(text, text, { [text || 'name']: text, other: 'car-1' }),
      stepOf('car-1', text, { other: text }),
    );
    trace.property = { ...trace.property, name: text, clause: `${text} ${text}` };
    const all = lines(withFaults(trace, text));
    for (const line of all) expect(line).toMatch(grammar);
    expect(all.filter(line => line.startsWith('participant'))).toHaveLength(2);
    expect(all.filter(line => line === 'end')).toHaveLength(3);
  });

  it('is an entity for each character that could mean something', () => {
    const trace = withSteps(stepOf('car-1', 'a;b#c"d<e>`:%{&$\\'));
    expect(lines(trace)[2]).toBe(
      'Note over lane1: 1 a#59;b#35;c#34;d#60;e#62;#96;#58;#37;#123;#38;#36;#92;',
    );
  });

  it('does not make the diagram longer than Mermaid takes', () => {
    const long = '<😀>'.repeat(5000);
    const trace = withSteps(...Array.from({ length: 500 }, () => stepOf(long, long, { p: long })));
    trace.property = { ...trace.property, name: long, clause: long };
    expect(renderMermaid(trace).length).toBeLessThan(50_000);
    expect(lines(trace).filter(line => /^Note over lane1: \d+/.test(line))).toHaveLength(25);
  });
});
