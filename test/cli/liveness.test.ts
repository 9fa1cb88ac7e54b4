import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './folder.ts';
import { at, run, withoutSeconds } from './runInProcess.ts';

const config = join(import.meta.dirname, 'fixtures', 'liveness', 'highwater.config.ts');
const liveness = (...argv: readonly string[]) => run(['liveness', ...argv, '--config', config]);

describe('liveness', () => {
  it('ends with 0 where everything happens that must, and says what was due', async () => {
    const { code, stdout } = await liveness('walker');
    expect(code).toBe(0);
    expect(stdout).toContain('holds  arrives  due in 1 of');
    expect(stdout).toContain('verdict: holds');
  });

  it('ends with 1 and shows how it goes on for ever', async () => {
    const { code, stdout } = await liveness('broken-walker');
    expect(code).toBe(1);
    expect(stdout).toContain('arrives is broken');
    expect(stdout).toMatch(/1 .*crash\n.*nothing else has to happen: it stays so for ever\n/);
    expect(stdout).toContain('1 step, the shortest possible in this scope');
  });

  it('ends with 3 when a limit ends the search', async () => {
    const { code, stdout } = await liveness('walker', '--max-states', '2');
    expect(code).toBe(3);
    expect(stdout).toContain('stopped by the state limit');
  });

  it('ends with 0 when all random runs were made, and claims no more', async () => {
    const { code, stdout } = await liveness('walker', '--random', '--runs', '20');
    expect(code).toBe(0);
    expect(stdout).toContain('20 random runs of up to 100 steps, then up to 300 without');
    expect(stdout).toContain('verdict: nothing found (random runs prove nothing)');
  });

  it('refuses a model that has no such property, and a name that is unknown', async () => {
    const silent = await liveness('silent-walker');
    expect(silent.code).toBe(2);
    expect(silent.stderr).toContain('"silent-walker" says nothing of what must happen');
    const unknown = await liveness('walker', '--property', 'arrivs');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('did you mean "arrives"?');
    const temporal = await run(['explore', 'walker', '--property', 'arrives', '--config', config]);
    expect(temporal.code).toBe(2);
    expect(temporal.stderr).toContain(
      'property "arrives" says what must happen at some time: "liveness walker --property arrives" checks it',
    );
  });

  it('prints a document that is the same again', async () => {
    const [first, second] = [
      await liveness('broken-walker', '--json'),
      await liveness('broken-walker', '--json'),
    ];
    expect(withoutSeconds(first.stdout)).toBe(withoutSeconds(second.stdout));
    const document: unknown = JSON.parse(first.stdout);
    expect(at(document, 'verdict')).toBe('violated');
    expect(at(document, 'violations', 0, 'loop')).toEqual({ from: 1 });
    expect(at(document, 'violations', 0, 'trace', 'loop')).toEqual({ from: 1 });
  });

  it('saves traces that are replayed and shown', async () => {
    const folder = temporaryFolder();
    const { stdout } = await liveness('broken-walker', '--out', folder);
    const path = join(folder, 'broken-walker--arrives.trace.json');
    expect(stdout).toContain(path);
    const replayed = await run(['replay', path, '--config', config]);
    expect(replayed).toMatchObject({ code: 0 });
    expect(replayed.stdout).toContain('reproduced at step 1 of 1');
    const itf = await run(['show', path, '--format', 'itf', '--config', config]);
    expect(at(JSON.parse(itf.stdout), 'loop')).toBe(1);
    const mermaid = await run(['show', path, '--format', 'mermaid', '--config', config]);
    expect(mermaid.stdout).toContain('it stays so for ever');
    const shrunk = await run(['shrink', path, '--config', config]);
    expect(shrunk.code).toBe(0);
  });
});

describe('list', () => {
  it('has what must happen among the properties', async () => {
    const { stdout } = await run(['list', 'walker', '--config', config]);
    expect(stdout).toContain('arrives (eventually)');
  });
});
