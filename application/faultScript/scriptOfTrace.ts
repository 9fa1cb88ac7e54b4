import { statesOf, valueAt } from '../../checker/trace/statesOf.ts';
import { callText } from '../../checker/trace/stepText.ts';
import type { TraceFile, TraceJson } from '../../checker/trace/traceFile.ts';
import type { FaultScript, FaultStep, Party } from './faultScript.ts';

/** What a real cluster cannot be made to do. */
export interface Unsteerable {
  /** Counted from 1; 0 where it is about the settings. */
  readonly step: number;
  readonly problem: string;
}

type Step = TraceFile['steps'][number];

/**
 * What is to be done to a real cluster so that it does as a trace of `replication` tells. Records that a follower does
 * not have in time are kept from it by a cut between it and the leader; what a cluster does by itself is awaited where
 * the story hangs on it.
 */
export function scriptOfTrace(trace: TraceFile): FaultScript | Unsteerable {
  const unfit = unfitIn(trace);
  if (unfit !== undefined) return { step: 0, problem: unfit };
  const translation = new Translation(trace);
  for (const [index, step] of trace.steps.entries()) {
    const problem = translation.take(step, index);
    if (problem !== undefined) return { step: index + 1, problem };
  }
  return translation.script;
}

/** What of the settings no cluster has. */
function unfitIn({ model }: TraceFile): string | undefined {
  if (model.name !== 'replication') return `it is a trace of ${model.name}`;
  if (model.defects.length > 0) return `no Kafka has the defect ${model.defects.join()}`;
  if (Number(model.config['partitions'] ?? 1) > 1) return 'it has several partitions';
  return undefined;
}

/** What a cluster does by itself, and nothing hangs on when. */
const byItself = new Set([
  ...['fetch', 'sendFetch', 'receiveFetch', 'queryEpochEnd', 'listOffsets', 'consume'],
  ...['handleAlterPartition', 'receiveAlterPartitionAnswer', 'resendAlterPartition'],
  ...['replayMetadata', 'applyConfiguration', 'checkpointHighWatermark', 'openForRequests'],
  ...['register', 'repeatRegistration', 'receiveRegistrationAnswer', 'unfence'],
  ...['enterControlledShutdown', 'stopCleanly', 'electUncleanlyAsSet'],
]);

class Translation {
  readonly #trace: TraceFile;
  readonly #states: readonly TraceJson[];
  readonly #steps: FaultScript['steps'][number][] = [];
  /** Links that are cut so that a follower does not fetch: its leader by the follower. */
  readonly #held = new Map<number, number>();
  readonly #silent = new Set<number>();
  #cuts: Extract<FaultStep, { readonly do: 'cut' | 'heal' }>[] = [];
  #records = 0;
  #because = '';
  readonly #down = new Set<number>();

  constructor(trace: TraceFile) {
    this.#trace = trace;
    this.#states = statesOf(trace);
  }

