import type { Broker, ReadonlyProtocol } from './schema.ts';

/** Whether two brokers can talk to each other. */
export function brokersConnected(protocol: ReadonlyProtocol, a: Broker, b: Broker): boolean {
  const { cutFromBrokers } = protocol.network;
  return !cutFromBrokers.has(a) && !cutFromBrokers.has(b);
}

/** Whether a broker can talk to the controller. */
export function controllerConnected(protocol: ReadonlyProtocol, broker: Broker): boolean {
  return !protocol.network.cutFromController.has(broker);
}
