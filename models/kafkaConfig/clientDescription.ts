import type { Release } from '../description/release.ts';
import { behaviourOf } from './clientBehaviour.ts';
import type { ClientSource } from './clientSource.ts';
import type { Acks, ClientDescription, Setting } from './clusterDescription.ts';
import { booleanOf, type FoundProperty, mismatch, settingFrom, whereOf } from './foundProperty.ts';
import { MOST_IN_FLIGHT, producerSettingsOf } from './producerSettings.ts';

/**
 * What a program's settings say of its records.
 *
 * Source: ProducerConfig (`parseAcks`, `postProcessAndValidateIdempotenceConfigs`); KIP-679 for the defaults since 3.0.
 *
 * @param version - The release of the cluster, as far as it is known.
 * @throws ConfigError if a setting is not what Kafka accepts.
 */
export function describeClient(
  source: ClientSource,
  version: Release | undefined,
): ClientDescription {
  const { kind, remarks } = source;
  const where = whereOf(source);
  if (kind === 'consumer' || kind === 'client') {
    return { kind, where, acks: undefined, behaviour: behaviourOf(source, version), remarks };
  }
  const acks = acksOf(source);
  return {
    kind,
    where,
    acks,
    behaviour: behaviourOf(source, version),
    remarks: [acksRemark(acks), ...producerRemarks(source, acks), ...remarks],
  };
}

function acksOf({ producer, producerDefaults }: ClientSource): Setting<Acks | undefined> {
  const found = producer.get('acks');
  if (found !== undefined) return settingFrom(found, readAcks(found));
  const idempotence = producer.get('enable.idempotence');
  if (idempotence !== undefined && booleanOf(idempotence)) {
    const where = `not set; enable.idempotence=true at ${whereOf(idempotence)} has it`;
    return { value: 'all', origin: 'default', where };
  }
  const given = producerDefaults?.get('acks');
  if (given === 'all' || given === '1') {
    return { value: given, origin: 'default', where: `not set; ${given} is the default there` };
  }
  const where = 'not set; all with clients from 3.0 on, 1 with older ones (KIP-679)';
  return { value: undefined, origin: 'default', where };
}

function readAcks(found: FoundProperty): Acks {
  const text = found.text.trim().toLowerCase();
  if (text === 'all' || text === '-1') return 'all';
  if (text === '0' || text === '1') return text;
  throw mismatch(found, 'all, -1, 0 or 1');
}

function acksRemark({ value, where }: Setting<Acks | undefined>): string {
  switch (value) {
    case 'all':
      return `acks=all (${where}): a record is acknowledged when all of the ISR has it, min.insync.replicas at least.`;
    case '1':
      return (
        `acks=1 (${where}): the leader alone acknowledges. Its failure before the followers have fetched loses the ` +
        'record, whatever min.insync.replicas says.'
      );
    case '0':
      return (
        `acks=0 (${where}): nothing is acknowledged. Any failure loses records, and the producer does not ` +
        'hear of it.'
      );
    case undefined:
      return `acks: ${where}. With 1 the leader's failure loses records, whatever min.insync.replicas says.`;
  }
}

function producerRemarks({ producer }: ClientSource, acks: Setting<Acks | undefined>): string[] {
  const { isIdempotent, retries, inFlight } = producerSettingsOf(producer);
  const isWeak = acks.value === '0' || acks.value === '1';
  const remarks: string[] = [];
  if (isIdempotent === true) {
    const refusals = [
      ...(isWeak ? [`acks=${acks.value}`] : []),
      ...(retries === 0 ? ['retries=0'] : []),
      ...(inFlight !== undefined && inFlight > MOST_IN_FLIGHT
        ? [`max.in.flight.requests.per.connection=${inFlight}`]
        : []),
    ];
    if (refusals.length > 0) {
      remarks.push(
        `enable.idempotence=true with ${refusals.join(' and ')}: the producer refuses to start (ConfigException).`,
      );
    }
  } else if (isIdempotent === false || isWeak) {
    const why =
      isIdempotent === false
        ? 'enable.idempotence=false'
        : `acks=${acks.value} switches idempotence off`;
    const order =
      inFlight === 1 ? '' : ', or behind a later one where several requests are in flight';
    remarks.push(`${why}: a retry may write a record twice${order}.`);
  }
  if (retries === 0 && isIdempotent !== true) {
    remarks.push(
      'retries=0: a write that is refused for a moment, as at a change of the leader, is given up; who passes over ' +
        'the error has lost the record.',
    );
  }
  return remarks;
}