  get script(): FaultScript {
    for (const follower of [...this.#held.keys()]) this.#release(follower);
    return { brokers: Number(this.#trace.model.config['brokers']), steps: this.#steps };
  }

  /** @returns why a real cluster cannot be made to take the step. */
  take(step: Step, index: number): string | undefined {
    const broker = numberOf(step.params?.['broker']);
    this.#because = `${index + 1}: ${callText(step)}`;
    const problem = this.#translate(step, index, broker);
    this.#awaitAnswers(step);
    return problem;
  }

  #translate(
    { action, params = {}, ...step }: Step,
    index: number,
    broker: number,
  ): string | undefined {
    switch (action) {
      case 'produce':
        this.#produce(numberOf(params['leader']), String(params['acks']), index);
        return undefined;
      case 'receiveFetchResponse':
        this.#awaitReplica({ ...step, action, params });
        return undefined;
      case 'crash':
        this.#end({ do: 'crash', broker });
        return undefined;
      case 'losePower':
        return this.#losePower(broker, Number(params['kept']), index);
      case 'replaceDisk':
        this.#end({ do: 'loseDisk', broker });
        return undefined;
      case 'restart':
        this.#releaseFrom(broker);
        this.#down.delete(broker);
        this.#say({ do: 'start', broker });
        return undefined;
      case 'replayMetadata':
        return Number(params['records']) > 1
          ? 'a real broker is not told to learn several records at once'
          : undefined;
      case 'pause':
      case 'resume':
        this.#say({ do: action, broker });
        return undefined;
      case 'beginControlledShutdown':
        this.#end({ do: 'stop', broker });
        return undefined;
      case 'shrinkIsr':
        return this.#shrink(numberOf(params['leader']), index);
      case 'fence':
        this.#awaitLeader(index);
        return undefined;
      case 'missHeartbeats':
        this.#cut({ do: 'cut', from: broker, to: 'controller' });
        this.#say({ do: 'awaitOutOfIsr', broker });
        this.#silent.add(broker);
        return undefined;
      case 'cutNetwork':
        for (const each of cutsOf(broker, String(params['from']), this.#brokers)) this.#cut(each);
        return undefined;
      case 'cutLink': {
        const [from, to] = [numberOf(params['source']), numberOf(params['target'])];
        this.#cut({ do: 'cut', from, to, oneWay: true });
        return undefined;
      }
      case 'healNetwork':
        this.#heal();
        return undefined;
      case 'electPreferred':
        this.#prefer(numberOf(params['elected']));
        return undefined;
      case 'changeMinIsr':
        this.#say({ do: 'setMinIsr', to: Number(params['to']) });
        return undefined;
      default:
        return byItself.has(action) ? undefined : `a real cluster is not told to ${action}`;
    }
  }

  get #brokers(): readonly number[] {
    const count = Number(this.#trace.model.config['brokers']);
    return Array.from({ length: count }, (_, index) => index + 1);
  }

  #say(step: FaultStep): void {
    this.#steps.push({ ...step, because: this.#because });
  }

  #cut(step: Extract<FaultStep, { readonly do: 'cut' | 'heal' }>): void {
    this.#cuts.push(step);
    this.#say(step);
  }
  #heal(): void {
    for (const each of this.#cuts) this.#say({ ...each, do: 'heal' });
    this.#cuts = [];
    this.#silent.clear();
  }

  /** The process of a broker ends: who was silent may go on. */
  #end(step: FaultStep & { readonly broker: number }): void {
    this.#say(step);
    this.#down.add(step.broker);
    if (this.#silent.size > 0) this.#heal();
  }

  #produce(leader: number, acks: string, index: number): void {
    this.#records++;
    const kept = this.#followersWithout(leader, index);
    for (const follower of kept) this.#hold(follower, leader);
    const known = acks === '0' || acks === '1' ? acks : 'all';
    this.#say({ do: 'produce', record: this.#records, acks: known });
  }

  /** Followers whose log does not have the record by the next fault: it must not reach them. */
  #followersWithout(leader: number, index: number): number[] {
    const rest = this.#trace.steps.slice(index + 1);
    const next = rest.findIndex(({ action }) => ends.has(action));
    const at = next < 0 ? this.#states.length - 1 : index + 1 + next;
    const end = this.#logEnd(leader, index + 1);
    return this.#brokers.filter(each => each !== leader && this.#logEnd(each, at) < end);
  }

  #logEnd(broker: number, state: number): number {
    const log = this.#valueAt(state, `partitions.partition-1.replicas.broker-${broker}.log`);
    return Array.isArray(log) ? log.length : 0;
  }
  #valueAt(state: number, path: string): TraceJson {
    return valueAt(this.#states[state] ?? null, `protocol.${path}`);
  }

