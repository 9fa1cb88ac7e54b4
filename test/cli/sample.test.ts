import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

const small = ['sample', 'replication', '--runs', '20', '--max-steps', '40', '--quiet'];

describe('sample', () => {
  it('tells diverse stories, each of a goal that it reaches, and saves them as witnesses', async () => {
    const out = temporaryFolder();
    const { code, stdout } = await run([...small, '--stories', '3', '--out', out]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^replication: 3 stories out of 20 random runs, [\d,]+ distinct states\.\n/,
    );
    const files = readdirSync(out);
    expect(files).toHaveLength(3);
    const goals = files.map(file => readTraceFile(`${out}/${file}`).property.name);
    expect(new Set(goals).size).toBe(3);
    for (const goal of goals) expect(stdout).toContain(`reaches ${goal}\n`);
    expect(stdout).toMatch(/\nview {6}npm run -s highwater -- view /);
    const replayed = await run(['replay', ...files.map(file => `${out}/${file}`)]);
    expect(replayed.code).toBe(0);
  });

  it('gives the same stories for the same seed, and says which goals were missed', async () => {
    const few = [...small, '--stories', '2', '--json'];
    const [one, two] = [await run(few), await run(few)];
    expect(one.stdout).toBe(two.stdout);
    const document: unknown = JSON.parse(one.stdout);
    expect(at(document, 'stories')).toHaveLength(2);
    expect(at(document, 'stories', 0, 'trace', 'kind')).toBe('witness');
    const missed = await run([
      'sample',
      'replication',
      '--runs',
      '1',
      '--max-steps',
      '1',
      '--quiet',
    ]);
    expect(missed.code).toBe(4);
    expect(missed.stdout).toContain('Not reached by these runs: ');
  });

  it('refuses models and bounds that there are not', async () => {
    expect((await run(['sample', 'nothing'])).code).toBe(2);
    expect((await run(['sample', 'kraft', '--bound', 'nothing=1'])).code).toBe(2);
  });
});
