import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLong } from '../long.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, type CliRun, run } from './runInProcess.ts';
import { elements, parseXml } from './xml.ts';

const file = join(import.meta.dirname, 'fixtures/verdicts/highwater.config.ts');
const folder = temporaryFolder();

function configured(...argv: readonly string[]): Promise<CliRun> {
  return run(['--config', file, ...argv, '--quiet']);
}

async function jsonOf(...argv: readonly string[]): Promise<unknown> {
  return JSON.parse((await configured(...argv, '--json')).stdout);
}

interface Named {
  readonly name: string;
  readonly verdict: string;
  readonly because?: string | null;
}

/** "name: verdict" of the properties at this place of a document. */
function verdictsAt(json: unknown, ...path: readonly (string | number)[]): string[] {
  const properties = at(json, ...path, 'properties') as readonly Named[];
  return properties.map(({ name, verdict }) => `${name}: ${verdict}`);
}

const each = ['at-most-9: holds', 'at-most-3: violated', 'at-most-4: violated'];

describe('a property is not hidden behind another that broke first', () => {
  it('in a check, with a story for each', async () => {
    const out = join(folder, 'each');
    const json = await jsonOf('check', '--jobs', '1', '--model', 'unsound', '--out', out);
    expect(verdictsAt(json, 'subjects', 0)).toEqual(each);
    expect(verdictsAt(json, 'explorations', 0)).toEqual(each);
    expect(verdictsAt(json, 'explorations', 1)).toEqual([
      'at-most-9: nothing found',
      ...each.slice(1),
    ]);
    for (const scope of [0, 1]) {
      const violations = at(json, 'explorations', scope, 'violations') as { steps: number }[];
      expect(violations.map(({ steps }) => steps)).toEqual([4, 5]);
    }
  });

  it('where it was named', async () => {
    const named = ['--property', 'at-most-3', '--property', 'at-most-4'];
    for (const command of ['explore', 'simulate']) {
      const json = await jsonOf(command, 'unsound', ...named);
      expect(verdictsAt(json)).toEqual(['at-most-3: violated', 'at-most-4: violated']);
    }
  });

  it('without being told that it is not decided', async () => {
    const { code, stdout } = await configured('explore', 'unsound');
    expect(code).toBe(1);
    expect(stdout).toMatch(/2\s+other\s+properties\s+are\s+not\s+decided:\s+--keep-going/);
    const json = await jsonOf('explore', 'unsound');
    const open = (at(json, 'properties') as readonly Named[]).map(({ because }) => because);
    expect(open).toEqual([
      'ended when at-most-3 was violated',
      null,
      'ended when at-most-3 was violated',
    ]);
    expect(verdictsAt(await jsonOf('explore', 'unsound', '--keep-going'))).toEqual(each);
  });
});

describe('a model that cannot be meant so', () => {
  const config = join(import.meta.dirname, 'fixtures/undeclared/highwater.config.ts');

  it.each([['explore', 'empty-budget'], ['check']])('is wrong use: %s', async (...argv) => {
    const { code, stderr } = await run(['--config', config, ...argv, '--quiet']);
    expect(code).toBe(2);
    expect(stderr).toContain('budget "crashes": its bound is 1, but every initial state leaves it');
  });
});

