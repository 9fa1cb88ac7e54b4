import { LogError } from '../../checker/validate/logError.ts';
import type { FaultScript, FaultStep, Party } from './faultScript.ts';

/*
 * Specs of Trogdor, Kafka's own framework for faults and load: its JSON read as a fault script, and written from one.
 * Nodes are `broker-1`, `broker-2`, ... and `controller`; of other names the digits at their end are the broker.
 */

/** A spec, with the class that Trogdor reads it as. */
interface TrogdorSpec {
  readonly class: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly [field: string]: unknown;
}

const FAULT = 'org.apache.kafka.trogdor.fault';
const WORKLOAD = 'org.apache.kafka.trogdor.workload';

/** Between two steps that have no time of their own. */
const STEP_MS = 5000;
const DEFAULT_BROKERS = 3;

type TimedStep = FaultScript['steps'][number];

/**
 * Reads specs, one or a list of them, as Trogdor's clients take them (`{"id": ..., "spec": {...}}`) or alone. What a
 * spec begins ends with its duration.
 *
 * @throws LogError where it is no spec, or one of another kind than the four.
 */
export function readTrogdor(file: string, text: string): FaultScript {
  const json = parse(file, text);
  const specs = (Array.isArray(json) ? json : [json]).map(each => specIn(file, each));
  const begin = Math.min(...specs.map(({ startMs }) => startMs));
  const steps = specs
    .flatMap(spec => stepsOf(file, { ...spec, startMs: spec.startMs - begin }))
    .map((step, index) => ({ step, index }))
    .sort((a, b) => (a.step.atMs ?? 0) - (b.step.atMs ?? 0) || a.index - b.index)
    .map(({ step }) => step);
  const named = steps.flatMap(brokersIn);
  return { brokers: Math.max(DEFAULT_BROKERS, ...named), steps };
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LogError(file, 0, 'expected specs of Trogdor, as JSON');
  }
}

