import type { Cluster } from '../cluster.ts';
import { kept, type Story } from '../story.ts';

/** A failover as it was before KRaft: the controller is a broker, elected by ZooKeeper. */
export const zooKeeperFailover: Story = {
  name: 'zooKeeperFailover',
  tells:
    'With ZooKeeper a broker that leads and is the controller is killed: both are replaced, and nothing is lost.',
  source: 'docs/releases.md',
  shape: { version: '3.9.1', controllers: [], brokers: [11, 12, 13], zooKeeper: true },
  async play(scene) {
    const { cluster } = scene;
    const controller = await cluster.until('there is a controller', () => electedIn(cluster));
    const others = cluster.shape.brokers.filter(id => id !== controller);
    await scene.begin([controller, ...others], { 'min.insync.replicas': '2' });
    await scene.produce('x', { seconds: 20 });
    await cluster.kill(controller);
    const led = await scene.untilLed(controller);
    const next = await cluster.until('another is the controller', () => {
      const found = electedIn(cluster, others);
      return found !== controller && found;
    });
    await scene.expectProduced('y', 30);
    await scene.bringBack([controller]);
    return kept(
      scene,
      `${controller} was killed, ${led.leader} leads and ${next} is the controller`,
    );
  },
};

/** The broker that has said last that it was elected as the controller. */
export function electedIn(
  cluster: Cluster,
  ids: readonly number[] = cluster.shape.brokers,
): number | undefined {
  const epochs = ids.flatMap(id =>
    cluster.logged(id).flatMap(line => {
      const epoch = /successfully elected as the controller\. Epoch incremented to (\d+)/.exec(
        line,
      )?.[1];
      return epoch === undefined ? [] : [{ id, epoch: Number(epoch) }];
    }),
  );
  return epochs.sort((a, b) => b.epoch - a.epoch)[0]?.id;
}