describe('a model that crashes', () => {
  const all = ['check', '--runs', '5'];

  it('costs no other model of a check its verdict', async () => {
    const { code, stdout, stderr } = await configured(...all, '--jobs', '1');
    expect(code).toBe(70);
    expect(stdout).toMatch(/every state: NOT explored; ended by an error: the model crashed/);
    expect(stdout).toContain('VERDICT: crashed. An error ended every state (crashing)');
    expect(stderr).toContain(
      'highwater: crashing, every state: the model crashed in action count()',
    );
    expect(stderr).toContain('the steps that lead there:\n  1  count()\n  2  count()\n');
  });

  it.each(isLong ? ['1', '2'] : ['1'])(
    'is a failure among the others in JSON, with %s jobs',
    async jobs => {
      const json = await jsonOf(...all, '--jobs', jobs);
      expect(at(json, 'verdict')).toBe('crashed');
      const subjects = at(json, 'subjects') as readonly { model: string }[];
      expect(subjects.map(({ model }) => model)).toEqual([
        ...['sound', 'crashing', 'crashes-later', 'unsound', 'work'],
      ]);
      expect(verdictsAt(json, 'subjects', 0)).toEqual([
        ...['at-most-9: holds', 'at-most-3: holds', 'at-most-4: holds'],
      ]);
      expect(at(json, 'subjects', 1, 'properties', 0)).toMatchObject({
        verdict: 'inconclusive',
        note: 'every state: ended by an error; at random: ended by an error',
      });
      expect(verdictsAt(json, 'subjects', 3)).toEqual(each);
      expect(at(json, 'failures', 0)).toMatchObject({
        model: 'crashing',
        scope: 'every state',
        steps: [{ name: 'count' }, { name: 'count' }],
      });
    },
  );

  it('beyond a violation does not hide it', async () => {
    const argv = ['explore', 'crashes-later', '--keep-going'];
    const { code, stdout, stderr } = await configured(...argv);
    expect(code).toBe(70);
    expect(stdout).toContain('at-most-3 is broken');
    expect(stderr).toContain('cannot count from 5');
    const json = await jsonOf(...argv);
    expect(at(json, 'verdict')).toBe('violated');
    expect(at(json, 'failure', 'steps')).toHaveLength(6);
  });

  it('is a failed case in JUnit', async () => {
    const xml = join(folder, 'crash.xml');
    await configured(...all, '--jobs', '1', '--reporter', `junit=${xml}`);
    const cases = elements(parseXml(readFileSync(xml, 'utf8')), 'testcase');
    const failed = cases.filter(({ children }) => children.some(({ name }) => name === 'failure'));
    const names = failed.map(({ attributes }) => attributes.get('name'));
    expect(names.filter(name => name === 'scope every state')).toHaveLength(2);
    expect(names).toContain('at-most-4');
  });
});

describe('what treats interchangeable nodes differently', () => {
  const said = /property\s+"not-all-by-one"\s+treats\s+(server-\d(, | and |\s+))+differently/g;

  it.each([
    ['explore', ['explore', 'work']],
    ['check', ['check', '--jobs', '1', '--model', 'work', '--runs', '5']],
  ])('is named once by %s, and the story is that of the node in question', async (_, argv) => {
    const { code, stdout } = await configured(...argv);
    expect(code).toBe(1);
    expect(stdout.match(said)).toHaveLength(1);
    expect(stdout).toMatch(/^ +server-3$/m);
    expect(stdout).not.toMatch(/^ +server-[12]$/m);
  });

  it('does not change of which node random runs tell', async () => {
    const { code, stdout } = await configured('simulate', 'work', '--runs', '2000');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ +server-3$/m);
    expect(stdout).not.toMatch(/^ +server-[12]$/m);
    expect(stdout).toContain('4 steps, the shortest possible in this scope');
  });

  it('is in JSON', async () => {
    const expected = { kind: 'property', name: 'not-all-by-one' };
    const explored = await jsonOf('explore', 'work');
    expect(explored).toMatchObject({ symmetry: false, asymmetry: expected, verdict: 'violated' });
    const checked = await jsonOf('check', '--jobs', '1', '--model', 'work', '--runs', '5');
    expect(at(checked, 'explorations', 0)).toMatchObject({ symmetry: false, asymmetry: expected });
    const steps = at(checked, 'explorations', 0, 'violations', 0, 'trace', 'steps') as {
      params: { server: string };
    }[];
    expect(new Set(steps.map(({ params }) => params.server))).toEqual(new Set(['server-3']));
  });

  it('is not looked for without symmetry', async () => {
    const explored = await jsonOf('explore', 'work', '--no-symmetry');
    expect(explored).toMatchObject({ symmetry: false, asymmetry: null, verdict: 'violated' });
    const checked = await jsonOf(
      'check',
      '--jobs',
      '1',
      '--model',
      'work',
      '--no-symmetry',
      '--runs',
      '5',
    );
    expect(at(checked, 'explorations', 0)).toMatchObject({ symmetry: false, asymmetry: null });
  });
});

