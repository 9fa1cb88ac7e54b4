import type { ClientsBounds } from '../../models/clients/config.ts';
import type { ClientSettings } from './clientSettings.ts';

/** What happens in one column of the client matrix. */
interface ClientFault {
  /** A word for files. */
  readonly name: string;
  /** What happens, in words. */
  readonly title: string;
  /** What can happen; nothing else does. */
  readonly bounds: Partial<ClientsBounds>;
}

/** What can befall the records of a producer. */
const producerFaults: readonly ClientFault[] = [
  { name: 'nothing', title: 'nothing fails', bounds: {} },
  { name: 'disconnect', title: 'a connection is lost', bounds: { disconnects: 1 } },
  { name: 'refusal', title: 'a request is refused for now', bounds: { refusals: 1 } },
  { name: 'failover', title: 'a clean failover', bounds: { failovers: 1 } },
  {
    name: 'failover-disconnect',
    title: 'a clean failover and a lost connection',
    bounds: { failovers: 1, disconnects: 1, epochBumps: 1 },
  },
  {
    name: 'expiry',
    title: 'delivery.timeout.ms runs out',
    bounds: { disconnects: 1, expiries: 1, epochBumps: 1 },
  },
  {
    name: 'restart',
    title: 'the producer is started again and sends again what it does not know of',
    bounds: { producerRestarts: 1, resends: 1 },
  },
  { name: 'unclean', title: 'an unclean failover', bounds: { uncleanFailovers: 1 } },
];

/** What can befall the records of a consumer. */
const consumerFaults: readonly ClientFault[] = [
  { name: 'nothing', title: 'nothing fails', bounds: {} },
  { name: 'crash', title: 'the consumer crashes', bounds: { consumerCrashes: 1 } },
  {
    name: 'close',
    title: 'the consumer is closed with records in hand',
    bounds: { consumerCloses: 1 },
  },
  { name: 'failover', title: 'a clean failover', bounds: { failovers: 1 } },
  { name: 'unclean', title: 'an unclean failover', bounds: { uncleanFailovers: 1 } },
];

/** What can befall the records of such a program. */
export function faultsOf(kind: ClientSettings['kind']): readonly ClientFault[] {
  return kind === 'producer' ? producerFaults : consumerFaults;
}

/** What of this name can befall the records of such a program. */
export function clientFault(kind: ClientSettings['kind'], name: string): ClientFault {
  const found = faultsOf(kind).find(fault => fault.name === name);
  if (found === undefined) throw new RangeError(`there is no fault "${name}" of a ${kind}`);
  return found;
}
