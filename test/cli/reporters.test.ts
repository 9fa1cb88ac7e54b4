import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quietScope } from '../../models/replication/config.ts';
import { boundFlags } from './boundFlags.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';
import { elements, parseXml } from './xml.ts';

const folder = temporaryFolder();
const none = temporaryFolder();
const tiny = ['explore', 'replication', '--bound', 'crashes=0', '-q'];
const violated = ['explore', 'replication', '--defect', 'reads-to-log-end', '-q'];
const check = [
  ...['check', '--model', 'replication', '--traces', none, '--jobs', '1', '-q'],
  ...boundFlags({ ...quietScope }),
  ...['--runs', '5'],
];

function read(path: string): string {
  return readFileSync(path, 'utf8');
}

/** "classname: name" of all test cases. */
function casesIn(path: string): string[] {
  const cases = elements(parseXml(read(path)), 'testcase');
  return cases.map(({ attributes }) => `${attributes.get('classname')}: ${attributes.get('name')}`);
}

describe('--reporter', () => {
  it('writes files besides what is printed', async () => {
    const [xml, markdown, json] = ['a/j.xml', 'a/m.md', 'a/d.json'].map(name => join(folder, name));
    const reporters = [`junit=${xml}`, `markdown=${markdown}`, `json=${json}`];
    const { code, stdout, stderr } = await run([
      ...violated,
      ...reporters.flatMap(text => ['--reporter', text]),
    ]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('reads-below-high-watermark is broken');
    const document = parseXml(read(xml ?? ''));
    expect(elements(document, 'failure')).toHaveLength(1);
    expect(read(markdown ?? '')).toContain('```mermaid\nsequenceDiagram\n');
    expect(JSON.parse(read(json ?? ''))).toMatchObject({ command: 'explore', verdict: 'violated' });
  });

  it('json is --json', async () => {
    const { stdout } = await run([...tiny, '--reporter', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'explore' });
  });

  it('github annotates each violation on stderr, on its trace', async () => {
    const out = join(folder, 'found');
    const { stdout, stderr } = await run([
      ...violated,
      '--json',
      '--reporter',
      'github',
      '--out',
      out,
    ]);
    const path = String(at(JSON.parse(stdout), 'violations', 0, 'trace'));
    expect(stderr).toMatch(
      /^::error file=.*,title=replication%3A reads-below-high-watermark is violated::.*\n$/,
    );
    expect(stderr).toContain(`file=${path},`);
  });

  it.each([
    ['x', 'Expected one of text, json, junit, markdown, sarif, github'],
    ['junit', 'Expected junit=<file>'],
    ['markdown=', 'Expected markdown=<file>'],
    ['github=x', 'github takes no file'],
    ['text=x', 'text takes no file'],
  ])('%s is refused', async (text, message) => {
    const { code, stdout, stderr } = await run([...tiny, '--reporter', text]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('is refused before the search where a file cannot be written', async () => {
    for (const argv of [tiny, check, ['simulate', 'replication'], ['defects']]) {
      const { code, stdout, stderr } = await run([...argv, '--reporter', 'junit=/dev/null/x.xml']);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(
        /^highwater: --reporter junit=\/dev\/null\/x\.xml: the file cannot be written \(E\w+\) \[unwritable-output\]\n$/,
      );
    }
  });

  it('is refused where two reports would go to one place', async () => {
    const file = join(folder, 'same');
    const same = await run([
      ...tiny,
      '--reporter',
      `junit=${file}`,
      '--reporter',
      `markdown=${file}`,
    ]);
    expect(same.stderr).toContain('two reports go to');
    const both = await run([...tiny, '--json', '--reporter', 'text']);
    expect([same.code, both.code]).toEqual([2, 2]);
  });

  it('empties the report of an earlier run before it begins', async () => {
    const file = fileIn(folder, 'old.xml', 'old');
    const { code } = await run([...tiny, '--reporter', `junit=${file}`, '--property', 'no-such']);
    expect([code, read(file)]).toEqual([2, 'old']);
    const notADirectory = ['--out', fileIn(folder, 'file', '')];
    await run([...tiny, '--reporter', `junit=${file}`, ...notADirectory]);
    expect(read(file)).toBe('');
  });
});

describe('within GitHub Actions', () => {
  const summary = fileIn(folder, 'summary.md', 'before\n');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };

  it('the summary is appended to, and violations are annotated', async () => {
    const { stderr } = await run(violated, { env });
    expect(read(summary)).toMatch(/^before\n## ❌ highwater explore replication: violated\n/);
    expect(stderr.match(/^::error /gm)).toHaveLength(1);
  });

  it('the summary of a step stays below what GitHub takes', async () => {
    const full = fileIn(folder, 'full.md', 'x'.repeat(1024 * 1024 - 400));
    await run(violated, { env: { GITHUB_STEP_SUMMARY: full } });
    expect(read(full)).toContain('**Cut:**');
    expect(Buffer.byteLength(read(full))).toBeLessThanOrEqual(1024 * 1024);
  });

  it('what is undecided is a warning', async () => {
    const { stderr } = await run([...tiny, '--max-states', '100'], { env });
    expect(stderr).toMatch(/^::warning title=highwater explore replication%3A inconclusive::/);
  });

  it('a summary that cannot be written is said before the search', async () => {
    const { code, stderr } = await run(tiny, { env: { GITHUB_STEP_SUMMARY: '/dev/null/x' } });
    expect(code).toBe(2);
    expect(stderr).toContain('GITHUB_STEP_SUMMARY /dev/null/x: the file cannot be written');
  });

  it('nothing is written elsewhere without these variables', async () => {
    const before = read(summary);
    expect((await run(violated)).stderr).toBe('');
    expect(read(summary)).toBe(before);
  });
});

describe('test cases in JUnit', () => {
  it('have the same names for every seed, shard and budget', async () => {
    const file = join(folder, 'names.xml');
    const namesWith = async (...more: string[]): Promise<string[]> => {
      await run([...check, '--reporter', `junit=${file}`, ...more]);
      return casesIn(file);
    };
    const names = await namesWith('--shard', '1/60');
    expect(names).toContain('replication: one-leader-per-epoch');
    expect(new Set(names).size).toBe(names.length);
    expect(await namesWith('--seed', '99', '--shard', '2/60')).toEqual(names);
    expect(await namesWith('--budget', '1ms')).toEqual(names);
  });

  it('are not passed where a search was not over', async () => {
    const file = join(folder, 'limited.xml');
    await run([...tiny, '--max-states', '100', '--reporter', `junit=${file}`]);
    const passed = elements(parseXml(read(file)), 'testcase').filter(
      ({ children }) => children.length === 0,
    );
    const reached = passed.map(({ attributes }) => attributes.get('name'));
    expect(reached).not.toContain('one-leader-per-epoch');
    const [skipped] = elements(parseXml(read(file)), 'skipped');
    expect(skipped?.attributes.get('message')).toMatch(/^inconclusive: /);
  });

  it('are not passed where the search ended at the violation of another property', async () => {
    const file = join(folder, 'other.xml');
    await run([...violated, '--reporter', `junit=${file}`]);
    const other = elements(parseXml(read(file)), 'testcase').find(
      ({ attributes }) => attributes.get('name') === 'one-leader-per-epoch',
    );
    expect(other?.children[0]?.name).toBe('skipped');
  });

  it('are the defects of a model', async () => {
    const file = join(folder, 'defects.xml');
    const { code } = await run([
      'defects',
      'reads-to-log-end',
      '-q',
      '--reporter',
      `junit=${file}`,
    ]);
    expect(code).toBe(0);
    expect(casesIn(file)).toEqual(['replication defects: reads-to-log-end']);
  });
});

describe('--seed random', () => {
  const argv = ['simulate', 'replication', '--runs', '1', '--max-steps', '5', '-q'];

  it.each([[['--seed', 'random']], [['--seed=random']]])(
    '%j prints the seed that it draws',
    async seed => {
      const { stdout, stderr } = await run([...argv, ...seed]);
      const [, drawn = ''] = /^seed (\d+), drawn at random\n$/.exec(stderr) ?? [];
      expect(Number(drawn)).toBeLessThan(2 ** 31);
      expect(stdout).toContain(`seed ${drawn}, 1 random run`);
    },
  );

  it('draws another one every time', async () => {
    const seeds = await Promise.all(
      [1, 2, 3].map(async () => (await run([...argv, '--seed', 'random'])).stderr),
    );
    expect(new Set(seeds).size).toBe(3);
  });

  it('repeats the seed itself in a command to copy', async () => {
    const broken = ['simulate', 'replication', '--runs', '100', '-q', '--seed', 'random'];
    const defect = ['--defect', 'acknowledged-before-replication'];
    const { stdout, stderr } = await run([...broken, ...defect]);
    const [, drawn] = /^seed (\d+)/.exec(stderr) ?? [];
    expect(stdout).toContain(`--seed ${drawn} --defect`);
    expect(stdout).not.toContain('--seed random');
  });
});

describe('show --format mermaid', () => {
  it('prints the diagram of a trace, with its faults', async () => {
    const traces = new URL('../../traces/', import.meta.url).pathname;
    const trace = `${traces}acknowledged-below-min-isr--acknowledged-records-survive.trace.json`;
    const { code, stdout } = await run(['show', trace, '--format', 'mermaid']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^sequenceDiagram\n/);
    expect(stdout).toMatch(/rect rgba.*\n +Note over lane\d: \d+ fault#58; crash\n/);
  });
});
