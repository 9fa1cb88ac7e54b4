import { describe, expect, it } from 'vitest';
import { causesOf, knownMistakes } from '../../../application/check/knownMistakes.ts';
import { plainProject } from '../../../application/project/project.ts';
import { runTask } from '../../../application/tasks/runTask.ts';
import { builtInModel } from '../../../catalogue/models.ts';
import { defaultConfig, quietScope } from '../../../models/replication/config.ts';

const property = 'acknowledged-records-survive';
const models = [builtInModel('replication')];

/** The shortest story of a lost record with two replicas and min.insync.replicas 1. */
async function storyIn(kafka: string, bounds: object, config: object = {}) {
  const twoReplicas = { brokers: 2, minInsyncReplicas: 1, kafka, ...config };
  const { traces } = await runTask(
    {
      model: 'replication',
      request: { config: twoReplicas, bounds: { ...quietScope, ...bounds }, defects: [] },
      engine: { kind: 'exhaustive', symmetry: true, keepGoing: false },
      properties: [property],
      limits: {},
    },
    plainProject(),
  );
  const [story] = traces;
  if (story === undefined) throw new Error('no record was lost');
  return story;
}

describe('the cause of a story', () => {
  it('is the known mistake of the release without which its steps break nothing', async () => {
    const story = await storyIn('3.8.1', { powerLosses: 1 });
    expect(story.steps).toHaveLength(9);
    expect(causesOf(story, models)).toMatchObject([
      { name: 'unnoticed-bounce', kafka: '3.8.1', goneSince: '4.0' },
    ]);
  });

  it('is none of them where the release is as it was meant to be', async () => {
    const story = await storyIn('4.0', { powerLosses: 1, isrShrinks: 1 });
    expect(causesOf(story, models)).toEqual([]);
  });

  it('is not looked for where the mistakes are repaired', async () => {
    const story = await storyIn('current', { powerLosses: 1, isrShrinks: 1 });
    expect(causesOf(story, models)).toEqual([]);
  });
});

describe('the known mistakes of a release', () => {
  const mistakesIn = (kafka: string, change = {}) =>
    knownMistakes({ ...defaultConfig, kafka, ...change });

  it('say since when they are gone', () => {
    const text = mistakesIn('3.8').join('\n');
    expect(text).toMatch(/unnoticed-bounce: .* It is gone since 4\.0\./);
    expect(text).toMatch(/answer-of-earlier-epoch: .* It is gone since 3\.9\.1, 4\.0\.1\./);
    expect(text).toMatch(
      /skipped-epoch-keeps-follower-state: .* No release is known to be without it/,
    );
  });

  it('differ with ZooKeeper', () => {
    expect(mistakesIn('2.1').join()).toContain('It is gone since 2.2.');
    expect(mistakesIn('3.8', { zooKeeper: true }).join()).not.toContain('unnoticed-bounce');
  });

  it('are not those that are repaired', () => {
    expect(mistakesIn('3.8', { repairs: ['all'] })).toEqual([]);
    expect(mistakesIn('3.8', { repairs: ['unnoticed-bounce'] }).join()).not.toContain('bounce');
  });
});
