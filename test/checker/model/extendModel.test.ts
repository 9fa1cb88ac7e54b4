import { describe, expect, it } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { extendModel } from '../../../checker/model/extendModel.ts';
import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { propertiesOf } from '../../../checker/model/propertiesOf.ts';
import { recordTrace } from '../../../checker/replay/record.ts';
import { replay } from '../../../checker/replay/replay.ts';
import { SchemaError } from '../../../checker/state/errors.ts';
import { int, nodeSet } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import type { ReadonlyNodeSetView } from '../../../checker/state/viewTypes.ts';

const lamp = nodeType('lamp', 3);
const schema = defineSchema({
  protocol: { lit: nodeSet(lamp) },
  ghost: { switched: int(0, 9) },
  budget: { switches: int(0, 3) },
});
const recorders = {
  switched(ghost: { switched: number }): void {
    ghost.switched++;
  },
};
const action = actionsOf(schema, recorders);
const { invariant, sometimes } = propertiesOf(schema);

/** Lamps that are switched on, three times at most. */
const lamps = {
  model: defineModel({
    name: 'lamps',
    version: 1,
    config: {},
    bounds: { switches: 3 },
    defects: [],
    schema,
    recorders,
    initialStates: [
      ({ budget }) => {
        budget.switches = 3;
      },
    ],
    actions: [
      action({
        name: 'switchOn',
        kind: 'client',
        actor: 'lamp',
        params: { lamp: anyNode(lamp) },
        spends: 'switches',
        enabled: ({ protocol }, { lamp: one }) => !protocol.lit.has(one),
        step({ protocol, record }, { lamp: one }) {
          protocol.lit.add(one);
          record.switched();
        },
      }),
    ],
  }),
  properties: [
    invariant({
      name: 'lit-lamps-were-switched-on',
      statement: 'No lamp burns that nobody switched on.',
      when: ({ protocol }) => !protocol.lit.isEmpty,
      holds: ({ protocol, ghost }) => protocol.lit.size <= ghost.switched,
    }),
    sometimes({
      name: 'all-lit',
      statement: 'All lamps burn.',
      reaches: (_, { protocol }) => protocol.lit.size === 3,
    }),
  ],
  schema,
  recorders,
};

/** With lamps that burn by themselves, as often as the budget says. */
function withShortCircuits(shortCircuits: number) {
  return extendModel(lamps, {
    protocol: { fuses: int(0, 5) },
    ghost: { shorted: int(0, 5) },
    budget: { shortCircuits },
    recorders: {
      shorted(ghost: { shorted: number }): void {
        ghost.shorted++;
      },
    },
    actions: define => [
      define({
        name: 'shortCircuit',
        kind: 'fault',
        actor: 'lamp',
        params: { lamp: anyNode(lamp) },
        spends: 'shortCircuits',
        enabled: ({ protocol }, { lamp: one }) => !protocol.lit.has(one),
        step({ protocol, record }, { lamp: one }) {
          protocol.lit.add(one);
          protocol.fuses++;
          record.shorted();
        },
      }),
    ],
    properties: builder => [
      builder.invariant({
        name: 'fuses-count-short-circuits',
        statement: 'A fuse blows with every short circuit, and with nothing else.',
        holds: ({ protocol, ghost }) => protocol.fuses === ghost.shorted && ghost.switched <= 3,
      }),
    ],
  });
}

