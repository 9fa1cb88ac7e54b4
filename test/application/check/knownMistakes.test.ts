import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  causesOf,
  mistakeText,
  quorumMistakes,
  releaseMistakes,
} from '../../../application/check/knownMistakes.ts';
import { plainProject } from '../../../application/project/project.ts';
import { runTask } from '../../../application/tasks/runTask.ts';
import { builtInModel } from '../../../catalogue/models.ts';
import { readTrace } from '../../../checker/trace/readTrace.ts';
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

describe('the cause of a story of the quorum', () => {
  const corpus = new URL('../../../traces/', import.meta.url);
  const traceOf = (name: string) => {
    const file = `${name}.trace.json`;
    return readTrace(file, readFileSync(new URL(file, corpus), 'utf8'));
  };

  it.each([
    ['stands-again-after-following--one-leader-per-epoch', ['stands-again-after-following']],
    ['replacing-voters-not-read--leaders-hold-committed-records', ['replacing-voters-not-read']],
    // The setting is what the protocol does not survive.
    ['wiped-voter-votes-again--one-leader-per-epoch', []],
  ])('of %s is %j', (name, causes) => {
    expect(causesOf(traceOf(name)).map(cause => cause.name)).toEqual(causes);
  });
});

describe('the known mistakes of a quorum', () => {
  it.each([
    ['3.5.1', false, ['no-check-quorum', 'snapshot-not-flushed']],
    ['3.6', false, ['no-check-quorum']],
    ['3.8', false, []],
    ['3.9.1', true, ['replacing-voters-not-read']],
    ['4.1', true, ['stands-again-after-following', 'replacing-voters-not-read']],
    // Voters that never change cannot show them.
    ['4.1', false, []],
  ])('of %s (dynamic voters: %j) are %j', (kafka, dynamicVoters, names) => {
    const found = quorumMistakes({ kafka, dynamicVoters, repairs: [] });
    expect(found.map(({ name }) => name)).toEqual(names);
  });

  it('are told with what they take', () => {
    const [first] = quorumMistakes({ kafka: '3.5', dynamicVoters: false, repairs: [] });
    expect(first && mistakeText(first)).toBe(
      'Kafka 3.5 still has no-check-quorum: A leader that cannot talk to a majority of the voters goes on ' +
        'leading. It is gone since 3.7. A scope with 2 epochs, 1 resignation, 1 network partition has room ' +
        'for it. Source: KAFKA-15489 (fixed in 3.7.0); LeaderState.timeUntilCheckQuorumExpires.',
    );
  });

  it('are not those that are repaired', () => {
    expect(quorumMistakes({ kafka: '3.5', dynamicVoters: false, repairs: ['all'] })).toEqual([]);
  });
});

describe('the known mistakes of a release', () => {
  const mistakesIn = (kafka: string, change = {}) =>
    releaseMistakes({ ...defaultConfig, kafka, ...change }).map(mistakeText);

  it('say since when they are gone', () => {
    const text = mistakesIn('3.8').join('\n');
    expect(text).toMatch(/unnoticed-bounce: .* It is gone since 4\.0\./);
    expect(text).toMatch(/answer-of-earlier-epoch: .* It is gone since 3\.9\.1, 4\.0\.1\./);
    expect(text).toMatch(
      /skipped-epoch-keeps-follower-state: .* No release is known to be without it/,
    );
  });

  it('include what keeps a partition from coming back, of ELR only where it is on', () => {
    const text = (eligibleLeaderReplicas: boolean) =>
      mistakesIn('4.3.1', { eligibleLeaderReplicas }).join('\n');
    expect(text(false)).toContain('replaced-reassignment-never-ends: ');
    expect(text(false)).not.toContain('removed-replica-in-elr');
    expect(text(false)).toContain('elr-enabled-while-offline: ');
    expect(text(true)).toContain('removed-replica-in-elr: ');
    expect(text(true)).not.toContain('elr-enabled-while-offline');
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
