import { describe, expect, it } from 'vitest';
import { run } from './runInProcess.ts';

const commands = ['check', 'explore', 'simulate', 'replay', 'show', 'defects', 'list'];

describe('wrong use ends with exit code 2 and one line on stderr', () => {
  it.each([
    ['a command that is nearly right', ['exlpore'], 'Did you mean explore?'],
    [
      'an option that is nearly right',
      ['explore', 'replication', '--max-sates', '3'],
      '--max-states',
    ],
    ['a missing model', ['explore'], "missing required argument 'model'"],
    ['a surplus argument', ['explore', 'replication', 'twice'], 'too many arguments'],
    ['a model that is nearly right', ['explore', 'replicaton'], 'did you mean "replication"?'],
    ['a far model', ['explore', 'x'], 'known: replication'],
    [
      'a property that is nearly right',
      ['explore', 'replication', '--property', 'one-leader-per-epok'],
      'one-leader-per-epoch',
    ],
    [
      'an unknown defect',
      ['explore', 'replication', '--defect', 'reads-to-log-ends'],
      'reads-to-log-end',
    ],
    ['an unknown defect to report', ['defects', 'x'], 'known: '],
    [
      'an unknown bound',
      ['explore', 'replication', '--bound', 'recods=1'],
      'did you mean "records"?',
    ],
    [
      'a bound without a value',
      ['explore', 'replication', '--bound', 'records'],
      'Expected name=value',
    ],
    [
      'a bound given twice',
      ['explore', 'replication', '--bound', 'records=1', '--bound', 'records=2'],
      'given twice',
    ],
    [
      'a bound that is no number',
      ['explore', 'replication', '--bound', 'records=abc'],
      'found "abc"',
    ],
    ['a negative bound', ['explore', 'replication', '--bound', 'records=-1'], 'found "-1"'],
    ['a huge bound', ['explore', 'replication', '--bound', 'records=1000000'], 'records: expected'],
    [
      'an endless bound',
      ['explore', 'replication', '--bound', `records=${'9'.repeat(400)}`],
      'expected a whole number',
    ],
    ['a bound of prototype', ['explore', 'replication', '--bound', '__proto__=1'], 'unknown bound'],
    [
      'an unknown setting',
      ['explore', 'replication', '--set', 'broker=3'],
      'did you mean "brokers"?',
    ],
    ['a setting of another kind', ['explore', 'replication', '--set', 'brokers=x'], 'found "x"'],
    [
      'a flag of another kind',
      ['explore', 'replication', '--set', 'uncleanLeaderElection=yes'],
      'expected true or false',
    ],
    ['a list with an empty item', ['explore', 'replication', '--set', 'acks=all,'], 'is empty'],
    ['a list with an item twice', ['explore', 'replication', '--set', 'acks=1,1'], 'given twice'],
    [
      'a list with an unknown item',
      ['explore', 'replication', '--set', 'acks=2'],
      'acks: expected one of all, 1, 0, found "2"',
    ],
    ['no runs', ['simulate', 'replication', '--runs', '0'], 'from 1 to'],
    ['a seed that is no number', ['simulate', 'replication', '--seed', 'x'], 'from 0 to'],
    ['a negative seed', ['simulate', 'replication', '--seed', '-1'], 'from 0 to'],
    ['a fraction of steps', ['simulate', 'replication', '--max-steps', '1.5'], 'from 1 to'],
    ['huge runs', ['simulate', 'replication', '--runs', '9'.repeat(400)], 'from 1 to'],
    ['a duration without a unit', ['explore', 'replication', '--time-limit', '3'], '60s'],
    ['no duration', ['explore', 'replication', '--time-limit', '0s'], '60s'],
    ['an endless duration', ['explore', 'replication', '--time-limit', '9999999999h'], '60s'],
    ['memory without a unit', ['explore', 'replication', '--memory', '4'], '4GiB'],
    ['no jobs', ['defects', '--jobs', '0'], 'from 1 to'],
    [
      'an unknown format',
      ['show', 'x', '--format', 'svg'],
      'Allowed choices are text, json, mermaid',
    ],
    [
      'a folder that cannot be made',
      ['explore', 'replication', '--out', '/dev/null/x'],
      '--out /dev/null/x',
    ],
  ])('%s', async (_, argv, expected) => {
    const { code, stdout, stderr } = await run(argv);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/^highwater: .*\n$/);
  });

  it('names a bound that several models have once', async () => {
    const { stderr } = await run(['check', '--bound', 'far-from-all=1']);
    expect(stderr.match(/\brecords\b/g)).toHaveLength(1);
  });

  it('prints the help on stderr when no command is given', async () => {
    const { code, stdout, stderr } = await run([]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: highwater');
  });
});

describe('help and version', () => {
  it.each([[['--help']], ...commands.map(command => [[command, '--help']])])(
    '%s prints on stdout and ends with 0',
    async argv => {
      const { code, stdout, stderr } = await run(argv);
      expect(code).toBe(0);
      expect(stderr).toBe('');
      expect(stdout).toContain('Usage: highwater');
      expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(100);
    },
  );

  it('names every command', async () => {
    const { stdout } = await run(['--help']);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it('prints the version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
  });
});
