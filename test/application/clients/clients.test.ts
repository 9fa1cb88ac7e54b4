import { describe, expect, it } from 'vitest';
import {
  consumerRows,
  producerRows,
  settingsText,
} from '../../../application/clients/clientSettings.ts';
import { clientCells, exploreClients } from '../../../application/clients/exploreClients.ts';
import { losesRecords, playClients } from '../../../application/clients/playedClients.ts';
import { plainProject } from '../../../application/project/project.ts';
import { InterruptFlag } from '../../../application/tasks/interrupt.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';

const surroundings = { project: plainProject(), jobs: 1, interrupt: new InterruptFlag() };

function played(...files: readonly string[]) {
  const described = describeCluster(
    files.map((text, index) => ({ name: `${index}.properties`, text })),
    { kafkaVersion: '4.3.1' },
  );
  return playClients(described, {}, surroundings);
}

describe('clients that are played', () => {
  it('tell of each thing that happens what becomes of records, with a shortest story', async () => {
    const [producer] = await played('acks=1\n');
    expect(producer?.settings).toEqual({
      kind: 'producer',
      acks: '1',
      idempotence: false,
      maxInFlight: 5,
      retries: true,
    });
    const failover = producer?.cells.find(({ fault }) => fault === 'failover');
    expect(failover?.answers).toMatchObject([
      { property: 'success-means-stored', answer: 'yes', steps: 5 },
      { property: 'records-are-sent-once', answer: 'no' },
      { property: 'records-are-sent-in-order', answer: 'yes' },
    ]);
    expect(failover?.answers[0]?.story?.steps).toHaveLength(5);
  });

  it('are played once where they go about their records alike', async () => {
    const all = await played('acks=all\n', 'acks=-1\nlinger.ms=5\n', 'group.id=g\n');
    expect(all.map(({ settings: { kind }, where }) => [kind, where])).toEqual([
      ['producer', ['0.properties', '1.properties']],
      ['consumer', ['2.properties']],
    ]);
  });

  it('lose records where one that was promised is gone, or one is never processed, after a clean failure', async () => {
    const [strong, weak, latest, after] = await played(
      ...['acks=all', 'acks=0', 'group.id=g\nauto.offset.reset=latest'],
      'group.id=g\nenable.auto.commit=false\nauto.offset.reset=earliest',
    );
    const all = [strong, weak, latest, after].map(each => each !== undefined && losesRecords(each));
    expect(all).toEqual([false, true, true, false]);
  });

  it('are not played where the release is older than the model', async () => {
    const described = describeCluster([{ name: 'p.properties', text: 'acks=1' }], {
      kafkaVersion: '0.11',
    });
    expect(await playClients(described, {}, surroundings)).toEqual([]);
  });

  it('are left out after an interrupt', async () => {
    const interrupt = new InterruptFlag();
    interrupt.set();
    const [row] = producerRows;
    if (row === undefined) throw new Error('no row');
    const cells = clientCells({ kind: 'producer', ...row }, '4.4');
    expect(await exploreClients(cells, {}, { ...surroundings, interrupt })).toEqual([]);
  });
});

it('the rows of the matrix have names of their own', () => {
  const names = [
    ...producerRows.map(row => settingsText({ kind: 'producer', ...row })),
    ...consumerRows.map(row => settingsText({ kind: 'consumer', ...row })),
  ];
  expect(new Set(names).size).toBe(names.length);
});
