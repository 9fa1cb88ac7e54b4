import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileIn, temporaryFolder } from './folder.ts';
import { run } from './runInProcess.ts';
import { elements, parseXml } from './xml.ts';

const folder = temporaryFolder();
const config = join(import.meta.dirname, 'fixtures', 'outbox', 'highwater.config.ts');

/** `liveness` of one model of the fixture. */
function liveness(model: string, argv: readonly string[], env = {}) {
  return run(['liveness', model, '-q', '--config', config, ...argv], { env });
}

describe('liveness --reporter', () => {
  it('writes JUnit XML and Markdown besides what is printed', async () => {
    const [xml, markdown, json] = ['j.xml', 'm.md', 'd.json'].map(name => join(folder, name));
    const reporters = [`junit=${xml}`, `markdown=${markdown}`, `json=${json}`];
    const argv = reporters.flatMap(text => ['--reporter', text]);
    const { code, stdout } = await liveness('broken-outbox', argv);
    expect(code).toBe(1);
    expect(stdout).toContain('orders-are-sent is broken');
    const document = parseXml(readFileSync(xml ?? '', 'utf8'));
    const [failure, ...others] = elements(document, 'failure');
    expect(others).toEqual([]);
    expect(failure?.attributes.get('message')).toBe(
      'due since step 1, never reached: after step 2 nothing has to happen',
    );
    const text = readFileSync(markdown ?? '', 'utf8');
    expect(text).toMatch(/^## ❌ highwater liveness broken-outbox: violated\n/);
    expect(text).toMatch(/\| ❌ \| orders-are-sent \| violated \| due in \d+ of 48 states \|/);
    expect(text).toContain('```mermaid\nsequenceDiagram\n');
    expect(JSON.parse(readFileSync(json ?? '', 'utf8'))).toMatchObject({ command: 'liveness' });
  });

  it('json is --json', async () => {
    const { stdout } = await liveness('outbox', ['--reporter', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'liveness', verdict: 'holds' });
  });

  it('says in every form that nothing was found, or that a limit ended the search', async () => {
    const xml = join(folder, 'random.xml');
    const random = ['--random', '--runs', '10', '--max-steps', '20', '--reporter', `junit=${xml}`];
    const { code, stdout } = await liveness('outbox', random);
    expect(code).toBe(0);
    expect(stdout).toContain('verdict: nothing found (random runs prove nothing)');
    expect(readFileSync(xml, 'utf8')).toContain('failures="0" errors="0" skipped="0"');
    expect(readFileSync(xml, 'utf8')).toContain('<property name="seed" value="1"/>');
    const limited = join(folder, 'limited.xml');
    const few = ['--max-states', '5', '--reporter', `junit=${limited}`];
    expect((await liveness('outbox', few)).code).toBe(3);
    expect(readFileSync(limited, 'utf8')).toContain('<skipped message="inconclusive');
  });

  it('is refused before the search where a file cannot be written', async () => {
    const { code, stdout, stderr } = await liveness('outbox', ['--reporter', 'junit=/dev/null/x']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('the file cannot be written');
  });
});

describe('liveness within GitHub Actions', () => {
  it('annotates each violation on its trace, and appends to the summary', async () => {
    const summary = fileIn(folder, 'summary.md', 'before\n');
    const out = join(folder, 'found');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { stderr } = await liveness('broken-outbox', ['--out', out], env);
    const path = join(out, 'broken-outbox--orders-are-sent.trace.json');
    expect(stderr).toContain(
      `::error file=${path},title=broken-outbox%3A orders-are-sent is violated::`,
    );
    expect(readFileSync(summary, 'utf8')).toMatch(
      /^before\n## ❌ highwater liveness broken-outbox: violated\n/,
    );
  });

  it('warns once where a search is inconclusive', async () => {
    const { stderr } = await liveness('outbox', ['--max-states', '5'], { GITHUB_ACTIONS: 'true' });
    expect(stderr).toMatch(/^::warning title=highwater liveness outbox%3A inconclusive::.*\n$/);
  });
});
