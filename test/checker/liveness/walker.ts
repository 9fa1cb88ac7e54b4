import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { temporalOf } from '../../../checker/model/propertiesOf.ts';
import { flag, int } from '../../../checker/state/fields.ts';
import { defineSchema } from '../../../checker/state/schema.ts';
import { toyModel } from '../subjects/toys.ts';

const schema = defineSchema({
  protocol: { isUp: flag(), place: int(0, 3) },
  ghost: {},
  budget: { crashes: int(0, 3) },
});
/** It gets there, whatever happens on the way. */
export const arrives = temporalOf(schema).eventually({
  name: 'arrives',
  statement: 'It arrives.',
  goal: ({ protocol }) => protocol.place === 3,
});

/** Walks to place 3 while it is up; a crash sends it back. A restart is fair, or there is none. */
export function walker(canRestart: boolean): AnyModel {
  const action = actionsOf(schema, {});
  return defineModel({
    ...toyModel,
    name: canRestart ? 'walker' : 'broken-walker',
    bounds: { crashes: 3 },
    schema,
    initialStates: [
      ({ protocol, budget }) => {
        protocol.isUp = true;
        budget.crashes = 3;
      },
    ],
    actions: [
      action({
        name: 'walk',
        kind: 'protocol',
        actor: 'walker',
        params: {},
        enabled: ({ protocol }) => protocol.isUp && protocol.place < 3,
        step: ({ protocol }) => {
          protocol.place++;
        },
      }),
      action({
        name: 'crash',
        kind: 'fault',
        actor: 'walker',
        params: {},
        spends: 'crashes',
        enabled: ({ protocol }) => protocol.isUp,
        step: ({ protocol }) => {
          protocol.isUp = false;
          protocol.place = 0;
        },
      }),
      action({
        name: 'restart',
        kind: 'recovery',
        actor: 'walker',
        params: {},
        enabled: ({ protocol }) => canRestart && !protocol.isUp,
        step: ({ protocol }) => {
          protocol.isUp = true;
        },
      }),
    ],
  });
}
