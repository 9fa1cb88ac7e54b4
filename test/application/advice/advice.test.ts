import { describe, expect, it } from 'vitest';
import { adviceFor } from '../../../application/advice/advice.ts';
import { edited } from '../../../application/advice/fileEdits.ts';
import { type VariantMeans, Variants } from '../../../application/advice/variants.ts';
import { type WrittenAdvice, written } from '../../../application/advice/writtenAdvice.ts';
import type { ClusterAnswer } from '../../../application/answer/clusterAnswer.ts';
import { clusterIn } from '../../../application/check/clusterFiles.ts';
import { plainProject } from '../../../application/project/project.ts';
import { InterruptFlag } from '../../../application/tasks/interrupt.ts';
import { TimeBudget } from '../../../application/tasks/timeBudget.ts';
import type { ConfigFile } from '../../../models/kafkaConfig/configFile.ts';
import { isLong } from '../../long.ts';

const project = plainProject();
const surroundings = { project, jobs: 1, interrupt: new InterruptFlag() };
// What stops is counted, and two replicas are covered with these; three are in the long runs.
const limits = isLong ? {} : { states: 3_000 };
const means: VariantMeans = {
  models: project.models,
  request: { seed: 1, runs: 1, maxSteps: 10, symmetry: true, limits, jobs: 1 },
  budget: new TimeBudget(),
  surroundings,
};
/** What clusters have in common is explored once. */
const variants = new Variants(means);

/** The advice for files, and what the engine answers of the files after the first change of their lines. */
async function adviceOf(files: readonly ConfigFile[], kafkaVersion?: string) {
  const describe = (texts: readonly ConfigFile[]) => clusterIn(texts, { kafkaVersion });
  const described = describe(files);
  const before = (await variants.answer(described)) ?? expect.unreachable();
  const advice = (await adviceFor(described, before, variants)).map(each =>
    written(each, { files, describe }),
  );
  const [first] = advice.filter(({ edits }) => edits.length > 0);
  const texts = first === undefined ? files : edited(files, first.edits);
  return { advice, before, texts, after: await variants.answer(describe(texts)), first };
}

function costsOf(answer: ClusterAnswer | undefined) {
  return answer?.classes.map(({ topics, cells }) => [
    topics,
    cells.map(({ failure, lost, stops }) => [failure.title, lost, stops]),
  ]);
}

function titles(advice: readonly WrittenAdvice[]): readonly string[] {
  return advice.map(({ title }) => title);
}

const three = [1, 2, 3];

/** Three combined nodes of a compose file, with these variables. */
function compose(image: string, prefix: string, variables: readonly string[]): ConfigFile {
  const voters = three.map(id => `${id}@k${id}:9093`).join(',');
  const services = three.map(id =>
    [
      `  k${id}:`,
      `    image: ${image}`,
      '    environment:',
      `      ${prefix}NODE_ID: ${id}`,
      `      ${prefix}PROCESS_ROLES: broker,controller`,
      `      ${prefix}CONTROLLER_QUORUM_VOTERS: ${voters}`,
      ...variables.map(variable => `      ${prefix}${variable}`),
    ].join('\n'),
  );
  return { name: 'compose.yml', text: `services:\n${services.join('\n')}\n` };
}

