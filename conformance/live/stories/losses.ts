import { pauseFor } from '../cluster.ts';
import { kept, lost, type Story } from '../story.ts';

/* What is lost, and what is not, by configuration and faults: the cells of docs/guarantees.md. */

const shape = { version: '4.3.1', controllers: [1], brokers: [11, 12, 13] } as const;
const replicas = [11, 12, 13];

/** acks=1: the leader answers before anybody has the record. */
export const acks1: Story = {
  name: 'acks1',
  tells: 'With acks=1 a record is lost with the leader that acknowledged it.',
  source: 'traces/acknowledged-before-replication--acknowledged-records-survive.trace.json',
  shape,
  async play(scene) {
    const { cluster } = scene;
    await scene.begin(replicas, { 'min.insync.replicas': '2' });
    await scene.produce('warm', { acks: '1' });
    for (const id of [12, 13]) cluster.pause(id);
    await scene.produce('x', { acks: '1' });
    await cluster.kill(11);
    for (const id of [12, 13]) cluster.resume(id);
    await scene.untilLed(11);
    await scene.read();
    return lost(scene, 'x');
  },
};

export const uncleanElection: Story = {
  name: 'unclean',
  tells: 'An unclean election loses what only the last leader had.',
  source: 'traces/unclean-leader-election--acknowledged-records-survive.trace.json',
  shape,
  async play(scene) {
    const { cluster } = scene;
    await scene.begin(replicas, {
      'min.insync.replicas': '1',
      'unclean.leader.election.enable': 'true',
    });
    await scene.lose([12, 13], 1);
    await scene.produce('x');
    await cluster.kill(11);
    for (const id of [12, 13]) cluster.start(id);
    await scene.untilLed(11);
    await scene.bringBack([11]);
    return lost(scene, 'x');
  },
};

export const lastReplicaStanding: Story = {
  name: 'lastReplicaStanding',
  tells:
    'With min.insync.replicas=1 the last replica answers alone, and is elected again with an empty disk.',
  source: 'traces/last-replica-standing--acknowledged-records-survive.trace.json',
  shape,
  async play(scene) {
    const { cluster } = scene;
    await scene.begin(replicas, { 'min.insync.replicas': '1' });
    await scene.lose([12, 13], 1);
    await scene.produce('x');
    await cluster.kill(11);
    for (const id of [12, 13]) await cluster.startAndWait(id);
    cluster.loseReplica(11, 't');
    cluster.start(11);
    await scene.untilLed(undefined);
    await scene.untilIsr(3);
    await scene.read();
    return lost(scene, 'x');
  },
};

export const minIsr2: Story = {
  name: 'minIsr2',
  tells:
    'With min.insync.replicas=2 and two of three down, acks=all is refused and nothing is lost.',
  source: 'docs/guarantees.md',
  shape,
  async play(scene) {
    await scene.begin(replicas, { 'min.insync.replicas': '2' });
    await scene.lose([12, 13], 1);
    const { refused } = await scene.produce('x');
    await scene.bringBack([12, 13]);
    if (refused?.includes('NotEnoughReplicas')) return kept(scene, 'the record was refused');
    return { verdict: 'not reproduced', because: `expected NotEnoughReplicas, found ${refused}` };
  },
};

/** Nothing is flushed before it is answered: a power loss of all replicas takes the page caches. */
export const powerLoss: Story = {
  name: 'powerLoss',
  tells: 'A power loss of all replicas at once loses what was acknowledged and not flushed.',
  source: 'traces/correlated-power-loss--acknowledged-records-survive.trace.json',
  shape,
  async play(scene) {
    const { cluster } = scene;
    await scene.begin(replicas, { 'min.insync.replicas': '2' });
    // The high watermark and the log of `base` are on disk by then, as the copy has them.
    await pauseFor(6000);
    for (const id of replicas) cluster.copyDisk(id);
    await scene.produce('x');
    for (const id of replicas) await cluster.kill(id);
    for (const id of replicas) cluster.putBackDisk(id);
    await scene.bringBack(replicas);
    return lost(scene, 'x');
  },
};

export const zombie: Story = {
  name: 'zombie',
  tells: 'A leader that stood still answers acks=1 although another leads already.',
  source: 'docs/guarantees.md',
  shape,
  async play(scene) {
    const { cluster } = scene;
    await scene.begin(replicas, { 'min.insync.replicas': '2' });
    await scene.expectProduced('warm', 30);
    await scene.send('warm too', { acks: '1' });
    await scene.untilAnswered('warm too', 30, '1');
    cluster.pause(11);
    await scene.send('x', { acks: '1' });
    // The session of 11 ends after three seconds. Who is asked must not be the broker that stands still.
    await pauseFor(7000);
    cluster.resume(11);
    await scene.untilAnswered('x', 40, '1');
    await scene.untilIsr(3);
    await scene.read();
    return lost(scene, 'x');
  },
};
