import type { Cut, LaneState } from '../frame.ts';
import { linkCuts } from '../links.ts';
import type { Place } from '../place.ts';
import { offsetAt } from '../view/logStrip.ts';

/** Processes without memory, and so without a view of anything. */
const NOT_UP = new Set(['notRunning', 'starting']);
/** Processes that serve clients. */
const SERVING = new Set(['running', 'pendingControlledShutdown']);

/** Whether a broker's process has replayed metadata. */
export function isUp(broker: Place): boolean {
  return !NOT_UP.has(broker.at('process').text ?? '');
}

/** One partition in a state, by its name: with the brokers, of which it is on some. */
export interface PartitionPlace {
  readonly protocol: Place;
  readonly id: string;
}

/** The partitions of a state; one of which nothing is known where there is none. */
export function partitionsOf(protocol: Place): readonly PartitionPlace[] {
  const { keys } = protocol.at('partitions');
  return (keys.length === 0 ? [''] : keys).map(id => ({ protocol, id }));
}

/** What there is of a partition. */
export function partitionAt({ protocol, id }: PartitionPlace): Place {
  return protocol.at('partitions', id);
}

/** The replica that a broker has of a partition. */
export function replicaOf(partition: PartitionPlace, broker: string): Place {
  return partitionAt(partition).at('replicas', broker);
}

/** The newest metadata record: all that the controller has decided. */
export function newestMetadata(protocol: Place): Place {
  const history = protocol.at('metadata', 'history');
  return history.at(Math.max(0, history.list.length - 1));
}

/** The offset of the newest metadata record. */
export function newestMetadataOffset(protocol: Place): number {
  const first = offsetAt(protocol.at('metadata', 'firstOffset')) ?? 0;
  return first + protocol.at('metadata', 'history').list.length - 1;
}

/** The metadata record up to which a broker has replayed. */
export function metadataKnownTo(protocol: Place, broker: string): Place {
  const offset = offsetAt(protocol.at('brokers', broker, 'metadataOffset')) ?? 0;
  const first = offsetAt(protocol.at('metadata', 'firstOffset')) ?? 0;
  return protocol.at('metadata', 'history', offset - first);
}

/** The partition as a broker knows it. */
export function brokerView({ protocol, id }: PartitionPlace, broker: string): Place {
  return metadataKnownTo(protocol, broker).at('partitions', id);
}

/** Whether a broker leads in its own view. */
export function believesToLead(partition: PartitionPlace, broker: string): boolean {
  return replicaOf(partition, broker).at('role').text === 'leading';
}

/** The broker that leads the topic in the controller's newest leader epoch, and knows it; none if nobody does. */
export function currentLeader(partition: PartitionPlace): string | undefined {
  const { protocol, id } = partition;
  const newest = newestMetadata(protocol).at('partitions', id);
  const leader = newest.at('leader').text;
  if (leader === undefined || !believesToLead(partition, leader)) return undefined;
  const isServing = SERVING.has(protocol.at('brokers', leader, 'process').text ?? '');
  const view = brokerView(partition, leader);
  const isCurrent = ['leaderEpoch', 'topicId'].every(
    name => view.at(name).number === newest.at(name).number,
  );
  return isServing && isCurrent ? leader : undefined;
}

/** What is to be seen of a broker on its lane. */
export function brokerLane(protocol: Place, broker: string): LaneState {
  const partitions = partitionsOf(protocol);
  const [first] = partitions;
  if (partitions.length === 1 && first !== undefined) return replicaLane(first, broker);
  const lanes = partitions.map(partition => replicaLane(partition, broker));
  // A role and an epoch for each of several partitions are too much for a lane.
  const roles = lanes.flatMap(({ role }) => role ?? []);
  return {
    condition: lanes[0]?.condition ?? 'up',
    ...(roles.length === 0 ? {} : { role: [...new Set(roles)].join(', ') }),
    leads: lanes.some(({ leads }) => leads),
  };
}

/** What is to be seen of a broker as far as one partition is concerned. */
export function replicaLane(partition: PartitionPlace, broker: string): LaneState {
  const { protocol } = partition;
  const place = protocol.at('brokers', broker);
  const process = place.at('process').text;
  if (process === 'notRunning') return { condition: 'down', leads: false };
  const registration = protocol.at('registrations', broker, 'state').text;
  const epoch = isUp(place) ? brokerView(partition, broker).at('leaderEpoch').number : undefined;
  const replica = replicaOf(partition, broker).at('role').text;
  const role = process === 'starting' ? process : replica;
  return {
    condition: place.at('paused').isSet ? 'paused' : registration === 'fenced' ? 'fenced' : 'up',
    ...(role === undefined ? {} : { role }),
    ...(epoch === undefined ? {} : { epoch }),
    leads: replica === 'leading',
  };
}

/** What does not get through between brokers, and between brokers and the controller. */
export function partitionCuts(protocol: Place, controller: string): readonly Cut[] {
  const network = protocol.at('network');
  return [
    ...network.at('cutToController').texts.map(from => ({ from, to: controller })),
    ...network.at('cutFromController').texts.map(to => ({ from: controller, to })),
    ...linkCuts(network.at('cutLinks')),
  ];
}
