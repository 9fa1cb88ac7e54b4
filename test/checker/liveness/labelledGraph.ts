import { type AnyModel, actionsOf, defineModel } from '../../../checker/model/model.ts';
import { temporalOf } from '../../../checker/model/propertiesOf.ts';
import type { AnyTemporalProperty } from '../../../checker/model/temporal.ts';
import { placeSchema, startAt, toyModel } from '../subjects/toys.ts';

/** An edge, or, without an end, where only a bound keeps the action from being taken. */
export interface LabelledEdge {
  readonly from: number;
  readonly to?: number;
  readonly label: string;
  /** Whether the action is not due there. */
  readonly isEarly?: boolean;
}

/** A graph of which each label is one action: it can be taken wherever an edge has it. */
export interface LabelledGraph {
  readonly edges: readonly LabelledEdge[];
  readonly unfair?: readonly string[];
  readonly strong?: readonly string[];
  readonly starts?: readonly number[];
}

/** Reads `0 a 1, 1 b 0 early, 1 c -`; a dash is where the action is held back. */
export function edgesOf(text: string): LabelledEdge[] {
  return text.split(', ').map(edge => {
    const [from = '', label = '', to = '', early] = edge.split(' ');
    const isEarly = early === 'early';
    return { from: Number(from), label, isEarly, ...(to === '-' ? {} : { to: Number(to) }) };
  });
}

export function labelledModel({
  edges,
  unfair = [],
  strong = [],
  starts = [0],
}: LabelledGraph): AnyModel {
  const action = actionsOf(placeSchema, {});
  // A model has an action, be it one that can never be taken.
  const labels = [...new Set([...edges.map(({ label }) => label), 'a'])];
  const edgeAt = (place: number, wanted: string): LabelledEdge | undefined =>
    edges.find(({ from, label }) => from === place && label === wanted);
  return defineModel({
    ...toyModel,
    name: 'labelled-graph',
    schema: placeSchema,
    initialStates: starts.map(startAt),
    actions: labels.map(label =>
      action({
        name: label,
        kind: 'protocol',
        actor: 'walker',
        params: {},
        fair: strong.includes(label) ? 'strong' : !unfair.includes(label),
        enabled: ({ protocol }) => edgeAt(protocol.place, label)?.to !== undefined,
        heldBack: ({ protocol }) => {
          const edge = edgeAt(protocol.place, label);
          return edge !== undefined && edge.to === undefined;
        },
        due: ({ protocol }) => edgeAt(protocol.place, label)?.isEarly !== true,
        step: ({ protocol }) => {
          protocol.place = edgeAt(protocol.place, label)?.to ?? 0;
        },
      }),
    ),
  });
}

const { eventually, leadsTo } = temporalOf(placeSchema);

/** One of these places is reached at some time. */
export function reaches(...places: readonly number[]): AnyTemporalProperty {
  return eventually({
    name: 'reaches',
    statement: 'The walker gets there.',
    goal: ({ protocol }) => places.includes(protocol.place),
  });
}

/** From each of the first places one of the second ones is reached. */
export function leads(from: readonly number[], to: readonly number[]): AnyTemporalProperty {
  return leadsTo({
    name: 'leads',
    statement: 'The walker gets from there to here.',
    when: ({ protocol }) => from.includes(protocol.place),
    goal: ({ protocol }) => to.includes(protocol.place),
  });
}
