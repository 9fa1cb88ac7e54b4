import { RandomSource } from '../../checker/core/randomSource.ts';
import { pauseFor } from './cluster.ts';
import type { Scene } from './scene.ts';
import type { Story } from './story.ts';

/* Failovers drawn at random, to be recorded: their metadata logs are what `validate` is held to. */

const brokers = [11, 12, 13] as const;
/** Longer than a session, so that a broker that is gone is fenced before the next event. */
const PAUSE_MS = 4500;
const EVENTS = 7;

/** A failover by its seed: with an odd one messages are cut off too. Topics differ in what they ask of the ISR. */
export function failover(seed: number, version: Story['shape']['version']): Story {
  return {
    name: `failover-${version}-${seed}`,
    tells:
      'Brokers are killed, stopped, paused, cut off and started again, and leaderships moved, at random.',
    source: 'docs/validating.md',
    cutsNetwork: seed % 2 === 1,
    shape: {
      version,
      controllers: [1],
      brokers,
      properties: {
        'auto.leader.rebalance.enable': 'true',
        'leader.imbalance.check.interval.seconds': 2,
      },
    },
    async play(scene) {
      await scene.begin(brokers, { 'min.insync.replicas': '2' });
      const { cluster } = scene;
      const configs = { 'unclean.leader.election.enable': seed % 2 === 0 ? 'true' : 'false' };
      await cluster.ask('create', { topic: 'u', replicas: [12, 13], configs });
      const hasThree = { 'min.insync.replicas': '3' };
      await cluster.ask('create', { topic: 'w', replicas: [13, 11, 12], configs: hasThree });
      const events = new Events(scene, new RandomSource(seed));
      for (let count = 0; count < EVENTS; count++) {
        await events.next();
        // So that each epoch has a record, where it can.
        await scene.produce(`after-${count}`, { seconds: 2 });
      }
      await events.settle();
      return { verdict: 'confirmed', because: `${EVENTS} events and all brokers are back` };
    },
  };
}

class Events {
  readonly #scene: Scene;
  readonly #random: RandomSource;
  readonly #down = new Set<number>();

  constructor(scene: Scene, random: RandomSource) {
    this.#scene = scene;
    this.#random = random;
  }

  /** Something happens, and the cluster has time to notice. */
  async next(): Promise<void> {
    const id = brokers[this.#random.below(brokers.length)] as number;
    const { cluster } = this.#scene;
    if (this.#down.has(id)) {
      await cluster.startAndWait(id);
      this.#down.delete(id);
    } else {
      await this.#harm(id);
    }
    await pauseFor(PAUSE_MS);
  }

  async #harm(id: number): Promise<void> {
    const { cluster } = this.#scene;
    const drawn = this.#random.below(cluster.shape.network === undefined ? 6 : 9);
    if (drawn <= 1) {
      await cluster.kill(id);
      this.#down.add(id);
    } else if (drawn === 2) {
      await cluster.shutDown(id);
      this.#down.add(id);
    } else if (drawn === 3) {
      cluster.pause(id);
      await pauseFor(PAUSE_MS);
      cluster.resume(id);
    } else if (drawn === 4) {
      await cluster.kill(id);
      await cluster.startAndWait(id);
    } else if (drawn >= 6) {
      await this.#cutOff(id, drawn === 6 ? [1] : drawn === 7 ? brokers : [1, ...brokers]);
    } else {
      const replicas = [id, ...brokers.filter(each => each !== id)];
      await cluster.tryAsk('reassign', { topic: 't', replicas });
    }
  }

  /** Nothing reaches a broker from some others, nor they it, for longer than a session. */
  async #cutOff(id: number, from: readonly number[]): Promise<void> {
    const { network } = this.#scene.cluster.shape;
    const others = from.filter(each => each !== id);
    for (const each of others) network?.cut(id, each);
    this.#scene.say(`${id} is cut off from ${others.join()}`);
    await pauseFor(2 * PAUSE_MS);
    for (const each of others) network?.heal(id, each);
    this.#scene.say(`${id} is cut off no more`);
  }

  async settle(): Promise<void> {
    const { cluster } = this.#scene;
    for (const id of this.#down) await cluster.startAndWait(id);
    await this.#scene.untilIsr(brokers.length);
    await pauseFor(PAUSE_MS);
  }
}
