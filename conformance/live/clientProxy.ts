import { createConnection, createServer, type Server, type Socket } from 'node:net';

/** The number of the produce request in Kafka's protocol. */
const PRODUCE = 0;

/**
 * Stands between clients and one broker. Everything passes, until produce requests or their answers are to be held back
 * or lost: what comes behind them on the same connection waits too, as on a real one.
 */
export class ClientProxy {
  readonly #server: Server;
  readonly #links = new Set<Link>();
  /** Where the broker listens. */
  readonly #target: number;
  #refuses = false;

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
    server.on('connection', client => this.#accept(client));
  }

  /** Listens on a free port, for a broker on another one, which need not be up yet. */
  static async before(target: number): Promise<ClientProxy> {
    return new Promise((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve(new ClientProxy(server, target)));
    });
  }

  /** Where clients find the broker. */
  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  readonly #steered: Steered = { requests: 'pass', answers: 'pass' };
  #lost = 0;
  /** Answers to produce requests that were lost with their connections. */
  get lost(): number {
    return this.#lost;
  }

  /** From the next produce request on, or the answer to one, everything waits that goes in that direction. */
  hold(what: keyof Steered): void {
    this.#steered[what] = 'hold';
  }
  /** What waits goes on, in its order. */
  letGo(what: keyof Steered): void {
    this.#steered[what] = 'pass';
    for (const link of this.#links) link.flush(what);
  }
  /** How many produce requests, or answers to them, wait. */
  held(what: keyof Steered): number {
    return [...this.#links].reduce((sum, link) => sum + link.held(what), 0);
  }
  /** The connection breaks when the next answer to a produce request comes, which nobody gets. */
  loseAnswer(): void {
    this.#steered.answers = 'lose';
  }
  /** Every connection breaks, and nobody gets another. */
  refuse(): void {
    this.#refuses = true;
    for (const link of this.#links) link.end();
  }

  close(): void {
    this.refuse();
    this.#server.close();
  }

  #accept(client: Socket): void {
    if (this.#refuses) {
      client.destroy();
      return;
    }
    const broker = createConnection(this.#target, '127.0.0.1');
    const link = new Link(client, broker, this.#steered, () => {
      this.#lost++;
      this.#steered.answers = 'pass';
    });
    this.#links.add(link);
    client.once('close', () => this.#links.delete(link));
  }
}

/** What becomes of produce requests and of their answers. */
interface Steered {
  requests: 'pass' | 'hold';
  answers: 'pass' | 'hold' | 'lose';
}

/** A message as it is on the wire, with its length. */
interface Frame {
  readonly bytes: Buffer;
  readonly isProduce: boolean;
}

/** A connection of a client through the proxy. */
class Link {
  readonly #client: Socket;
  readonly #broker: Socket;
  readonly #waiting: Readonly<Record<keyof Steered, Frame[]>> = { requests: [], answers: [] };
  /** Correlation ids of produce requests that were not answered. */
  readonly #produced = new Set<number>();

  constructor(client: Socket, broker: Socket, steered: Steered, onLost: () => void) {
    this.#client = client;
    this.#broker = broker;
    const requests = new Frames();
    const answers = new Frames();
    client.on('data', bytes => {
      for (const frame of requests.add(bytes)) this.#ask(frame, steered);
    });
    broker.on('data', bytes => {
      for (const frame of answers.add(bytes)) this.#answer(frame, steered, onLost);
    });
    for (const socket of [client, broker]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.end());
      socket.on('close', () => this.end());
    }
  }

  held(what: keyof Steered): number {
    return this.#waiting[what].filter(({ isProduce }) => isProduce).length;
  }

  flush(what: keyof Steered): void {
    const to = what === 'requests' ? this.#broker : this.#client;
    for (const { bytes } of this.#waiting[what].splice(0)) to.write(bytes);
  }

  end(): void {
    this.#client.destroy();
    this.#broker.destroy();
  }

  /** A request begins with its api, its version and its correlation id. */
  #ask(bytes: Buffer, { requests }: Steered): void {
    const isProduce = bytes.readInt16BE(4) === PRODUCE;
    if (isProduce) this.#produced.add(bytes.readInt32BE(8));
    this.#pass('requests', { bytes, isProduce }, requests === 'hold');
  }

  /** An answer begins with the correlation id of its request. */
  #answer(bytes: Buffer, { answers }: Steered, onLost: () => void): void {
    const isProduce = this.#produced.delete(bytes.readInt32BE(4));
    if (isProduce && answers === 'lose') {
      onLost();
      this.end();
      return;
    }
    this.#pass('answers', { bytes, isProduce }, answers === 'hold');
  }

  #pass(what: keyof Steered, frame: Frame, isHeld: boolean): void {
    const waiting = this.#waiting[what];
    waiting.push(frame);
    const mustWait = waiting.length > 1 || (isHeld && frame.isProduce);
    if (!mustWait) this.flush(what);
  }
}

/** Puts messages together again of what comes in pieces: each begins with its length. */
class Frames {
  #rest: Buffer = Buffer.alloc(0);

  add(bytes: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const whole: Buffer[] = [];
    while (this.#rest.length >= 4) {
      const end = 4 + this.#rest.readInt32BE(0);
      if (this.#rest.length < end) break;
      whole.push(this.#rest.subarray(0, end));
      this.#rest = this.#rest.subarray(end);
    }
    return whole;
  }
}
