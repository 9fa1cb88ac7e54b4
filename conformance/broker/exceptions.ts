import type { NamedException } from '../lockstep/exceptions.ts';
import type { BrokerState } from './projection.ts';

/** What is known to be otherwise in Kafka's brokers than in those of `replication`. */
export const brokerExceptions: readonly NamedException<BrokerState>[] = [];
