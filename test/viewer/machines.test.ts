import { describe, expect, test } from 'vitest';
import { statesOf } from '../../checker/trace/statesOf.ts';
import type { TraceMachine } from '../../checker/trace/traceFile.ts';
import { machineLayout, sizes } from '../../viewer/page/machines/machineLayout.ts';
import { holderName, holdersOf, takenMoves } from '../../viewer/page/machines/machineState.ts';
import { corpusTrace } from '../traces/corpusTrace.ts';

const machine: TraceMachine = {
  name: 'raftNode',
  states: ['stopped', 'unattached', 'candidate', 'leader'],
  moves: [
    { from: 'stopped', event: 'start', to: 'unattached' },
    { from: 'unattached', event: 'stand', to: 'candidate' },
    { from: 'unattached', event: 'electionTimeout', to: 'candidate' },
    { from: 'unattached', event: 'detach', to: 'unattached' },
    { from: 'candidate', event: 'win', to: 'leader' },
    { from: 'leader', event: 'crash', to: 'stopped' },
    { from: 'leader', event: 'losePower', to: 'stopped' },
  ],
  fields: ['node-1', 'node-2', 'node-3'].map(name => `protocol.nodes.${name}.state`),
};

describe('the drawing of a lifecycle', () => {
  const layout = machineLayout(machine);

  test('has a box for each state, below each other and within the drawing', () => {
    expect(layout.boxes.map(({ state }) => state)).toEqual(machine.states);
    for (const [index, box] of layout.boxes.entries()) {
      const above = layout.boxes[index - 1];
      expect(box.y).toBeGreaterThanOrEqual(above === undefined ? 0 : above.y + above.height);
      expect(box.x + box.width).toBeLessThan(layout.width);
      expect(box.y + box.height).toBeLessThan(layout.height);
    }
  });

  test('has one arc for all events from one state to another', () => {
    expect(layout.arcs.map(({ from, to, events }) => `${from} ${to}: ${events.join()}`)).toEqual([
      'stopped unattached: start',
      'unattached candidate: stand,electionTimeout',
      'unattached unattached: detach',
      'candidate leader: win',
      'leader stopped: crash,losePower',
    ]);
  });

  test('has forward arcs on the right and backward ones on the left, none beyond the edge', () => {
    const states = [...machine.states, 'follower', 'prospective', 'resigned'];
    const longest = [
      { from: 'stopped', event: 'startResigned', to: 'resigned' },
      { from: 'resigned', event: 'crash', to: 'stopped' },
    ];
    const { width, arcs } = machineLayout({
      ...machine,
      states,
      moves: [...machine.moves, ...longest],
    });
    const middle = width / 2;
    for (const { from, to, path } of arcs) {
      const [start = 0, , out = 0] = path.match(/-?[\d.]+/g)?.map(Number) ?? [];
      const isForward = states.indexOf(from) < states.indexOf(to);
      expect(start > middle, path).toBe(isForward);
      // A cubic curve comes three quarters of the way to its control points.
      const furthest = start + (out - start) * 0.75;
      expect(furthest).toBeGreaterThanOrEqual(0);
      expect(furthest).toBeLessThanOrEqual(width);
    }
  });

  test('names events where no box is', () => {
    for (const { label, from, to } of layout.arcs) {
      if (from === to) continue;
      for (const { y, height } of layout.boxes) {
        expect(label.y < y || label.y > y + height, `${from} ${to}`).toBe(true);
      }
    }
  });

  test('has room in every box for everybody', () => {
    const fields = Array.from({ length: 7 }, (_, i) => `brokers.broker-${i + 1}.process`);
    const { perRow, boxes } = machineLayout({ ...machine, fields });
    const rows = Math.ceil(7 / perRow);
    expect(boxes[0]?.height).toBe(sizes.nameHeight + rows * sizes.rowHeight);
    const long = fields.map(field => field.replace('broker-', 'controller-in-the-north-'));
    expect(machineLayout({ ...machine, fields: long }).perRow).toBeLessThan(perRow);
  });

  test('leaves out moves between states that it does not have', () => {
    const moves = [{ from: 'leader', event: 'x', to: '__proto__' }];
    expect(machineLayout({ ...machine, moves }).arcs).toEqual([]);
    expect(machineLayout({ ...machine, states: [], fields: [] })).toMatchObject({
      height: 0,
      boxes: [],
    });
  });
});

describe('who is where in a lifecycle', () => {
  const trace = corpusTrace('double-vote--one-leader-per-epoch');
  const states = statesOf(trace);

  test('is what the fields say', () => {
    const last = holdersOf(machine, states.at(-1) ?? null);
    expect(last.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'node-1 leader',
      'node-2 unattached',
      'node-3 leader',
    ]);
  });

  test('is nothing where a field holds no text', () => {
    const field = 'protocol.nodes.node-1.epoch';
    expect(holdersOf({ ...machine, fields: [field] }, states[0] ?? null)).toEqual([
      { name: 'node-1', field, state: undefined },
    ]);
    expect(holdersOf(machine, null)[0]?.state).toBeUndefined();
  });

  test('is told by the node, or by the whole path where it names none', () => {
    expect(holderName('protocol.nodes.node-1.state')).toBe('node-1');
    expect(holderName('a.group-2.b.seat-12[0].state')).toBe('seat-12');
    expect(holderName('protocol.phase')).toBe('protocol.phase');
  });

  test('changes by the transition that the step has taken', () => {
    const taken = states.map((_, step) => takenMoves(machine, trace, states, step));
    expect(taken[0]).toEqual([]);
    expect(taken.at(-1)).toEqual([
      { name: 'node-3', from: 'candidate', to: 'leader', events: ['win'] },
    ]);
  });

  test('changes by the event that the action is called like, or else by any that leads there', () => {
    const [, before, after] = [0, 'unattached', 'candidate'].map(state => ({
      protocol: { nodes: { 'node-1': { state } } },
    }));
    const steps = trace.steps.slice(0, 1);
    const eventsOf = (action: string) => {
      const named = steps.map(step => ({ ...step, action }));
      return takenMoves(machine, { steps: named }, [before ?? null, after ?? null], 1)[0]?.events;
    };
    expect(eventsOf('electionTimeout')).toEqual(['electionTimeout']);
    expect(eventsOf('receiveVote')).toEqual(['stand', 'electionTimeout']);
  });
});
