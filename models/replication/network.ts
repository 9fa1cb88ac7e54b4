import type { Broker, ReadonlyProtocol } from './schema.ts';

/** Whether what one broker sends reaches the other; a cut may be one-way. */
export function reaches(protocol: ReadonlyProtocol, from: Broker, to: Broker): boolean {
  return !protocol.network.cutLinks.get(from, to).cut;
}

/** Whether a broker's heartbeats and requests reach the controller. */
export function reachesController(protocol: ReadonlyProtocol, broker: Broker): boolean {
  return !protocol.network.cutToController.has(broker);
}

/** Whether the controller's answers reach a broker. */
export function hearsController(protocol: ReadonlyProtocol, broker: Broker): boolean {
  return !protocol.network.cutFromController.has(broker);
}

/** Whether a broker can fetch metadata, which takes a request and an answer. */
export function fetchesMetadata(protocol: ReadonlyProtocol, broker: Broker): boolean {
  return reachesController(protocol, broker) && hearsController(protocol, broker);
}
