import type { TimeOutcome } from '../../application/time/timeTask.ts';
import { grouped } from '../../checker/results/numbers.ts';
import type { Settings } from '../../models/description/settings.ts';

/** A row of the page: what is measured, under which settings. */
export interface Row {
  readonly section: 'quorum' | 'cluster' | 'zookeeper' | 'timers';
  /** What is special about it. */
  readonly title: string;
  readonly model: 'kraft' | 'cluster' | 'zookeeper';
  readonly fault: string;
  readonly config: Settings;
  readonly timers?: Readonly<Record<string, number>>;
  /** What is told of what is measured, by name. */
  readonly told: readonly string[];
}

const releases = [
  ['3.9', 'without pre-votes'],
  ['4.3', 'with pre-votes'],
] as const;

/** What is measured of the newest release alone: its fault, what happens, what is awaited. */
const others = [
  ['leader-pause', 'the broker that leads stands still', 'writable'],
  ['leader-shutdown', 'the broker that leads is asked to stop', 'writable'],
  ['follower-crash', 'a follower in the ISR is killed', 'acknowledged'],
] as const;

/** What is measured with ZooKeeper: the release, its fault, what happens, what is awaited. */
const withZooKeeper = [
  ['2.4', 'leader-crash', 'the broker that leads is killed', 'writable'],
  ['3.9', 'leader-crash', 'the broker that leads is killed', 'writable'],
  ['2.4', 'controller-crash', 'the controller is killed, which leads nothing', 'controlled'],
  ['3.9', 'controller-crash', 'the controller is killed, which leads nothing', 'controlled'],
  ['2.4', 'leading-controller-crash', 'a broker is killed that is both', 'writable'],
  ['3.9', 'leading-controller-crash', 'a broker is killed that is both', 'writable'],
  ['3.9', 'leader-shutdown', 'the broker that leads is asked to stop', 'writable'],
  ['3.9', 'follower-crash', 'a follower in the ISR is killed', 'acknowledged'],
] as const;

/** Everything that is measured. */
export const rows: readonly Row[] = [
  ...releases.flatMap(([kafka, how]) =>
    [3, 5].map((voters): Row => {
      const title = `${kafka}, ${how}, ${voters} voters`;
      const told = ['noticed', 'active'];
      return {
        section: 'quorum',
        title,
        model: 'kraft',
        fault: 'leader-crash',
        config: { kafka, voters },
        told,
      };
    }),
  ),
  ...releases.flatMap(([kafka]) =>
    ['separate', 'combined'].map((mode): Row => {
      const title = `${kafka}, ${mode}: the broker that leads is killed`;
      const config = { kafka, mode };
      return {
        section: 'cluster',
        title,
        model: 'cluster',
        fault: 'leader-crash',
        config,
        told: ['writable'],
      };
    }),
  ),
  ...releases.map(([kafka]): Row => {
    const title = `${kafka}, separate: the active controller is killed`;
    const config = { kafka, mode: 'separate' };
    return {
      section: 'cluster',
      title,
      model: 'cluster',
      fault: 'controller-crash',
      config,
      told: ['controlled'],
    };
  }),
  ...others.map(
    ([fault, what, awaited]): Row => ({
      section: 'cluster',
      title: `4.3, separate: ${what}`,
      model: 'cluster',
      fault,
      config: { kafka: '4.3', mode: 'separate' },
      told: [awaited],
    }),
  ),
  ...releases.map(([kafka]): Row => {
    const title = `${kafka}, combined: a node is killed that is both`;
    const fault = 'leading-controller-crash';
    const config = { kafka, mode: 'combined' };
    return {
      section: 'cluster',
      title,
      model: 'cluster',
      fault,
      config,
      told: ['controlled', 'writable'],
    };
  }),
  ...withZooKeeper.map(
    ([kafka, fault, what, awaited]): Row => ({
      section: 'zookeeper',
      title: `${kafka}: ${what}`,
      model: 'zookeeper',
      fault,
      config: { kafka, brokers: 3, minInsyncReplicas: 2 },
      told: [awaited],
    }),
  ),
  ...[18_000, 9000, 6000, 3000].map((sessionTimeout): Row => {
    const heartbeatInterval = Math.min(2000, sessionTimeout / 6);
    const title = `session ${grouped(sessionTimeout)}, heartbeat ${grouped(heartbeatInterval)}`;
    const timers = { sessionTimeout, heartbeatInterval };
    const config = { mode: 'separate' };
    return {
      section: 'timers',
      title,
      model: 'cluster',
      fault: 'leader-crash',
      config,
      timers,
      told: ['writable'],
    };
  }),
];

