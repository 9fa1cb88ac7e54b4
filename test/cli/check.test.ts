import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plansFor } from '../../application/check/mainSubjects.ts';
import { modelSubjects } from '../../application/check/plannedSubject.ts';
import { plainProject } from '../../application/project/project.ts';
import { InterruptFlag } from '../../application/tasks/interrupt.ts';
import { writeTrace } from '../../checker/trace/readTrace.ts';
import { exploredLines, exploredSentence } from '../../cli/check/exploredText.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { quietScope } from '../../models/replication/config.ts';
import { boundFlags } from './boundFlags.ts';
import { defectTrace } from './defectTrace.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, run, withoutSeconds } from './runInProcess.ts';

const folder = temporaryFolder();
const none = temporaryFolder();
/** Scopes of a few hundred states, in which one property is asked and exercised. */
const small = [...boundFlags({ ...quietScope }), '--runs', '5', '--jobs', '1'];
const tiny = [
  'check',
  '--model',
  'replication',
  ...small,
  '--traces',
  none,
  '--property',
  'one-leader-per-epoch',
];
/** Some of its scopes, where it does not matter which. */
const few = ['--shard', '1/40'];

describe('check without files', () => {
  it('holds, and prints one table with what exactly was explored', async () => {
    const traces = temporaryFolder();
    fileIn(traces, 'one.trace.json', writeTrace(await defectTrace('reads-to-log-end')));
    const names = ['acknowledged-records-survive', 'one-leader-per-epoch', 'leader-changes'];
    const { code, stdout } = await run([
      ...['check', '--model', 'replication', '--runs', '5', '--jobs', '1', '--traces', traces],
      ...boundFlags({ ...quietScope, preferredElections: 1 }),
      ...names.flatMap(name => ['--property', name]),
    ]);
    expect(stdout).toContain('corpus: 1 of 1 traces reproduced');
    expect(stdout).toMatch(/^property +brokers/m);
    expect(stdout).toMatch(/explored completely: [\d,]+ distinct states/);
    expect(stdout).toMatch(
      /5 random runs, [\d,]+ steps, seed 1: nothing found,\s+which is no proof/,
    );
    expect(stdout).toContain('Scenes that were played: leader changes');
    expect(stdout).toMatch(/VERDICT: holds\. [\s\S]*Took \d/);
    for (const line of stdout.split('\n')) {
      if (!line.includes('npm run')) expect(line.length).toBeLessThanOrEqual(80);
    }
    expect(code).toBe(0);
  });

  it('prints one JSON document, the same whatever the number of jobs is', async () => {
    const { code, stdout } = await run([...tiny, '--json', '--seed', '7']);
    const two = await run([...tiny, '--json', '--seed', '7', '--jobs', '2']);
    expect(withoutSeconds(two.stdout)).toBe(withoutSeconds(stdout));
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({
      schemaVersion: 1,
      command: 'check',
      seed: 7,
      corpus: [],
      cluster: null,
      verdict: 'holds',
      exitCode: 0,
    });
    const explorations = Object.values(Object(at(document, 'explorations')));
    const engines = explorations.map(one => at(one, 'engine'));
    expect(engines.filter(engine => engine === 'exhaustive').length).toBeGreaterThan(1);
    expect(engines.filter(engine => engine === 'simulate')).toHaveLength(4);
    expect(explorations[0]).toMatchObject({
      engine: 'exhaustive',
      violations: [],
      model: 'replication',
    });
    expect(explorations.at(-1)).toMatchObject({ engine: 'simulate', seed: 7, runs: 5 });
    expect(code).toBe(0);
  });

  it('ends with 4 when no scope puts anything to the test', async () => {
    const { code, stdout } = await run([
      ...tiny.slice(0, -1),
      'elr-members-have-committed-records',
    ]);
    expect(code).toBe(4);
    expect(stdout).toContain('no scope put to the test: ELR members have committed records');
    expect(stdout).toContain('VERDICT: vacuous');
  });

  it('ends with 3 when a limit ends a search, and says that there is no corpus', async () => {
    const scope = [...boundFlags({ ...quietScope, crashes: 1 }), '--runs', '5', '--jobs', '1'];
    const rest = ['--property', 'one-leader-per-epoch', '--traces', none, '--time-limit', '1ms'];
    const argv = ['check', '--model', 'replication', ...scope, ...rest, ...few];
    const { code, stdout } = await run(argv);
    expect(code).toBe(3);
    expect(stdout).toContain('holds no traces yet, so none was replayed');
    expect(stdout).toContain('NOT explored completely, ended by the time limit');
    expect(stdout).toContain('not covered: inconclusive');
  });

  it('ends with 130 and says what was not begun', async () => {
    const interrupt = new InterruptFlag();
    interrupt.set();
    const { code, stdout } = await run(tiny, { interrupt });
    expect(code).toBe(130);
    expect(stdout).toContain('no faults: not begun');
    expect(stdout).toContain('VERDICT: interrupted');
  });

  it.each([
    [['--property', 'one-leader'], 'unknown property "one-leader"'],
    [['--bound', 'crashs=1'], 'did you mean "crashes"?'],
    [['--bound', 'crashes=65'], 'crashes: expected a whole number from 0 to 64'],
    [['--jobs', '0'], 'Expected a whole number from 1 to 256'],
  ])('refuses %j in one line', async (argv, message) => {
    const { code, stdout, stderr } = await run(['check', ...argv]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('the corpus', () => {
  it('ends with 5 and names trace, word, step and reason when one is not reproduced', async () => {
    const traces = temporaryFolder();
    const good = await defectTrace('reads-to-log-end');
    const fixed = structuredClone(good);
    fixed.model.defects = [];
    fileIn(traces, 'good.trace.json', writeTrace(good));
    const bad = fileIn(traces, 'bad.trace.json', writeTrace(fixed));
    const { code, stdout } = await run([...tiny, '--traces', traces, ...few]);
    expect(stdout).toContain('corpus: 1 of 2 traces reproduced');
    expect(stdout).toMatch(new RegExp(`${bad}: (fixed|diverged) at step \\d+: .+`));
    expect(code).toBe(5);
  });

  it('ends with 2 when a trace cannot be read', async () => {
    const traces = temporaryFolder();
    fileIn(traces, 'broken.trace.json', '{');
    const { code, stderr } = await run([...tiny, '--traces', traces]);
    expect(stderr).toContain('broken.trace.json');
    expect(code).toBe(2);
  });
});

describe('the line about a scope', () => {
  it('says what was asked for when nothing was begun', () => {
    const request = { symmetry: true, jobs: 1, seed: 1, runs: 5, maxSteps: 5, limits: {} };
    const [scope] = modelSubjects(plansFor(plainProject()), request).flatMap(
      ({ scopes }) => scopes,
    );
    if (scope === undefined) throw new Error('no scope');
    expect(exploredSentence({ ...scope, outcome: undefined })).toBe(
      'process crash: not begun; 2 records, 1 process crash',
    );
  });
});

describe('the lines about the scopes of a model', () => {
  it('say the settings of the first, and of each what it has otherwise', () => {
    const request = { symmetry: true, jobs: 1, seed: 1, runs: 5, maxSteps: 5, limits: {} };
    const subjects = modelSubjects(plansFor(plainProject()), request, ['replication']);
    const scopes = subjects.flatMap(subject => subject.scopes);
    const lines = exploredLines(
      scopes.map(scope => ({ ...scope, outcome: undefined })),
      200,
    );
    expect(lines[0]).toBe(
      'What exactly was explored, with 3 brokers and min.insync.replicas 2 where nothing else is said:',
    );
    expect(lines).toContain('  disk loss: not begun; 1 record, 1 lost disk');
    expect(lines).toContain(
      '  late requests: not begun; 1 record, 2 process crashes, 1 lagging follower; ' +
        '2 brokers, min.insync.replicas 1, fetch requests in flight',
    );
  });

  it('are none where there is no scope', () => {
    expect(exploredLines([], 80)).toEqual([]);
  });
});

describe('check --out', () => {
  it('saves a readable trace of every violation', async () => {
    const out = join(folder, 'found');
    const file = fileIn(
      folder,
      'server.properties',
      'process.roles=broker\nnode.id=1\ncontroller.quorum.voters=9@c:9093\n' +
        'offsets.topic.replication.factor=1\ntransaction.state.log.replication.factor=1\n',
    );
    const { code, stdout } = await run([
      'check',
      file,
      ...['--runs', '5', '--jobs', '1', '--out', out],
      ...['--property', 'acknowledged-records-survive'],
      // Looked at first after more states than it takes here.
      ...['--time-limit', '1ms'],
    ]);
    expect(code).toBe(1);
    const names = readdirSync(out);
    expect(names).toContain('one-power-loss--replication--acknowledged-records-survive.trace.json');
    for (const name of names) {
      expect(readTraceFile(join(out, name)).kind).toBe('counterexample');
      expect(stdout).toContain(join(out, name));
    }
  });
});
