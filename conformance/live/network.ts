import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/*
 * Every node in a network namespace of its own, joined by a bridge in another. A cut is a wrong neighbour entry:
 * silent, one-way, and nothing but iproute2 is needed.
 */

/** A hardware address that nobody has. */
const NOBODY = '02:00:00:00:00:99';

/** What is missing for namespaces, or undefined. */
export function missingForNetwork(): string | undefined {
  if (process.getuid?.() !== 0) return 'network cuts need root';
  if (!existsSync('/proc/self/ns/net')) return 'network cuts need network namespaces (Linux)';
  try {
    execFileSync('ip', ['-V'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'network cuts need iproute2 (the command ip)';
  }
}

/** The namespaces of one cluster. */
export class Network {
  readonly #ids: readonly number[];
  /** Names and addresses are of this process, so that two clusters do not meet. */
  readonly #tag = `hw${process.pid}`;

  constructor(ids: readonly number[]) {
    this.#ids = ids;
  }

  /** @throws Error when the machine refuses: what was made is then gone again. */
  open(): void {
    try {
      ip('netns', 'add', this.#hub);
      ip('-n', this.#hub, 'link', 'set', 'lo', 'up');
      ip('-n', this.#hub, 'link', 'add', 'br0', 'type', 'bridge');
      ip('-n', this.#hub, 'addr', 'add', `${this.hubAddress}/24`, 'dev', 'br0');
      ip('-n', this.#hub, 'link', 'set', 'br0', 'up');
      for (const id of this.#ids) this.#join(id);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #join(id: number): void {
    const inside = this.#namespace(id);
    const cable = `${this.#tag}v${id}`;
    ip('netns', 'add', inside);
    ip('-n', inside, 'link', 'set', 'lo', 'up');
    ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', inside);
    ip('link', 'set', cable, 'netns', this.#hub);
    ip('-n', this.#hub, 'link', 'set', cable, 'master', 'br0', 'up');
    ip('-n', inside, 'addr', 'add', `${this.address(id)}/24`, 'dev', 'eth0');
    ip('-n', inside, 'link', 'set', 'eth0', 'up');
  }

  /** Removes all of it; what is not there is no error. */
  close(): void {
    for (const name of [...this.#ids.map(id => this.#namespace(id)), this.#hub]) {
      try {
        ip('netns', 'del', name);
      } catch {
        // It was never made.
      }
    }
  }

  /** Where clients are, and a ZooKeeper. */
  readonly hubAddress = '10.77.0.254';
  address(id: number): string {
    return `10.77.0.${id}`;
  }
  /** What a command is put behind to run where a node is. */
  inside(id: number): readonly string[] {
    return ['ip', 'netns', 'exec', this.#namespace(id)];
  }
  /** The same for clients, which nothing cuts off. */
  get insideHub(): readonly string[] {
    return ['ip', 'netns', 'exec', this.#hub];
  }

  /** Nothing that one sends reaches the other. */
  cutOneWay(from: number, to: number): void {
    const entry = ['lladdr', NOBODY, 'nud', 'permanent', 'dev', 'eth0'];
    ip('-n', this.#namespace(from), 'neigh', 'replace', this.address(to), ...entry);
  }
  healOneWay(from: number, to: number): void {
    try {
      ip('-n', this.#namespace(from), 'neigh', 'del', this.address(to), 'dev', 'eth0');
    } catch {
      // It was not cut.
    }
  }
  cut(a: number, b: number): void {
    this.cutOneWay(a, b);
    this.cutOneWay(b, a);
  }
  heal(a: number, b: number): void {
    this.healOneWay(a, b);
    this.healOneWay(b, a);
  }

  get #hub(): string {
    return `${this.#tag}hub`;
  }
  #namespace(id: number): string {
    return `${this.#tag}n${id}`;
  }
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
