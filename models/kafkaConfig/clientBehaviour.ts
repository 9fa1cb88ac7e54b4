import { isEarlier, type Release, releaseNamed } from '../description/release.ts';
import type { ClientSource } from './clientSource.ts';
import type { Acks, ClientBehaviour } from './clusterDescription.ts';
import { booleanOf, type FoundProperty, mismatch, type PropertyTable } from './foundProperty.ts';
import { MOST_IN_FLIGHT, producerSettingsOf } from './producerSettings.ts';

const commitPatterns = ['before', 'after', 'async', 'handedOver'] as const;
const resets = ['earliest', 'latest', 'none'] as const;

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
  const set = producerSettingsOf(producer);
  const { isIdempotent: isWanted, inFlight = MOST_IN_FLIGHT } = set;
  const retries = set.retries !== 0;
  const givenAcks = producer.get('acks')?.text;
  const byDefault = isWanted === true || !isOld ? 'all' : '1';
  const acks = acksOf(givenAcks ?? producerDefaults?.get('acks') ?? byDefault);
  const mayBe = acks === 'all' && retries && inFlight <= MOST_IN_FLIGHT;
  if (isWanted === true && !mayBe) return undefined;
  const assumed =
    version === undefined && (isWanted === undefined || givenAcks === undefined)
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
