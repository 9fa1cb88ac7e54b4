import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clusterScopes } from '../../application/check/clusterScopes.ts';
import { causesOf } from '../../application/check/knownMistakes.ts';
import { profilesOf } from '../../application/check/profiles.ts';
import { plainProject } from '../../application/project/project.ts';
import { runTask } from '../../application/tasks/runTask.ts';
import { builtInModel } from '../../catalogue/models.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { everyFew, isLong } from '../long.ts';
import { describeText } from '../models/kafkaConfig/helpers.ts';

const fixtures = join(import.meta.dirname, 'fixtures/releases');
const read = (name: string): string => readFileSync(join(fixtures, name), 'utf8');

/** A cluster of this release, with two copies of a topic unless it is to have three. */
function clusterOf(release: string, copies: 2 | 3 = 2): ClusterDescription {
  const text =
    release === '2.8'
      ? read('zookeeper-2.8.compose.yml')
      : read('kraft.compose.yml').replaceAll('RELEASE', `${release}.0`);
  const settings = text
    .replace('REPLICATION_FACTOR: 2', `REPLICATION_FACTOR: ${copies}`)
    .replace('INSYNC_REPLICAS: 1', `INSYNC_REPLICAS: ${copies - 1}`);
  return describeText('compose.yml', settings);
}

/** What a scope of `check` comes to for acknowledged records, with one record to be quick; and why. */
async function verdictOf(cluster: ClusterDescription, scope: string) {
  const [profile] = profilesOf(cluster);
  if (profile === undefined) throw new Error('no topic');
  const plan = clusterScopes(profile, cluster).plans.find(({ name }) => name === scope);
  if (plan === undefined) throw new Error(`there is no scope "${scope}"`);
  const { result, traces } = await runTask(
    {
      model: 'replication',
      request: { config: plan.config, bounds: { ...plan.bounds, records: 1 }, defects: [] },
      engine: { kind: 'exhaustive', symmetry: true, keepGoing: false },
      properties: ['acknowledged-records-survive'],
      limits: {},
    },
    plainProject(),
  );
  const causes = traces.flatMap(trace => causesOf(trace, [builtInModel('replication')]));
  return {
    kafka: profile.config.kafka,
    verdict: result.verdict,
    steps: result.violations[0]?.steps.length,
    causes: causes.map(({ name, goneSince }) => `${name}, gone since ${goneSince}`),
  };
}

const bounce = ['unnoticed-bounce, gone since 4.0'];

const twoCopies = everyFew(
  [
    // With ZooKeeper the controller compares broker epochs since 2.2 (KIP-380).
    ['2.8', 'holds', undefined, []],
    ['3.2', 'violated', 9, bounce],
    ['3.5', 'violated', 9, bounce],
    ['3.8', 'violated', 9, bounce],
    // A registration cleans up its predecessor since 4.0 (KAFKA-18635).
    ['4.0', 'holds', undefined, []],
    ['4.1', 'holds', undefined, []],
    ['4.2', 'holds', undefined, []],
  ] as const,
  3,
);

describe('check of a cluster whose topics have two copies', () => {
  it.each(twoCopies)('of %s: one power loss %s', async (release, verdict, steps, causes) => {
    const found = await verdictOf(clusterOf(release), 'one power loss');
    expect(found).toMatchObject({ verdict, steps, causes });
    expect(found.kafka.startsWith(release)).toBe(true);
  });

  it('is of the last replica in every release, with no mistake to blame', async () => {
    for (const release of everyFew(['4.0', '2.8'], 2)) {
      const found = await verdictOf(clusterOf(release), 'last replica standing');
      expect(found).toMatchObject({ verdict: 'violated', causes: [] });
    }
  });
});

const threeCopies: readonly (readonly [string, string, readonly string[]])[] = [
  ['3.8', 'violated', bounce],
  ['4.0', 'holds', []],
  ['2.8', 'holds', []],
  ['3.2', 'violated', bounce],
  ['3.5', 'violated', bounce],
  ['4.1', 'holds', []],
  ['4.2', 'holds', []],
];

describe('check of a cluster whose topics have three copies, two of them needed', () => {
  // All of them take ten seconds.
  it.each(threeCopies.slice(0, isLong ? undefined : 2))(
    'of %s: one power loss %s',
    async (release, verdict, causes) => {
      const found = await verdictOf(clusterOf(release, 3), 'one power loss');
      expect(found).toMatchObject({ verdict, causes });
    },
  );
});
