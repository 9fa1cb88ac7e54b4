import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, createMachine, fromPromise, setup } from 'xstate';
import { compileLifecycle } from '../../../checker/model/compileLifecycle.ts';
import { SchemaError } from '../../../checker/state/errors.ts';
import { lifecycle } from '../../../checker/state/fields.ts';
import {
  acceptedEvents,
  LifecycleError,
  type LifecycleTable,
} from '../../../checker/state/lifecycleTable.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { expectTableEqualsMachine } from './lifecycleEquivalence.ts';

const doNothing = (): void => undefined;
const server = setup({
  types: {
    events: {} as { type: 'start' } | { type: 'stop' } | { type: 'ping' } | { type: 'fail' },
  },
  actions: {
    leaveOff: doNothing,
    leaveOn: doNothing,
    enterOff: doNothing,
    enterOn: doNothing,
    announce: doNothing,
    flush: doNothing,
    answer: doNothing,
  },
}).createMachine({
  id: 'server',
  initial: 'off',
  on: { fail: '.failed' },
  states: {
    on: {
      entry: ['enterOn'],
      exit: ['leaveOn'],
      on: {
        stop: { target: 'off', actions: ['flush', 'announce'] },
        ping: { actions: 'answer' },
        start: { target: 'on', reenter: true },
      },
    },
    off: {
      entry: 'enterOff',
      exit: 'leaveOff',
      on: { start: { target: 'on', actions: 'announce' }, fail: undefined },
    },
    failed: { type: 'final' },
  },
});

describe('a compiled lifecycle', () => {
  const table = compileLifecycle(server);
  const entryOf = (
    state: (typeof table.states)[number],
    event: (typeof table.events)[number],
  ): number => table.states.indexOf(state) * table.events.length + table.events.indexOf(event);

  test('equals its machine in every pair of state and event', () => {
    expectTableEqualsMachine(server, table);
  });

  test('has the initial state first, wherever the machine declares it', () => {
    expect(table.states).toEqual(['off', 'on', 'failed']);
    expect(table.name).toBe('server');
  });

  test('names effects in the order exit, transition, entry', () => {
    expect(table.effects[entryOf('off', 'start')]).toEqual(['leaveOff', 'announce', 'enterOn']);
    expect(table.effects[entryOf('on', 'stop')]).toEqual([
      'leaveOn',
      'flush',
      'announce',
      'enterOff',
    ]);
    expect(table.effects[entryOf('on', 'start')]).toEqual(['leaveOn', 'enterOn']);
    expect(table.effects[entryOf('on', 'ping')]).toEqual(['answer']);
  });

  test('refuses events that the machine does not take in a state', () => {
    expect(acceptedEvents(table, 'off')).toEqual(['start']);
    expect([...acceptedEvents(table, 'on')].sort()).toEqual(['fail', 'ping', 'start', 'stop']);
    expect(table.next[entryOf('off', 'stop')]).toBe(-1);
    expect(table.effects[entryOf('off', 'stop')]).toEqual([]);
  });

  test('moves a field of a state, and refuses there too', () => {
    const state = defineSchema({
      protocol: { server: lifecycle(table) },
      ghost: {},
      budget: {},
    }).create();
    const heard: string[] = [];
    const hear = (effect: string) => (subject: string) => heard.push(`${subject} ${effect}`);
    const effects = {
      leaveOff: hear('leaveOff'),
      leaveOn: hear('leaveOn'),
      enterOff: hear('enterOff'),
      enterOn: hear('enterOn'),
      announce: hear('announce'),
      flush: hear('flush'),
      answer: hear('answer'),
    };
    const { protocol } = state;
    expect(protocol.server.state).toBe('off');
    expect(() => protocol.server.send('ping', effects, 'it')).toThrow(LifecycleError);
    protocol.server.send('start', effects, 'it');
    expect([protocol.server.state, heard]).toEqual([
      'on',
      ['it leaveOff', 'it announce', 'it enterOn'],
    ]);
    protocol.server.send('fail', effects, 'it');
    expect(protocol.server.state).toBe('failed');
  });
});

