import type { ClientsBounds, ClientsConfig } from '../../models/clients/config.ts';
import { nodesOf } from '../../models/clients/nodes.ts';
import type { ClientsNodes } from '../../models/clients/schema.ts';
import { firstOf } from '../notApplicable.ts';

/** What a scope is, by its configuration and bounds: enough to say which promises are not made there. */
export interface ClientsFacts extends ClientsNodes {
  readonly config: ClientsConfig;
  readonly bounds: ClientsBounds;
}

/** @param nodes - Those of a larger model, where this one is a part of it. */
export function clientsFacts(
  config: ClientsConfig,
  bounds: ClientsBounds,
  nodes: ClientsNodes = nodesOf(config),
): ClientsFacts {
  return { ...nodes, config, bounds };
}

/** Why success does not mean that a record is kept. */
export function mayLose({ config, bounds }: ClientsFacts): string | undefined {
  return firstOf(
    config.acks !== 'all' && `acks=${config.acks} promises nothing once another broker leads`,
    bounds.uncleanFailovers > 0 && 'an unclean failover loses what is committed',
  );
}

/** Why nothing is said of numbers. */
export function withoutIdempotence({ config }: ClientsFacts): string | undefined {
  return config.idempotence ? undefined : 'the producer is not idempotent';
}

/** Why nothing is said of what an idempotent producer numbered. */
export function mayForget({ bounds }: ClientsFacts): string | undefined {
  return firstOf(
    bounds.forgottenProducers > 0 && 'of a producer that is forgotten any number is taken',
    bounds.deletions > 0 && 'before 2.4 a producer is forgotten with its records',
  );
}

/** Why an idempotent producer promises nothing. */
export function promisesNothing(facts: ClientsFacts): string | undefined {
  const { config, bounds } = facts;
  const isUnknown =
    config.producers > 1 || bounds.producerRestarts > 0 || bounds.forgottenProducers > 0;
  return firstOf(
    withoutIdempotence(facts),
    bounds.resends > 0 && 'what an application sends again is another record to its producer',
    isUnknown && 'a leader takes any first number of a producer that it does not know',
  );
}

/** Why it may repeat a record although it is idempotent. */
export function mayRepeat({ bounds }: ClientsFacts): string | undefined {
  return firstOf(
    bounds.snapshotLoads > 0 && 'a snapshot has only the last batch of each producer',
    bounds.rejections > 0 &&
      'what is refused for good may be in the log: the next is numbered anew',
    bounds.expiries > 0 &&
      bounds.lateRequests > 0 &&
      'an expired batch may arrive after it was taken for missing',
  );
}

/** Why records may be in another order than they were sent. */
export function mayReorder(facts: ClientsFacts): string | undefined {
  const { config, bounds } = facts;
  if (config.idempotence) return promisesNothing(facts);
  return firstOf(
    config.maxInFlight > 1 && config.retries && 'a retry may come after the next record',
    bounds.lateRequests > 0 && 'a request that is given up may be handled after the next',
    bounds.resends > 0 && 'what an application sends again comes later',
  );
}

/** Why nothing is said of consumers. */
export function withoutConsumer({ config }: ClientsFacts): string | undefined {
  return config.consumers === 0 ? 'there is no consumer' : undefined;
}

/** Why a record below the committed offset may not be processed. */
export function mayPassOver(facts: ClientsFacts): string | undefined {
  const { config, bounds } = facts;
  return firstOf(
    withoutConsumer(facts),
    config.commit === 'before' && 'offsets are committed before processing',
    config.commit === 'handedOver' && 'offsets are committed while other threads process',
    config.reset === 'latest' && 'what was there before the consumer is passed over',
    config.commit === 'auto' &&
      bounds.consumerCloses > 0 &&
      'a consumer that is closed commits what it has in hand',
    bounds.uncleanFailovers > 0 && 'after an unclean failover there are other records',
  );
}

/** Why a record may be processed twice. */
export function mayRepeatWork(facts: ClientsFacts): string | undefined {
  const { config, bounds } = facts;
  return firstOf(
    withoutConsumer(facts),
    config.commit !== 'before' && 'offsets are committed after processing',
    bounds.uncleanFailovers > 0 && 'after an unclean failover a consumer may read again',
    !config.idempotence && 'a producer may send a record twice',
    mayRepeat(facts) ?? promisesNothing(facts),
  );
}
