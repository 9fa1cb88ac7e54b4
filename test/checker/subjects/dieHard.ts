import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { toyModel } from './toys.ts';

export const dieHardSchema = defineSchema({
  protocol: { small: int(0, 3), big: int(0, 5) },
  ghost: {},
  budget: {},
});

const action = actionsOf(dieHardSchema, {});
const pour = { kind: 'protocol', actor: 'hero', params: {}, enabled: () => true } as const;

/** A step that fills or empties one jug. */
function set(jug: 'small' | 'big', gallons: number) {
  return ({ protocol }: { readonly protocol: { small: number; big: number } }): void => {
    protocol[jug] = gallons;
  };
}

/** The puzzle of the film: measure 4 gallons with jugs of 3 and 5 (DieHard.tla in the TLA+ examples). */
export function dieHard(): AnyModel {
  return defineModel({
    ...toyModel,
    name: 'die-hard',
    schema: dieHardSchema,
    initialStates: [() => undefined],
    actions: [
      action({ ...pour, name: 'fillSmall', step: set('small', 3) }),
      action({ ...pour, name: 'fillBig', step: set('big', 5) }),
      action({ ...pour, name: 'emptySmall', step: set('small', 0) }),
      action({ ...pour, name: 'emptyBig', step: set('big', 0) }),
      action({
        ...pour,
        name: 'smallToBig',
        step: ({ protocol }) => {
          const poured = Math.min(protocol.small, 5 - protocol.big);
          protocol.small -= poured;
          protocol.big += poured;
        },
      }),
      action({
        ...pour,
        name: 'bigToSmall',
        step: ({ protocol }) => {
          const poured = Math.min(protocol.big, 3 - protocol.small);
          protocol.big -= poured;
          protocol.small += poured;
        },
      }),
    ],
  });
}
