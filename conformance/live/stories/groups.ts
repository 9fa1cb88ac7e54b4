import { groupsDescribed } from '../../../catalogue/groups.ts';
import { readLog } from '../../../checker/validate/readLog.ts';
import { validate } from '../../../checker/validate/validate.ts';
import { groupLog, type ObservedGroup } from '../groupLog.ts';
import { ObservedMembers, TOPIC } from '../observedMembers.ts';
import type { Scene } from '../scene.ts';
import type { Outcome, Story } from '../story.ts';

/* A real group over two failovers of its coordinator, held to what `groups` allows. */

const RECORDS = 3;
const brokers = [11, 12] as const;

/** Of the classic protocol. */
export const classicGroup = story('classicGroup', 'classic', { 'heartbeat.interval.ms': 500 });
/** Of KIP-848. */
export const consumerGroup = story('consumerGroup', 'consumer', {});

function story(
  name: string,
  protocol: ObservedGroup['protocol'],
  settings: Readonly<Record<string, string | number>>,
): Story {
  return {
    name,
    tells: `What a group sees over two failovers of its coordinator is a run of the model, group.protocol=${protocol}.`,
    source: 'docs/groups.md',
    shape: {
      version: '4.3.1',
      controllers: [1],
      brokers,
      properties: {
        'offsets.topic.replication.factor': 2,
        'group.consumer.min.heartbeat.interval.ms': 500,
        'group.consumer.heartbeat.interval.ms': 500,
      },
    },
    async play(scene) {
      const seen = new ObservedMembers(scene, {
        'group.id': 'g',
        'group.protocol': protocol,
        ...settings,
      });
      await playGroup(scene, seen);
      const group = { protocol, kafka: '4.3.1', members: ['m1', 'm2'], partitions: 2 } as const;
      const log = groupLog({ ...group, records: RECORDS, brokers: brokers.length }, seen.events);
      const text = `${log.map(line => JSON.stringify(line)).join('\n')}\n`;
      scene.keep('group.ndjson', text);
      return judged(text);
    },
  };
}

/** What the model says of a log of a group. */
export function judged(text: string): Outcome {
  const { header, observation } = readLog('group', text);
  const { entry } = groupsDescribed;
  const { model } = entry.build({
    config: header.settings ?? {},
    bounds: { ...entry.quietScope, ...header.bounds },
    defects: [],
  });
  const { verdict, constraints, line, nearest } = validate(model, observation, 2_000_000);
  const { lines, observedSteps, unobservedSteps, fields } = constraints;
  const steps = `${observedSteps} steps observed, ${unobservedSteps} not`;
  const counts = `${lines} of ${observation.lines.length} lines, ${steps}, ${fields} fields compared`;
  if (verdict === 'explained') return { verdict: 'confirmed', because: counts };
  const told = line === undefined ? '' : `: ${observation.lines[line]?.text}`;
  const [miss] = nearest ?? [];
  return {
    verdict: 'not reproduced',
    because: `${verdict}, ${counts}${told}; nearest ${JSON.stringify(miss)}`,
  };
}

async function playGroup({ cluster }: Scene, seen: ObservedMembers): Promise<void> {
  await cluster.ask('create', { topic: TOPIC, replicas: brokers, partitions: 2, configs: {} });
  for (let record = 0; record < RECORDS; record++) {
    for (const partition of [0, 1]) {
      const value = `${partition}-${record}`;
      await cluster.ask('produce', {
        topic: TOPIC,
        partition,
        value,
        acks: 'all',
        timeoutMs: 30_000,
      });
    }
  }
  await seen.open('m1');
  await seen.until(
    'm1 knows where to go on in both partitions',
    () => seen.count('m1', 'begins') === 2,
  );
  await seen.take('m1');
  await seen.commit('m1');
  await seen.open('m2');
  await seen.until('each has a partition', () => seen.isShared());
  await seen.take('m1');
  await seen.moveCoordinator(brokers.length);
  await seen.commit('m1');
  await seen.take('m2');
  await seen.commit('m2');
  await seen.moveCoordinator(brokers.length);
  await seen.take('m2');
  await seen.commit('m2');
  await seen.close('m1');
  const before = seen.count('m2', 'begins');
  await seen.until('m2 has both partitions', () => seen.count('m2', 'begins') > before);
  await seen.take('m2');
  await seen.commit('m2');
}
