import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCluster, checkModels } from '../../../application/api/check.ts';
import { findDefects } from '../../../application/api/defects.ts';
import { exploreModel } from '../../../application/api/explore.ts';
import { exploreCells } from '../../../application/api/matrix.ts';
import { storyText } from '../../../application/api/storyText.ts';
import { clusterIn, readCluster } from '../../../application/check/clusterFiles.ts';
import { storiesByProperty } from '../../../application/check/stories.ts';
import { cellsOf } from '../../../application/matrix/cell.ts';
import { builtInModel } from '../../../catalogue/models.ts';
import { UsageError } from '../../../catalogue/usageError.ts';
import { quietScope as quietQuorum } from '../../../models/kraft/config.ts';
import { fileIn, temporaryFolder } from '../../cli/folder.ts';
import { run } from '../../cli/runInProcess.ts';

const properties = [
  'process.roles=broker,controller',
  'node.id=1',
  'controller.quorum.voters=1@a:9093',
  'default.replication.factor=1',
  'offsets.topic.replication.factor=1',
  'transaction.state.log.replication.factor=1',
  'transaction.state.log.min.isr=1',
].join('\n');
const cluster = clusterIn([{ name: 'server.properties', text: properties }]);
const small = { properties: ['acknowledged-records-survive'], runs: 5, maxSteps: 20 };

describe('a cluster', () => {
  it('is described from the text of files, or from files', () => {
    const path = fileIn(temporaryFolder(), 'server.properties', properties);
    expect(readCluster([path])).toEqual(clusterIn([{ name: path, text: properties }]));
    expect(cluster).toMatchObject({ mode: 'kraft', brokers: 1, controllers: 1 });
  });

  it('that cannot be understood is refused in a line that names the file', () => {
    const wrong = [{ name: 'a.yml', text: '{' }];
    expect(() => clusterIn(wrong)).toThrow(UsageError);
    expect(() => clusterIn(wrong)).toThrow('a.yml');
  });

  it('is checked, with stories as traces and as text', async () => {
    const { verdict, cluster: checked, subjects } = await checkCluster(cluster, small);
    expect(verdict).toBe('violated');
    expect(checked?.quorum).toMatchObject({ voters: 1, survives: 0 });
    const [subject] = subjects;
    if (subject === undefined) throw new Error('no subject');
    expect(subject.properties).toMatchObject([{ name: small.properties[0], verdict: 'violated' }]);
    const [story] = storiesByProperty(subject).get('acknowledged-records-survive') ?? [];
    if (story === undefined) throw new Error('no story');
    expect(story.scope).toBe('one power loss');
    const text = storyText(story.trace, { width: 100 });
    expect(text).toContain('acknowledged-records-survive is broken');
    expect(text).toContain('why');
    expect(text).not.toContain('npm run');
  });

  it('comes to the same as on the command line', async () => {
    const path = fileIn(temporaryFolder(), 'server.properties', properties);
    const flags = [
      '--runs',
      '5',
      '--max-steps',
      '20',
      '--property',
      'acknowledged-records-survive',
    ];
    const { stdout } = await run(['check', path, ...flags, '--jobs', '1', '--json']);
    const { explorations } = JSON.parse(stdout);
    const { subjects } = await checkCluster(cluster, small);
    const own = subjects.flatMap(({ scopes }) => scopes.flatMap(({ outcome }) => outcome ?? []));
    expect(own.map(({ result }) => [result.verdict, result.distinctStates])).toEqual(
      explorations.map((one: { verdict: string; distinctStates: number }) => [
        one.verdict,
        one.distinctStates,
      ]),
    );
  });

  it.each([
    [{ properties: ['nothing'] }, 'unknown property "nothing"'],
    [{ bounds: { crahses: 1 } }, 'did you mean "crashes"?'],
  ])('refuses %j', async (options, message) => {
    await expect(checkCluster(cluster, options)).rejects.toThrow(UsageError);
    await expect(checkCluster(cluster, options)).rejects.toThrow(message);
  });
});

describe('the main job', () => {
  const quiet = Object.fromEntries(Object.keys(quietQuorum).map(name => [name, 0]));
  const options = {
    models: ['kraft'],
    properties: ['one-vote-per-epoch'],
    bounds: { ...quiet, epochs: 1 },
    runs: 5,
  };

  it('is done for the models that are named, and tells how far it has come', async () => {
    const seen = new Set<number>();
    const { verdict, subjects, corpus } = await checkModels({
      ...options,
      onProgress: ({ of }) => seen.add(of),
    });
    expect(verdict).toBe('holds');
    expect(subjects.map(({ entry }) => entry.name)).toEqual(['kraft']);
    expect(corpus).toEqual([]);
    expect([...seen]).toEqual([subjects[0]?.scopes.length]);
  });

  it('replays a corpus that is named', async () => {
    const corpus = temporaryFolder();
    await expect(checkModels({ ...options, corpus: join(corpus, 'nowhere') })).rejects.toThrow(
      'the folder cannot be read',
    );
    expect((await checkModels({ ...options, corpus })).corpus).toEqual([]);
  });

  it('ends with what was found when it is aborted', async () => {
    const controller = new AbortController();
    controller.abort();
    const { verdict, subjects } = await checkModels({ ...options, signal: controller.signal });
    expect(verdict).toBe('interrupted');
    expect(subjects.flatMap(({ scopes }) => scopes.map(({ omitted }) => omitted))).toContain(
      'interrupted',
    );
  });
});

describe('one scope of a model', () => {
  it.each(['exhaustive', 'random', 'liveness'] as const)('is explored: %s', async engine => {
    const bounds = { ...builtInModel('kraft').quietScope, epochs: 1 };
    const settings = { voters: 2 };
    const { result, model } = await exploreModel('kraft', { engine, settings, bounds, runs: 20 });
    expect(result.violations).toEqual([]);
    expect(result.distinctStates).toBeGreaterThan(10);
    expect(model.bounds).toEqual(bounds);
  });

  it('has a trace of each property that a defect breaks', async () => {
    const { result, traces } = await exploreModel('replication', {
      defects: ['reads-to-log-end'],
      properties: ['reads-below-high-watermark'],
    });
    expect(result.verdict).toBe('violated');
    expect(traces.map(({ steps }) => steps.length)).toEqual([2]);
  });

  it('ends where a limit is met', async () => {
    const { result } = await exploreModel('kraft', { maxStates: 50 });
    expect(result).toMatchObject({ verdict: 'inconclusive', stopped: 'state limit' });
  });

  it('refuses a model that there is not', async () => {
    await expect(exploreModel('krafd')).rejects.toThrow('did you mean "kraft"?');
  });
});

describe('defects and the guarantee matrix', () => {
  it('are found by name', async () => {
    const [outcome, ...others] = await findDefects({ defects: ['reads-to-log-end'] });
    expect(others).toEqual([]);
    expect(outcome).toMatchObject({
      verdict: 'caught',
      attempt: { trace: { kind: 'counterexample' } },
    });
  });

  it('are answered cell by cell, with stories', async () => {
    const cell = cellsOf().find(({ last, scenario }) => last === '2.0' && scenario === 'power');
    if (cell === undefined) throw new Error('no such cell');
    const { cells, interrupted } = await exploreCells([cell]);
    expect(interrupted).toBe(false);
    expect(cells).toHaveLength(1);
    const lost = cells[0]?.answers.filter(({ answer }) => answer === 'yes') ?? [];
    expect(lost.length).toBeGreaterThan(0);
    for (const { story, steps } of lost) expect(story?.steps).toHaveLength(steps ?? -1);
  });
});
