import { isEarlier, type Release, releaseNamed } from '../description/release.ts';
import type { ClientSource } from './clientSource.ts';
import type { Acks, ClientBehaviour } from './clusterDescription.ts';
import {
  booleanOf,
  type FoundProperty,
  integerOf,
  mismatch,
  type PropertyTable,
} from './foundProperty.ts';

const commitPatterns = ['before', 'after', 'async', 'handedOver'] as const;
const resets = ['earliest', 'latest', 'none'] as const;
const INT = { least: -1, most: 2 ** 31 - 1 };
/** The most requests in flight with which an idempotent producer starts, and that are played. */
const MOST_IN_FLIGHT = 5;

/**
 * How a program goes about its records, where its settings tell; not of one whose producer would refuse to start.
 *
 * Source: ProducerConfig.postProcessAndValidateIdempotenceConfigs, KIP-679 (defaults since 3.0); ConsumerConfig.
 *
 * @param version - The release of the client, as far as it is known.
 * @throws ConfigError if a setting is not what Kafka accepts.
 */
export function behaviourOf(
  source: ClientSource,
  version: Release | undefined,
): ClientBehaviour | undefined {
  if (source.kind === 'client') return undefined;
  if (source.kind === 'consumer') return consumerBehaviour(source.producer);
  return producerBehaviour(source, version);
}

function producerBehaviour(
  { producer, producerDefaults }: ClientSource,
  version: Release | undefined,
): ClientBehaviour | undefined {
  const isOld = version !== undefined && isEarlier(version, releaseNamed('3.0'));
  const given = (name: string): FoundProperty | undefined => producer.get(name);
  const numberOf = (name: string): number | undefined => {
    const found = given(name);
    return found === undefined ? undefined : integerOf(found, INT);
  };
  const wanted = given('enable.idempotence');
  const isWanted = wanted === undefined ? undefined : booleanOf(wanted);
  const inFlight = numberOf('max.in.flight.requests.per.connection') ?? MOST_IN_FLIGHT;
  const retries = numberOf('retries') !== 0;
  const byDefault = isWanted === true || !isOld ? 'all' : '1';
  const acks = acksOf(given('acks')?.text ?? producerDefaults?.get('acks') ?? byDefault);
  const mayBe = acks === 'all' && retries && inFlight <= MOST_IN_FLIGHT;
  if (isWanted === true && !mayBe) return undefined;
  const assumed =
    version === undefined && (wanted === undefined || given('acks') === undefined)
      ? ['What is not set is as clients have it since 3.0 (acks=all, idempotence).']
      : [];
  return {
    is: {
      kind: 'producer',
      acks,
      idempotence: mayBe && (isWanted ?? !isOld),
      maxInFlight: Math.min(inFlight, MOST_IN_FLIGHT),
      retries,
    },
    assumed,
  };
}

/** What `acks` means; what Kafka would refuse was refused before. */
function acksOf(text: string): Acks {
  const word = text.trim().toLowerCase();
  return word === '0' || word === '1' ? word : 'all';
}

function consumerBehaviour(properties: PropertyTable): ClientBehaviour {
  const auto = properties.get('enable.auto.commit');
  const isAuto = auto === undefined || booleanOf(auto);
  const pattern = wordOf(properties.get('commit'), commitPatterns);
  const found = properties.get('auto.offset.reset');
  const isByDuration = found?.text.trim().toLowerCase().startsWith('by_duration:') === true;
  const reset = isByDuration ? 'earliest' : (wordOf(found, resets) ?? 'latest');
  const assumed = [
    ...(isByDuration ? ['auto.offset.reset by duration is played as earliest.'] : []),
    ...(isAuto || pattern !== undefined
      ? []
      : ['That it commits synchronously after it has processed is assumed: no setting tells.']),
    ...(isAuto && pattern === undefined
      ? ['That it processes what a poll returned before it polls again is assumed.']
      : []),
  ];
  return {
    is: { kind: 'consumer', commit: pattern ?? (isAuto ? 'auto' : 'after'), reset },
    assumed,
  };
}

function wordOf<Word extends string>(
  found: FoundProperty | undefined,
  words: readonly Word[],
): Word | undefined {
  if (found === undefined) return undefined;
  const text = found.text.trim();
  const word = words.find(each => each.toLowerCase() === text.toLowerCase());
  if (word === undefined) throw mismatch(found, words.join(', '));
  return word;
}
