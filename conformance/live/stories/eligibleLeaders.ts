import { pauseFor } from '../cluster.ts';
import { doesNotHappen } from '../scene.ts';
import { kept, lost, type Story } from '../story.ts';

/* Eligible leader replicas (KIP-966), which new clusters of 4.x have. */

const replicas = [11, 12, 13];

/** After two crashes the ELR knows who has everything. */
export const elr: Story = {
  name: 'elr',
  tells:
    'A member of the ELR leaves it after an unclean shutdown and is not elected; the last known leader is.',
  source: 'docs/replication.md',
  shape: { version: '4.3.1', controllers: [1], brokers: [11, 12, 13] },
  async play(scene) {
    const { cluster } = scene;
    await scene.begin(replicas, { 'min.insync.replicas': '2' });
    await cluster.kill(13);
    await scene.untilIsr(2);
    await cluster.kill(12);
    const alone = await scene.untilIsr(1);
    await cluster.kill(11);
    // The only broker that is asked must run: the question is put to 12 as soon as it is back.
    cluster.start(12);
    const isOffline = await doesNotHappen(scene.untilLed(undefined, 15));
    const then = await scene.describe();
    cluster.start(11);
    const led = await scene.untilLed(undefined);
    await scene.bringBack([13]);
    const isEligible = alone.elr.join() === '12' && then?.elr.join() === '11';
    if (isEligible && isOffline && led.leader === 11)
      return kept(scene, '12 was not elected, 11 was');
    const because = JSON.stringify({ alone, isOffline, then, led });
    return { verdict: 'not reproduced', because };
  },
};

/** A removed replica stays eligible, deletes its log, and is elected when it has been added again. */
export const removedReplicaElected: Story = {
  name: 'removedReplicaElected',
  tells:
    'A replica that was removed from the partition stays in the ELR, and is elected cleanly with an empty log.',
  source: 'traces/removed-replica-elected--acknowledged-records-survive.trace.json',
  cutsNetwork: true,
  shape: { version: '4.3.1', controllers: [1], brokers: [11, 12, 13] },
  async play(scene) {
    const { cluster } = scene;
    const { network } = cluster.shape;
    await scene.begin(replicas, { 'min.insync.replicas': '3' });
    await scene.reassign([11, 12]);
    await scene.untilIsr(2);
    await scene.untilLogged(13, /Log for partition t-0 is renamed to .*delete/);
    await scene.produce('x', { seconds: 20 });
    await scene.lose([12], 1);
    for (const id of [11, 12]) network?.cut(13, id);
    scene.say('13 is cut off from 11, and has an empty log');
    await scene.reassign([13, 11, 12]);
    await scene.untilLogged(
      13,
      /Follower t-0 starts at leader epoch \d+ from offset 0 .*Previous leader None/,
    );
    await cluster.kill(11);
    const led = await scene.untilLed(11, 30);
    for (const id of [11, 12]) network?.heal(13, id);
    await scene.bringBack([11, 12]);
    scene.say(`${led.leader} was elected`);
    return lost(scene, 'x');
  },
};

/** F6: whoever is the last of an ISR without ELR is judged by rules that came later. */
export const elrWhileOffline: Story = {
  name: 'elrWhileOffline',
  tells: 'Switching ELR on while a partition is offline leaves it offline, with every broker up.',
  source: 'docs/findings.md',
  shape: {
    version: '4.3.1',
    controllers: [1],
    brokers: [11, 12],
    features: ['eligible.leader.replicas.version=0'],
  },
  async play(scene) {
    const { cluster } = scene;
    await scene.begin([11, 12], { 'min.insync.replicas': '1' });
    await cluster.kill(12);
    await scene.untilIsr(1);
    await scene.produce('x', { seconds: 20 });
    await cluster.kill(11);
    await cluster.startAndWait(12);
    await scene.untilLeaderless();
    await cluster.ask('upgrade', { feature: 'eligible.leader.replicas.version', level: 1 });
    scene.say('ELR is switched on');
    await cluster.startAndWait(11);
    const isOffline = await doesNotHappen(scene.untilLed(undefined, 25));
    const found = JSON.stringify(await scene.describe());
    return isOffline
      ? { verdict: 'confirmed', because: `nobody leads for 25 s with both brokers up: ${found}` }
      : { verdict: 'not reproduced', because: `it is led: ${found}` };
  },
};

/** F5: the ISR is learned by the answer to AlterPartition, min.insync.replicas by the metadata. */
export const minIsrRaised: Story = {
  name: 'minIsrRaised',
  tells: 'Raising min.insync.replicas with ELR loses an acknowledged record in a clean election.',
  source: 'traces/minisr-raised-with-elr--acknowledged-records-survive.trace.json',
  cutsNetwork: true,
  shape: {
    version: '4.3.1',
    controllers: [1],
    brokers: [11, 12],
    heapMb: 400,
    properties: {
      'replica.lag.time.max.ms': 3000,
      'broker.session.timeout.ms': 6000,
      'max.request.partition.size.limit': 10000,
    },
  },
  async play(scene) {
    const { cluster } = scene;
    await scene.begin([11, 12], { 'min.insync.replicas': '1' });
    await pauseFor(1500);
    await cluster.ask('createMany', { topic: 'many', broker: 11, partitions: 3000 });
    scene.say('broker 11 is busy with 3000 partitions of another topic');
    const raised = { topic: 't', name: 'min.insync.replicas', value: '2' };
    await cluster.ask('configure', raised);
    cluster.shape.network?.cut(11, 12);
    scene.say('min.insync.replicas is 2, and 11 and 12 are cut off from each other');
    await scene.send('x');
    const { refused } = await scene.untilAnswered('x', 70);
    if (refused !== undefined) return { verdict: 'not reproduced', because: `x: ${refused}` };
    await cluster.kill(11);
    await scene.untilLed(11);
    cluster.shape.network?.heal(11, 12);
    await scene.bringBack([11], 2);
    return lost(scene, 'x');
  },
};
