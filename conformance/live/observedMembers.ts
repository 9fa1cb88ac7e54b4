import type { MemberEvent, Moved } from './groupLog.ts';
import type { Scene } from './scene.ts';

/** The topic that groups read. */
export const TOPIC = 'g';
/** The topic of their coordinator, of one partition. */
export const OFFSETS = '__consumer_offsets';

type Settings = Readonly<Record<string, string | number>>;

/** Members of a real group, and what they see. */
export class ObservedMembers {
  readonly events: (MemberEvent | Moved)[] = [];
  readonly #scene: Scene;
  readonly #settings: Settings;
  /** The broker that coordinates, and the one that did first. */
  #coordinator = 0;
  #first = 0;

  constructor(scene: Scene, settings: Settings) {
    this.#scene = scene;
    this.#settings = settings;
  }

  async open(name: string, own: Settings = {}): Promise<void> {
    const settings = { ...this.#settings, ...own };
    await this.#scene.cluster.ask('openMember', { name, topic: TOPIC, settings });
  }

  async take(name: string): Promise<void> {
    await this.#tell(name, 'take', 'polled');
  }

  async commit(name: string): Promise<void> {
    await this.#tell(name, 'commit', 'committed');
  }

  /** Its application does not poll, or polls again. */
  async rest(name: string, rests: boolean): Promise<void> {
    await this.#scene.cluster.ask('tellMember', { name, what: rests ? 'rest' : 'poll' });
  }

  async close(name: string): Promise<void> {
    await this.#tell(name, 'close', 'closed');
  }

  async #tell(name: string, what: string, expected: string): Promise<void> {
    const before = this.count(name, expected);
    await this.#scene.cluster.ask('tellMember', { name, what });
    await this.until(`${name} has ${expected}`, () => this.count(name, expected) > before);
  }

  count(name: string, kind: string): number {
    return this.events.filter(
      each => 'member' in each && each.member === name && each.kind === kind,
    ).length;
  }

  /** Whether each member has one partition, and knows where to go on. */
  isShared(): boolean {
    return ['m1', 'm2'].every(name => this.placesOf(name).size === 1);
  }

  /** The partitions that a member owns, and in which it knows where to go on. */
  placesOf(name: string): Set<number> {
    const places = new Set<number>();
    for (const each of this.events) {
      if (!('member' in each) || each.member !== name || each.partition === undefined) continue;
      if (each.kind === 'begins') places.add(each.partition);
      if (each.kind === 'revoked' || each.kind === 'lost') places.delete(each.partition);
    }
    return places;
  }

  async until(what: string, holds: () => boolean, seconds = 60): Promise<void> {
    await this.#scene.cluster.until(
      what,
      async () => {
        const { events } = await this.#scene.cluster.ask('memberEvents');
        for (const each of events as MemberEvent[]) {
          this.#scene.say(
            `${each.member} ${each.kind} ${each.partition ?? ''} ${each.offset ?? ''}`,
          );
          if (each.kind.startsWith('failed')) throw new Error(`${each.member} ${each.kind}`);
          this.events.push(each);
        }
        return holds();
      },
      seconds,
    );
  }

  /** The coordinator is killed, the other broker takes over, and it is started again. */
  async moveCoordinator(replicas: number): Promise<void> {
    const { cluster } = this.#scene;
    const old = await this.#leader();
    if (this.#first === 0) this.#first = old;
    await cluster.until('both replicas of the offsets are in sync', async () => {
      const { isr } = await cluster.ask('describe', { topic: OFFSETS });
      return Array.isArray(isr) && isr.length === replicas;
    });
    await cluster.kill(old);
    await cluster.until(`${old} coordinates no more`, async () => {
      const leader = await this.#leader();
      return leader > 0 && leader !== old;
    });
    this.#coordinator = await this.#leader();
    this.events.push({ kind: 'moved', to: this.#coordinator === this.#first ? 1 : 2 });
    await cluster.startAndWait(old);
  }

  async #leader(): Promise<number> {
    const { leader } = await this.#scene.cluster.tryAsk('describe', { topic: OFFSETS });
    return Number(leader ?? -1);
  }
}

/** Another broker leads a partition, in a clean election: the first of these, as soon as leaders are balanced. */
export async function moveTo(
  { cluster }: Pick<Scene, 'cluster'>,
  topic: string,
  replicas: readonly number[],
): Promise<void> {
  const [leader] = replicas;
  await cluster.ask('reassign', { topic, replicas });
  await cluster.until(`${leader} leads ${topic}`, async () => {
    const { leader: found, isr } = await cluster.ask('describe', { topic });
    return found === leader && Array.isArray(isr) && isr.length === replicas.length;
  });
}
