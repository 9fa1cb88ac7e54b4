import { spawnSync } from 'node:child_process';

/** The oldest Java that runs Kafka 4, and that has what the drivers are written with. */
const JAVA = 17;

/**
 * What this machine lacks of what Kafka is resolved, compiled and run with.
 *
 * @returns One line for a reader, or undefined when nothing is missing.
 */
export function missingTools(): string | undefined {
  const javac = output('javac', ['-version']);
  const major = Number(/^javac (\d+)/.exec(javac ?? '')?.[1] ?? Number.NaN);
  if (javac === undefined) return `no Java: a JDK of version ${JAVA} or later is needed`;
  if (!(major >= JAVA)) return `Java is too old: ${JAVA} or later is needed, found ${javac}`;
  if (output('mvn', ['-v']) === undefined) return 'no Maven: mvn is needed to resolve Kafka';
  return undefined;
}

/** What a command prints, or undefined when there is no such command or it fails. */
function output(command: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