  /**
   * Who was kept from a leader may go on. Not as soon as its process has died: what it has sent and nobody has received
   * is sent by its machine all the same, until who asked has turned to another leader.
   */
  #releaseFrom(leader: number): void {
    for (const [follower, from] of [...this.#held]) {
      if (from === leader) this.#release(follower);
    }
  }
  #hold(follower: number, leader: number): void {
    if (this.#held.has(follower)) return;
    this.#held.set(follower, leader);
    this.#say({ do: 'cut', from: follower, to: leader });
  }
  #release(follower: number): void {
    const leader = this.#held.get(follower);
    this.#held.delete(follower);
    if (leader !== undefined) this.#say({ do: 'heal', from: follower, to: leader });
  }

  /** The follower has what it was sent. */
  #awaitReplica({ params = {}, changes }: Step): void {
    const grows = changes.some(({ path }) => /\.log\[\d+\]$/.test(path));
    const broker = numberOf(params['follower']);
    if (!grows) return;
    this.#release(broker);
    this.#say({ do: 'awaitReplica', broker, record: this.#records });
  }

  /** A producer is told in this step that its record is stored. */
  #awaitAnswers({ changes }: Step): void {
    for (const { path, after } of changes) {
      if (!/^ghost\.partitions\.partition-1\.acknowledged\[\d+\]$/.test(path)) continue;
      const { record } = after as { readonly record: number };
      this.#say({ do: 'awaitAnswer', record });
    }
  }

  #losePower(broker: number, kept: number, index: number): string | undefined {
    const end = this.#logEnd(broker, index);
    const atBegin = this.#logEnd(broker, 0);
    if (kept >= end) this.#end({ do: 'crash', broker });
    else if (kept === atBegin) this.#end({ do: 'losePower', broker });
    else return `a disk that keeps ${kept} of ${end} records is not copied`;
    return undefined;
  }

  /** Who lags is kept from the leader until that has taken it out of the ISR. */
  #shrink(leader: number, index: number): string | undefined {
    const isrs = this.#states.slice(index).map(state => isrIn(state));
    const before = isrs[0] ?? [];
    const after = isrs.find(isr => isr.length < before.length);
    if (after === undefined) return 'the ISR is not written';
    const lagging = before.filter(each => !after.includes(each));
    for (const each of lagging) this.#hold(each, leader);
    for (const broker of lagging) this.#say({ do: 'awaitOutOfIsr', broker });
    return undefined;
  }

  #awaitLeader(index: number): void {
    const leader = valueAt(newestIn(this.#states[index + 1] ?? null), 'leader');
    const broker = leader === null ? undefined : numberOf(leader);
    // Who is down and elected leads nothing, and is replaced at once: nothing hangs on it.
    if (broker !== undefined && this.#down.has(broker)) return;
    this.#say({ do: 'awaitLeader', broker });
    for (const each of this.#down) this.#releaseFrom(each);
  }

  /** Kafka prefers the first of the assignment: that is reordered. */
  #prefer(elected: number): void {
    const others = this.#brokers.filter(each => each !== elected);
    this.#say({ do: 'prefer', replicas: [elected, ...others] });
    this.#say({ do: 'awaitLeader', broker: elected });
  }
}

/** The partition as the newest record has it. */
function newestIn(state: TraceJson): TraceJson {
  const history = valueAt(state, 'protocol.metadata.history');
  return valueAt(
    Array.isArray(history) ? (history.at(-1) ?? null) : null,
    'partitions.partition-1',
  );
}

function isrIn(state: TraceJson): number[] {
  const isr = valueAt(newestIn(state), 'isr');
  return Array.isArray(isr) ? isr.map(numberOf) : [];
}

/** Actions after which a record does not reach who does not have it. */
const ends = new Set([
  ...['crash', 'losePower', 'replaceDisk', 'shrinkIsr', 'cutNetwork', 'cutLink', 'pause'],
  ...['missHeartbeats', 'electPreferred', 'beginControlledShutdown'],
]);

function cutsOf(
  broker: number,
  from: string,
  all: readonly number[],
): Extract<FaultStep, { readonly do: 'cut' | 'heal' }>[] {
  const controller: Party = 'controller';
  const others = all
    .filter(each => each !== broker)
    .map(to => ({ do: 'cut' as const, from: broker, to }));
  switch (from) {
    case 'toController':
      return [{ do: 'cut', from: broker, to: controller, oneWay: true }];
    case 'fromController':
      return [{ do: 'cut', from: controller, to: broker, oneWay: true }];
    case 'brokers':
      return others;
    case 'controller':
      return [{ do: 'cut', from: broker, to: controller }];
    default:
      return [{ do: 'cut', from: broker, to: controller }, ...others];
  }
}

function numberOf(name: TraceJson | undefined): number {
  return Number(/\d+$/.exec(String(name))?.[0] ?? 0);
}
