import { pauseFor } from '../cluster.ts';
import { moveTo } from '../observedMembers.ts';
import type { Scene } from '../scene.ts';
import type { Outcome, Story } from '../story.ts';

/* A coordinator that acts upon what it has read and what is not committed. */

const STATE = '__transaction_state';
const producer = 'application';
const value = 'output';

/** Longer than a fetch waits at the leader: what a broker that stands still had asked for is answered, with nothing. */
const FETCH_MS = 2000;

/**
 * The clock aborts a transaction, and the next coordinator writes the marker of it before a third broker has the
 * decision, which then coordinates, and takes the commit of the application.
 */
export const decisionNotCommitted: Story = {
  name: 'decisionNotCommitted',
  tells:
    'A transaction that its application was told is committed is aborted, over two clean failovers of its coordinator.',
  source: 'traces/uncommitted-decision-loaded--committed-transactions-are-kept.trace.json',
  repeats: true,
  shape: {
    version: '4.3.1',
    controllers: [1],
    brokers: [11, 12, 13],
    properties: {
      'transaction.state.log.replication.factor': 3,
      'transaction.state.log.num.partitions': 1,
      'transaction.state.log.min.isr': 2,
      // Nobody is to be fenced, and no ISR is to shrink.
      'broker.session.timeout.ms': 45_000,
      'replica.lag.time.max.ms': 120_000,
      'auto.leader.rebalance.enable': 'true',
      'leader.imbalance.check.interval.seconds': 1,
    },
  },
  async play(scene) {
    const { cluster } = scene;
    await scene.begin([12], {});
    await openTransaction(scene);
    cluster.pause(13);
    await pauseFor(FETCH_MS);
    const [before, markers] = [cluster.replicaBytes(12, STATE), cluster.replicaBytes(12, 't')];
    // The clock of 11 looks for transactions that take too long every ten seconds.
    await cluster.until(
      '12 has the decision to abort',
      () => cluster.replicaBytes(12, STATE) > before,
    );
    await moveTo(scene, STATE, [12, 11, 13]);
    await cluster.until('12 has written the marker', () => cluster.replicaBytes(12, 't') > markers);
    await moveTo(scene, STATE, [13, 12, 11]);
    await cluster.ask('commitTransaction', { producer });
    cluster.resume(13);
    const told = await cluster.until('the application is told of its commit', async () => {
      const answer = await cluster.ask('committed', { producer });
      return answer['done'] === true ? String(answer['refused'] ?? 'committed') : undefined;
    });
    return judged(scene, told);
  },
};

/** A transaction is open, with a record in a topic that 12 alone has; 11 coordinates. */
async function openTransaction({ cluster }: Scene): Promise<void> {
  await cluster.ask('openProducer', {
    name: producer,
    settings: { 'transactional.id': 'x', 'transaction.timeout.ms': 5000, acks: 'all' },
  });
  await cluster.ask('initTransactions', { producer });
  await moveTo({ cluster }, STATE, [11, 12, 13]);
  await cluster.ask('beginTransaction', { producer });
  await cluster.ask('send', { topic: 't', value, acks: 'all', timeoutMs: 30_000, producer });
  await cluster.until('the record is stored', async () => {
    const answer = await cluster.ask('sent', { value });
    return answer['offset'] !== undefined;
  });
}

async function judged({ cluster }: Scene, told: string): Promise<Outcome> {
  const read = async (isolation: string): Promise<boolean> => {
    const { records } = await cluster.ask('read', { topic: 't', isolation });
    return JSON.stringify(records).includes(`"${value}"`);
  };
  const [isStored, isCommitted] = [await read('read_uncommitted'), await read('read_committed')];
  const [stored, given] = [isStored, isCommitted].map(is => (is ? '' : 'not '));
  const because =
    `the application was told ${told}; the record is ${stored}in the log, ` +
    `and readers of committed records are ${given}given it`;
  const isSo = told === 'committed' && isStored && !isCommitted;
  return { verdict: isSo ? 'confirmed' : 'not reproduced', because };
}
