import { pauseFor } from '../cluster.ts';
import type { Story } from '../story.ts';
import { agreedLeader } from './quorum.ts';

/** The controller that is removed, does not hear of it, and is elected. */
const REMOVED = 1;

/**
 * F7: EndQuorumEpoch comes without the endpoints of the leader that resigns. Without pre-votes (3.9) the one whose
 * fetch timeout is shortest stands, and is elected.
 */
export const resignsUncounted: Story = {
  name: 'resignsUncounted',
  tells: 'A leader that another has removed resigns and says so: the other controller exits.',
  source: 'docs/findings.md',
  cutsNetwork: true,
  shape: {
    version: '3.9.1',
    controllers: [1, 2, 3],
    brokers: [],
    dynamicQuorum: true,
    heapMb: 160,
    properties: {
      'controller.quorum.fetch.timeout.ms': 40_000,
      'controller.quorum.election.timeout.ms': 8000,
      // Who is cut off no more is reached at once, before another election.
      'socket.connection.setup.timeout.ms': 1000,
      'socket.connection.setup.timeout.max.ms': 1000,
    },
    propertiesOf: { [REMOVED]: { 'controller.quorum.fetch.timeout.ms': 6000 } },
  },
  async play(scene) {
    const { cluster } = scene;
    const { network } = cluster.shape;
    let first = await cluster.until('all follow one leader', () => agreedLeader(cluster), 120);
    if (first.leaderId === REMOVED) {
      await cluster.kill(REMOVED);
      await cluster.until(
        'another leads',
        () => {
          const found = cluster.quorumState(2);
          return found !== undefined && found.leaderId > 1 && found.leaderEpoch > first.leaderEpoch;
        },
        180,
      );
      await cluster.startAndWait(REMOVED);
      first = await cluster.until('all follow it', () => agreedLeader(cluster), 60);
    }
    const leader = first.leaderId;
    const other = leader === 2 ? 3 : 2;
    await pauseFor(3000);
    await cluster.askControllers([leader]);
    await cluster.ask('quorum');
    for (const id of [REMOVED, other]) network?.cut(leader, id);
    scene.say(`controller ${leader} leads epoch ${first.leaderEpoch}, and is cut off`);
    await cluster.ask('removeVoter', { id: REMOVED, directory: cluster.directoryId(REMOVED) });
    const led = await cluster.until(`${REMOVED} leads`, () => {
      const found = cluster.quorumState(REMOVED);
      return found?.leaderId === REMOVED && found.leaderEpoch > first.leaderEpoch && found;
    });
    cluster.pause(other);
    // One that has led before and starts again has resigned from the epoch of then.
    const resigned = `Completed transition to ResignedState\\(.*epoch=${led.leaderEpoch},`;
    await scene.untilLogged(REMOVED, new RegExp(resigned), 60);
    network?.heal(leader, REMOVED);
    scene.say(`${REMOVED} resigns, and ${leader} hears of it`);
    await cluster.until(`${leader} exits`, () => cluster.hasEnded(leader), 40);
    const why = cluster.logged(leader).find(line => line.includes('Unknown leader endpoints'));
    cluster.resume(other);
    return why === undefined
      ? { verdict: 'not reproduced', because: `${leader} has ended for another reason` }
      : { verdict: 'confirmed', because: `${leader} has ended: ${why.slice(0, 160)}` };
  },
};
