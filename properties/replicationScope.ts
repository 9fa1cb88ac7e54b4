import type {
  Invariant,
  PropertyScope,
  Sometimes,
  StepProperty,
} from '../checker/model/property.ts';
import { controllerView, isCurrentLeader } from '../models/replication/metadata.ts';
import type { Broker, GhostFields, ProtocolFields } from '../models/replication/schema.ts';

/** What a property of the replication model may look at. */
export type ReplicationScope = PropertyScope<ProtocolFields, GhostFields>;
export type ReplicationInvariant = Invariant<ProtocolFields, GhostFields>;
export type ReplicationStepProperty = StepProperty<ProtocolFields, GhostFields>;
export type ReplicationGoal = Sometimes<ProtocolFields, GhostFields>;

/** The broker that acts as the controller's current leader, in its leader epoch, if one does. */
export function currentLeaderOf({ protocol }: ReplicationScope): Broker | undefined {
  const { leader } = controllerView(protocol);
  return leader !== undefined && isCurrentLeader(protocol, leader) ? leader : undefined;
}
