import { afterEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../../catalogue/usageError.ts';
import { ModelError } from '../../../checker/core/errors.ts';
import { TraceError } from '../../../checker/trace/readTrace.ts';
import { reportFailure } from '../../../cli/output/failure.ts';
import { CheckpointError } from '../../../parallel/checkpointError.ts';
import { StorageError } from '../../../parallel/storageError.ts';
import { recordingOutput } from '../runInProcess.ts';

function report(error: unknown): { code: number; text: string } {
  const stderr = recordingOutput();
  const code = reportFailure(error, stderr);
  return { code, text: stderr.text() };
}

const steps = [
  { name: 'crash', actor: 'broker-1', params: { broker: 'broker-1' } },
  { name: 'restart', actor: 'broker-1', params: {} },
];

afterEach(() => vi.unstubAllEnvs());

describe('what goes wrong', () => {
  it('is one line and exit code 2 where the use is wrong', () => {
    expect(report(new UsageError('two\n lines'))).toEqual({
      code: 2,
      text: 'highwater: two lines [wrong-use]\n',
    });
    expect(report(new TraceError('a.json', '/format', 'bad')).code).toBe(2);
  });

  it('is one line and exit code 2 where a checkpoint is refused, and 74 where a disk is full', () => {
    expect(report(new CheckpointError('of another run')).code).toBe(2);
    const full = StorageError.of('no checkpoint can be written', new Error('ENOSPC'));
    expect(report(full)).toEqual({
      code: 74,
      text: 'highwater: no checkpoint can be written: ENOSPC [storage-failed]\n',
    });
  });

  it('cannot write to the terminal through a message', () => {
    expect(report(new UsageError('\u001b[2Jgone')).text).toBe(
      'highwater: \\u001b[2Jgone [wrong-use]\n',
    );
  });

  it('is exit code 70 with the steps where the model crashes', () => {
    const { code, text } = report(new ModelError('the model crashed in restart()', steps));
    expect(code).toBe(70);
    expect(text).toBe(
      'highwater: the model crashed in restart() [model-crashed]\nthe steps that lead there:\n' +
        '  1  crash(broker=broker-1)\n  2  restart()\n',
    );
  });

  it('names the initial state where no step leads to the crash', () => {
    expect(report(new ModelError('crashed', [])).text).toContain('in the initial state');
  });

  it('cuts a long way to a crash, and says so', () => {
    const long = Array.from({ length: 250 }, () => steps).flat();
    const { text } = report(new ModelError('crashed', long));
    expect(text).toContain('... the first 400 steps are not shown');
    expect(text).toContain('  500  restart()');
  });

  it('shows a stack trace only when it is asked for', () => {
    const error = new Error('oops', { cause: new Error('deeper') });
    expect(report(error).code).toBe(70);
    expect(report(error).text).toContain(
      'highwater: internal error: oops [internal-error]\nHIGHWATER_DEBUG=1',
    );
    expect(report(error).text).not.toContain('    at ');
    vi.stubEnv('HIGHWATER_DEBUG', '1');
    expect(report(error).text).toMatch(/ {4}at [\s\S]*caused by Error: deeper/);
  });
});
