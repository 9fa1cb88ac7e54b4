import type {
  Holds,
  Invariant,
  Property,
  PropertyScope,
  Sometimes,
  StepProperty,
  TakenAction,
} from '../../checker/model/property.ts';
import type { LeadsTo } from '../../checker/model/temporal.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import { PerState } from '../../checker/state/perState.ts';
import { partitionOf } from '../../models/replication/partitionScope.ts';
import type { GhostFields, PartitionId, ProtocolFields } from '../../models/replication/schema.ts';
import type {
  PartitionGoal,
  PartitionInvariant,
  PartitionProgress,
  PartitionScope,
  PartitionStepProperty,
} from './partitionScope.ts';

type Scope = PropertyScope<ProtocolFields, GhostFields>;
type Partitions = NodeType<'partition'>;

/**
 * A property of a partition as one of the whole model: it holds if it holds of every partition, and says
 * which one it does not hold of, where there are several. A goal is reached if some partition reaches it.
 */
export function ofEveryPartition(
  partitions: Partitions,
  property: PartitionInvariant | PartitionStepProperty | PartitionGoal,
): Property<ProtocolFields, GhostFields> {
  const [only] = partitions.all as [PartitionId];
  if (partitions.count === 1) return ofOnly(only, property);
  switch (property.kind) {
    case 'invariant':
      return invariantOf(partitions, property);
    case 'step':
      return stepPropertyOf(partitions, property);
    case 'sometimes':
      return goalOf(partitions, property);
  }
}

/** The same where there is one partition: engines ask often. */
function ofOnly(
  only: PartitionId,
  property: PartitionInvariant | PartitionStepProperty | PartitionGoal,
): Property<ProtocolFields, GhostFields> {
  if (property.kind === 'invariant') {
    const { when, holds, ...text } = property;
    return {
      ...text,
      ...(when === undefined ? {} : { when: (state: Scope) => when(scopeOf(state, only)) }),
      holds: (state: Scope) => holds(scopeOf(state, only)),
    };
  }
  if (property.kind === 'sometimes') {
    const { reaches, ...text } = property;
    return {
      ...text,
      reaches: (before, after, action) =>
        reaches(scopeOf(before, only), scopeOf(after, only), action),
    };
  }
  const { when, holds, ...text } = property;
  return {
    ...text,
    ...(when === undefined
      ? {}
      : {
          when: (before, after, action) =>
            when(scopeOf(before, only), scopeOf(after, only), action),
        }),
    holds: (before, after, action) => holds(scopeOf(before, only), scopeOf(after, only), action),
  };
}

function invariantOf(
  partitions: Partitions,
  { when, holds, ...text }: PartitionInvariant,
): Invariant<ProtocolFields, GhostFields> {
  return {
    ...text,
    ...(when === undefined
      ? {}
      : { when: state => partitions.all.some(id => when(scopeOf(state, id))) }),
    holds: state =>
      ofEach(partitions, id => {
        const own = scopeOf(state, id);
        return when?.(own) === false || holds(own);
      }),
  };
}

function stepPropertyOf(
  partitions: Partitions,
  { when, holds, ...text }: PartitionStepProperty,
): StepProperty<ProtocolFields, GhostFields> {
  const says = (
    id: PartitionId,
    [before, after, action]: readonly [PartitionScope, PartitionScope, TakenAction],
  ): boolean =>
    concerns(partitions, action, id) && (when === undefined || when(before, after, action));
  return {
    ...text,
    ...(when === undefined
      ? {}
      : {
          when: (before, after, action) =>
            partitions.all.some(id => says(id, [scopeOf(before, id), scopeOf(after, id), action])),
        }),
    holds: (before, after, action) =>
      ofEach(partitions, id => {
        const step = [scopeOf(before, id), scopeOf(after, id), action] as const;
        return !says(id, step) || holds(...step);
      }),
  };
}

function goalOf(
  partitions: Partitions,
  { reaches, ...text }: PartitionGoal,
): Sometimes<ProtocolFields, GhostFields> {
  return {
    ...text,
    reaches: (before, after, action) =>
      partitions.all.some(
        id =>
          concerns(partitions, action, id) &&
          reaches(scopeOf(before, id), scopeOf(after, id), action),
      ),
  };
}

/**
 * What must come about of one partition, as a property of the whole model. Of several partitions each has
 * a property of its own, for one may wait while another gets on.
 */
export function progressOf(
  partitions: Partitions,
  id: PartitionId,
  { name, when, goal, ...text }: PartitionProgress,
): LeadsTo<ProtocolFields, GhostFields> {
  return {
    ...text,
    name: partitions.count === 1 ? name : `${name}-${partitions.nameOf(id)}`,
    when: state => when(scopeOf(state, id)),
    goal: state => goal(scopeOf(state, id)),
  };
}

/** Whether a step may be about the partition: it does not name another. */
function concerns(partitions: Partitions, { params }: TakenAction, id: PartitionId): boolean {
  const named = params['partition'];
  return named === undefined || named === partitions.nameOf(id);
}

/** The first partition of which something is not true, and what. */
function ofEach(partitions: Partitions, holds: (id: PartitionId) => Holds): Holds {
  for (const id of partitions.all) {
    const answer = holds(id);
    if (answer === true) continue;
    return answer === false ? false : `${partitions.nameOf(id)}: ${answer}`;
  }
  return true;
}

const scopes = new PerState<Scope['protocol'], PartitionScope[]>(() => []);

function scopeOf({ protocol, ghost }: Scope, id: PartitionId): PartitionScope {
  const all = scopes.of(protocol);
  all[id] ??= { protocol: partitionOf(protocol, id), ghost: ghost.partitions.get(id) };
  return all[id];
}
