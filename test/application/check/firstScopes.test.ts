import { describe, expect, it } from 'vitest';
import { firstScopes } from '../../../application/check/firstScopes.ts';
import { profilesOf } from '../../../application/check/profiles.ts';
import { buildTask } from '../../../application/tasks/buildTask.ts';
import { tryFirst } from '../../../application/tasks/tryFirst.ts';
import { builtInModels } from '../../../catalogue/models.ts';
import { describeCluster } from '../../../models/kafkaConfig/describeCluster.ts';

/** So many brokers in two racks in turn, with so many copies. */
function brokersIn(racks: readonly string[], copies: number, kafkaVersion: string) {
  const files = racks.map((rack, index) => ({
    name: `${index}.properties`,
    text: [
      'process.roles=broker',
      `node.id=${index + 1}`,
      `broker.rack=${rack}`,
      'controller.quorum.voters=11@a:9093,12@b:9093,13@c:9093',
      `default.replication.factor=${copies}`,
      `offsets.topic.replication.factor=${copies}`,
      'min.insync.replicas=2',
    ].join('\n'),
  }));
  return describeCluster(files, { kafkaVersion });
}

/** What the known story of a first scope shows. */
function tried(cluster: ReturnType<typeof brokersIn>, name: string) {
  const [profile] = profilesOf(cluster);
  if (profile === undefined) return expect.unreachable();
  const plan = firstScopes(profile, cluster).find(each => each.name === name);
  if (plan === undefined || plan.engine !== 'exhaustive' || plan.tryFirst === undefined)
    return plan;
  const request = { config: plan.config, bounds: plan.bounds, defects: [] };
  const properties = ['acknowledged-records-survive'];
  const engine = { kind: 'exhaustive', symmetry: true, keepGoing: false } as const;
  const task = { model: 'replication', request, engine, properties, limits: {} };
  return tryFirst(buildTask(task, builtInModels), plan.tryFirst);
}

const TOGETHER = 'copies that lose power together';

describe('copies that lose power together', () => {
  it.each([
    [['a', 'b', 'a', 'b'], 3, 2],
    [['a', 'b', 'a', 'b', 'a', 'b'], 6, 3],
  ])('in racks %j, of %i copies', (racks, copies, together) => {
    const shown = tried(brokersIn(racks, copies, '3.9'), TOGETHER);
    const steps = (shown !== undefined && 'traces' in shown ? shown.traces : [])[0]?.steps ?? [];
    const lost = steps.flatMap(({ action }, index) => (action === 'losePower' ? [index] : []));
    // At once: nothing happens between.
    expect(lost).toHaveLength(together);
    expect((lost.at(-1) ?? 0) - (lost[0] ?? 0)).toBe(together - 1);
  });

  it('lose nothing in these steps where a registration cleans up, from 4.0 on', () => {
    expect(tried(brokersIn(['a', 'b', 'a', 'b'], 3, '4.0'), TOGETHER)).toBeUndefined();
  });

  it('are not asked of where each rack has one', () => {
    expect(tried(brokersIn(['a', 'b', 'c'], 3, '3.9'), TOGETHER)).toBeUndefined();
  });

  it('a single one of many copies is tried before anything is searched', () => {
    const shown = tried(brokersIn(['a', 'b', 'a', 'b', 'a', 'b'], 6, '3.9'), 'one power loss');
    expect(shown).toMatchObject({ result: { verdict: 'violated' } });
  });
});
