import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../catalogue/usageError.ts';
import { ModelError, NondeterminismError } from '../../checker/core/errors.ts';
import { DeclarationError } from '../../checker/declarationError.ts';
import { exitCodes } from '../../cli/exitCodes.ts';
import { errorCodeOf } from '../../cli/explain/errorCode.ts';
import { errors } from '../../cli/explain/errors.ts';
import { explanations } from '../../cli/explain/explanations.ts';
import { CheckpointError } from '../../parallel/checkpointError.ts';
import { StorageError } from '../../parallel/storageError.ts';
import { run } from './runInProcess.ts';

describe('explain', () => {
  it('says what the code of an error means, and what to do', async () => {
    const wrong = await run(['explore', 'krafd']);
    expect(wrong.stderr).toBe(
      'highwater: unknown model "krafd" (did you mean "kraft"?) [unknown-name]\n',
    );
    const [, code = ''] = /\[(.+)\]\n$/.exec(wrong.stderr) ?? [];
    const { code: exitCode, stdout } = await run(['explain', code]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^unknown-name \(error, exit code 2\)\n {2}There is no model, /);
  });

  it('takes the code as it is printed, in brackets', async () => {
    expect(await run(['explain', '[wrong-trace]'])).toEqual(await run(['explain', 'wrong-trace']));
  });

  it('says what may be behind an exit code', async () => {
    const { stdout } = await run(['explain', '4', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'explain',
      explanations: [
        { code: 'vacuous', kind: 'verdict', exitCode: 4 },
        { code: 'impaired', kind: 'verdict', exitCode: 4 },
      ],
    });
    for (const number of Object.values(exitCodes)) {
      expect((await run(['explain', String(number)])).code).toBe(0);
    }
  });

  it('says everything where nothing is named, in lines that fit', async () => {
    const { stdout } = await run(['explain']);
    expect(stdout.match(/^\S.* \((error|verdict), exit code \d+\)$/gm)).toHaveLength(
      explanations.length,
    );
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('refuses a code that there is not, with the nearest', async () => {
    const { code, stderr } = await run(['explain', 'wrong-traze']);
    expect([code, stderr]).toEqual([
      2,
      'highwater: unknown code "wrong-traze" (did you mean "wrong-trace"?) [unknown-name]\n',
    ]);
  });

  it('has every code in the page for programs', () => {
    const page = readFileSync(new URL('../../docs/programs.md', import.meta.url), 'utf8');
    for (const { code } of explanations) expect(page).toContain(`\`${code}\``);
  });
});

describe('the code of an error', () => {
  it.each([
    [new UsageError('a'), 'wrong-use'],
    [UsageError.unknown('model', 'a', ['b']), 'unknown-name'],
    [new DeclarationError('a'), 'wrong-declaration'],
    [new CheckpointError('a'), 'checkpoint-refused'],
    [new StorageError('a'), 'storage-failed'],
    [new ModelError('a', []), 'model-crashed'],
    [new NondeterminismError('a', []), 'nondeterministic-model'],
    [new Error('a'), 'internal-error'],
    ['text', 'internal-error'],
  ])('%s is %s', (error, code) => {
    expect(errorCodeOf(error)).toBe(code);
    expect(errors).toHaveProperty([code]);
  });

  it.each([
    [['explore', 'kraft', '--bound', 'crashes=x'], 'wrong-value'],
    [['explore', 'kraft', '--no-such'], 'wrong-use'],
    [['--config', 'nowhere.json', 'list'], 'unreadable-input'],
    [['check', 'nowhere.yml'], 'unreadable-input'],
    [['replay', 'package.json'], 'wrong-trace'],
    [['check', 'tsconfig.json'], 'unclear-cluster'],
    [['explore', 'kraft', '--out', '/dev/null/x'], 'unwritable-output'],
  ])('ends the line of %j: %s', async (argv, code) => {
    const { stderr } = await run(argv);
    expect(stderr.trim()).toMatch(new RegExp(`^highwater: .* \\[${code}\\]$`));
  });
});
