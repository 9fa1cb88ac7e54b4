import {
  type FaultScript,
  type FaultStep,
  type Party,
  stepWords,
} from '../../application/faultScript/faultScript.ts';
import { NeverHappened, pauseFor } from './cluster.ts';
import type { Scene } from './scene.ts';
import type { Outcome } from './story.ts';

/** The controller is node 1; `broker-2` of a script is broker 12. */
export const CONTROLLER = 1;
export function idOf(party: Party): number {
  return party === 'controller' ? CONTROLLER : 10 + party;
}

/**
 * Takes the steps of a script on a cluster, each at its time if it has one, and makes everybody well again.
 *
 * @returns what happened instead, where something that is awaited never came about.
 */
export async function takeAll(scene: Scene, { steps }: FaultScript): Promise<Outcome | undefined> {
  const player = new Player(scene);
  const begin = Date.now();
  for (const step of steps) {
    if (step.atMs !== undefined) await pauseFor(begin + step.atMs - Date.now());
    scene.say(`${step.because === undefined ? '' : `${step.because} -> `}${stepWords(step)}`);
    try {
      await player.take(step);
    } catch (error) {
      if (!(error instanceof NeverHappened)) throw error;
      const now = JSON.stringify(await scene.describe());
      const because = `${step.because ?? stepWords(step)}: ${error.message}; the partition is ${now}`;
      return { verdict: 'not reproduced', because };
    }
  }
  await player.settle();
  return undefined;
}

/** Takes the steps of a script on a cluster. */
class Player {
  readonly #scene: Scene;
  readonly #down = new Set<number>();
  readonly #paused = new Set<number>();
  readonly #answered = new Set<number>();
  readonly #before = new Map<number, number>();
  readonly #loads: Promise<void>[] = [];
  readonly #acks = new Map<number, string>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async take(step: FaultStep): Promise<void> {
    const scene = this.#scene;
    const { cluster } = scene;
    switch (step.do) {
      case 'produce':
        for (const id of cluster.shape.brokers) {
          this.#before.set(id, cluster.replicaBytes(id, 't'));
        }
        this.#acks.set(step.record, step.acks);
        return scene.send(`x${step.record}`, { acks: step.acks, seconds: 60 });
      case 'load':
        this.#load(step);
        return;
      case 'consume':
        await scene.read();
        return;
      case 'awaitAnswer': {
        if (this.#answered.has(step.record)) return;
        this.#answered.add(step.record);
        await scene.untilAnswered(`x${step.record}`, 60, this.#acks.get(step.record));
        return;
      }
      case 'awaitReplica':
        await cluster.until(`${idOf(step.broker)} has x${step.record}`, () =>
          this.#hasGrown(idOf(step.broker)),
        );
        return;
      case 'awaitLeader':
        if (step.broker === undefined) await scene.untilLeaderless();
        else await scene.untilLedBy(idOf(step.broker));
        return;
      case 'awaitOutOfIsr':
        await scene.untilOutOfIsr(idOf(step.broker));
        return;
      case 'cut':
      case 'heal':
        this.#link(step);
        return;
      case 'prefer':
      case 'reassign':
        return scene.reassign(step.replicas.map(idOf));
      case 'setMinIsr': {
        const value = String(step.to);
        await cluster.ask('configure', { topic: 't', name: 'min.insync.replicas', value });
        return;
      }
      default:
        return this.#process(step.do, idOf(step.broker));
    }
  }

  /** Goes on while other steps are taken; `settle` waits for its end. */
  #load({ records, perSecond, acks }: Extract<FaultStep, { readonly do: 'load' }>): void {
    const send = async (): Promise<void> => {
      for (let count = 1; count <= records; count++) {
        await this.#scene.produce(`l${count}`, { acks, seconds: 3, isTold: false });
        await pauseFor(1000 / perSecond);
      }
    };
    this.#loads.push(send());
  }

  #hasGrown(id: number): boolean {
    return this.#scene.cluster.replicaBytes(id, 't') > (this.#before.get(id) ?? 0);
  }

  #link({ do: what, from, to, oneWay }: Extract<FaultStep, { readonly from: Party }>): void {
    const { network } = this.#scene.cluster.shape;
    const [a, b] = [idOf(from), idOf(to)];
    if (oneWay === true) network?.[what === 'cut' ? 'cutOneWay' : 'healOneWay'](a, b);
    else network?.[what](a, b);
  }

  async #process(
    what: 'crash' | 'stop' | 'start' | 'pause' | 'resume' | 'losePower' | 'loseDisk',
    id: number,
  ): Promise<void> {
    const { cluster } = this.#scene;
    if (what === 'start') {
      this.#down.delete(id);
      return cluster.startAndWait(id);
    }
    if (what === 'pause' || what === 'resume') {
      cluster[what](id);
      if (what === 'pause') this.#paused.add(id);
      else this.#paused.delete(id);
      return;
    }
    if (!this.#down.has(id)) await (what === 'stop' ? cluster.shutDown(id) : cluster.kill(id));
    this.#down.add(id);
    if (what === 'losePower') cluster.putBackDisk(id);
    if (what === 'loseDisk') cluster.loseReplica(id, 't');
  }

  /** Everybody is there again, and can reach everybody. */
  async settle(): Promise<void> {
    const { cluster } = this.#scene;
    const { brokers, controllers, network } = cluster.shape;
    for (const id of this.#paused) cluster.resume(id);
    for (const a of brokers) for (const b of [...brokers, ...controllers]) network?.heal(a, b);
    for (const id of this.#down) await cluster.startAndWait(id);
    await Promise.all(this.#loads);
    await pauseFor(5000);
  }
}
