import { describe, expect, it } from 'vitest';
import { clusterScopes } from '../../application/check/clusterScopes.ts';
import { type Profile, profilesOf } from '../../application/check/profiles.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { combinedCompose, describeText, strimziCluster } from '../models/kafkaConfig/helpers.ts';

/** Three combined brokers on an image of this version, with these settings. */
function clusterOf(version: string, settings: readonly string[]): ClusterDescription {
  const more = [...settings, 'KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: 3'];
  const text = combinedCompose(3, more).replaceAll(
    '    environment:',
    `    image: apache/kafka:${version}\n    environment:`,
  );
  return describeText('compose.yml', text);
}

function firstProfile(cluster: ClusterDescription): Profile {
  const [first] = profilesOf(cluster);
  if (first === undefined) throw new Error('no profile');
  return first;
}

function scopeNames(cluster: ClusterDescription): string[] {
  return plansOf(cluster).flatMap(({ name, isLong }) => (isLong === true ? [] : [name]));
}

function plansOf(cluster: ClusterDescription) {
  return clusterScopes(firstProfile(cluster), cluster).plans;
}

function notes(cluster: ClusterDescription): string {
  const profile = firstProfile(cluster);
  return [...profile.notes, ...clusterScopes(profile, cluster).notExplored].join('\n');
}

const three = ['KAFKA_DEFAULT_REPLICATION_FACTOR: 3', 'KAFKA_MIN_INSYNC_REPLICAS: 2'];
const single = ['KAFKA_DEFAULT_REPLICATION_FACTOR: 3'];
const unclean = [...three, "KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE: 'true'"];
const usual = ['process crashes', 'one power loss', 'network partition'];
const [larger, inTheEnd] = ['random, no power loss', 'in the end'];

describe('the profiles of a cluster', () => {
  it('are one for topics that are kept alike', () => {
    const cluster = clusterOf('4.1.0', three);
    expect(profilesOf(cluster).map(({ topics }) => topics)).toEqual([
      ['auto-created topics', '__consumer_offsets', '__transaction_state'],
    ]);
  });

  it('tell internal topics that are kept otherwise apart', () => {
    const [first, second] = profilesOf(clusterOf('4.1.0', single));
    expect(first).toMatchObject({
      isInternal: false,
      config: { brokers: 3, minInsyncReplicas: 1 },
    });
    expect(second).toMatchObject({ topics: ['__transaction_state'], isInternal: true });
  });

  it.each([
    ['2.0.1', '2.0.1', 'The model has the rules of Kafka 2.0.1.'],
    ['3.6', '3.6', 'the model has the rules of the first'],
    ['3.9.1-rc1', '3.9.1', 'The model has the rules of Kafka 3.9.1.'],
    ['0.9.0', '0.10', 'Kafka 0.9 is not in the table'],
    ['4.9.0', '4.4', 'Kafka 4.9 is not in the table'],
    ['latest', '4.4', 'The version is not known. Assumed: the rules of Kafka 4.4'],
  ])('have the rules of %s: %s', (version, kafka, note) => {
    const profile = firstProfile(clusterOf(version, three));
    expect(profile.config.kafka).toBe(kafka);
    expect(profile.notes.join(' ')).toContain(note);
  });

  it('call it an assumption where the version is not known', () => {
    expect(notes(clusterOf('latest', three))).toContain('The version is not known. Assumed:');
  });

  it.each([
    ['3.8.0', false],
    ['3.9.0', true],
  ])('honour unclean election in KRaft as %s does', (version, honoured) => {
    const cluster = clusterOf(version, unclean);
    expect(firstProfile(cluster).config.uncleanLeaderElection).toBe(honoured);
    expect(notes(cluster).includes('KAFKA-12670')).toBe(!honoured);
  });

  it('model at most seven replicas, and say so', () => {
    const text = strimziCluster(
      '{ version: 4.1.0, config: { default.replication.factor: 9, min.insync.replicas: 8 } }',
      9,
    );
    const cluster = describeText('k.yaml', text);
    expect(firstProfile(cluster).config).toMatchObject({ brokers: 7, minInsyncReplicas: 7 });
    expect(notes(cluster)).toContain('7 replicas, not 9');
  });

  it('are none of topics that cannot be created', () => {
    const cluster = clusterOf('4.1.0', ['KAFKA_DEFAULT_REPLICATION_FACTOR: 5']);
    expect(profilesOf(cluster).map(({ topics }) => topics)).toEqual([
      ['__consumer_offsets'],
      ['__transaction_state'],
    ]);
  });
});

describe('the scopes of a profile', () => {
  it('have the protocol with eligible leader replicas where the cluster has', () => {
    const cluster = clusterOf('4.1.0', three);
    expect(scopeNames(cluster)).toEqual([...usual, larger, inTheEnd]);
    expect(firstProfile(cluster).config.eligibleLeaderReplicas).toBe(true);
    expect(notes(cluster)).toContain('Power loss together with other faults');
  });

  it.each([
    ['without eligible leader replicas', clusterOf('3.9.0', three)],
    ['with a minimum of one, whatever the version', clusterOf('4.1.0', single)],
  ])('show the last replica standing %s', (_, cluster) => {
    expect(scopeNames(cluster)).toEqual([...usual, 'last replica standing', larger, inTheEnd]);
  });

  it('show unclean election where it is on', () => {
    expect(scopeNames(clusterOf('4.1.0', unclean))).toEqual([
      ...usual,
      'unclean election',
      larger,
      inTheEnd,
    ]);
  });

  it('are for each known mistake of the release, where it is asked for', () => {
    const known = plansOf(clusterOf('3.8.0', three)).filter(({ isLong }) => isLong === true);
    expect(known.map(({ name, asks }) => [name, asks])).toEqual([
      ['known mistake answer-of-earlier-epoch', ['logs-agree-below-high-watermark']],
      ['known mistake replaced-reassignment-never-ends', ['reassignments-end']],
      ['known mistake unnoticed-bounce', ['acknowledged-records-survive']],
      ['known mistake skipped-epoch-keeps-follower-state', ['logs-agree-below-high-watermark']],
    ]);
    expect(known[2]?.bounds).toEqual({ powerLosses: 1 });
  });

  it('have no power loss where every record is flushed', () => {
    const cluster = clusterOf('4.1.0', [...three, 'KAFKA_LOG_FLUSH_INTERVAL_MESSAGES: 1']);
    expect(scopeNames(cluster)).toEqual(['process crashes', 'network partition', larger, inTheEnd]);
    expect(notes(cluster)).toContain('Every record is flushed');
  });

  it('are smaller and limited for many replicas', () => {
    const text = strimziCluster('{ version: 4.1.0, config: { default.replication.factor: 5 } }', 5);
    const cluster = describeText('k.yaml', text);
    const { plans } = clusterScopes(firstProfile(cluster), cluster);
    expect(plans.map(({ name }) => name)).toEqual([
      'process crashes',
      'one power loss',
      larger,
      inTheEnd,
    ]);
    for (const { bounds, maxStates, engine } of plans) {
      if (engine === 'exhaustive')
        expect({ bounds, maxStates }).toMatchObject({ bounds: { records: 1 }, maxStates: 300_000 });
    }
  });

  it('have two crashes of a single replica', () => {
    const { plans } = clusterScopes(firstProfile(clusterOf('4.1.0', [])), clusterOf('4.1.0', []));
    expect(plans[0]?.bounds).toEqual({ records: 2, crashes: 2 });
  });
});
