import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { compileDriver, type KafkaJars, type KafkaVersion, kafkaJars } from '../kafka/jars.ts';
import { ClientProxy } from './clientProxy.ts';
import type { Network } from './network.ts';
import {
  clientLogging,
  nodeLogging,
  nodeProperties,
  zooKeeperProperties,
} from './nodeProperties.ts';

/** Small heaps, one compiler, one collector: a node takes 120 to 150 MiB. */
const jvm = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xss512k', '-XX:-UsePerfData'];
const ZOOKEEPER = 'zookeeper';
const CLUSTER_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';

/** Files that say how a node is, and have no record of a topic. */
const kept = new Set(['leader-epoch-checkpoint', 'quorum-state']);

/** What a cluster is to be. */
export interface Shape {
  readonly version: KafkaVersion;
  readonly controllers: readonly number[];
  readonly brokers: readonly number[];
  /** Over the settings that every node has. */
  readonly properties?: Readonly<Record<string, string | number>>;
  /** Of one node, over those. */
  readonly propertiesOf?: Readonly<Record<number, Readonly<Record<string, string | number>>>>;
  /** Whether voters may change (KIP-853). */
  readonly dynamicQuorum?: boolean;
  /** Levels of features to format with: `eligible.leader.replicas.version=0`. */
  readonly features?: readonly string[];
  /** One ZooKeeper in place of controllers; up to 3.9 alone. */
  readonly zooKeeper?: boolean;
  /** Namespaces of their own for the nodes; loopback if absent. */
  readonly network?: Network | undefined;
  readonly heapMb?: number;
  /** Whether producers that are opened by name reach the brokers by proxies; on loopback only. */
  readonly proxied?: boolean;
}

/** The answer of the probe: what was asked for, or an error. */
export type Answer = Readonly<Record<string, unknown>> & { readonly error?: string };

/** What {@link Cluster.until} waits for never came about. */
export class NeverHappened extends Error {
  override readonly name = 'NeverHappened';
}

/**
 * A real Kafka as child processes on this machine. All of its files are in one folder of the temporary folder; `close`
 * ends every process and removes the folder, and so does the end of this process, also by a signal.
 */
export class Cluster {
  readonly shape: Shape;
  readonly #jars: KafkaJars;
  readonly #folder = mkdtempSync(join(tmpdir(), 'highwater-live-'));
  readonly #nodes = new Map<number, ChildProcess>();
  readonly #ports = new Map<string, number>();
  readonly #proxies = new Map<number, ClientProxy>();
  readonly #say: (line: string) => void;
  #probe: ChildProcess | undefined;
  #zooKeeper: ChildProcess | undefined;
  readonly #waiting: ((answer: Answer) => void)[] = [];
  readonly #onExit = (): void => this.close();
  #mostMb = 0;

