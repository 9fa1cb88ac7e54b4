import {
  type BrokenHistory,
  type ClientEvent,
  checkHistory,
} from '../../properties/history/history.ts';
import { type Answer, type Cluster, NeverHappened } from './cluster.ts';

/** The one topic of every story; it has one partition. */
const TOPIC = 't';
const PARTITION = `${TOPIC}-0`;

/** How a partition is, as the brokers say. */
export interface Described {
  readonly leader: number;
  readonly isr: readonly number[];
  readonly elr: readonly number[];
  readonly lastKnownElr: readonly number[];
}

/** What came of a record that was sent. */
export interface Produced {
  readonly value: string;
  /** Absent if it was not acknowledged. */
  readonly offset?: number;
  readonly refused?: string;
}

interface SendOptions {
  readonly acks?: string;
  readonly seconds?: number;
  /** One that was opened by its name, whatever its acks; by default one that sends each record once. */
  readonly producer?: string;
  readonly topic?: string;
}

/** A cluster with a topic, and all that its clients were told. */
export class Scene {
  readonly cluster: Cluster;
  readonly events: ClientEvent[] = [];
  /** Further files of what was seen, by their names. */
  readonly files = new Map<string, string>();
  readonly #say: (line: string) => void;

  constructor(cluster: Cluster, say: (line: string) => void) {
    this.cluster = cluster;
    this.#say = say;
  }

  say(line: string): void {
    this.#say(line);
  }

  /** Keeps a file of what was seen, where a story is saved. */
  keep(name: string, text: string): void {
    this.files.set(name, text);
  }

  /** Creates the topic and waits until every replica is in the ISR and a record is stored. */
  async begin(
    replicas: readonly number[],
    configs: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.cluster.ask('create', { topic: TOPIC, replicas, configs });
    await this.untilIsr(replicas.length);
    await this.expectProduced('base', 30);
  }

