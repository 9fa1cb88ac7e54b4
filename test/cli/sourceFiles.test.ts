import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../application/packageRoot.ts';
import { type SourceFiles, sourceFiles } from '../../application/project/sourceFiles.ts';
import { builtInModule } from '../../application/tasks/checkpoint.ts';
import { temporaryFolder } from './folder.ts';

const folder = temporaryFolder();

/** A project in which everything is loaded that can be. */
const project: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'highwater.config.ts': `
    import { first } from './src/first.ts';
    import type { Nothing } from './src/types.ts';
    export * from './src/again.js';
    export const later = () => import('./src/later.ts');
    export const any = (name: string) => import(\`./src/generations/\${name}.ts\`);
    import bounds from './bounds.json' with { type: 'json' };
    import { createRequire } from 'node:module';
    import { all } from 'a-package';
    import { one } from '@scope/package/part';
    import { linked } from 'linked';
    import absent from 'absent';
    export default { first, bounds, all, one, linked, absent } as Nothing;`,
  'src/first.ts': `export const first = <T,>(x: T): T => x; // import './comment.ts'
    export const text = "import './text.ts'";
    import './second.ts';`,
  'src/second.ts': `const old = require('./old.cjs'); export {};`,
  'src/old.cjs': 'module.exports = 1;',
  'src/types.ts': 'export type Nothing = object;',
  'src/again.ts': 'export const again = 1;',
  'src/later.ts': 'export const later = 1;',
  'src/generations/one.ts': 'export const one = 1;',
  'src/generations/two.ts': 'export const two = 2;',
  'src/comment.ts': '',
  'src/text.ts': '',
  'src/unused.ts': '',
  'bounds.json': '{ "records": 1 }',
  'node_modules/a-package/package.json': '{ "version": "1.2.3", "main": "main.js" }',
  'node_modules/a-package/main.js': "export { all } from './all.js';",
  'node_modules/a-package/all.js': 'export const all = 1;',
  'node_modules/@scope/package/package.json': '{ "version": "4.5.6" }',
  'node_modules/@scope/package/part.js': 'export const one = 1;',
  'packages/linked/package.json': '{ "version": "1.0.0", "main": "linked.ts" }',
  'packages/linked/linked.ts': 'export const linked = 1;',
};

let projects = 0;
function projectWith(changed: Readonly<Record<string, string>> = {}): string {
  projects++;
  const root = join(folder, String(projects));
  for (const [path, content] of Object.entries({ ...project, ...changed })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  symlinkSync(join(root, 'packages/linked'), join(root, 'node_modules/linked'), 'dir');
  return root;
}

function sourcesOf(changed?: Readonly<Record<string, string>>): Promise<SourceFiles> {
  const root = projectWith(changed);
  return sourceFiles([join(root, 'highwater.config.ts')], root);
}

describe('the files of a configuration', () => {
  test('are all that it loads, however that is written, and no others', async () => {
    const { files, packages } = await sourcesOf();
    expect(Object.keys(files)).toEqual([
      'bounds.json',
      'highwater.config.ts',
      'packages/linked/linked.ts',
      'src/again.ts',
      'src/first.ts',
      'src/generations/one.ts',
      'src/generations/two.ts',
      'src/later.ts',
      'src/old.cjs',
      'src/second.ts',
    ]);
    expect(packages).toEqual({ '@scope/package': '4.5.6', 'a-package': '1.2.3' });
  });

  test('have a digest of their content', async () => {
    const before = await sourcesOf();
    expect(await sourcesOf()).toEqual(before);
    const { files } = await sourcesOf({ 'src/old.cjs': 'module.exports = 2;' });
    const changed = Object.keys(files).filter(path => files[path] !== before.files[path]);
    expect(changed).toEqual(['src/old.cjs']);
  });

  test('are an error where one is missing', async () => {
    const root = projectWith({ 'src/again.ts': "export * from './missing.ts';" });
    await expect(sourceFiles([join(root, 'highwater.config.ts')], root)).rejects.toThrow(
      /^a checkpoint needs to know which files .*highwater\.config\.ts loads.*missing\.ts/s,
    );
  });

  test('are none of a package, of which the version says enough', async () => {
    const root = projectWith();
    const entry = join(root, 'node_modules/a-package/main.js');
    const expected = { files: {}, packages: { 'a-package': '1.2.3' } };
    expect(await sourceFiles([entry], root)).toEqual(expected);
  });
});

test('the files of the built-in models have their rules and properties among them', async () => {
  const { files, packages } = await sourceFiles([builtInModule], packageRoot);
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(['models/replication/model.ts', 'checker/model/model.ts']),
  );
  expect(Object.keys(packages)).toContain('xstate');
});
