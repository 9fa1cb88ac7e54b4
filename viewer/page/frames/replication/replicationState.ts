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

/** The partition as the controller has it: the newest record of the metadata history. */
export function controllerView(protocol: Place): Place {
  const history = protocol.at('metadata', 'history');
  return history.at(Math.max(0, history.list.length - 1));
}

/** The offset of the newest metadata record. */
export function newestMetadata(protocol: Place): number {
  const { firstOffset, history } = {
    firstOffset: offsetAt(protocol.at('metadata', 'firstOffset')) ?? 0,
    history: protocol.at('metadata', 'history').list.length,
  };
  return firstOffset + history - 1;
}

/** The partition as a broker knows it: what the metadata record says up to which it has replayed. */
export function brokerView(protocol: Place, broker: string): Place {
  const offset = offsetAt(protocol.at('brokers', broker, 'metadataOffset')) ?? 0;
  const first = offsetAt(protocol.at('metadata', 'firstOffset')) ?? 0;
  return protocol.at('metadata', 'history', offset - first);
}

/** Whether a broker leads in its own view. */
export function believesToLead(protocol: Place, broker: string): boolean {
  return protocol.at('brokers', broker, 'replica').text === 'leading';
}

/** The broker that leads in the controller's newest leader epoch, and knows it; none if nobody does. */
export function currentLeader(protocol: Place): string | undefined {
  const newest = controllerView(protocol);
  const leader = newest.at('leader').text;
  if (leader === undefined || !believesToLead(protocol, leader)) return undefined;
  const isServing = SERVING.has(protocol.at('brokers', leader, 'process').text ?? '');
  const epoch = brokerView(protocol, leader).at('leaderEpoch').number;
  return isServing && epoch === newest.at('leaderEpoch').number ? leader : undefined;
}

/** What is to be seen of a broker on its lane. */
export function brokerLane(protocol: Place, broker: string): LaneState {
  const place = protocol.at('brokers', broker);
  const process = place.at('process').text;
  if (process === 'notRunning') return { condition: 'down', leads: false };
  const registration = protocol.at('registrations', broker, 'state').text;
  const epoch = isUp(place) ? brokerView(protocol, broker).at('leaderEpoch').number : undefined;
  const replica = place.at('replica').text;
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
