import { fileURLToPath } from 'node:url';
import { compileDriver, type KafkaJars, type KafkaVersion, kafkaJars } from '../kafka/jars.ts';
import { Driver } from './driver.ts';

const folder = fileURLToPath(new URL('../drivers/', import.meta.url));
/** Verified once. */
const known = new Map<KafkaVersion, KafkaJars>();

/**
 * Compiles and starts a driver.
 *
 * @param sources - Paths in `drivers/`, without `.java`.
 * @param main - Its class.
 * @throws {KafkaUnavailable} when there is no Kafka here, or the compiler refuses the sources.
 */
export function startDriver(
  version: KafkaVersion,
  sources: readonly string[],
  main: string,
): Driver {
  const jars = known.get(version) ?? kafkaJars(version);
  known.set(version, jars);
  const paths = sources.map(source => `${folder}${source}.java`);
  return new Driver(jars, compileDriver(jars, paths), main);
}
