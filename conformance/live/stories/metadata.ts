import { pauseFor } from '../cluster.ts';
import { lost, type Story } from '../story.ts';

/* What a broker makes of metadata that it learns late. */

/** F1: two records in one metadata update. */
export const skippedEpoch: Story = {
  name: 'skippedEpoch',
  tells:
    'A leader that learns in one update that another led in between counts earlier fetches, and loses a record.',
  source: 'traces/skipped-epoch-keeps-follower-state--acknowledged-records-survive.trace.json',
  cutsNetwork: true,
  shape: {
    version: '4.3.1',
    controllers: [1],
    brokers: [11, 12, 13],
    properties: {
      'broker.session.timeout.ms': 45000,
      'replica.lag.time.max.ms': 120000,
      'replica.socket.timeout.ms': 60000,
      'controller.socket.timeout.ms': 60000,
      'replica.fetch.backoff.ms': 200,
      'auto.leader.rebalance.enable': 'true',
      'leader.imbalance.check.interval.seconds': 1,
    },
  },
  async play(scene) {
    const { cluster } = scene;
    const { network } = cluster.shape;
    await cluster.askControllers();
    await scene.begin([11, 12, 13], { 'min.insync.replicas': '2' });
    await pauseFor(1500);
    const before = cluster.replicaBytes(12, 't');
    for (const id of [1, 13]) network?.cut(11, id);
    scene.say('11 is cut off from the controller and from 13');
    await scene.send('x', { seconds: 90 });
    await cluster.until('12 has x', () => cluster.replicaBytes(12, 't') > before, 20);
    await pauseFor(1500);
    network?.cut(11, 12);
    await scene.reassign([13, 11, 12]);
    await scene.untilLogged(13, /Leader t-0 .*starts at leader epoch 1 /);
    await cluster.until('12 has truncated x', () => cluster.replicaBytes(12, 't') === before, 20);
    await scene.reassign([11, 12, 13]);
    await scene.untilLogged(13, /Follower t-0 starts at leader epoch 2 /);
    network?.heal(11, 1);
    await scene.untilLogged(11, /Leader t-0 .*starts at leader epoch 2 /);
    network?.heal(11, 13);
    const { refused } = await scene.untilAnswered('x', 70);
    if (refused !== undefined) return { verdict: 'not reproduced', because: `x: ${refused}` };
    for (const id of [11, 13]) await cluster.kill(id);
    await scene.untilLogged(12, /Leader t-0 .*starts at leader epoch [3-9]/, 90);
    network?.heal(11, 12);
    await scene.bringBack([11, 13]);
    return lost(scene, 'x');
  },
};
