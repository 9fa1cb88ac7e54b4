import type { Broker, PartitionDraft, PartitionView, Protocol } from '../schema.ts';

/**
 * What an assignment is to be: the replicas in their order, those that are new, those that are to go. Brokers are
 * counted from 0.
 */
export interface Assignment {
  readonly replicas: readonly number[];
  readonly adding: readonly number[];
  readonly removing: readonly number[];
}

/** Writes the assignment of a partition in place of the one it has. */
export function writeAssignment(
  { replicas, adding, removing }: Assignment,
  draft: PartitionDraft,
): void {
  draft.replicas.truncate(0);
  draft.adding.clear();
  draft.removing.clear();
  for (const member of replicas) draft.replicas.push(member as Broker);
  for (const member of adding) draft.adding.add(member as Broker);
  for (const member of removing) draft.removing.add(member as Broker);
}

/** Whether a partition has just this assignment. */
export function hasAssignment(partition: PartitionView, assignment: Assignment): boolean {
  const { replicas, adding, removing } = partition;
  return (
    [...replicas].join() === assignment.replicas.join() &&
    [...adding].join() === [...assignment.adding].sort((a, b) => a - b).join() &&
    [...removing].join() === [...assignment.removing].sort((a, b) => a - b).join()
  );
}

/** Nobody learns what is decided: of the metadata log its newest record is all that there has to be. */
export function keepNewestRecord({ metadata: { history } }: Protocol): void {
  history.removeFirst(history.length - 1);
}
