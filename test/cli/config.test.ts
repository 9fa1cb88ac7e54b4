import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, type CliRun, run } from './runInProcess.ts';

const file = join(import.meta.dirname, 'fixtures/highwater.config.ts');
const folder = temporaryFolder();

function configured(...argv: readonly string[]): Promise<CliRun> {
  return run(['--config', file, ...argv]);
}

async function jsonOf(...argv: readonly string[]): Promise<unknown> {
  return JSON.parse((await configured(...argv, '--json', '--quiet')).stdout);
}

/** What the command line says to a configuration file with this content. */
async function refused(content: string, name = 'wrong.json'): Promise<CliRun> {
  return run(['list', '--config', fileIn(folder, name, content)]);
}

describe('the models of a configuration file', () => {
  it('are listed beside those that are built in', async () => {
    const json = await jsonOf('list');
    expect([0, 1, 2, 3].map(index => at(json, 'models', index, 'name'))).toEqual([
      'lock',
      'replication',
      'kraft',
      'cluster',
    ]);
    expect(at(json, 'models', 0, 'bounds')).toEqual([
      { name: 'expiries', meaning: 'expiries', small: 2, large: 2 },
    ]);
  });

  it('are gone where no file is used', async () => {
    await configured('list');
    const { code, stderr } = await run(['list', 'lock']);
    expect(code).toBe(2);
    expect(stderr).toContain('unknown model "lock"');
  });

  it('are explored in a smaller scope on demand', async () => {
    const json = await jsonOf('explore', 'lock', '--bound', 'expiries=0');
    expect(at(json, 'verdict')).toBe('violated');
    expect(at(json, 'bounds')).toEqual({ expiries: 0 });
  });

  it.each([
    [['--bound', 'expiries=3'], 'expiries: expected at most 2, as the model has it, found 3'],
    [['--bound', 'expires=2'], 'did you mean "expiries"?'],
    [['--set', 'brokers=2'], 'unknown setting "brokers"'],
  ])('are not explored with %s', async (options, message) => {
    const { code, stderr } = await configured('explore', 'lock', ...options);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('are simulated, and their traces replayed and shown', async () => {
    const out = join(folder, 'found');
    const { code, stdout } = await configured('simulate', 'lock', '--out', out, '--quiet');
    expect(code).toBe(1);
    expect(stdout).toContain('2 clients hold the lock');
    const trace = join(out, 'lock--held-by-few.trace.json');
    expect(await configured('replay', trace)).toMatchObject({ code: 0 });
    const { stdout: shown } = await configured('show', trace);
    expect(shown).toContain('held-by-few is broken');
    for (const told of [stdout, shown]) expect(told).toContain(`replay ${trace} --config ${file}`);
    expect(await run(['replay', trace, '--config', file])).toMatchObject({ code: 0 });
    const { code: without, stdout: outcome } = await run(['replay', trace]);
    expect(without).toBe(5);
    expect(outcome).toContain('not-applicable');
  });
});

describe('the report of a check of a model of the file', () => {
  it('names bounds as they are called, and repeats the command for the whole result', async () => {
    const { stdout } = await configured(
      'check',
      '--model',
      'lock',
      '--jobs',
      '1',
      '--runs',
      '5',
      '--quiet',
    );
    expect(stdout).toMatch(/; expiries=2;/);
    expect(stdout).toMatch(
      /everything .* check --model lock --jobs 1 --runs 5 .*--reporter json=check.json$/m,
    );
  });
});

describe('an extension of a model that is built in', () => {
  it('adds its bounds, full in the scopes that are explored', async () => {
    const json = await jsonOf('list', 'replication');
    const bounds = at(json, 'models', 0, 'bounds');
    expect(bounds).toEqual(
      expect.arrayContaining([{ name: 'naps', meaning: 'naps', small: 2, large: 2 }]),
    );
  });

  it('is explored with its bounds, actions and properties', async () => {
    const quiet = ['--bound', 'records=1', '--bound', 'crashes=0', '--property', 'sound-sleep'];
    const statesWith = async (naps: number): Promise<unknown> => {
      const json = await jsonOf('explore', 'replication', ...quiet, '--bound', `naps=${naps}`);
      expect(at(json, 'verdict')).toBe('holds');
      return at(json, 'distinctStates');
    };
    const [awake, napping] = [await statesWith(0), await statesWith(1)];
    expect(napping).toBe(2 * Number(awake));
    const { code, stderr } = await configured('explore', 'replication', '--bound', 'naps=3');
    expect([code, stderr]).toEqual([2, expect.stringContaining('naps: expected at most 2')]);
  });

  it('leaves alone what a defect needs to be caught', async () => {
    const property = 'acknowledged-records-survive';
    const asked = ['--defect', 'truncates-to-high-watermark', '--property', property];
    const json = await jsonOf('explore', 'replication', ...asked);
    expect(at(json, 'violations', 0, 'property')).toBe(property);
  });
});

describe('check with a configuration file', () => {
  const scopes = ['--property', 'held-by-few', '--max-steps', '6'];

  it('is about its models, with its flags and corpus, on every number of threads', async () => {
    const [one, two] = [
      await jsonOf('check', ...scopes, '--jobs', '1'),
      await jsonOf('check', ...scopes, '--jobs', '2'),
    ];
    expect(at(one, 'subjects', 0, 'model')).toBe('lock');
    expect(at(one, 'subjects', 1)).toBeUndefined();
    expect([at(one, 'seed'), at(one, 'corpus')]).toEqual([5, []]);
    expect(at(one, 'explorations', 1, 'runs')).toBeLessThanOrEqual(30);
    for (const json of [one, two]) expect(at(json, 'verdict')).toBe('violated');
    expect(at(two, 'subjects')).toEqual(at(one, 'subjects'));
  });

  it('is about a model that is built in where that is asked for', async () => {
    const asked = ['--model', 'kraft', '--property', 'one-vote-per-epoch', '--runs', '1'];
    const { code, stderr } = await configured('check', ...asked, '--model', 'nothing');
    expect(code).toBe(2);
    expect(stderr).toContain('unknown model "nothing" (known: lock, replication, kraft, ');
  });
});

describe('the value of an option', () => {
  const seedOf = async (argv: readonly string[], env: Record<string, string>): Promise<unknown> => {
    const args = ['simulate', 'lock', '--config', file, '--json', '--quiet', ...argv];
    const { stdout } = await run(args, { env });
    return at(JSON.parse(stdout), 'seed');
  };

  it('is that of the flag, else of the environment, else of the file', async () => {
    expect(await seedOf(['--seed', '3'], { HIGHWATER_SEED: '4' })).toBe(3);
    expect(await seedOf([], { HIGHWATER_SEED: '4' })).toBe(4);
    expect(await seedOf([], { HIGHWATER_SEED: '' })).toBe(5);
    expect(await seedOf([], {})).toBe(5);
  });

  it('is the default where nothing says another', async () => {
    const { stdout } = await run(['simulate', 'kraft', '--runs', '1', '--json', '--quiet']);
    expect(at(JSON.parse(stdout), 'seed')).toBe(1);
  });

  it.each([
    ['HIGHWATER_SEED', 'HIGHWATER_SEED: "x" is invalid. Expected a whole number'],
    ['HIGHWATER_RUNS', 'HIGHWATER_RUNS: "x" is invalid'],
    ['HIGHWATER_TIME_LIMIT', 'HIGHWATER_TIME_LIMIT: "x" is invalid. Expected a duration'],
  ])('is refused where %s is none', async (name, message) => {
    const { code, stderr } = await run(['simulate', 'kraft'], { env: { [name]: 'x' } });
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it.each([
    ['check', 'HIGHWATER_JOBS'],
    ['explore', 'HIGHWATER_WORKERS'],
  ])('is refused where %s has a %s that is none', async (command, name) => {
    const { code, stderr } = await run([command, 'kraft'], { env: { [name]: 'x' } });
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${name}: "x" is invalid`)]);
  });

  it('is refused where the one of the file is out of range', async () => {
    const config = fileIn(folder, 'runs.json', '{ "runs": 0 }');
    const { code, stderr } = await run(['simulate', 'kraft', '--config', config]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('runs.json: runs: "0" is invalid')]);
  });
});

describe('a configuration file that is wrong', () => {
  it.each([
    ['{ "seeds": 1 }', 'unknown key "seeds" (did you mean "seed"?)'],
    ['{ "seed": "1" }', 'seed: expected a whole number, found "1"'],
    ['{ "seed": 1.5 }', 'seed: expected a whole number, found 1.5'],
    ['{ "timeLimit": "soon" }', 'timeLimit: expected a duration such as "60s", or milliseconds'],
    ['{ "timeLimit": 0 }', 'timeLimit: expected a duration'],
    ['{ "corpus": 1 }', 'corpus: expected a folder, found 1'],
    ['{ "models": {} }', 'models: expected a list of specifications, found an object'],
    ['{ "models": [{}] }', 'models[0]: expected a specification ({ model, properties })'],
    ['{ "extend": { "kraft": 1 } }', 'extend.kraft: expected a function, found 1'],
    ['{ "extend": { "raft": 1 } }', 'unknown key "extend.raft" (did you mean "extend.kraft"?)'],
    ['{ "thresholds": { "goals": 1 } }', 'thresholds.goals: expected "all", found 1'],
    ['{ "thresholds": { "actions": 2 } }', 'thresholds.actions: expected a fraction from 0 to 1'],
    ['{ "thresholds": { "action": 1 } }', 'did you mean "thresholds.actions"?'],
    ['[]', 'the default export: expected an object, found a list'],
    ['{', 'cannot be loaded'],
  ])('is refused: %s', async (content, message) => {
    const { code, stdout, stderr } = await refused(content);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('wrong.json: ');
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['nothing.mjs', 'export const a = 1;', 'expected a default export'],
    ['throws.mjs', "throw new Error('a mistake of mine');", 'cannot be loaded: a mistake of mine'],
    ['broken.mjs', 'export default {', 'cannot be loaded'],
  ])('is refused: %s', async (name, content, message) => {
    const { code, stderr } = await refused(content, name);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('is refused where an extension is no specification, or of another name', async () => {
    const extending = (body: string): string =>
      `export default { extend: { kraft: specification => (${body}) } };`;
    const none = await refused(extending('undefined'), 'none.mjs');
    expect(none.stderr).toContain('extend.kraft: expected a specification');
    const renamed = '{ ...specification, model: { ...specification.model, name: "raft" } }';
    const other = await refused(extending(renamed), 'other.mjs');
    expect(other.stderr).toContain('expected a model named "kraft", found "raft"');
    const body = extending('specification').replace('extend', 'models: [], extend');
    expect(await refused(body, 'right.mjs')).toMatchObject({ code: 0, stderr: '' });
  });

  it('is refused where two models have one name', async () => {
    const models = (...names: readonly string[]): string => {
      const all = names.map(name => ({
        model: { name, actions: [], schema: {}, bounds: {} },
        properties: [],
      }));
      return JSON.stringify({ models: all });
    };
    expect((await refused(models('mine', 'mine'))).stderr).toContain('named "mine" is there twice');
    expect((await refused(models('kraft'))).stderr).toContain('named "kraft" is built in');
  });

  it('is refused where it is not there', async () => {
    const { code, stderr } = await run(['list', '--config', 'nowhere.ts']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--config nowhere.ts')]);
  });
});
