import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { type AnyProperty, anyProperties } from '../../../checker/model/property.ts';
import { flag, int, nodeSet } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { invariant, stepProperty, toyModel } from './toys.ts';

/*
 * A store that is lost in three ways: two of its keepers forget it; what is painted burns; or, later than that, the
 * pump has rested for too long, breaks, and the river comes. Each of them may happen in the midst of another.
 */
const keeper = nodeType('keeper', 3);

const schema = defineSchema({
  protocol: {
    lost: flag(),
    coats: int(0, 2),
    rest: int(0, 2),
    broken: flag(),
    forgot: nodeSet(keeper),
  },
  ghost: {},
  budget: { fires: int(0, 1) },
});

const action = actionsOf(schema, {});
const protocol = { kind: 'protocol', params: {} } as const;

export const storeModel: AnyModel = defineModel({
  ...toyModel,
  name: 'store',
  bounds: { fires: 1 },
  schema,
  initialStates: [
    ({ budget }) => {
      budget.fires = 1;
    },
  ],
  actions: [
    action({
      ...protocol,
      name: 'paint',
      actor: 'painter',
      enabled: state => state.protocol.coats < 2 || 'it is painted',
      step(state) {
        state.protocol.coats++;
      },
    }),
    action({
      ...protocol,
      name: 'burn',
      actor: 'fire',
      kind: 'fault',
      spends: 'fires',
      enabled: state => state.protocol.coats > 0 || 'there is nothing to burn',
      step(state) {
        state.protocol.lost = true;
      },
    }),
    action({
      ...protocol,
      name: 'rest',
      actor: 'pump',
      weight: 3,
      enabled: state => state.protocol.rest < 2 || 'it has rested enough',
      step(state) {
        state.protocol.rest++;
      },
    }),
    action({
      ...protocol,
      name: 'break',
      actor: 'pump',
      weight: 3,
      enabled: state => (state.protocol.rest === 2 && !state.protocol.broken) || 'it is fresh',
      step(state) {
        state.protocol.broken = true;
      },
    }),
    action({
      ...protocol,
      name: 'flood',
      actor: 'river',
      weight: 3,
      enabled: state => state.protocol.broken || 'the pump works',
      step(state) {
        state.protocol.lost = true;
      },
    }),
    action({
      ...protocol,
      name: 'forget',
      actor: 'keeper',
      params: { keeper: anyNode(keeper) },
      enabled: (state, { keeper: who }) => !state.protocol.forgot.has(who) || 'that one has',
      step(state, { keeper: who }) {
        state.protocol.forgot.add(who);
        if (state.protocol.forgot.size > 1) state.protocol.lost = true;
      },
    }),
  ],
});

/** The same as a claim about states and as one about steps. */
export const storeProperties: readonly AnyProperty[] = anyProperties([
  invariant(schema, 'store-is-there', { holds: state => !state.protocol.lost || 'it is lost' }),
  stepProperty(schema, 'store-stays', {
    holds: (before, after) => before.protocol.lost || !after.protocol.lost || 'it was lost',
  }),
]);

/** What the store is lost by, shortest first. */
export const storeCauses: readonly (readonly string[])[] = [
  ['paint', 'burn'],
  ['forget'],
  ['rest', 'break', 'flood'],
];
