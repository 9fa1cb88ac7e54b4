import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { built } from '../../tools/build/built.mjs';
import { programEntries } from '../../tools/build/bundle.mjs';
import { temporaryFolder } from '../cli/folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const project = temporaryFolder();

function write(path: string, content: string): void {
  writeFileSync(join(project, path), content);
}

/** The package as it is built: the same that the program loads. */
async function packageUrl(): Promise<string> {
  const entries = programEntries();
  const urls = await built(entries);
  return urls[entries.indexOf('exports/highwater.ts')] ?? '';
}

/** A model whose guard asks another file, which asks the environment. */
async function writeProject(): Promise<void> {
  mkdirSync(join(project, 'rules'));
  write('package.json', '{ "type": "module" }');
  write(
    'highwater.config.ts',
    "import { counter } from './counter.ts';\nexport default { models: [counter()] };\n",
  );
  write('rules/guard.ts', guardOf(''));
  write(
    'counter.ts',
    'import { actionsOf, defineModel, defineSchema, flag, int, propertiesOf } ' +
      `from ${JSON.stringify(await packageUrl())};
import { mayBreak } from './rules/guard.ts';
export function counter() {
  const schema = defineSchema({
    protocol: { n: int(0, 60), m: int(0, 60), isBroken: flag() },
    ghost: {},
    budget: {},
  });
  const action = actionsOf(schema, {});
  const text = { kind: 'protocol', actor: 'clock', params: {} };
  return {
    model: defineModel({
      name: 'counter', version: 1, config: {}, bounds: {}, defects: [], schema, recorders: {},
      initialStates: [() => undefined],
      actions: [
        action({ ...text, name: 'tickN', enabled: ({ protocol }) => protocol.n < 60,
          step: ({ protocol }) => { protocol.n++; } }),
        action({ ...text, name: 'tickM', enabled: ({ protocol }) => protocol.m < 60,
          step: ({ protocol }) => { protocol.m++; } }),
        action({ ...text, name: 'break', enabled: ({ protocol }) => mayBreak(protocol),
          step: ({ protocol }) => { protocol.isBroken = true; } }),
      ],
    }),
    properties: [propertiesOf(schema).invariant({ name: 'never-broken', statement: 'It is whole.',
      holds: ({ protocol }) => !protocol.isBroken || 'it is broken' })],
  };
}
`,
  );
}

function guardOf(more: string): string {
  return `const isGuarded = process.env['GUARD'] === '1';
export const mayBreak = ({ n, m }: { n: number; m: number }): boolean =>
  !isGuarded && n === 3 && m === 3${more};
`;
}

/** Runs the program in the project. */
function explore(guard: '0' | '1', ...argv: readonly string[]) {
  const program = join(root, 'cli/highwater.mjs');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'explore', 'counter', '--workers', '1', ...argv],
    { cwd: project, encoding: 'utf8', env: { ...process.env, GUARD: guard } },
  );
  return { code: status, stdout, stderr };
}

test('a search does not go on after the model was edited', async () => {
  await writeProject();
  const stopped = explore('1', '--checkpoint', 'kept', '--max-states', '1000');
  expect(stopped).toMatchObject({ code: 3, stderr: expect.stringContaining('--resume kept') });
  const otherwise = explore('0', '--resume', 'kept');
  expect([otherwise.code, otherwise.stdout]).toEqual([2, '']);
  expect(otherwise.stderr).toMatch(
    /although its sources are the same: in the state with protocol\.n=3, protocol\.m=3, break\(\) could not be taken, and can now: begin anew/,
  );
  write('rules/guard.ts', guardOf(' && n === m'));
  const edited = explore('1', '--resume', 'kept');
  expect([edited.code, edited.stdout]).toEqual([2, '']);
  expect(edited.stderr).toContain(
    `rules/guard.ts has changed since ${join('kept', 'checkpoint.json')} was written: begin anew`,
  );
  write('rules/guard.ts', guardOf(''));
  const same = explore('1', '--resume', 'kept');
  expect(same.code).toBe(0);
  expect(same.stdout).toContain('explored completely: 3,721 distinct states');
});