  async describe(): Promise<Described | undefined> {
    const answer = await this.cluster.tryAsk('describe', { topic: TOPIC });
    if (answer.error !== undefined) return undefined;
    const { leader, isr, elr, lastKnownElr } = answer;
    return {
      leader: Number(leader),
      isr: numbersOf(isr),
      elr: numbersOf(elr),
      lastKnownElr: numbersOf(lastKnownElr),
    };
  }
  async untilIsr(size: number, seconds = 60): Promise<Described> {
    return this.#untilDescribed(`the ISR has ${size}`, ({ isr }) => isr.length === size, seconds);
  }
  async untilLed(other: number | undefined, seconds = 60): Promise<Described> {
    const what = other === undefined ? 'somebody leads' : `somebody other than ${other} leads`;
    return this.#untilDescribed(what, ({ leader }) => leader > 0 && leader !== other, seconds);
  }
  async untilLedBy(id: number, seconds = 60): Promise<Described> {
    return this.#untilDescribed(`${id} leads`, ({ leader }) => leader === id, seconds);
  }
  async untilOutOfIsr(id: number, seconds = 60): Promise<Described> {
    return this.#untilDescribed(`${id} is not in the ISR`, ({ isr }) => !isr.includes(id), seconds);
  }
  async untilLeaderless(seconds = 30): Promise<Described> {
    return this.#untilDescribed('nobody leads', ({ leader }) => leader === -1, seconds);
  }
  async #untilDescribed(
    what: string,
    test: (found: Described) => boolean,
    seconds: number,
  ): Promise<Described> {
    const look = async (): Promise<Described | undefined> => {
      const found = await this.describe();
      return found !== undefined && test(found) ? found : undefined;
    };
    const found = await this.cluster.until(what, look, seconds);
    this.say(`  ${JSON.stringify(found)}`);
    return found;
  }

  /** Another assignment: the first of it is the preferred leader, and is elected within a second or two. */
  async reassign(replicas: readonly number[]): Promise<void> {
    const ask = async (): Promise<boolean> => {
      const answer = await this.cluster.tryAsk('reassign', { topic: TOPIC, replicas });
      return answer.error === undefined;
    };
    await this.cluster.until(`the assignment is ${replicas.join()}`, ask, 30);
  }
  async untilLogged(id: number, line: RegExp, seconds = 40): Promise<void> {
    const isThere = (): boolean => this.cluster.logged(id).some(each => line.test(each));
    await this.cluster.until(`${id} logs ${line.source}`, isThere, seconds);
  }

  /** SIGKILL for each, one after the other; waits until that many are out of the ISR. */
  async lose(ids: readonly number[], left: number): Promise<Described> {
    for (const id of ids) await this.cluster.kill(id);
    return this.untilIsr(left);
  }
  /** Starts brokers, waits until the ISR has all of so many, and reads the log. */
  async bringBack(ids: readonly number[], size = 3, seconds = 120): Promise<void> {
    for (const id of ids) this.cluster.start(id);
    await this.untilIsr(size, seconds);
    await this.read();
  }

  /** Sends a record once. */
  async produce(
    value: string,
    { acks = 'all', seconds = 5, isTold = true } = {},
  ): Promise<Produced> {
    const given = { topic: TOPIC, value, acks, timeoutMs: seconds * 1000 };
    return this.#told(value, await this.cluster.tryAsk('produce', given), acks, isTold);
  }
  /**
   * The same until it is stored: a client that is new may not know the leader yet. What is sent again has another
   * value, for the first may be stored all the same.
   */
  async expectProduced(value: string, seconds: number): Promise<Produced> {
    let attempts = 0;
    const look = async (): Promise<Produced | undefined> => {
      attempts++;
      const produced = await this.produce(attempts === 1 ? value : `${value}-${attempts}`);
      return produced.offset === undefined ? undefined : produced;
    };
    return this.cluster.until(`${value} is stored`, look, seconds);
  }
  /** Sends a record and does not wait for what comes of it. */
  async send(
    value: string,
    { acks = 'all', seconds = 60, producer, topic = TOPIC }: SendOptions = {},
  ): Promise<void> {
    const given = { topic, value, acks, timeoutMs: seconds * 1000 };
    await this.cluster.ask('send', producer === undefined ? given : { ...given, producer });
  }
  /** Waits for what comes of a record that was sent. */
  async untilAnswered(value: string, seconds: number, acks = 'all'): Promise<Produced> {
    const look = async (): Promise<Answer | undefined> => {
      const answer = await this.cluster.ask('sent', { value });
      return answer['done'] === true ? answer : undefined;
    };
    const answer = await this.cluster.until(`the producer of ${value} is answered`, look, seconds);
    const refused = answer['refused'];
    const given = refused === undefined ? answer : { error: String(refused) };
    return this.#told(value, given, acks);
  }

  #told(value: string, answer: Answer, acks: string, isTold = true): Produced {
    if (answer.error !== undefined) {
      if (isTold) this.say(`produce ${value} (acks=${acks}): ${answer.error}`);
      return { value, refused: answer.error };
    }
    const offset = Number(answer['offset']);
    if (isTold) this.say(`produce ${value} (acks=${acks}): acknowledged at offset ${offset}`);
    this.events.push({
      kind: 'acknowledged',
      client: 'producer',
      partition: PARTITION,
      offset,
      record: value,
    });
    return { value, offset };
  }

  /** Reads the whole log, as soon as that can be done. */
  async read(): Promise<readonly string[]> {
    const look = async (): Promise<Answer | undefined> => {
      const answer = await this.cluster.tryAsk('read', { topic: TOPIC });
      return answer.error === undefined ? answer : undefined;
    };
    const found = this.#wasRead(await this.cluster.until('the log is read', look, 60));
    const text = found.map(({ offset, record }) => `${offset}:${record}`).join(' ');
    this.say(`read: ${text.length > 300 ? `${found.length} records` : text || 'nothing'}`);
    return found.map(({ record }) => record);
  }
  /** Reads from an offset on, if that can be done now; @returns where the log ends. */
  async readFrom(from: number): Promise<number | undefined> {
    const answer = await this.cluster.tryAsk('read', { topic: TOPIC, from });
    if (answer.error !== undefined) return undefined;
    this.#wasRead(answer);
    return Number(answer['to']);
  }
  #wasRead({ from, to, records }: Answer): { offset: number; record: string }[] {
    const found = recordsOf(records);
    const read = { kind: 'read', client: 'consumer', partition: PARTITION } as const;
    this.events.push({ ...read, from: Number(from), to: Number(to), records: found });
    // The producer is shown the same end: what it was told is stored must be below it.
    const end = { kind: 'endOffset', client: 'producer', partition: PARTITION } as const;
    this.events.push({ ...end, offset: Number(to) });
    return found;
  }

  /** What of what clients were told is not so, whatever acks they had asked for. */
  broken(): readonly BrokenHistory[] {
    return checkHistory(this.events);
  }
}

/** Whether something does not happen in so many seconds. */
export async function doesNotHappen(happens: Promise<unknown>): Promise<boolean> {
  try {
    await happens;
    return false;
  } catch (error) {
    if (error instanceof NeverHappened) return true;
    throw error;
  }
}

function numbersOf(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}

function recordsOf(value: unknown): { offset: number; record: string }[] {
  if (!Array.isArray(value)) return [];
  return value.map(each => ({ offset: Number(each.offset), record: String(each.record) }));
}