describe('a machine that is more than a lifecycle is refused', () => {
  const guard = () => true;
  const work = fromPromise(() => Promise.resolve());
  const inState = (a: object, root: object = {}): AnyStateMachine =>
    createMachine({ id: 'm', initial: 'a', states: { a, b: {} }, ...root });
  const cases: [string, AnyStateMachine, string][] = [
    ['nested states', inState({ initial: 'x', states: { x: {} } }), 'state "a" is not flat'],
    [
      'parallel states inside',
      inState({ type: 'parallel', states: { x: {}, y: {} } }),
      'state "a" is not flat',
    ],
    [
      'a history state',
      inState({}, { states: { a: {}, h: { type: 'history' } } }),
      'state "h" is not flat',
    ],
    [
      'parallel regions',
      createMachine({ id: 'm', type: 'parallel', states: { a: {} } }),
      'expected an initial state',
    ],
    ['no states', createMachine({ id: 'm' }), 'expected an initial state'],
    ['context', inState({}, { context: { count: 0 } }), 'a lifecycle has no context'],
    ['lazy context', inState({}, { context: () => ({ count: 0 }) }), 'a lifecycle has no context'],
    [
      'a guard',
      inState({ on: { GO: { target: 'b', guard } } }),
      'event "GO" in state "a" has a guard',
    ],
    [
      'a guard at the root',
      inState({}, { on: { GO: { target: '.b', guard } } }),
      'event "GO" in the root has a guard',
    ],
    ['a delay', inState({ after: { 100: 'b' } }), 'state "a" has a delayed transition'],
    [
      'a delay at the root',
      inState({}, { after: { 100: '.b' } }),
      'the root has a delayed transition',
    ],
    ['an eventless transition', inState({ always: 'b' }), 'state "a" has an eventless transition'],
    ['an invocation', inState({ invoke: { src: work } }), 'state "a" invokes an actor'],
    [
      'an invocation at the root',
      inState({}, { invoke: { src: work } }),
      'the root invokes an actor',
    ],
    ['a wildcard', inState({ on: { '*': 'b' } }), 'event "*" in state "a" is a wildcard'],
    [
      'an inline effect',
      inState({ entry: () => undefined }),
      'state "a" has an effect without a name',
    ],
    [
      'an inline effect of a move',
      inState({ on: { GO: { actions: [() => undefined] } } }),
      'effect without a name',
    ],
  ];
  test.each(cases)('%s', (_, machine, message) => {
    expect(() => compileLifecycle(machine)).toThrow(SchemaError);
    expect(() => compileLifecycle(machine)).toThrow(message);
    expect(() => compileLifecycle(machine)).toThrow('lifecycle "m"');
  });
});

describe('the equivalence check', () => {
  type Table = LifecycleTable<string, string, string>;
  const right: Table = compileLifecycle(server);
  const accepted = right.next.findIndex(target => target >= 0);
  const refused = right.next.indexOf(-1);
  const withNext = (entry: number, target: number): Table => ({
    ...right,
    next: right.next.with(entry, target),
  });
  const wrong: [string, Table][] = [
    ['another target', withNext(accepted, right.next[accepted] === 0 ? 1 : 0)],
    ['an accepted event that is refused', withNext(accepted, -1)],
    ['a refused event that is accepted', withNext(refused, 0)],
    [
      'effects in another order',
      { ...right, effects: right.effects.map(names => names.toReversed()) },
    ],
    ['a missing effect', { ...right, effects: right.effects.map(names => names.slice(1)) }],
    ['another initial state', { ...right, states: right.states.toReversed() }],
    ['a missing state', { ...right, states: right.states.slice(0, -1) }],
    ['a missing event', { ...right, events: right.events.slice(0, -1) }],
    ['an event too many', { ...right, events: [...right.events, 'explode'] }],
    ['a missing entry', { ...right, next: right.next.slice(0, -1) }],
    ['another name', { ...right, name: 'client' }],
  ];
  test.each(wrong)('detects %s', (_, table) => {
    expect(() => expectTableEqualsMachine(server, right)).not.toThrow();
    expect(() => expectTableEqualsMachine(server, table)).toThrow();
  });
});
