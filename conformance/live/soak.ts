import { RandomSource } from '../../checker/core/randomSource.ts';
import {
  type BrokenHistory,
  type ClientEvent,
  checkHistory,
  type HistoryClaim,
} from '../../properties/history/history.ts';
import { checkSentOnce } from '../../properties/history/sentOnce.ts';
import type { KafkaVersion } from '../kafka/jars.ts';
import { pauseFor } from './cluster.ts';
import type { Scene } from './scene.ts';
import type { Outcome, Story } from './story.ts';

/** What a soak is to be. */
export interface SoakOptions {
  readonly version: KafkaVersion;
  readonly minutes: number;
  /** Faults a minute, on average. */
  readonly rate: number;
  readonly seed: number;
}

const brokers = [11, 12, 13] as const;
const controllers = [1, 2, 3] as const;
const kinds = ['kill', 'shutDown', 'pause', 'cutOff', 'prefer', 'killController'] as const;
type Fault = (typeof kinds)[number];

/** How long a node is down, still or cut off, in milliseconds. */
const SHORTEST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * Clients write and read while faults are drawn at random: killed, stopped and paused brokers, cuts, preferred
 * elections, killed controllers. At the end everybody is back, all is read, and what clients were told is held to
 * what they are promised.
 */
export function soak({ version, minutes, rate, seed }: SoakOptions): Story {
  return {
    name: `soak-${version}-${seed}`,
    tells: `For ${minutes} minutes, with ${rate} faults a minute, acknowledged records are kept and reads agree.`,
    source: 'docs/live.md',
    cutsNetwork: true,
    shape: {
      version,
      controllers,
      brokers,
      properties: {
        'auto.leader.rebalance.enable': 'true',
        'leader.imbalance.check.interval.seconds': 2,
      },
    },
    async play(scene) {
      await scene.begin(brokers, { 'min.insync.replicas': '2' });
      const until = Date.now() + minutes * 60_000;
      const clients = new Clients(scene);
      const faults = new Faults(scene, new RandomSource(seed), rate);
      // What fails in one must not leave the other running.
      await Promise.all([clients.run(until), faults.run(until)]);
      await scene.untilIsr(brokers.length, 120);
      await scene.expectProduced('last', 60);
      await scene.read();
      return outcome(scene, clients, faults);
    },
  };
}

/** What a log's end was told to be, which whoever was deposed and has not heard of it may still tell. */
const ofEnds: readonly HistoryClaim[] = ['end-offset-monotonic', 'own-writes-are-readable'];

/**
 * What of a history is not as promised. Each read is by a consumer that is new, and knows no leader epoch by which it
 * could tell that a leader is deposed: one that stood still, or is cut off, answers it with the end that it knows
 * (KIP-320 is for clients that know more). That promises nothing, and is apart.
 */
export function judged(events: readonly ClientEvent[]): {
  readonly broken: readonly BrokenHistory[];
  readonly outdated: readonly BrokenHistory[];
} {
  const all = checkHistory(events);
  return {
    broken: [...all.filter(({ claim }) => !ofEnds.includes(claim)), ...checkSentOnce(events)],
    outdated: all.filter(({ claim }) => ofEnds.includes(claim)),
  };
}

function outcome(scene: Scene, clients: Clients, faults: Faults): Outcome {
  const { broken, outdated } = judged(scene.events);
  for (const line of [...faults.report(), ...clients.report()]) scene.say(line);
  for (const { clause } of outdated) scene.say(`an end as a deposed leader knows it: ${clause}`);
  for (const { claim, clause } of broken.slice(0, 20)) scene.say(`${claim}: ${clause}`);
  const said = `${faults.count} faults, ${clients.stored} records stored`;
  const [first] = broken;
  return first === undefined
    ? { verdict: 'confirmed', because: `${said}; the history is in order` }
    : {
        verdict: 'not reproduced',
        because: `${said}; ${broken.length} times not: ${first.clause}`,
      };
}

