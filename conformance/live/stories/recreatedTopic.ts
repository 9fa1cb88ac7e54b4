import type { KafkaVersion } from '../../kafka/jars.ts';
import { pauseFor } from '../cluster.ts';
import type { Scene } from '../scene.ts';
import { lost, type Story } from '../story.ts';

/** Of the topic that is deleted, and then of the one that is created: where its log starts, and how long it is. */
const DELETED_BEFORE = 5;
const OLD_RECORDS = 6;

/**
 * A topic of which records were deleted is deleted itself, while a broker is down, and created again. The broker
 * finds the log of the old one when it starts (a stray), and keeps where that started; after a crash in the next half
 * minute the log of the new topic starts there.
 */
function startOfDeletedTopic(name: string, version: KafkaVersion, newRecords: number): Story {
  return {
    name,
    tells:
      'A broker that has found the log of a deleted topic begins that of the next one where the old one began.',
    source: 'docs/findings.md',
    shape: {
      version,
      controllers: [1],
      brokers: [11, 12, 13],
      properties: {
        'auto.leader.rebalance.enable': 'true',
        'leader.imbalance.check.interval.seconds': 1,
      },
    },
    async play(scene) {
      const { cluster } = scene;
      await create(scene, 3);
      for (let each = 0; each < OLD_RECORDS; each++) await produceToOld(scene, `old-${each}`);
      await cluster.ask('deleteRecords', { topic: 't', before: DELETED_BEFORE });
      scene.say(`the records before ${DELETED_BEFORE} are deleted`);
      // Followers hear of it with their next fetch.
      await pauseFor(2000);
      await cluster.shutDown(13);
      await cluster.ask('deleteTopic', { topic: 't' });
      const isGone = async (): Promise<boolean> => (await scene.describe()) === undefined;
      await cluster.until('the topic is gone', isGone, 20);
      await create(scene, 2);
      await scene.expectProduced('new-0', 30);
      for (let each = 1; each < newRecords; each++) await scene.produce(`new-${each}`);
      await cluster.startAndWait(13);
      await scene.untilIsr(3);
      await cluster.kill(13);
      await cluster.startAndWait(13);
      await scene.untilIsr(3);
      await scene.readFrom(0);
      await scene.reassign([13, 11, 12]);
      await scene.untilLedBy(13);
      await cluster.until('the log is read', () => isRead(scene), 30);
      return lost(scene, 'new-1');
    },
  };
}

async function isRead(scene: Scene): Promise<boolean> {
  return (await scene.readFrom(0)) !== undefined;
}

async function create(scene: Scene, members: number): Promise<void> {
  const { cluster } = scene;
  const given = { topic: 't', replicas: [11, 12, 13], configs: { 'min.insync.replicas': '2' } };
  const isCreated = async (): Promise<boolean> =>
    (await cluster.tryAsk('create', given)).error === undefined;
  await cluster.until('the topic is created', isCreated, 30);
  await scene.untilIsr(members);
}

/** What is told of the old topic is no history of the new one. */
async function produceToOld({ cluster }: Scene, value: string): Promise<void> {
  const given = { topic: 't', value, acks: 'all', timeoutMs: 5000 };
  const isStored = async (): Promise<boolean> =>
    (await cluster.tryAsk('produce', given)).error === undefined;
  await cluster.until(`${value} is stored`, isStored, 30);
}

/** More records than the old log started at: those before that are gone. */
export const startOfDeletedTopicKept = startOfDeletedTopic('startOfDeletedTopic', '4.3.1', 8);
/** Fewer: the broker deletes the whole log, and comes back into the ISR without it. */
export const logOfNewTopicDeleted = startOfDeletedTopic('logOfNewTopicDeleted', '4.3.1', 3);
export const startOfDeletedTopic39 = startOfDeletedTopic('startOfDeletedTopic39', '3.9.1', 8);
