import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { built } from '../../tools/build/built.mjs';
import { programEntries } from '../../tools/build/bundle.mjs';
import { temporaryFolder } from '../cli/folder.ts';

const entries = programEntries();
const urls = await built(entries);
const project = temporaryFolder();

function write(path: string, content: string): void {
  writeFileSync(join(project, path), content);
}

/** An entry as it is built: program and package have the same classes then. */
function urlOf(entry: string): string {
  return urls[entries.indexOf(entry)] ?? '';
}

/** A model whose guard asks another file, which asks the environment. */
function writeProject(): void {
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
      `from ${JSON.stringify(urlOf('exports/highwater.ts'))};
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
  const program = fileURLToPath(urlOf('cli/main.ts'));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'explore', 'counter', '--workers', '1', ...argv],
    { cwd: project, encoding: 'utf8', env: { ...process.env, GUARD: guard } },
  );
  return { code: status, stdout, stderr };
}

test('a search does not go on after the model was edited', () => {
  writeProject();
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
