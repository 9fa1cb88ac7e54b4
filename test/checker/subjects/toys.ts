import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { anyInt } from '../../../checker/model/params.ts';
import type { Invariant, Sometimes, StepProperty } from '../../../checker/model/property.ts';
import { type Fields, int } from '../../../checker/state/fields.ts';
import { type BudgetFields, defineSchema, type Schema } from '../../../checker/state/schema.ts';

/** What every toy model has in common. */
export const toyModel = {
  version: 1,
  config: {},
  bounds: {},
  defects: [],
  recorders: {},
} as const;

const words = { loss: 'nothing: this is a toy', source: 'these tests' };

/** An invariant with the texts filled in. */
export function invariant<P extends Fields, G extends Fields, B extends BudgetFields>(
  _schema: Schema<P, G, B>,
  name: string,
  rules: Pick<Invariant<P, G>, 'holds' | 'when'>,
): Invariant<P, G> {
  return { ...words, kind: 'invariant', name, statement: `${name} holds`, ...rules };
}

/** A step property with the texts filled in. */
export function stepProperty<P extends Fields, G extends Fields, B extends BudgetFields>(
  _schema: Schema<P, G, B>,
  name: string,
  rules: Pick<StepProperty<P, G>, 'holds' | 'when'>,
): StepProperty<P, G> {
  return { ...words, kind: 'step', name, statement: `${name} holds`, ...rules };
}

/** A goal with the texts filled in. */
export function sometimes<P extends Fields, G extends Fields, B extends BudgetFields>(
  _schema: Schema<P, G, B>,
  name: string,
  reaches: Sometimes<P, G>['reaches'],
): Sometimes<P, G> {
  return { ...words, kind: 'sometimes', name, statement: `${name} is reached`, reaches };
}

export const placeSchema = defineSchema({
  protocol: { place: int(0, 9999) },
  ghost: {},
  budget: {},
});

type PlaceState = Pick<ReturnType<typeof placeSchema.create>, 'protocol'>;

/** Makes an initial state. */
export function startAt(place: number): (state: PlaceState) => void {
  return ({ protocol }) => {
    protocol.place = place;
  };
}

/** A model that walks along the edges of a graph that is written down by hand. */
export function graphModel(
  edges: readonly (readonly [number, number])[],
  starts: readonly number[] = [0],
): AnyModel {
  const action = actionsOf(placeSchema, {});
  return defineModel({
    ...toyModel,
    name: 'graph',
    schema: placeSchema,
    initialStates: starts.map(startAt),
    actions: [
      action({
        name: 'follow',
        kind: 'protocol',
        actor: 'walker',
        params: { edge: anyInt(0, edges.length - 1) },
        enabled: ({ protocol }, { edge }) => edges[edge]?.[0] === protocol.place,
        step: ({ protocol }, { edge }) => {
          protocol.place = edges[edge]?.[1] ?? 0;
        },
      }),
    ],
  });
}

/** A model that counts one by one up to `last`, and may do more in each step. */
export function counterModel(
  last: number,
  alsoDo: (place: number) => void = () => undefined,
): AnyModel {
  const action = actionsOf(placeSchema, {});
  return defineModel({
    ...toyModel,
    name: 'counter',
    schema: placeSchema,
    initialStates: [() => undefined],
    actions: [
      action({
        name: 'count',
        kind: 'protocol',
        actor: 'counter',
        params: {},
        enabled: ({ protocol }) => protocol.place < last,
        step: ({ protocol }) => {
          protocol.place++;
          alsoDo(protocol.place);
        },
      }),
    ],
  });
}