describe('an option that would be ignored', () => {
  const cluster = fileIn(folder, 'server.properties', 'process.roles=broker\nnode.id=1\n');
  const ofMatrix = 'belongs to check without --matrix';

  it.each([
    [['check', cluster, '--traces', folder], '--traces belongs to check without files'],
    [['check', cluster, '--model', 'kraft'], '--model belongs to check without files'],
    [['check', '--matrix', '--seed', '3'], `--seed ${ofMatrix}`],
    [['check', '--matrix', '--runs', '3'], `--runs ${ofMatrix}`],
    [['check', '--matrix', '--max-steps', '3'], `--max-steps ${ofMatrix}`],
    [['check', '--matrix', '--property', 'x'], `--property ${ofMatrix}`],
    [['check', '--matrix', '--bound', 'crashes=1'], `--bound ${ofMatrix}`],
    [['check', '--matrix', '--traces', folder], `--traces ${ofMatrix}`],
    [['check', '--matrix', '--twice'], `--twice ${ofMatrix}`],
    [['check', '--matrix', '--no-symmetry'], `--no-symmetry ${ofMatrix}`],
    [
      ['explore', 'kraft', '--checkpoint-every', '1m'],
      '--checkpoint-every belongs to --checkpoint',
    ],
    [['liveness', 'kraft', '--seed', '3'], '--seed belongs to --random'],
    [['liveness', 'kraft', '--settle', '3'], '--settle belongs to --random'],
    [['defects', '--seeds', '3'], '--seeds belongs to --random'],
    [['defects', '--random', '--max-states', '3'], '--max-states does not go with --random'],
    [['defects', '--random', '--memory', '1GiB'], '--memory does not go with --random'],
    [['show', 'a.json', '--json', '--format', 'html'], '--format does not go with --json'],
  ])('is refused: %j', async (argv, message) => {
    const { code, stdout, stderr } = await run(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('is no mistake where the environment has it for other calls', async () => {
    const env = { HIGHWATER_SEED: '3' };
    const { code, stderr } = await run(['check', cluster, '--traces', folder], { env });
    expect([code, stderr]).toEqual([2, expect.stringContaining('--traces')]);
    const matrix = await run(['check', '--matrix', '--release', 'x'], { env });
    expect(matrix.stderr).toContain('expected a Kafka release');
  });
});

describe('HIGHWATER_SEED=random', () => {
  it('draws a seed, tells it, and has it in the command to repeat', async () => {
    const env = { HIGHWATER_SEED: 'random' };
    const argv = ['--config', file, 'simulate', 'unsound'];
    const { stdout, stderr } = await run(argv, { env });
    const [, seed] = /^seed (\d+), drawn at random$/m.exec(stderr) ?? [];
    expect(seed).toBeDefined();
    expect(stdout).toContain(`seed ${seed}, `);
    expect(stdout).toMatch(
      new RegExp(`^save .* simulate unsound --seed ${seed} --out found$`, 'm'),
    );
  });

  it('says nothing where nothing is drawn', async () => {
    const env = { HIGHWATER_SEED: 'random' };
    const { code, stderr } = await run(['list', 'kraft'], { env });
    expect([code, stderr]).toEqual([0, '']);
    const flagged = await run(['simulate', 'kraft', '--runs', '1', '--seed', '7', '-q'], { env });
    expect(flagged.stderr).toBe('');
    expect(flagged.stdout).toContain('seed 7');
  });
});

describe('a corpus that the configuration names', () => {
  const config = fileIn(folder, 'named.json', '{ "corpus": "nowhere" }');

  it.each([
    [['check', '--property', 'one-vote-per-epoch', '--runs', '1']],
    [['corpus', 'list']],
    [['corpus', 'renew']],
  ])('must be there: %j', async argv => {
    const { code, stdout, stderr } = await run(['--config', config, ...argv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/named\.json: corpus .*nowhere: /);
  });
});
