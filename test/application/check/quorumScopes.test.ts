import { describe, expect, it } from 'vitest';
import { mistakeText } from '../../../application/check/knownMistakes.ts';
import {
  type DescribedQuorum,
  quorumOf,
  quorumScopes,
} from '../../../application/check/quorumScopes.ts';
import { describeText, strimziCluster } from '../../models/kafkaConfig/helpers.ts';

/** Controllers of this version, which know each other by a list of voters or ask for them. */
function controllers(version: string, count: number, voters: 'static' | 'dynamic') {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const quorum =
    voters === 'static'
      ? `KAFKA_CONTROLLER_QUORUM_VOTERS: '${ids.map(id => `${id}@c${id}:9093`).join()}'`
      : `KAFKA_CONTROLLER_QUORUM_BOOTSTRAP_SERVERS: '${ids.map(id => `c${id}:9093`).join()}'`;
  const services = ids.map(
    id => `  c${id}:
    image: apache/kafka:${version}
    environment: { KAFKA_NODE_ID: ${id}, KAFKA_PROCESS_ROLES: controller, ${quorum} }`,
  );
  return describeText('compose.yml', `services:\n${services.join('\n')}\n`);
}

function describedQuorum(...cluster: Parameters<typeof controllers>): DescribedQuorum {
  const quorum = quorumOf(controllers(...cluster));
  if (quorum === undefined) throw new Error('no quorum');
  return quorum;
}

const namesOf = (quorum: DescribedQuorum): string[] => quorumScopes(quorum).map(({ name }) => name);

describe('the known mistakes of the metadata quorum of a cluster', () => {
  it('have a scope each, of that quorum', () => {
    expect(quorumScopes(describedQuorum('4.1.0', 3, 'dynamic'))).toEqual([
      expect.objectContaining({
        name: 'known mistake stands-again-after-following',
        config: { voters: 3, kafka: '4.1.0', dynamicVoters: true, transport: 'rounds' },
        bounds: { crashes: 1, voterChanges: 2 },
        engine: 'exhaustive',
        asks: ['one-leader-per-epoch'],
        isLong: true,
      }),
      expect.objectContaining({ name: 'known mistake replacing-voters-not-read' }),
    ]);
  });

  it('are none of voter changes where files name the voters', () => {
    expect(namesOf(describedQuorum('4.1.0', 3, 'static'))).toEqual([]);
    expect(namesOf(describedQuorum('3.5.1', 3, 'static'))).toEqual([
      'known mistake no-check-quorum',
      'known mistake snapshot-not-flushed',
    ]);
  });

  it('are looked for in what never happens where that is what they break', () => {
    const [first] = quorumScopes(describedQuorum('3.6.0', 3, 'static'));
    expect(first).toMatchObject({ engine: 'liveness', asks: ['isolated-leaders-resign'] });
  });

  it('are told without a scope of one voter, or of more than three', () => {
    for (const [count, note] of [
      [1, undefined],
      [5, 'No scope of 5 voters is explored for them: 3 are the most that are.'],
    ] as const) {
      const quorum = describedQuorum('4.1.0', count, 'dynamic');
      expect(quorum.mistakes).toHaveLength(2);
      expect(namesOf(quorum)).toEqual([]);
      expect(quorum.notes[0]).toBe(note);
    }
  });

  it('are those of the described release, and of none that was before production', () => {
    const text = describedQuorum('4.2.0', 3, 'dynamic').mistakes.map(mistakeText).join();
    expect(text).toContain('Kafka 4.2.0 still has stands-again-after-following');
    const early = describedQuorum('3.2.0', 3, 'static');
    expect([early.mistakes, early.notes]).toEqual([
      [],
      ['The quorum is modelled from 3.3 on; this one runs 3.2.0.'],
    ]);
  });

  it('are taken to be there where no file tells whether voters change', () => {
    const quorum = quorumOf(describeText('k.yaml', strimziCluster('{ version: 4.1.0 }', 3)));
    expect(quorum?.dynamicVoters).toBe(true);
    expect(quorum?.notes).toEqual([expect.stringContaining('no file tells')]);
  });

  it('are none of ZooKeeper, nor of a quorum of unknown size', () => {
    const zooKeeper = describeText('a.properties', 'zookeeper.connect=z:2181\nbroker.id=1\n');
    const hidden =
      'process.roles=broker\nnode.id=1\ncontroller.quorum.bootstrap.servers=controllers:9093\n';
    expect(quorumOf(zooKeeper)).toBeUndefined();
    expect(quorumOf(describeText('b.properties', hidden))).toBeUndefined();
  });
});
