import { type Cluster, pauseFor } from '../cluster.ts';
import { doesNotHappen } from '../scene.ts';
import { kept, type Story } from '../story.ts';

/* What the metadata quorum does. */

export const quorumLoss: Story = {
  name: 'quorumLoss',
  tells: 'Without a quorum of controllers leaders serve, nobody is elected and no ISR changes.',
  source: 'docs/quorums.md',
  shape: { version: '4.3.1', controllers: [1, 2, 3], brokers: [11, 12, 13] },
  async play(scene) {
    const { cluster } = scene;
    await scene.begin([11, 12, 13], { 'min.insync.replicas': '2' });
    const { leader } = await cluster.ask('quorum');
    const other = cluster.shape.controllers.find(id => id !== leader) as number;
    await cluster.kill(other);
    await cluster.kill(Number(leader));
    await scene.produce('served');
    await cluster.kill(13);
    const { refused } = await scene.produce('x', { seconds: 9 });
    await cluster.kill(11);
    const isStill = await doesNotHappen(scene.untilLed(11, 9));
    cluster.start(other);
    await scene.untilLed(11);
    await scene.bringBack([11, 13]);
    if (refused?.includes('Timeout') && isStill) {
      return kept(scene, 'acks=all waited for the dead follower, and nobody was elected');
    }
    return { verdict: 'not reproduced', because: `x: ${refused}; nobody elected: ${isStill}` };
  },
};

/** F3: what replaces a truncated tail is not looked at for voter sets. */
export const votersNotRead: Story = {
  name: 'votersNotRead',
  tells: 'After a truncation a controller does not read the voter set that replaces what it cut.',
  source: 'traces/replacing-voters-not-read--leaders-hold-committed-records.trace.json',
  cutsNetwork: true,
  shape: {
    version: '4.3.1',
    controllers: [1, 2, 3],
    brokers: [],
    dynamicQuorum: true,
    heapMb: 160,
    properties: {
      'controller.quorum.fetch.timeout.ms': 6000,
      'controller.quorum.election.timeout.ms': 800,
      // A leader that is cut off appends no-op records, which are then truncated.
      'metadata.max.idle.interval.ms': 500,
    },
  },
  async play(scene) {
    const { cluster } = scene;
    const { network, controllers } = cluster.shape;
    const first = await cluster.until('all follow one leader', () => agreedLeader(cluster), 90);
    await pauseFor(2000);
    const others = controllers.filter(id => id !== first.leaderId);
    for (const id of others) network?.cut(first.leaderId, id);
    scene.say(`controller ${first.leaderId} leads epoch ${first.leaderEpoch}, and is cut off`);
    const next = await cluster.until(
      'another leads',
      () => leaderAmong(cluster, others, first),
      60,
    );
    const removed = others.find(id => id !== next) as number;
    await cluster.askControllers([next]);
    await cluster.until('it has committed', async () => {
      const found = await cluster.tryAsk('quorum');
      return found['leader'] === next && Number(found['highWatermark']) > 0;
    });
    const directory = cluster.directoryId(removed);
    await cluster.ask('removeVoter', { id: removed, directory });
    scene.say(`controller ${next} is asked to remove ${removed}`);
    await pauseFor(700);
    for (const id of others) network?.heal(first.leaderId, id);
    await cluster.until(
      `${first.leaderId} follows ${next}`,
      () => cluster.quorumState(first.leaderId)?.leaderId === next,
    );
    await pauseFor(4000);
    const left = [first.leaderId, next].sort((a, b) => a - b).join();
    const inLog = votersInLog(cluster, first.leaderId);
    const counted = votersCounted(cluster, first.leaderId);
    scene.say(`the log of ${first.leaderId} has voters ${inLog}, and it counts ${counted}`);
    if (inLog === left && counted !== left) {
      return {
        verdict: 'confirmed',
        because: `its log has voters ${inLog}, and it counts ${counted}`,
      };
    }
    return {
      verdict: 'not reproduced',
      because: `log ${inLog}, counted ${counted}, expected ${left}`,
    };
  },
};

interface Led {
  readonly leaderId: number;
  readonly leaderEpoch: number;
}

/** The leader that every controller follows, by what they have on disk. */
export function agreedLeader(cluster: Cluster): Led | undefined {
  const found = cluster.shape.controllers.map(id => cluster.quorumState(id));
  const [first] = found;
  if (first === undefined || first.leaderId < 0) return undefined;
  const isAgreed = found.every(
    each => each?.leaderId === first.leaderId && each.leaderEpoch === first.leaderEpoch,
  );
  return isAgreed ? first : undefined;
}

function leaderAmong(cluster: Cluster, ids: readonly number[], before: Led): number | undefined {
  const found = ids
    .map(id => cluster.quorumState(id))
    .find(each => each !== undefined && each.leaderEpoch > before.leaderEpoch && each.leaderId > 0);
  return found?.leaderId;
}

/** The newest voter set in the log of a controller. */
function votersInLog(cluster: Cluster, id: number): string {
  const last = cluster
    .metadataDump(id)
    .split('\n')
    .findLast(line => line.startsWith('|') && line.includes('KRaftVoters'));
  return idsIn(last, /"voterId":(\d+)/g);
}

/** The newest voter set that it says it has read. */
function votersCounted(cluster: Cluster, id: number): string {
  const last = cluster.logged(id).findLast(line => line.includes('Latest set of voters is'));
  return idsIn(last, /voterKey=ReplicaKey\(id=(\d+)/g);
}

function idsIn(line: string | undefined, pattern: RegExp): string {
  const ids = [...(line ?? '').matchAll(pattern)].map(match => Number(match[1]));
  return ids.sort((a, b) => a - b).join();
}
