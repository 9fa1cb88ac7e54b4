import { booleanOf, integerOf, type PropertyTable } from './foundProperty.ts';

const INT = { least: -1, most: 2 ** 31 - 1 };

/** The most requests in flight with which an idempotent producer starts (ProducerConfig). */
export const MOST_IN_FLIGHT = 5;

/** What a producer sets about sending again; undefined where it sets nothing. */
interface ProducerSettings {
  readonly isIdempotent: boolean | undefined;
  readonly retries: number | undefined;
  readonly inFlight: number | undefined;
}

/** @throws ConfigError if a setting is not what Kafka accepts. */
export function producerSettingsOf(producer: PropertyTable): ProducerSettings {
  const idempotence = producer.get('enable.idempotence');
  return {
    isIdempotent: idempotence === undefined ? undefined : booleanOf(idempotence),
    retries: numberIn(producer, 'retries'),
    inFlight: numberIn(producer, 'max.in.flight.requests.per.connection'),
  };
}

function numberIn(producer: PropertyTable, name: string): number | undefined {
  const found = producer.get(name);
  return found === undefined ? undefined : integerOf(found, INT);
}
