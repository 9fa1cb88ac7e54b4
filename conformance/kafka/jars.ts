/*
 * Apache Kafka, as published on Maven Central, on this machine:
 *
 *   const jars = kafkaJars('4.3.1');              // resolves once (40 s of download), then verifies (under a second)
 *   spawn('java', ['-cp', jars.server, 'kafka.Kafka', 'server.properties']);
 *   const classes = compileDriver(jars, [file]);  // javac once for these sources
 *   spawn('java', ['-cp', `${classes}:${jars.drivers}`, 'Probe']);
 *
 * Each version has a folder here: pom.xml says what is resolved, checksums.txt what comes of it, jar by jar. To
 * change it: edit the POM, resolve with `mvn dependency:copy-dependencies` and write `sha256sum *.jar` anew.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importingFrom } from './moved.ts';
import { missingTools } from './tools.ts';

/** The releases of Kafka that models are held to. */
export const kafkaVersions = ['4.3.1', '3.9.1'] as const;
export type KafkaVersion = (typeof kafkaVersions)[number];

/** A release of Kafka in the cache, as class paths. */
export interface KafkaJars {
  readonly version: KafkaVersion;
  /** What a server or a command line tool of Kafka runs with; logs by log4j. */
  readonly server: string;
  /** What drivers compile and run with: with the classes of Kafka's own tests, without anything that logs. */
  readonly drivers: string;
}

/** Kafka cannot be had here; the message is one line for a reader. */
export class KafkaUnavailable extends Error {}

const here = fileURLToPath(new URL('.', import.meta.url));
const cache = (): string =>
  process.env['HIGHWATER_KAFKA'] ??
  fileURLToPath(new URL('../../node_modules/.cache/highwater-kafka', import.meta.url));

/** Of tests alone: the drivers' class path has them, a server's has not. */
const ofTests = /-test\.jar$|^(junit|opentest4j|apiguardian)/;
/** What makes Kafka log: a server says nothing without it, a driver is slower with it. */
const logging = /^(log4j-slf4j-impl|slf4j-reload4j)-/;

/** Whether a release is in the cache, so that nothing is downloaded. */
export function hasKafka(version: KafkaVersion): boolean {
  return existsSync(join(cache(), version));
}

/**
 * The jars of a release: resolved by Maven unless they are in the cache (`node_modules/.cache/highwater-kafka`, or
 * the folder that `HIGHWATER_KAFKA` names), and each held to its checksum, every time.
 *
 * @throws {KafkaUnavailable} when Java or Maven is missing, Maven fails, or a jar is not what it should be.
 */
export function kafkaJars(version: KafkaVersion): KafkaJars {
  const jars = jarsOf(version);
  const classPath = (left: RegExp): string =>
    jars.filter(jar => !left.test(basename(jar))).join(delimiter);
  return { version, server: classPath(ofTests), drivers: classPath(logging) };
}

/** Trogdor, which has jars of its own, as a class path; resolved and verified in the same way. */
export function trogdorJars(): string {
  return jarsOf('trogdor-4.3.1').join(delimiter);
}

/** The jars of a folder here. */
function jarsOf(name: string): string[] {
  const missing = missingTools();
  if (missing !== undefined) throw new KafkaUnavailable(missing);
  const folder = join(cache(), name);
  if (!existsSync(folder)) resolve(name, folder);
  return verified(name, folder).map(jar => join(folder, jar));
}

/** Asks Maven for a release. */
function resolve(name: string, folder: string): void {
  const args = ['-B', '-q', '-f', join(here, name, 'pom.xml'), 'dependency:copy-dependencies'];
  make(folder, unfinished =>
    run('mvn', [...args, '-DincludeScope=runtime', `-DoutputDirectory=${unfinished}`]),
  );
}

/** The names of the jars of a release, each as its checksum says. */
function verified(release: string, folder: string): string[] {
  const list = join(here, release, 'checksums.txt');
  const expected = new Map(
    readFileSync(list, 'utf8')
      .trim()
      .split('\n')
      .map(line => [line.slice(66), line.slice(0, 64)] as const),
  );
  const found = readdirSync(folder).sort();
  const wrong = [...new Set([...expected.keys(), ...found])].filter(
    name =>
      !found.includes(name) || digestOf(readFileSync(join(folder, name))) !== expected.get(name),
  );
  if (wrong.length > 0)
    throw new KafkaUnavailable(
      `${folder}: ${wrong.join(', ')} not as conformance/kafka/${release}/checksums.txt says; ` +
        'remove the folder to resolve it again',
    );
  return [...expected.keys()];
}

/**
 * Compiles Java sources against a release, unless just these sources have been.
 *
 * @param sources - Paths of files, with imports as 4.3.1 has them, or as the release has them.
 * @returns The folder of the classes, for a class path.
 * @throws {KafkaUnavailable} with what the compiler says, when it refuses them.
 */
export function compileDriver(jars: KafkaJars, sources: readonly string[]): string {
  const { version } = jars;
  const texts = sources.map(path => importingFrom(version, readFileSync(path, 'utf8')));
  const named = texts.map((text, index) => `${basename(sources[index] as string)}\n${text}`);
  const digest = digestOf([jars.drivers, ...named].join('\n')).slice(0, 16);
  const folder = join(cache(), `classes-${version}-${digest}`);
  if (existsSync(folder)) return folder;
  make(folder, unfinished => {
    const files = texts.map((text, index) => {
      const file = join(unfinished, basename(sources[index] as string));
      writeFileSync(file, text);
      return file;
    });
    run('javac', ['-nowarn', '-proc:none', '-cp', jars.drivers, '-d', unfinished, ...files]);
  });
  return folder;
}

/** Fills a folder of the cache of which nobody sees half; another process may be first. */
function make(folder: string, fill: (unfinished: string) => void): void {
  mkdirSync(cache(), { recursive: true });
  const unfinished = mkdtempSync(join(cache(), 'unfinished-'));
  try {
    fill(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new KafkaUnavailable(`${command} failed:\n${stdout}${stderr}`.trim());
}

function digestOf(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