describe('advice for weak clusters', () => {
  it.runIf(isLong)(
    'copies the internal topics that an image keeps once, in its own file',
    async () => {
      const file = compose('bitnami/kafka:4.0.0', 'KAFKA_CFG_', [
        'DEFAULT_REPLICATION_FACTOR: 2',
        'MIN_INSYNC_REPLICAS: 1',
      ]);
      const { first, after } = await adviceOf([file]);
      expect(first?.title).toContain('offsets.topic.replication.factor=3');
      const added = first?.edits.find(({ after }) => after.includes('OFFSETS_TOPIC'));
      expect(added).toEqual({
        file: 'compose.yml',
        line: 5,
        before: undefined,
        after: '      KAFKA_CFG_OFFSETS_TOPIC_REPLICATION_FACTOR: 3',
      });
      expect(first?.buys.map(({ what }) => what)).toContain('stops');
      expect(costsOf(after)).toEqual(costsOf(first?.answer));
    },
  );

  it('makes a topic possible that asks for more copies than there are brokers', async () => {
    const text = [
      'process.roles=broker,controller',
      'node.id=1',
      'controller.quorum.voters=1@k:9093',
      'default.replication.factor=1',
      'offsets.topic.replication.factor = 3',
    ].join('\n');
    const { advice, first, texts, after } = await adviceOf(
      [{ name: 'one.properties', text }],
      '4.0',
    );
    expect(first?.buys).toContainEqual({
      failure: 'as it is',
      what: 'unusable',
      topics: ['__consumer_offsets', '__transaction_state'],
    });
    expect(texts[0]?.text).toContain('\noffsets.topic.replication.factor=1\n');
    expect(costsOf(after)).toEqual(costsOf(first?.answer));
    expect(titles(advice)).toContain('3 brokers, with 3 copies of which 2 are in sync');
    // What the disk has is kept, and costs every write: with one broker there is no second copy.
    expect(titles(advice).includes('log.flush.interval.messages=1')).toBe(!isLong);
  });

  it('asks for a third voter where two survive no more than one', async () => {
    const text = (id: number): ConfigFile => ({
      name: `${id}.properties`,
      text: `process.roles=broker,controller\nnode.id=${id}\ncontroller.quorum.voters=1@a:9,2@b:9\n`,
    });
    const { advice, before } = await adviceOf([text(1), text(2)], '4.0');
    expect(before.controllersMayFail).toBe(0);
    const voters = advice.find(({ answer }) => answer.controllersMayFail === 1);
    expect(voters?.buys).toContainEqual({
      failure: 'one controller',
      what: 'stops',
      topics: ['the metadata plane'],
    });
  });

  it('switches unclean election off where it loses what was acknowledged', async () => {
    const unclean = [
      'unclean.leader.election.enable=true',
      'default.replication.factor=2',
      'min.insync.replicas=2',
      'log.flush.interval.messages=1',
    ];
    const file = {
      name: 'b.properties',
      text: ['zookeeper.connect=z1:2181,z2:2181,z3:2181', 'broker.id=1', ...unclean].join('\n'),
    };
    const other = { name: 'c.properties', text: file.text.replace('broker.id=1', 'broker.id=2') };
    const { first, texts, after } = await adviceOf([file, other], '2.8');
    expect(first?.title).toBe('unclean.leader.election.enable=false');
    expect(first?.edits).toHaveLength(2);
    expect(first?.edits[0]).toEqual({
      file: 'b.properties',
      line: 3,
      before: 'unclean.leader.election.enable=true',
      after: 'unclean.leader.election.enable=false',
    });
    expect(texts[1]?.text).toContain('unclean.leader.election.enable=false');
    expect(costsOf(after)).toEqual(costsOf(first?.answer));
  });

  it('spreads two racks over a third, for either of two stops what needs a majority', async () => {
    const brokers = three.map(id => ({
      name: `${id}.properties`,
      text: [
        'process.roles=broker,controller',
        `node.id=${id}`,
        `broker.rack=${id === 3 ? 'b' : 'a'}`,
        'controller.quorum.voters=1@a:9,2@b:9,3@c:9',
        'log.flush.interval.messages=1',
      ].join('\n'),
    }));
    const { advice, before } = await adviceOf(brokers, '4.0');
    expect(before.classes[0]?.cells.find(({ failure }) => failure.kind === 'zone')?.stops).toBe(
      'everything',
    );
    const racks = advice.find(({ effort }) => effort === 'sites');
    expect(racks?.buys.map(({ failure, what }) => [failure, what])).toContainEqual([
      'one zone',
      'stops',
    ]);
  });
});
