import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lineOfPlace } from '../../application/advice/lineOfPlace.ts';
import { judged } from '../../application/advice/policy.ts';
import { fileIn, temporaryFolder } from './folder.ts';
import { at, type CliRun, run } from './runInProcess.ts';

const folder = temporaryFolder();
const quick = ['--jobs', '1', '-q', '--no-advice', '--time-limit', '20s'];
const single = fileIn(
  folder,
  'single.properties',
  [
    'process.roles=broker,controller',
    'node.id=1',
    'controller.quorum.voters=1@k:9093',
    'default.replication.factor=1',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=2',
  ].join('\n'),
);
const base = ['check', single, '--kafka-version', '4.0', ...quick];

describe('a check as a gate', () => {
  const baseline = join(folder, 'baseline.json');
  const files = { sarif: join(folder, 'o.sarif'), json: join(folder, 'o.json') };
  let ran: CliRun = { code: -1, stdout: '', stderr: '' };
  beforeAll(async () => {
    ran = await run([
      ...[...base, '--fail-on', 'any', '--write-baseline', baseline],
      ...['--reporter', `sarif=${files.sarif}`, '--reporter', `json=${files.json}`],
      ...['--reporter', 'github'],
    ]);
  });

  it('fails for findings, which stand at file and line', () => {
    expect(ran.code).toBe(1);
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /Gate, --fail-on any: \d fail: .*lost\/power-loss/,
    );
    const sarif: unknown = JSON.parse(readFileSync(files.sarif, 'utf8'));
    const results = Object.values(Object(at(sarif, 'runs', 0, 'results')));
    expect(results).toContainEqual(
      expect.objectContaining({
        ruleId: 'lost/power-loss',
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: encodeURI(single) },
              region: { startLine: 4 },
            },
          },
        ],
      }),
    );
    expect(ran.stderr).toMatch(/^::error file=.*single\.properties,line=6,.*unusable/m);
    expect(at(JSON.parse(readFileSync(files.json, 'utf8')), 'findings', 0)).toMatchObject({
      fails: true,
      accepted: null,
    });
  });

  it('passes where every finding is accepted, and tells what was accepted and is gone', async () => {
    const written: unknown = JSON.parse(readFileSync(baseline, 'utf8'));
    const accepted = Object.values(Object(at(written, 'accepted')));
    expect(accepted.length).toBeGreaterThan(2);
    const more = [...accepted, { id: 'lost/power-loss/gone', reason: 'it was there' }];
    const file = fileIn(folder, 'more.json', JSON.stringify({ accepted: more }));
    const { code, stdout } = await run([...base, '--baseline', file]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('accepted and gone: lost/power-loss/gone.');
    expect(code).toBe(0);
    const less = fileIn(folder, 'less.json', JSON.stringify({ accepted: accepted.slice(1) }));
    expect((await run([...base, '--baseline', less])).code).toBe(1);
  });

  it.each([
    ['{', '--baseline'],
    ['{"accepted": [{"id": 3}]}', 'expected an "id" and a "reason"'],
    ['[]', 'expected {"accepted"'],
  ])('refuses a baseline that is %s', async (text, message) => {
    const file = fileIn(folder, 'wrong.json', text);
    const { code, stderr } = await run([...base, '--baseline', file]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('fails for what the configuration does, and for what nobody knows', () => {
    const causes = ['configuration', 'release', 'undecided'] as const;
    const findings = causes.map(cause => {
      const head = { id: cause, what: 'lost' as const, topic: 't', message: 'm' };
      return { ...head, cause, place: undefined, story: undefined };
    });
    const failing = (failOn: 'configuration' | 'any', accepted: readonly string[] = []) =>
      judged(findings, { failOn, accepted: accepted.map(id => ({ id, reason: 'r' })) })
        .filter(({ fails }) => fails)
        .map(({ id }) => id);
    expect(failing('configuration')).toEqual(['configuration', 'undecided']);
    expect(failing('any')).toEqual(causes);
    expect(failing('any', ['undecided', 'release'])).toEqual(['configuration']);
  });

  it('finds the line of a place that a description names', () => {
    const compose =
      'services:\n  k1:\n    environment:\n      - A=1\n  k2:\n    environment:\n      - A=2\n';
    expect(lineOfPlace(compose, 'services.k2.environment.A')).toBe(7);
    expect(lineOfPlace('a=1\nb=2\n', 'line 2: b')).toBe(2);
    const strimzi = 'kind: Kafka\nspec:\n  kafka:\n    config:\n      min.insync.replicas: 2\n';
    expect(lineOfPlace(strimzi, 'Kafka c: spec.kafka.config.min.insync.replicas')).toBe(5);
    expect(lineOfPlace(compose, 'nowhere')).toBe(1);
  });
});
