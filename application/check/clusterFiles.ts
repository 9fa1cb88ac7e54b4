import { UsageError } from '../../catalogue/usageError.ts';
import { readBounded, UnreadableFile } from '../../corpus/readBounded.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { ConfigError } from '../../models/kafkaConfig/configError.ts';
import { type ConfigFile, LONGEST_FILE } from '../../models/kafkaConfig/configFile.ts';
import { describeCluster } from '../../models/kafkaConfig/describeCluster.ts';

/** UTF-8 takes at most four bytes a character; a file that is longer than this is too long. */
const MOST_BYTES = 4 * LONGEST_FILE;

/**
 * Reads files and describes the cluster that they are about.
 *
 * @throws UsageError with one line that names the file, when one cannot be read or understood.
 */
export function readCluster(paths: readonly string[]): ClusterDescription {
  return clusterIn(paths.map(readConfigFile));
}

/**
 * Describes the cluster that files are about, by their text: docker-compose files, `server.properties`
 * files and Strimzi resources, in any number and order.
 *
 * @throws UsageError with one line that names the file, when one cannot be understood.
 */
export function clusterIn(files: readonly ConfigFile[]): ClusterDescription {
  try {
    return describeCluster(files);
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
}

function readConfigFile(path: string): ConfigFile {
  try {
    return { name: path, text: new TextDecoder().decode(readBounded(path, MOST_BYTES)) };
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UsageError(`${path}: ${error.message}`);
    throw error;
  }
}