/** A producer that sends each record once and waits for the answer, and a consumer that reads what is new. */
class Clients {
  readonly #scene: Scene;
  stored = 0;
  #refused = 0;
  #reads = 0;
  #longestMs = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async run(until: number): Promise<void> {
    let from = 0;
    let lastStored = Date.now();
    for (let count = 1; Date.now() < until; count++) {
      const { offset } = await this.#scene.produce(`r${count}`, { seconds: 3, isTold: false });
      if (offset === undefined) this.#refused++;
      else {
        this.stored++;
        this.#longestMs = Math.max(this.#longestMs, Date.now() - lastStored);
        lastStored = Date.now();
      }
      if (count % 20 === 0) {
        const end = await this.#scene.readFrom(from);
        if (end !== undefined) [from, this.#reads] = [end, this.#reads + 1];
      }
      await pauseFor(50);
    }
  }

  report(): string[] {
    const longest = (this.#longestMs / 1000).toFixed(1);
    return [
      `clients: ${this.stored} records stored, ${this.#refused} not, ${this.#reads} reads while faults went on`,
      `the longest time in which nothing was stored: ${longest} s`,
    ];
  }
}

/** Faults at random moments; each ends by itself. Two nodes of a kind may be harmed at a time, of controllers one. */
class Faults {
  readonly #scene: Scene;
  readonly #random: RandomSource;
  readonly #rate: number;
  readonly #harmed = new Set<number>();
  readonly #counts = new Map<Fault, number>();
  readonly #running = new Set<Promise<void>>();
  /** What could not be done, or never came about: a node that does not start again. */
  readonly #failures: unknown[] = [];

  constructor(scene: Scene, random: RandomSource, rate: number) {
    this.#scene = scene;
    this.#random = random;
    this.#rate = rate;
  }

  get count(): number {
    return [...this.#counts.values()].reduce((sum, each) => sum + each, 0);
  }

  async run(until: number): Promise<void> {
    for (;;) {
      // The time between two events of a Poisson process.
      const wait = (-Math.log(1 - this.#random.unit()) * 60_000) / this.#rate;
      if (Date.now() + wait > until) break;
      await pauseFor(wait);
      const fault = kinds[this.#random.below(kinds.length)] as Fault;
      const one = this.#harm(fault)
        .catch((error: unknown) => void this.#failures.push(error))
        .finally(() => this.#running.delete(one));
      this.#running.add(one);
    }
    await Promise.all(this.#running);
    const [failure] = this.#failures;
    if (failure !== undefined) throw failure;
  }

  async #harm(fault: Fault): Promise<void> {
    const ids: readonly number[] = fault === 'killController' ? controllers : brokers;
    const most = fault === 'killController' ? 1 : 2;
    const free = ids.filter(id => !this.#harmed.has(id));
    const id = free[this.#random.below(Math.max(1, free.length))];
    const lastsMs = SHORTEST_MS + this.#random.below(LONGEST_MS - SHORTEST_MS);
    if (id === undefined || ids.length - free.length >= most) return;
    this.#counts.set(fault, (this.#counts.get(fault) ?? 0) + 1);
    if (fault === 'prefer') {
      const replicas = [id, ...brokers.filter(each => each !== id)];
      await this.#scene.cluster.tryAsk('reassign', { topic: 't', replicas });
      return;
    }
    this.#harmed.add(id);
    await this.#take(fault, id, lastsMs);
    this.#harmed.delete(id);
  }

  async #take(fault: Exclude<Fault, 'prefer'>, id: number, lastsMs: number): Promise<void> {
    const { cluster } = this.#scene;
    const { network } = cluster.shape;
    switch (fault) {
      case 'kill':
      case 'killController':
      case 'shutDown':
        await (fault === 'shutDown' ? cluster.shutDown(id) : cluster.kill(id));
        await pauseFor(lastsMs);
        return cluster.startAndWait(id);
      case 'pause':
        cluster.pause(id);
        await pauseFor(lastsMs);
        return cluster.resume(id);
      case 'cutOff': {
        const all = [...controllers, ...brokers.filter(each => each !== id)];
        const from = all.filter(() => this.#random.chance(0.5));
        for (const each of from) network?.cut(id, each);
        this.#scene.say(`${id} is cut off from ${from.join() || 'nobody'}`);
        await pauseFor(lastsMs);
        for (const each of from) network?.heal(id, each);
        return this.#scene.say(`${id} is cut off no more`);
      }
    }
  }

  report(): string[] {
    const each = kinds.map(kind => `${kind} ${this.#counts.get(kind) ?? 0}`);
    return [`faults: ${each.join(', ')}`];
  }
}