describe('an extended model', () => {
  it('has the same states where nothing is added', async () => {
    const explored = await exploreExhaustively(lamps.model, lamps.properties);
    const { model, properties } = extendModel(lamps, {});
    expect(await exploreExhaustively(model, properties)).toEqual(explored);
    expect(explored).toMatchObject({ verdict: 'holds', distinctStates: 8 });
  });

  it('keeps its name, or gets another one', () => {
    expect(extendModel(lamps, {}).model.name).toBe('lamps');
    expect(extendModel(lamps, { name: 'many-lamps' }).model.name).toBe('many-lamps');
  });

  it('finds what an added fault breaks, with the properties of the original', async () => {
    const { model, properties } = withShortCircuits(1);
    const { verdict, violations } = await exploreExhaustively(model, properties);
    expect(verdict).toBe('violated');
    expect(violations).toMatchObject([
      { property: 'lit-lamps-were-switched-on', steps: [{ name: 'shortCircuit' }] },
    ]);
  });

  it.each([0, 1, 2])('takes an added fault as often as its budget of %i says', async most => {
    const { model, properties } = withShortCircuits(most);
    const fuses = properties.filter(({ name }) => name === 'fuses-count-short-circuits');
    let burnt = 0;
    const { verdict } = await exploreExhaustively(model, fuses, {
      onState: ({ protocol }) => {
        burnt = Math.max(burnt, Number(protocol['fuses']));
      },
    });
    expect(verdict).toBe('holds');
    expect(burnt).toBe(most);
    expect(model.bounds).toEqual({ switches: 3, shortCircuits: most });
  });

  it('leaves the original as it is', async () => {
    const before = await exploreExhaustively(lamps.model, lamps.properties);
    withShortCircuits(2);
    expect(lamps.model.actions.map(({ name }) => name)).toEqual(['switchOn']);
    expect(await exploreExhaustively(lamps.model, lamps.properties)).toEqual(before);
  });

  it('replays its own traces, which are none of the original', async () => {
    const { model, properties } = withShortCircuits(1);
    const [property] = properties;
    if (property === undefined) throw new Error('expected a property');
    const steps = [{ name: 'shortCircuit', actor: 'lamp-1', params: { lamp: 'lamp-1' } }];
    const trace = recordTrace(
      model,
      { property, clause: property.statement, initialState: 0, steps },
      { engine: 'script', distinctStates: 2, generatedStates: 2, depth: 2, shortest: true },
    );
    expect(replay(model, properties, trace).word).toBe('reproduced');
    expect(replay(lamps.model, lamps.properties, trace).word).toBe('not-applicable');
  });

  it('can be extended again', async () => {
    const more = extendModel(withShortCircuits(1), {
      budget: { repairs: 1 },
      actions: define => [
        define({
          name: 'repair',
          kind: 'recovery',
          actor: 'electrician',
          params: {},
          spends: 'repairs',
          enabled: ({ protocol }) => protocol.fuses > 0 || 'no fuse has blown',
          step({ protocol }) {
            protocol.fuses--;
          },
        }),
      ],
    });
    const { violations } = await exploreExhaustively(more.model, more.properties, {
      keepGoing: true,
    });
    expect(violations.map(({ property }) => property)).toContain('fuses-count-short-circuits');
  });

  it('may have further properties that know no fields of the original', () => {
    const { model, properties } = lamps;
    const own = propertiesOf().invariant({ name: 'own', statement: 'Own.', holds: () => true });
    const extended = extendModel({ model, properties }, { properties: () => [own] });
    expect(extended.properties.map(({ name }) => name)).toEqual([
      'lit-lamps-were-switched-on',
      'all-lit',
      'own',
    ]);
  });
});

describe('the messages of an extended model', () => {
  const burning = (name: string) => ({
    messages: ({ lit }: { readonly lit: ReadonlyNodeSetView<'lamp'> }) =>
      lamp.all
        .filter(one => lit.has(one))
        .map(one => ({ name, from: lamp.nameOf(one), to: 'room', content: 'light' })),
  });
  const glow = { name: 'glow', from: 'lamp-1', to: 'room', content: 'light' };
  const glowing = { ...lamps, model: { ...lamps.model, ...burning('glow') } };
  const seenIn = ({ model }: { readonly model: AnyModel }) => {
    const state = schema.create();
    for (const one of lamp.all.slice(0, 1)) state.protocol.lit.add(one);
    return model.messages?.(state.protocol as never);
  };

  it('are those of the original', () => {
    expect(seenIn(extendModel(glowing, {}))).toEqual([glow]);
  });

  it('are those of the original and those that are added, equal ones twice', () => {
    const more = extendModel(glowing, burning('heat'));
    expect(seenIn(more)).toEqual([glow, { ...glow, name: 'heat' }]);
    expect(seenIn(extendModel(glowing, burning('glow')))).toEqual([glow, glow]);
  });

  it('are those that are added where the original tells of none, or not told of either', () => {
    expect(seenIn(extendModel(lamps, burning('heat')))).toEqual([{ ...glow, name: 'heat' }]);
    expect(extendModel(lamps, {}).model.messages).toBeUndefined();
  });
});

describe('an extension', () => {
  const switchOn = () => lamps.model.actions;
  const allLit = () => lamps.properties.slice(1);

  it.each([
    ['protocol field "lit"', { protocol: { lit: int(0, 1) } }],
    ['ghost field "switched"', { ghost: { switched: int(0, 1) } }],
    ['bound "switches"', { budget: { switches: 1 } }],
    ['recorder "switched"', { recorders: { switched: () => undefined } }],
    ['action "switchOn"', { actions: switchOn }],
    ['property "all-lit"', { properties: allLit }],
  ])('cannot add a %s that the original has', (what, extension) => {
    const extended = (): unknown => extendModel<never, never, string>(lamps as never, extension);
    expect(extended).toThrow(SchemaError);
    expect(extended).toThrow(`model "lamps" has a ${what} already: choose another name`);
  });
});