function specIn(file: string, json: unknown): TrogdorSpec {
  const found = isObject(json) && isObject(json['spec']) ? json['spec'] : json;
  const isSpec =
    isObject(found) &&
    typeof found['class'] === 'string' &&
    Number.isInteger(found['startMs']) &&
    Number.isInteger(found['durationMs']);
  if (!isSpec) {
    throw new LogError(file, 0, 'expected {"class": ..., "startMs": ..., "durationMs": ...}');
  }
  return found as unknown as TrogdorSpec;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stepsOf(file: string, spec: TrogdorSpec): TimedStep[] {
  const during = (begins: readonly FaultStep[], ends: readonly FaultStep[]): TimedStep[] => [
    ...begins.map(step => ({ ...step, atMs: spec.startMs })),
    ...ends.map(step => ({ ...step, atMs: spec.startMs + spec.durationMs })),
  ];
  switch (spec.class.split('.').at(-1)) {
    case 'ProcessStopFaultSpec': {
      const brokers = textsIn(file, spec, 'nodeNames').map(partyOf);
      const all = brokers.filter(each => each !== 'controller');
      if (all.length < brokers.length) throw new LogError(file, 0, 'controllers are not paused');
      return during(
        all.map(broker => ({ do: 'pause', broker })),
        all.map(broker => ({ do: 'resume', broker })),
      );
    }
    case 'NetworkPartitionFaultSpec': {
      const pairs = pairsIn(partitionsIn(file, spec));
      return during(
        pairs.map(pair => ({ do: 'cut', ...pair })),
        pairs.map(pair => ({ do: 'heal', ...pair })),
      );
    }
    case 'ProduceBenchSpec':
      return during([loadIn(file, spec)], []);
    case 'ConsumeBenchSpec':
      return during([], [{ do: 'consume' }]);
    default:
      throw new LogError(
        file,
        0,
        `${spec.class}: expected ProcessStopFaultSpec, NetworkPartitionFaultSpec, ProduceBenchSpec or ConsumeBenchSpec`,
      );
  }
}

function loadIn(file: string, spec: TrogdorSpec): FaultStep {
  const perSecond = Number(spec['targetMessagesPerSec']);
  const most = Number(spec['maxMessages']);
  if (!(perSecond > 0) || !(most > 0)) {
    throw new LogError(file, 0, 'expected targetMessagesPerSec and maxMessages above 0');
  }
  const inTime = Math.ceil((perSecond * spec.durationMs) / 1000);
  const conf = isObject(spec['producerConf']) ? spec['producerConf'] : {};
  const acks = String(conf['acks'] ?? 'all');
  return {
    do: 'load',
    records: Math.max(1, Math.min(most, inTime)),
    perSecond,
    acks: acks === '0' || acks === '1' ? acks : 'all',
  };
}

function textsIn(file: string, spec: TrogdorSpec, name: string): string[] {
  const value = spec[name];
  if (Array.isArray(value) && value.every(each => typeof each === 'string')) return value;
  throw new LogError(file, 0, `${name}: expected a list of names`);
}

function partitionsIn(file: string, spec: TrogdorSpec): Party[][] {
  const { partitions } = spec;
  const isLists = Array.isArray(partitions) && partitions.every(Array.isArray);
  if (!isLists) throw new LogError(file, 0, 'partitions: expected a list of lists of names');
  const sets = (partitions as unknown[][]).map(names => names.map(name => partyOf(String(name))));
  const all = sets.flat();
  if (new Set(all).size === all.length) return sets;
  throw new LogError(file, 0, 'partitions: a node is in more than one');
}

/** Nodes of different sets do not reach each other. */
function pairsIn(
  sets: readonly (readonly Party[])[],
): { readonly from: Party; readonly to: Party }[] {
  return sets.flatMap((set, index) =>
    set.flatMap(from => sets.slice(index + 1).flatMap(others => others.map(to => ({ from, to })))),
  );
}

function partyOf(name: string): Party {
  return /^controller/.test(name) ? 'controller' : Number(/\d+$/.exec(name)?.[0] ?? 0);
}
function nameOf(party: Party): string {
  return party === 'controller' ? party : `broker-${party}`;
}

function brokersIn(step: FaultStep): number[] {
  if ('broker' in step) return step.broker === undefined ? [] : [step.broker];
  if (!('from' in step)) return [];
  return [step.from, step.to].filter(party => party !== 'controller');
}

/** What Trogdor has of a script, and what it has nothing for: it kills no process and loses no disk. */
export interface WrittenTrogdor {
  readonly specs: readonly TrogdorSpec[];
  readonly left: readonly FaultStep[];
}

/** Writes a script as specs. Steps without a time of their own follow each other every five seconds. */
export function writeTrogdor({ steps }: FaultScript): WrittenTrogdor {
  const timed = steps.map((step, index) => ({ step, atMs: step.atMs ?? index * STEP_MS }));
  const end = Math.max(0, ...timed.map(({ atMs }) => atMs)) + STEP_MS;
  const left: FaultStep[] = [];
  const specs = timed.flatMap(({ step, atMs }, index): TrogdorSpec[] => {
    const closing = timed.slice(index + 1).find(each => isEndOf(each.step, step));
    const durationMs = (closing?.atMs ?? end) - atMs;
    const spec = specFor(step, atMs, durationMs);
    if (spec === undefined) left.push(step);
    return spec ?? [];
  });
  return { specs, left };
}

/** Whether a step ends what another has begun. */
function isEndOf(step: FaultStep, begun: FaultStep): boolean {
  if (step.do === 'resume' && begun.do === 'pause') return step.broker === begun.broker;
  if (step.do !== 'heal' || begun.do !== 'cut') return false;
  return step.from === begun.from && step.to === begun.to;
}

/** Nothing of its own for what ends with a duration, or is awaited; undefined for what Trogdor does not do. */
function specFor(step: FaultStep, startMs: number, durationMs: number): TrogdorSpec[] | undefined {
  const common = { startMs, durationMs };
  switch (step.do) {
    case 'pause': {
      const nodeNames = [nameOf(step.broker)];
      const of = { nodeNames, javaProcessName: 'kafka.Kafka' };
      return [{ class: `${FAULT}.ProcessStopFaultSpec`, ...common, ...of }];
    }
    case 'cut': {
      if (step.oneWay === true) return undefined;
      const partitions = [[nameOf(step.from)], [nameOf(step.to)]];
      return [{ class: `${FAULT}.NetworkPartitionFaultSpec`, ...common, partitions }];
    }
    case 'produce':
      return [produceSpec({ startMs, durationMs: STEP_MS }, 1, 1, step.acks)];
    case 'load':
      return [
        produceSpec(
          { startMs, durationMs: Math.ceil((step.records / step.perSecond) * 1000) },
          step.records,
          step.perSecond,
          step.acks,
        ),
      ];
    case 'consume':
      return [consumeSpec({ startMs, durationMs: STEP_MS })];
    case 'resume':
      return [];
    case 'heal':
      return step.oneWay === true ? undefined : [];
    default:
      return step.do.startsWith('await') ? [] : undefined;
  }
}

type Times = Pick<TrogdorSpec, 'startMs' | 'durationMs'>;

/** The topic that is written and read: it has one partition. */
const topic = 't';
const client = { bootstrapServers: 'localhost:9092' };

function produceSpec(
  times: Times,
  maxMessages: number,
  targetMessagesPerSec: number,
  acks: string,
): TrogdorSpec {
  return {
    class: `${WORKLOAD}.ProduceBenchSpec`,
    ...times,
    ...{ producerNode: 'client', ...client, targetMessagesPerSec, maxMessages },
    producerConf: { acks },
    activeTopics: { [topic]: { numPartitions: 1, replicationFactor: 3 } },
  };
}

function consumeSpec(times: Times): TrogdorSpec {
  return {
    class: `${WORKLOAD}.ConsumeBenchSpec`,
    ...times,
    ...{ consumerNode: 'client', ...client, targetMessagesPerSec: 1000, maxMessages: 1_000_000 },
    activeTopics: [topic],
  };
}
