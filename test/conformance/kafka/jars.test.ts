import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { compileDriver, hasKafka, kafkaJars } from '../../../conformance/kafka/jars.ts';
import { missingTools } from '../../../conformance/kafka/tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'highwater-kafka-'));

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A folder of commands that print one line each, in place of what is installed. */
function commands(lines: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, line] of Object.entries(lines))
    writeFileSync(join(folder, name), `#!/bin/sh\necho '${line}'\n`, { mode: 0o755 });
  vi.stubEnv('PATH', folder);
}

describe('a machine that cannot run Kafka', () => {
  test('is told in one line that there is no Java', () => {
    commands({ mvn: 'Apache Maven 3.8.7' });
    expect(missingTools()).toBe('no Java: a JDK of version 17 or later is needed');
    expect(() => kafkaJars('4.3.1')).toThrow(/^no Java/);
  });

  test('is told which Java it has when that is too old', () => {
    commands({ javac: 'javac 11.0.2', mvn: 'Apache Maven 3.8.7' });
    expect(missingTools()).toBe('Java is too old: 17 or later is needed, found javac 11.0.2');
  });

  test('is told that there is no Maven', () => {
    commands({ javac: 'javac 21.0.1' });
    expect(missingTools()).toBe('no Maven: mvn is needed to resolve Kafka');
  });

  test('lacks nothing with both', () => {
    commands({ javac: 'javac 17.0.15', mvn: 'Apache Maven 3.8.7' });
    expect(missingTools()).toBeUndefined();
  });
});

describe('jars of Kafka', () => {
  test('that are not what their checksums say are refused by name', () => {
    commands({ javac: 'javac 17.0.15', mvn: 'Apache Maven 3.8.7' });
    vi.stubEnv('HIGHWATER_KAFKA', folder);
    mkdirSync(join(folder, '4.3.1'));
    writeFileSync(join(folder, '4.3.1', 'kafka-raft-4.3.1.jar'), 'another');
    writeFileSync(join(folder, '4.3.1', 'one-more.jar'), 'unknown');
    expect(hasKafka('4.3.1')).toBe(true);
    expect(hasKafka('3.9.1')).toBe(false);
    expect(() => kafkaJars('4.3.1')).toThrow(
      /kafka-raft-4\.3\.1\.jar.*one-more\.jar not as conformance\/kafka\/4\.3\.1\/checksums\.txt says/,
    );
  });

  test('are asked of Maven, whose failure is told and leaves nothing', () => {
    commands({ javac: 'javac 17.0.15' });
    writeFileSync(
      join(folder, 'mvn'),
      '#!/bin/sh\ntest "$1" = -v && exit 0\necho no such host\nexit 1\n',
      { mode: 0o755 },
    );
    vi.stubEnv('HIGHWATER_KAFKA', join(folder, 'cache'));
    expect(() => kafkaJars('4.3.1')).toThrow('mvn failed:\nno such host');
    expect(hasKafka('4.3.1')).toBe(false);
  });
});

describe('a driver', () => {
  test('is compiled once for its sources', () => {
    mkdirSync(folder, { recursive: true });
    const source = join(folder, 'Driver.java');
    writeFileSync(source, 'class Driver {}');
    // Says so if it is called a second time.
    writeFileSync(
      join(folder, 'javac'),
      `#!/bin/sh\ntest -e ${folder}/called && exit 1\necho > ${folder}/called\n`,
      { mode: 0o755 },
    );
    vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
    vi.stubEnv('HIGHWATER_KAFKA', join(folder, 'cache'));
    const jars = { version: '4.3.1', server: '', drivers: 'kafka.jar' } as const;
    const classes = compileDriver(jars, [source]);
    expect(compileDriver(jars, [source])).toBe(classes);
    writeFileSync(source, 'class Driver { int changed; }');
    expect(() => compileDriver(jars, [source])).toThrow('javac failed');
  });
});