/** The page of what was measured. */
export function failoverPage(
  outcomes: readonly (readonly [Row, TimeOutcome])[],
  runs: number,
): string {
  const table = (section: Row['section']): string =>
    tableOf(outcomes.filter(([row]) => row.section === section));
  return `# How long a failover takes

Measured with \`highwater time\` in virtual time, by Kafka's default timers unless it says otherwise,
${grouped(runs)} runs of each with seed 1. This page is written by
\`npm run failover\`. What the schedules have of Kafka and what they leave out is in [time.md](time.md): above all
clients, and machines that vanish without closing their
connections. Milliseconds after the fault; the mean is within ± in 95 of 100 such measurements. No
figure here is a proof, or was measured on a machine.

## The metadata quorum

The leader is killed. \`noticed\`: the first that asks for votes, or whether it would get them. \`active\`: another
has committed in its epoch, so that there is a controller.

${table('quorum')}

Whoever has timed out first stands at once without pre-votes, and its rivals, whose timers run out together with its
own, stand too: the first election is often lost, and the next
one waits for an election timeout, which is what is random. With pre-votes a majority must have timed out, and a
split costs as much. The randomness for which Raft is known begins in Kafka with the second
round: the fetch timeout is not random.

## A cluster

Three controllers and three brokers, or three nodes that are both; one partition, min.insync.replicas 2.
\`writable\`: a leader takes records of acks=all, and is not about to stop. \`controlled\`: there is an active
controller.
\`acknowledged\`: the leader does not wait for the dead any more.

${table('cluster')}

A broker that is killed is missed when its session is over: what a controller needs to decide, and brokers to learn,
is some tens of milliseconds. A controller that is killed stops no partition. Where both are one
node, its session begins anew with the next controller, so that the partition waits for the quorum and for a whole
session after it.

## With ZooKeeper

Three brokers and an ensemble that does not fail; one partition, min.insync.replicas 2. A session is 6 s before 2.5 and
18 s since.

${table('zookeeper')}

What takes long is that ZooKeeper misses who has died: until then nobody is told. By defaults KRaft is quicker
than ZooKeeper since 2.5, for its session is half as long, and slower than ZooKeeper before. A broker that is the
controller as well costs no more than one that is not, for one session ends for both; of KRaft's nodes in combined
mode one begins anew. What KRaft takes away does not show with one partition: a new controller reads
everything from ZooKeeper, the longer the more partitions there are.

## The session as a choice

Separate controllers, the newest release: how long a partition has no leader when its broker is killed.

${table('timers')}

A shorter session finds the dead sooner and takes the slow for dead: a pause (garbage collection, a disk that hangs)
that is longer than session less heartbeat fences a broker that lives.
`;
}

function tableOf(outcomes: readonly (readonly [Row, TimeOutcome])[]): string {
  const lines = outcomes.flatMap(([{ title, told }, { measured }]) =>
    told.map(name => {
      const found = measured.find(each => each.name === name);
      if (found?.summary === undefined) throw new Error(`${title}: ${name} was not measured`);
      const { n, min, mean, meanInterval, p50, p90, p99, max } = found.summary;
      const within = `${ms(mean)} ± ${ms(meanInterval[1] - mean)}`;
      const formula = found.expected?.mean === undefined ? '' : ms(found.expected.mean);
      const figures = [grouped(n), ms(min), within, formula, ...[p50, p90, p99, max].map(ms)];
      return `| ${[title, name, ...figures].join(' | ')} |`;
    }),
  );
  return [
    '| | until | runs | min | mean | by formula | p50 | p90 | p99 | max |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

function ms(value: number): string {
  return grouped(Math.round(value));
}
