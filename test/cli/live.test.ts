import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { holdToSchema } from './documentSchema.ts';
import { at } from './runInProcess.ts';

const program = fileURLToPath(new URL('../../cli/highwater.mjs', import.meta.url));

test('live --json lists the stories where none is named', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'live', '--json']);
  holdToSchema(stdout);
  const document: unknown = JSON.parse(stdout);
  expect(document).toMatchObject({ command: 'live', played: [], refused: [], confirmed: null });
  expect(at(document, 'stories', 0)).toMatchObject({ kafka: expect.stringMatching(/^\d/) });
});

test('live --json tells why a trace cannot be played, with exit code 1', async () => {
  const trace = 'traces/double-vote--one-leader-per-epoch.trace.json';
  const given = [program, 'live', '--json', '--trace', trace];
  const { stdout, code } = (await promisify(execFile)(process.execPath, given).catch(
    (error: { stdout: string; code: number }) => error,
  )) as { stdout: string; code?: number };
  expect(code).toBe(1);
  holdToSchema(stdout);
  expect(JSON.parse(stdout)).toMatchObject({ stories: [], played: [], confirmed: false });
});
