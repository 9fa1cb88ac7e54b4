import { actionsOf, defineModel } from '../../checker/model/model.ts';
import { anyNode } from '../../checker/model/params.ts';
import { propertiesOf } from '../../checker/model/propertiesOf.ts';
import type { Specification } from '../../checker/model/specification.ts';
import { flag, int, perNode } from '../../checker/state/fields.ts';
import { nodeType } from '../../checker/state/nodeType.ts';
import { defineSchema } from '../../checker/state/schema.ts';

/** What a model closes over: nothing of it is to be seen in the text of its functions. */
export interface Edition {
  readonly start: number;
  readonly last: number;
  /** Where it can break. */
  readonly breaksAt: readonly [number, number];
  /** Where it can break a second time: all of these. */
  readonly breaksFrom: number;
  readonly stride: number;
  readonly mostSum: number;
  readonly leastSum: number;
}

/** Of a model of 151 times 151 states in which nothing breaks. */
export const firstEdition: Edition = {
  start: 0,
  last: 150,
  breaksAt: [-1, -1],
  breaksFrom: 1000,
  stride: 1,
  mostSum: 300,
  leastSum: 0,
};

function never(): never {
  throw new Error('there are two hands');
}

/** Two hands that go round, and a clock that may break. */
export function clock(edition: Edition): Specification {
  const hand = nodeType('hand', 2);
  const schema = defineSchema({
    protocol: { hands: perNode(hand, int(0, 999)), isBroken: flag() },
    ghost: {},
    budget: {},
  });
  const action = actionsOf(schema, {});
  const { invariant, stepProperty } = propertiesOf(schema);
  const text = { loss: 'nothing: this is a toy', source: 'these tests' };
  const { breaksAt, breaksFrom } = edition;
  return {
    model: defineModel({
      name: 'clock',
      version: 1,
      config: {},
      bounds: {},
      defects: [],
      schema,
      recorders: {},
      initialStates: [
        ({ protocol }) => {
          for (const one of hand.all) protocol.hands.set(one, edition.start);
        },
      ],
      actions: [
        action({
          name: 'move',
          kind: 'protocol',
          actor: 'clock',
          params: { hand: anyNode(hand) },
          enabled: ({ protocol }, { hand: one }) =>
            !protocol.isBroken && protocol.hands.get(one) < edition.last,
          step: ({ protocol }, { hand: one }) => {
            const at = protocol.hands.get(one);
            protocol.hands.set(one, Math.min(edition.last, at + (at < 100 ? 1 : edition.stride)));
          },
        }),
        action({
          name: 'break',
          kind: 'protocol',
          actor: 'clock',
          params: {},
          enabled: ({ protocol }) => {
            const at = (place: 0 | 1): number => protocol.hands.get(hand.all[place] ?? never());
            if (at(0) === breaksAt[0] && at(1) === breaksAt[1]) return true;
            return at(0) >= breaksFrom && at(1) >= breaksFrom;
          },
          step: ({ protocol }) => {
            protocol.isBroken = true;
          },
        }),
      ],
    }),
    properties: [
      invariant({
        ...text,
        name: 'few',
        statement: 'The sum of the hands is not large.',
        when: ({ protocol }) =>
          hand.all.reduce((sum, one) => sum + protocol.hands.get(one), 0) >= edition.leastSum,
        holds: ({ protocol }) =>
          hand.all.reduce((sum, one) => sum + protocol.hands.get(one), 0) <= edition.mostSum,
      }),
      invariant({
        ...text,
        name: 'never-broken',
        statement: 'The clock is whole.',
        holds: ({ protocol }) => !protocol.isBroken || 'it is broken',
      }),
      stepProperty({
        ...text,
        name: 'moves-by-one',
        statement: 'A hand moves by one.',
        holds: (before, after) =>
          hand.all.every(
            one => after.protocol.hands.get(one) - before.protocol.hands.get(one) <= edition.stride,
          ),
      }),
    ],
  };
}
