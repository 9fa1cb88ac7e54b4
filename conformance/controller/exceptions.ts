import type { NamedException } from '../lockstep/exceptions.ts';
import type { ControllerState } from './projection.ts';

/** What is known to be otherwise in Kafka's controller than in that of `replication`. */
export const controllerExceptions: readonly NamedException<ControllerState>[] = [];