  /** @throws KafkaUnavailable when there is no Kafka to be had here. */
  constructor(shape: Shape, say: (line: string) => void) {
    this.shape = shape;
    this.#say = say;
    this.#jars = kafkaJars(shape.version);
    process.on('exit', this.#onExit);
  }

  get ids(): readonly number[] {
    return [...new Set([...this.shape.controllers, ...this.shape.brokers])];
  }
  /** The most memory that all nodes took together when it was looked at, in MiB. */
  get mostMb(): number {
    return this.#mostMb;
  }

  /** Where clients find the brokers. */
  get bootstrap(): string {
    return this.#addresses(this.shape.brokers, 'broker');
  }

  /** Formats and starts every node, and waits until the brokers serve. */
  async open(): Promise<void> {
    this.shape.network?.open();
    await this.#findPorts();
    this.#writeFiles();
    this.#startProbe();
    if (this.shape.zooKeeper === true) await this.#startZooKeeper();
    else for (const id of this.ids) await this.#format(id);
    for (const id of this.ids) this.start(id);
    for (const id of this.ids) await this.#untilStarted(id, 1);
    if (this.shape.brokers.length > 0) {
      await this.ask('connect', { bootstrap: this.#addresses(this.shape.brokers, 'broker') });
    }
    this.#say(
      `${this.ids.length} nodes of Kafka ${this.shape.version} are up, ${this.megabytes()} MiB`,
    );
  }

  /** Ends every process and removes every file; again does nothing. */
  close(): void {
    process.removeListener('exit', this.#onExit);
    for (const node of this.#nodes.values()) node.kill('SIGKILL');
    this.#nodes.clear();
    this.#zooKeeper?.kill('SIGKILL');
    this.#probe?.kill('SIGKILL');
    for (const proxy of this.#proxies.values()) proxy.close();
    this.shape.network?.close();
    // A process that is being killed may still write.
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /** Asks the probe, which answers in the order in which it is asked. */
  async tryAsk(what: string, given: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return new Promise(resolve => {
      this.#waiting.push(resolve);
      this.#probe?.stdin?.write(`${JSON.stringify({ do: what, ...given })}\n`);
    });
  }
  /** @throws Error with what the probe says, when it cannot be done. */
  async ask(what: string, given: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    const answer = await this.tryAsk(what, given);
    if (answer.error === undefined) return answer;
    throw new Error(`${what} ${JSON.stringify(given)}: ${answer.error}`);
  }
  async askControllers(ids: readonly number[] = this.shape.controllers): Promise<void> {
    await this.ask('connectControllers', { bootstrap: this.#addresses(ids, 'controller') });
  }

  /** What is between producers that are opened by name and a broker. */
  proxy(id: number): ClientProxy {
    const proxy = this.#proxies.get(id);
    if (proxy === undefined) throw new Error(`there is no proxy before ${id}`);
    return proxy;
  }
  /** Opens a producer that reaches the brokers by their proxies. */
  async openProducer(
    name: string,
    settings: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    const found = [...this.#proxies.values()].map(({ port }) => `127.0.0.1:${port}`);
    await this.ask('openProducer', { name, settings, bootstrap: found.join() });
  }

  start(id: number): void {
    const inside = this.shape.network?.inside(id) ?? [];
    const given = ['kafka.Kafka', this.#file(`${id}.properties`)];
    this.#nodes.set(id, this.#spawn(`node-${id}.log`, inside, given));
    this.#say(`node ${id} starts`);
  }

  /** Starts a program of Kafka that logs into a file. */
  #spawn(log: string, inside: readonly string[], given: readonly string[]): ChildProcess {
    const out = openSync(this.#file(log), 'a');
    const [program = '', ...args] = [
      ...inside,
      ...dyingWithUs(),
      ...['java', `-Xmx${this.shape.heapMb ?? 192}m`, '-Xms32m'],
      ...['-XX:MaxDirectMemorySize=64m', ...jvm],
      `-Dlog4j2.configurationFile=${this.#file('log4j2.properties')}`,
      `-Dlog4j.configuration=file:${this.#file('log4j.properties')}`,
      ...['-cp', this.#jars.server, ...given],
    ];
    return spawn(program, args, { stdio: ['ignore', out, out] });
  }

  async #startZooKeeper(): Promise<void> {
    const inside = this.shape.network?.insideHub ?? [];
    const given = ['org.apache.zookeeper.server.quorum.QuorumPeerMain', this.#file('zoo.cfg')];
    this.#zooKeeper = this.#spawn('zookeeper.log', inside, given);
    const log = this.#file('zookeeper.log');
    const isUp = (): boolean => readFileSync(log, 'utf8').includes('binding to port');
    await this.until('ZooKeeper is up', isUp, 60);
  }
  /** Whether the process of a node has ended by itself. */
  hasEnded(id: number): boolean {
    return this.#nodes.get(id)?.exitCode !== null;
  }
  /** Starts a node again and waits until it says that it serves. */
  async startAndWait(id: number): Promise<void> {
    const before = this.#starts(id);
    this.start(id);
    await this.#untilStarted(id, before + 1);
  }
  /** SIGKILL: memory is lost, what was written is in the page cache. */
  async kill(id: number): Promise<void> {
    await this.#end(id, 'SIGKILL');
  }
  /** SIGTERM: a controlled shutdown. */
  async shutDown(id: number): Promise<void> {
    await this.#end(id, 'SIGTERM');
  }
  pause(id: number): void {
    this.#nodeOf(id).kill('SIGSTOP');
    this.#say(`SIGSTOP node ${id}`);
  }
  resume(id: number): void {
    this.#nodeOf(id).kill('SIGCONT');
    this.#say(`SIGCONT node ${id}`);
  }

  /** Keeps a copy of what a node has on disk, as of now. */
  copyDisk(id: number): void {
    cpSync(this.#disk(id), this.#file(`copy-${id}`), { recursive: true });
  }
  /** Power loss, after a kill: what was written since the copy is gone. */
  putBackDisk(id: number): void {
    rmSync(this.#disk(id), { recursive: true });
    cpSync(this.#file(`copy-${id}`), this.#disk(id), { recursive: true });
    this.#say(`node ${id} has the disk of before again`);
  }
  /** Disk loss, while the node is down: its replica of the topic is gone. */
  loseReplica(id: number, topic: string): void {
    rmSync(join(this.#disk(id), `${topic}-0`), { recursive: true });
    rmSync(join(this.#disk(id), '.kafka_cleanshutdown'), { force: true });
    this.#say(`node ${id} has lost its replica`);
  }
  /** How many bytes of records a replica has. */
  replicaBytes(id: number, topic: string): number {
    const file = join(this.#disk(id), `${topic}-0`, '00000000000000000000.log');
    return existsSync(file) ? readFileSync(file).length : 0;
  }
  /** What a controller has written of its epoch and leader. */
  quorumState(id: number): { readonly leaderId: number; readonly leaderEpoch: number } | undefined {
    const file = join(this.#disk(id), '__cluster_metadata-0', 'quorum-state');
    if (!existsSync(file)) return undefined;
    const { leaderId, leaderEpoch } = JSON.parse(readFileSync(file, 'utf8'));
    return { leaderId, leaderEpoch };
  }
  /** The directory id that a node of a dynamic quorum was formatted with. */
  directoryId(id: number): string {
    return Buffer.from([...Array(15).fill(7), id]).toString('base64url');
  }
  /** The lines that a node has logged. */
  logged(id: number): readonly string[] {
    const file = this.#file(`node-${id}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  }
  /** What a node keeps on disk beside records: epochs and where they start, the state of the quorum. */
  smallFiles(id: number): { readonly name: string; readonly text: string }[] {
    const disk = this.#disk(id);
    if (!existsSync(disk)) return [];
    return readdirSync(disk, { recursive: true, encoding: 'utf8' })
      .filter(name => kept.has(basename(name)))
      .sort()
      .map(name => ({ name, text: readFileSync(join(disk, name), 'utf8') }));
  }
  /** The metadata log of a node, as Kafka's own tool prints it; nothing where there is none. */
  metadataDump(id: number): string {
    const segment = join(this.#disk(id), '__cluster_metadata-0', '00000000000000000000.log');
    if (!existsSync(segment)) return '';
    const home = this.shape.version.startsWith('3.') ? 'kafka.tools' : 'org.apache.kafka.tools';
    const tool = [`${home}.DumpLogSegments`, '--cluster-metadata-decoder'];
    return execFileSync(
      'java',
      ['-Xmx128m', ...jvm, '-cp', this.#jars.server, ...tool, '--files', segment],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 256 * 1024 * 1024 },
    );
  }

  /**
   * Looks again and again until there is something to see.
   *
   * @throws NeverHappened after so many seconds.
   */
  async until<Seen>(
    what: string,
    look: () => Seen | undefined | false | Promise<Seen | undefined | false>,
    seconds = 60,
  ): Promise<Seen> {
    const begin = Date.now();
    for (;;) {
      const seen = await look();
      this.megabytes();
      if (seen !== undefined && seen !== false) {
        this.#say(`${what}: after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
        return seen;
      }
      if (Date.now() - begin > seconds * 1000)
        throw new NeverHappened(`not in ${seconds} s: ${what}`);
      await pauseFor(200);
    }
  }

  /** The memory of all nodes now, in MiB. */
  megabytes(): number {
    const sizes = [...this.#nodes.values()].map(({ pid }) => residentMb(pid));
    const sum = sizes.reduce((total, size) => total + size, 0);
    this.#mostMb = Math.max(this.#mostMb, sum);
    return sum;
  }

  async #end(id: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const node = this.#nodeOf(id);
    const gone = new Promise(resolve => node.once('exit', resolve));
    node.kill(signal);
    await gone;
    this.#nodes.delete(id);
    this.#say(`${signal} node ${id}`);
  }

  #nodeOf(id: number): ChildProcess {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new Error(`node ${id} does not run`);
    return node;
  }

  #starts(id: number): number {
    return this.logged(id).filter(line =>
      /Kafka Server started|\[KafkaServer id=\d+\] started/.test(line),
    ).length;
  }
  async #untilStarted(id: number, times: number): Promise<void> {
    await this.until(`node ${id} has started`, () => this.#starts(id) >= times, 120);
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }
  #disk(id: number): string {
    return this.#file(`disk-${id}`);
  }

  async #findPorts(): Promise<void> {
    const { network, controllers, brokers } = this.shape;
    const roles = [
      ...controllers.map(id => ({ key: `controller ${id}`, usual: 9093 })),
      ...brokers.map(id => ({ key: `broker ${id}`, usual: 9092 })),
      ...brokers.map(id => ({ key: `clients ${id}`, usual: 9094 })),
      { key: ZOOKEEPER, usual: 2181 },
    ];
    // In a namespace of its own every port is free.
    const ports = network === undefined ? await freePorts(roles.length) : [];
    roles.forEach(({ key, usual }, index) => {
      this.#ports.set(key, ports[index] ?? usual);
    });
    for (const id of this.shape.proxied === true ? brokers : [])
      this.#proxies.set(id, await ClientProxy.before(this.#ports.get(`clients ${id}`) ?? 0));
  }

  #address(id: number, role: 'broker' | 'clients' | 'controller'): string {
    const host = this.shape.network?.address(id) ?? '127.0.0.1';
    return `${host}:${this.#ports.get(`${role} ${id}`)}`;
  }
  #addresses(ids: readonly number[], role: 'broker' | 'controller'): string {
    return ids.map(id => this.#address(id, role)).join(',');
  }

  #writeFiles(): void {
    for (const [name, text] of Object.entries({ ...nodeLogging, ...clientLogging })) {
      writeFileSync(this.#file(name), text);
    }
    const { controllers, brokers, dynamicQuorum, properties } = this.shape;
    const zooKeeper = this.#ports.get(ZOOKEEPER) ?? 0;
    const host = this.shape.network?.hubAddress ?? '127.0.0.1';
    writeFileSync(this.#file('zoo.cfg'), zooKeeperProperties(this.#file('zookeeper'), zooKeeper));
    for (const id of this.ids) {
      const text = nodeProperties({
        id,
        controllers: controllers.map(each => ({
          id: each,
          address: this.#address(each, 'controller'),
        })),
        broker: brokers.includes(id) ? this.#address(id, 'broker') : undefined,
        proxied: this.#proxied(id),
        disk: this.#disk(id),
        zooKeeper: this.shape.zooKeeper === true ? `${host}:${zooKeeper}` : undefined,
        dynamicQuorum: dynamicQuorum === true,
        properties: { ...properties, ...this.shape.propertiesOf?.[id] },
      });
      writeFileSync(this.#file(`${id}.properties`), text);
    }
  }

  #proxied(id: number): { readonly address: string; readonly found: string } | undefined {
    const proxy = this.#proxies.get(id);
    if (proxy === undefined) return undefined;
    return { address: this.#address(id, 'clients'), found: `127.0.0.1:${proxy.port}` };
  }

  async #format(id: number): Promise<void> {
    const { controllers, dynamicQuorum, features = [] } = this.shape;
    const voters = controllers.map(
      each => `${each}@${this.#address(each, 'controller')}:${this.directoryId(each)}`,
    );
    const quorum = controllers.includes(id)
      ? ['--initial-controllers', voters.join(',')]
      : ['--no-initial-controllers'];
    const given = ['format', '-t', CLUSTER_ID, '-c', this.#file(`${id}.properties`)];
    const levels = features.flatMap(feature => ['--feature', feature]);
    const more = dynamicQuorum === true ? quorum : [];
    await this.ask('format', { arguments: [...given, ...levels, ...more] });
  }

  #startProbe(): void {
    const sources = ['./Probe.java', './Members.java', './Transactions.java'].map(name =>
      fileURLToPath(new URL(name, import.meta.url)),
    );
    const classes = compileDriver(this.#jars, sources);
    const command = [
      ...(this.shape.network?.insideHub ?? []),
      ...dyingWithUs(),
      ...['java', '-Xmx160m', ...jvm],
      `-Dlog4j2.configurationFile=${this.#file('log4j2-client.properties')}`,
      ...['-cp', `${classes}:${this.#jars.server}`, 'Probe'],
    ];
    const [program = '', ...args] = command;
    const errors = openSync(this.#file('probe.log'), 'a');
    const probe = spawn(program, args, { stdio: ['pipe', 'pipe', errors] });
    this.#probe = probe;
    if (probe.stdout === null) throw new Error('the probe has no output');
    createInterface({ input: probe.stdout }).on('line', line => {
      this.#waiting.shift()?.(JSON.parse(line));
    });
    probe.once('exit', () => {
      for (const each of this.#waiting.splice(0)) each({ error: 'the probe has ended' });
    });
  }
}

/** Waits; only real processes need it. */
export async function pauseFor(milliseconds: number): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** What a command is put behind so that it is killed when this process ends, however it does. */
function dyingWithUs(): readonly string[] {
  return existsSync('/usr/bin/setpriv') ? ['setpriv', '--pdeathsig', 'KILL'] : [];
}

/** Ports that nobody listens on, each once: all are held until the last is found. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listening));
  const ports = servers.map(server => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  return ports;
}

async function listening(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function residentMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
