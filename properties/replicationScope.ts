import type {
  Invariant,
  PropertyScope,
  Sometimes,
  StepProperty,
} from '../checker/model/property.ts';
import type { NodeType } from '../checker/state/nodeType.ts';
import { isCurrentLeader } from '../models/replication/metadata.ts';
import type { Broker, GhostFields, ProtocolFields } from '../models/replication/schema.ts';

/** What a property of the replication model may look at. */
export type ReplicationScope = PropertyScope<ProtocolFields, GhostFields>;
export type ReplicationInvariant = Invariant<ProtocolFields, GhostFields>;
export type ReplicationStepProperty = StepProperty<ProtocolFields, GhostFields>;
export type ReplicationGoal = Sometimes<ProtocolFields, GhostFields>;

/** The broker that acts as the controller's current leader, in its leader epoch, if one does. */
export function currentLeaderOf(
  { protocol }: ReplicationScope,
  broker: NodeType<'broker'>,
): Broker | undefined {
  for (const candidate of broker.all) if (isCurrentLeader(protocol, candidate)) return candidate;
  return undefined;
}
