import { describe, expect, it } from 'vitest';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';
import { errorOf } from './helpers.ts';

function behaviour(text: string, kafkaVersion?: string) {
  const [client] = describeCluster([{ name: 'c.properties', text }], { kafkaVersion }).clients;
  return client?.behaviour;
}

const idempotent = {
  kind: 'producer',
  acks: 'all',
  idempotence: true,
  maxInFlight: 5,
  retries: true,
};
const plain = { ...idempotent, idempotence: false };

describe('how a producer goes about its records', () => {
  it.each([
    ['acks=all', '4.1.0', idempotent],
    ['acks=all', '2.8.0', plain],
    ['linger.ms=5', '3.0.0', idempotent],
    ['linger.ms=5', '2.8.0', { ...plain, acks: '1' }],
    ['enable.idempotence=true', '2.8.0', idempotent],
    ['acks=0', '4.1.0', { ...plain, acks: '0' }],
    ['retries=0', '4.1.0', { ...plain, retries: false }],
    ['max.in.flight.requests.per.connection=1', '4.1.0', { ...idempotent, maxInFlight: 1 }],
    ['max.in.flight.requests.per.connection=9', '4.1.0', plain],
    ['acks=all\nenable.idempotence=false', '4.1.0', plain],
  ])('%j in %s', (text, version, expected) => {
    expect(behaviour(text, version)?.is).toEqual(expected);
  });

  it('is not told of one that refuses to start', () => {
    expect(behaviour('enable.idempotence=true\nacks=1', '4.1.0')).toBeUndefined();
  });

  it('is assumed as since 3.0 where the release is not known', () => {
    expect(behaviour('linger.ms=5')).toEqual({
      is: idempotent,
      assumed: ['What is not set is as clients have it since 3.0 (acks=all, idempotence).'],
    });
    expect(behaviour('acks=1\nenable.idempotence=false')?.assumed).toEqual([]);
  });
});

describe('how a consumer goes about its records', () => {
  it.each([
    ['group.id=g', { commit: 'auto', reset: 'latest' }, 'before it polls again is assumed'],
    ['enable.auto.commit=false', { commit: 'after', reset: 'latest' }, 'no setting tells'],
    ['group.id=g\ncommit=handedOver', { commit: 'handedOver', reset: 'latest' }, undefined],
    [
      'group.id=g\ncommit=before\nauto.offset.reset=EARLIEST',
      { commit: 'before', reset: 'earliest' },
      undefined,
    ],
    [
      'group.id=g\ncommit=after\nauto.offset.reset=by_duration:PT1H',
      { commit: 'after', reset: 'earliest' },
      'by duration is played as earliest',
    ],
  ])('%j', (text, expected, assumed) => {
    const told = behaviour(text, '4.1.0');
    expect(told?.is).toEqual({ kind: 'consumer', ...expected });
    if (assumed === undefined) expect(told?.assumed).toEqual([]);
    else expect(told?.assumed.join(' ')).toContain(assumed);
  });

  it('is refused where a word is none', () => {
    const error = errorOf({ name: 'c.properties', text: 'group.id=g\nauto.offset.reset=first' });
    expect(error.message).toContain('expected earliest, latest, none, found "first"');
  });
});

it('of a program that only names servers nothing is told', () => {
  expect(behaviour('bootstrap.servers=a:1')).toBeUndefined();
});
