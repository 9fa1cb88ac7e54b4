import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './folder.ts';
import { at, run } from './runInProcess.ts';

const folder = temporaryFolder();

describe('init', () => {
  it('writes a project, and names the files and what to do next', async () => {
    const own = join(folder, 'deep', 'My Locks');
    const { code, stdout, stderr } = await run(['init', own]);
    expect([code, stderr]).toEqual([0, '']);
    const files = readdirSync(own).sort();
    expect(files).toEqual([
      'README.md',
      'highwater.config.ts',
      'lockService.test.ts',
      'lockService.ts',
      'package.json',
      'tsconfig.json',
    ]);
    for (const file of files) expect(stdout).toContain(`wrote ${join(own, file)}`);
    expect(stdout).toContain('npx highwater check');
    const manifest = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'my-locks', private: true, type: 'module' });
    expect(Object.keys(manifest.devDependencies)).toEqual(['highwater', 'typescript', 'vitest']);
  });

  it('writes nothing where one of the files is there', async () => {
    const own = temporaryFolder();
    writeFileSync(join(own, 'README.md'), 'mine');
    const { code, stderr } = await run(['init', own]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('README.md: is there already')]);
    expect(readdirSync(own)).toEqual(['README.md']);
    expect(readFileSync(join(own, 'README.md'), 'utf8')).toBe('mine');
  });

  it('is refused where no folder can be made', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, stderr } = await run(['init', join(file, 'inside')]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be written')]);
  });

  it('does not read a configuration file, which may be half of another project', async () => {
    const config = join(folder, 'broken.json');
    writeFileSync(config, '{');
    const { code, stdout } = await run([
      'init',
      join(folder, 'other'),
      '--json',
      '--config',
      config,
    ]);
    expect(code).toBe(0);
    expect(at(JSON.parse(stdout), 'files', 5)).toMatch(/tsconfig.json$/);
  });
});
