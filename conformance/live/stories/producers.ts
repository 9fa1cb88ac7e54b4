import type { Scene } from '../scene.ts';
import type { Outcome, Story } from '../story.ts';

/* What producers repeat and put in another order: each message between them and a broker is steered by a proxy. */

/** A topic that 12 leads: who has written to it has a producer id, and a connection to 12 for its metadata. */
const WARM = 'warm';
const producer = 'application';

/** What a producer has that sends again: long enough patience, and time between two attempts. */
const patient = { 'delivery.timeout.ms': 120_000, 'retry.backoff.ms': 100 } as const;

/** How long one waits for a refusal that the producer is to hear before it sends something again. */
const MOMENT_MS = 2000;

const moving = {
  // Nobody is to be fenced, and no ISR is to shrink.
  'broker.session.timeout.ms': 45_000,
  'replica.lag.time.max.ms': 120_000,
  'auto.leader.rebalance.enable': 'true',
  'leader.imbalance.check.interval.seconds': 1,
} as const;

/** The answer is lost, and the producer sends again. */
export const lostAnswer: Story = {
  name: 'lostAnswer',
  tells: 'A record whose answer is lost is there twice without idempotence, and once with it.',
  source: 'traces/sent-again-without-idempotence--records-are-sent-once.trace.json',
  repeats: true,
  shape: { version: '4.3.1', controllers: [1], brokers: [11, 12], proxied: true },
  async play(scene) {
    const { cluster } = scene;
    await scene.begin([11, 12], { 'min.insync.replicas': '2' });
    for (const [name, isIdempotent] of [
      ['plain', 'false'],
      ['idempotent', 'true'],
    ] as const) {
      await cluster.openProducer(name, { ...patient, 'enable.idempotence': isIdempotent });
      cluster.proxy(11).loseAnswer();
      await scene.send(name, { producer: name });
      await scene.untilAnswered(name, 60);
    }
    const found = await scene.read();
    const [plain, idempotent] = ['plain', 'idempotent'].map(value => timesIn(found, value));
    const because = `without idempotence it is there ${plain} times, with it ${idempotent}`;
    const isSo = cluster.proxy(11).lost === 2 && plain === 2 && idempotent === 1;
    return { verdict: isSo ? 'confirmed' : 'not reproduced', because };
  },
};

/** A leader that knows nothing of a producer takes its second batch first. */
export const secondBatchFirst: Story = {
  name: 'secondBatchFirst',
  tells:
    'An idempotent producer puts records in another order and repeats one, over a clean failover.',
  source: 'traces/first-number-not-checked--records-keep-their-order.trace.json',
  shape: {
    version: '4.3.1',
    controllers: [1],
    brokers: [11, 12],
    properties: moving,
    proxied: true,
  },
  async play(scene) {
    const { cluster } = scene;
    const [old, next] = [cluster.proxy(11), cluster.proxy(12)];
    await begin(scene, [11, 12]);
    old.hold('requests');
    await scene.send('first', { producer });
    await cluster.until('first is on its way to 11', () => old.held('requests') === 1);
    await moveTo(scene, [12, 11]);
    next.loseAnswer();
    await scene.send('second', { producer });
    await cluster.until('12 has answered second, and that is lost', () => next.lost === 1);
    old.letGo('requests');
    for (const value of ['first', 'second']) await scene.untilAnswered(value, 60);
    return judged(await scene.read(), 'second first second');
  },
};

/** What is the next number is told by the largest that was acknowledged, while a batch before it is undecided. */
export const renumberedWhileUndecided: Story = {
  name: 'renumberedWhileUndecided',
  tells:
    'An idempotent producer numbers a batch anew that is in the log, over two clean failovers: it is there twice.',
  source: 'traces/renumbered-while-undecided--records-are-not-repeated.trace.json',
  shape: {
    version: '4.3.1',
    controllers: [1],
    brokers: [11, 12, 13],
    properties: moving,
    proxied: true,
  },
  async play(scene) {
    const { cluster } = scene;
    const [first, second] = [cluster.proxy(11), cluster.proxy(12)];
    await begin(scene, [11, 12, 13]);
    // In the ISR and silent, so that nothing is committed: 11 does not answer, and has to when it leads no more.
    cluster.proxy(13).refuse();
    cluster.pause(13);
    const before = cluster.replicaBytes(12, 't');
    first.hold('answers');
    await scene.send('a', { producer });
    await cluster.until('12 has a', () => cluster.replicaBytes(12, 't') > before);
    first.hold('requests');
    await scene.send('b', { producer });
    await cluster.until('b is on its way to 11', () => first.held('requests') === 1);
    await moveTo(scene, [12, 11, 13]);
    await cluster.until('11 has answered a', () => first.held('answers') === 1);
    second.hold('answers');
    await scene.send('c', { producer });
    await cluster.until('12 has answered c', () => second.held('answers') === 1);
    await scene.reassign([11, 12, 13]);
    await scene.untilLedBy(11);
    first.letGo('requests');
    cluster.resume(13);
    await cluster.until('11 has answered b', () => first.held('answers') === 2);
    first.letGo('answers');
    await scene.untilAnswered('b', 10);
    second.letGo('answers');
    for (const value of ['a', 'c']) await scene.untilAnswered(value, 60);
    return judged(await scene.read(), 'a b a c');
  },
};

async function begin(scene: Scene, replicas: readonly number[]): Promise<void> {
  const { cluster } = scene;
  await scene.begin(replicas, { 'min.insync.replicas': '2' });
  await cluster.ask('create', { topic: WARM, replicas: [12], configs: {} });
  await cluster.openProducer(producer, {
    ...patient,
    'enable.idempotence': 'true',
    'retry.backoff.ms': MOMENT_MS,
    'retry.backoff.max.ms': MOMENT_MS,
  });
  await scene.send('warm', { producer, topic: WARM });
  await cluster.until('it has a producer id', async () => {
    const answer = await cluster.ask('sent', { value: 'warm' });
    return answer['offset'] !== undefined;
  });
  await knowsLeader(scene, 11);
}

/** Another leader, in a clean election of which the producer has heard. */
async function moveTo(scene: Scene, replicas: readonly number[]): Promise<void> {
  const [leader = 0] = replicas;
  await scene.reassign(replicas);
  await scene.untilLedBy(leader);
  await knowsLeader(scene, leader);
}

async function knowsLeader(scene: Scene, leader: number): Promise<void> {
  await scene.cluster.until(`the producer knows that ${leader} leads`, async () => {
    const answer = await scene.cluster.ask('leaderKnown', { producer, topic: 't' });
    return answer['leader'] === leader;
  });
}

/** What is in the log, behind the record that every story begins with. */
function judged(records: readonly string[], expected: string): Outcome {
  const found = records.filter(record => !record.startsWith('base')).join(' ');
  const because = `the log has ${found}`;
  return { verdict: found === expected ? 'confirmed' : 'not reproduced', because };
}

function timesIn(records: readonly string[], value: string): number {
  return records.filter(record => record === value).length;
}
