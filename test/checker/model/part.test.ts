import { describe, expect, test } from 'vitest';
import { CompiledModel, labelOf } from '../../../checker/core/compiledModel.ts';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { exploreLiveness } from '../../../checker/liveness/exploreLiveness.ts';
import {
  type AnyModel,
  actionsOf,
  defineModel,
  type Recorders,
} from '../../../checker/model/model.ts';
import { Part, type PartNames } from '../../../checker/model/part.ts';
import { temporalOf } from '../../../checker/model/propertiesOf.ts';
import type { AnyProperty, TakenAction } from '../../../checker/model/property.ts';
import { type Fields, int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { edgesOf, labelledModel } from '../liveness/labelledGraph.ts';
import { handedOver, heldByAtMost, lockModel } from '../subjects/lock.ts';
import { counterModel, graphModel, toyModel } from '../subjects/toys.ts';

type AnyPart = Part<string, Fields, Fields, Recorders<Fields>>;

function partOf(name: string, model: AnyModel, names?: PartNames): AnyPart {
  // The recorders of a model of which only the shape is known.
  return new Part(name, model.recorders as Recorders<Fields>, names);
}

/** A model that is nothing but its parts, which share the budgets that they name alike. */
function modelOfParts(
  parts: readonly { readonly part: AnyPart; readonly of: AnyModel }[],
): AnyModel {
  const nested = (of: 'protocol' | 'ghost'): Fields =>
    Object.fromEntries(parts.map(({ part, of: model }) => [part.name, model.schema[of]]));
  const budget = Object.assign({}, ...parts.map(({ of }) => of.schema.budget.fields));
  return defineModel({
    ...toyModel,
    name: 'whole',
    schema: defineSchema({ protocol: nested('protocol'), ghost: nested('ghost'), budget }),
    recorders: Object.assign({}, ...parts.map(({ part }) => part.recorders)),
    initialStates: [
      state => {
        for (const { part, of } of parts) {
          const own = { protocol: state.protocol[part.name], ghost: state.ghost[part.name] };
          of.initialStates[0]?.({ ...state, ...own } as never);
        }
      },
    ],
    actions: parts.flatMap(({ part, of }) => of.actions.map(action => part.lift(action))),
  });
}

const countsOf = async (model: AnyModel, properties: readonly AnyProperty[] = []) => {
  const { distinctStates, generatedStates, depth, verdict } = await exploreExhaustively(
    model,
    properties,
    { symmetry: true },
  );
  return { distinctStates, generatedStates, depth, verdict };
};

describe('a model that is the only part of a larger one', () => {
  test.each([
    ['a counter', counterModel(7)],
    [
      'a graph',
      graphModel([
        [0, 1],
        [1, 2],
        [2, 0],
        [1, 3],
      ]),
    ],
    ['a lock with nodes, ghost and budget', lockModel({ checked: true })],
  ])('has the states of %s alone', async (_, model) => {
    const whole = modelOfParts([{ part: partOf('only', model), of: model }]);
    expect(await countsOf(whole)).toEqual(await countsOf(model));
  });

  test('breaks its properties as it does alone, and in the same words', async () => {
    const model = lockModel();
    const part = partOf('lock', model);
    const whole = modelOfParts([{ part, of: model }]);
    const properties = [heldByAtMost(1), handedOver()];
    const alone = await exploreExhaustively(model, properties, {});
    const lifted = await exploreExhaustively(
      whole,
      properties.map(property => part.liftProperty(property)),
      {},
    );
    expect(alone.violations).toHaveLength(1);
    expect(lifted.violations).toEqual(alone.violations);
    expect(lifted.properties).toEqual(alone.properties);
    expect(lifted.witnesses).toEqual(alone.witnesses);
  });
});

describe('fairness of an action of a part', () => {
  const arrives = temporalOf().eventually({
    name: 'arrives',
    statement: 'The walker arrives.',
    goal: ({ protocol }) => (protocol['only'] as never)['place'] === 9,
  });

  test.each([
    ['happens where the part calls it due', '1 out 9', 'holds'],
    ['is passed over where the part does not call it due', '1 out 9 early', 'violated'],
    ['waits where the part holds it back', '1 out -', 'vacuous'],
    ['does not wait where it is not due', '1 out - early', 'violated'],
  ])('%s', async (_, edges, verdict) => {
    const model = labelledModel({ edges: edgesOf(`0 a 1, ${edges}`) });
    const whole = modelOfParts([{ part: partOf('only', model), of: model }]);
    expect((await exploreLiveness(whole, [arrives])).verdict).toBe(verdict);
  });
});

/** Two locks, the second of which calls its actions by other names. */
function twoLocks() {
  const model = lockModel({ checked: true });
  const left = partOf('left', model);
  const right = partOf('right', model, {
    renamed: { acquire: 'take', release: 'giveBack', hum: 'whistle', expire: 'runOut' },
    plays: { seize: 'acquire' },
  });
  const parts = [
    { part: left, of: model },
    { part: right, of: model },
  ];
  return { left, right, whole: modelOfParts(parts) };
}

describe('two parts', () => {
  const play = (whole: CompiledModel, ...steps: readonly string[]) => {
    const state = whole.createState();
    whole.initialize(state, 0);
    for (const step of steps) {
      const index = whole.instances.findIndex(({ taken }) => labelOf(taken) === step);
      expect(whole.enabled(state, index)).toBe(true);
      whole.step(state, index);
    }
    return state;
  };

  test('see and change nothing of each other', () => {
    const { whole } = twoLocks();
    const state = play(
      new CompiledModel(whole),
      'acquire(client=client-1)',
      'take(client=client-2)',
    );
    expect(whole.schema.protocol.fields).toHaveProperty('left');
    const holders = (name: string) =>
      (state.protocol[name] as never)['holders'] as { size: number };
    expect([holders('left').size, holders('right').size]).toEqual([1, 1]);
  });

  test('write to ghosts of their own', () => {
    const state = play(
      new CompiledModel(twoLocks().whole),
      'acquire(client=client-1)',
      'release(client=client-1)',
      'acquire(client=client-2)',
      'take(client=client-2)',
    );
    const grants = (name: string): number => (state.ghost[name] as never)['grants'];
    expect([grants('left'), grants('right')]).toEqual([2, 1]);
    expect(Object.keys(state.stepScope.record)).toEqual(['left.granted', 'right.granted']);
  });

  test('share a budget that they name alike', () => {
    const whole = new CompiledModel(twoLocks().whole);
    const state = play(
      whole,
      'acquire(client=client-1)',
      'expire(client=client-1)',
      'take(client=client-1)',
      'runOut(client=client-1)',
      'acquire(client=client-1)',
    );
    const again = whole.instances.findIndex(({ action }) => action.name === 'expire');
    expect(whole.enabled(state, again)).toBe('no expiries are left in this scope');
  });

  test('need names that differ', () => {
    const model = lockModel();
    const parts = ['left', 'right'].map(name => ({ part: partOf(name, model), of: model }));
    expect(() => modelOfParts(parts)).toThrow('two actions named "acquire"');
  });

  test('know every action by the name it has in the part', () => {
    const { left, right } = twoLocks();
    const seen: string[] = [];
    const watcher: AnyProperty = {
      kind: 'step',
      name: 'watcher',
      statement: '',
      loss: '',
      source: '',
      holds(_before, _after, { name }: TakenAction) {
        seen.push(name);
        return true;
      },
    };
    const state = { protocol: { left: {}, right: {} }, ghost: { left: {}, right: {} } } as never;
    for (const part of [left, right]) {
      const lifted = part.liftProperty(watcher, { name: `watcher-of-${part.name}` });
      expect(lifted.name).toBe(`watcher-of-${part.name}`);
      if (lifted.kind !== 'step') throw new Error('the kind stays');
      for (const name of ['take', 'seize', 'acquire', 'other']) {
        lifted.holds(state, state, { name, actor: 'nobody', params: {} });
      }
    }
    expect(seen).toEqual([
      ...['take', 'seize', 'acquire', 'other'],
      ...['acquire', 'acquire', 'acquire', 'other'],
    ]);
  });
});

describe('a step of the larger model', () => {
  const model = lockModel({ checked: true });
  const part = new Part<'lock', Fields, Fields, Recorders<Fields>>(
    'lock',
    model.recorders as Recorders<Fields>,
  );
  const schema = defineSchema({
    protocol: { lock: model.schema.protocol, turns: int(0, 3) },
    ghost: { lock: model.schema.ghost },
    budget: model.schema.budget.fields,
  });
  const acquire = model.actions.find(({ name }) => name === 'acquire');
  if (acquire === undefined) throw new Error('the lock can be acquired');
  const whole = defineModel({
    ...toyModel,
    name: 'turnstile',
    schema,
    recorders: part.recorders,
    initialStates: [() => undefined],
    actions: [
      actionsOf(
        schema,
        part.recorders,
      )({
        name: 'enter',
        kind: 'client',
        actor: 'guest',
        params: acquire.params,
        enabled: ({ protocol }, choice) => part.enabled(acquire, protocol, choice),
        step(step, choice) {
          step.protocol.turns++;
          part.take(acquire, step, choice);
        },
      }),
    ],
  });

  test('can take an action of a part as a piece of it', () => {
    const compiled = new CompiledModel(whole);
    const state = compiled.createState();
    compiled.initialize(state, 0);
    compiled.step(state, 0);
    expect(state.protocol['turns']).toBe(1);
    expect((state.ghost['lock'] as never)['grants']).toBe(1);
    expect(compiled.enabled(state, 1)).toBe('the lock is taken');
  });
});
