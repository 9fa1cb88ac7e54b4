import { actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';
import type { Specification } from '../../../checker/model/specification.ts';
import { refines } from '../../../checker/refinement/refines.ts';
import { flag, int, nodeSet, perNode } from '../../../checker/state/fields.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';

/** Who may hold what there is one of. */
const client = nodeType('client', 3);

const lockSchema = defineSchema({
  protocol: { holders: nodeSet(client) },
  ghost: {},
  budget: { takings: int(0, 1) },
});
const lockAction = actionsOf(lockSchema, {});
const one = { client: anyNode(client) };

/** A lock: nobody takes it from who holds it. */
export const lock = {
  schema: lockSchema,
  model: defineModel({
    name: 'lock',
    version: 1,
    config: {},
    // One is enough for the search; a lock can be taken as often as one likes.
    bounds: { takings: 1 },
    defects: [],
    schema: lockSchema,
    recorders: {},
    initialStates: [({ budget }) => void Object.assign(budget, { takings: 1 })],
    actions: [
      lockAction({
        name: 'take',
        kind: 'protocol',
        actor: 'client',
        params: one,
        spends: 'takings',
        enabled: ({ protocol }) => protocol.holders.isEmpty || 'somebody holds it',
        step({ protocol }, { client: by }) {
          protocol.holders.add(by);
        },
      }),
      lockAction({
        name: 'release',
        kind: 'protocol',
        actor: 'client',
        params: one,
        enabled: ({ protocol }, { client: by }) =>
          protocol.holders.has(by) || 'it is held by somebody else, or by nobody',
        step({ protocol }, { client: by }) {
          protocol.holders.delete(by);
        },
      }),
    ],
  }),
};

/** What is wrong with a room. */
export interface RoomOptions {
  /** Somebody is inside when it begins. */
  readonly isEntered?: boolean;
  /** The first of two doors that were opened together does not shut the other. */
  readonly letsTwoIn?: boolean;
  /** How often those inside can be thrown out, with another one inside at once. */
  readonly swaps?: number;
  /** Nobody ever enters. */
  readonly isLocked?: boolean;
}

const roomSchema = defineSchema({
  protocol: { inside: perNode(client, flag()), knocked: perNode(client, flag()) },
  ghost: {},
  budget: { swaps: int(0, 1) },
});

/** A room that clients knock at and enter, which refines the lock: who is inside holds it. */
export function room({
  isEntered = false,
  letsTwoIn = false,
  swaps = 0,
  isLocked = false,
}: RoomOptions = {}): Specification {
  const action = actionsOf(roomSchema, {});
  const insiders = (inside: { get(by: (typeof client.all)[number]): boolean }) =>
    client.all.filter(by => inside.get(by));
  const model = defineModel({
    name: 'room',
    version: 1,
    config: {},
    bounds: { swaps },
    defects: [],
    schema: roomSchema,
    recorders: {},
    initialStates: [
      ({ protocol, budget }) => {
        budget.swaps = swaps;
        if (isEntered) protocol.inside.set(client.all[1] as (typeof client.all)[number], true);
      },
    ],
    actions: [
      action({
        name: 'knock',
        kind: 'client',
        actor: 'client',
        params: one,
        enabled: ({ protocol }, { client: by }) => !protocol.knocked.get(by),
        step: ({ protocol }, { client: by }) => protocol.knocked.set(by, true),
      }),
      action({
        name: 'enter',
        kind: 'protocol',
        actor: 'client',
        params: one,
        enabled: ({ protocol: { inside, knocked } }, { client: by }) =>
          !isLocked &&
          knocked.get(by) &&
          insiders(inside).length < (letsTwoIn ? 2 : 1) &&
          !inside.get(by),
        step: ({ protocol }, { client: by }) => {
          protocol.inside.set(by, true);
          protocol.knocked.set(by, false);
        },
      }),
      action({
        name: 'leave',
        kind: 'protocol',
        actor: 'client',
        params: one,
        enabled: ({ protocol }, { client: by }) => protocol.inside.get(by),
        step: ({ protocol }, { client: by }) => protocol.inside.set(by, false),
      }),
      action({
        name: 'swap',
        kind: 'fault',
        actor: 'client',
        params: one,
        spends: 'swaps',
        enabled: ({ protocol: { inside } }, { client: by }) =>
          insiders(inside).length === 1 && !inside.get(by),
        step: ({ protocol: { inside } }, { client: by }) => {
          for (const other of client.all) inside.set(other, other === by);
        },
      }),
    ],
  });
  return { model, properties: [isLock] };
}

/** The claim that the room is a lock. */
export const isLock: AnyProperty = refines(roomSchema, lock, {
  name: 'room-is-a-lock',
  mapping({ protocol: { inside } }, abstract) {
    for (const by of client.all) if (inside.get(by)) abstract.protocol.holders.add(by);
  },
});
