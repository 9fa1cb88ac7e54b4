import { UsageError } from '../../catalogue/usageError.ts';
import { readBounded, UnreadableFile } from '../../corpus/readBounded.ts';
import type { ClusterDescription } from '../../models/kafkaConfig/clusterDescription.ts';
import { ConfigError } from '../../models/kafkaConfig/configError.ts';
import { type ConfigFile, LONGEST_FILE } from '../../models/kafkaConfig/configFile.ts';
import { type DescribeOptions, describeCluster } from '../../models/kafkaConfig/describeCluster.ts';

/** UTF-8 takes at most four bytes a character; a file that is longer than this is too long. */
const MOST_BYTES = 4 * LONGEST_FILE;

/** What an operator says besides the files. */
export interface ClusterOptions extends Omit<DescribeOptions, 'beside'> {
  /** Properties of clients that are in no file. */
  readonly clients?: readonly ConfigFile[];
}

/**
 * Reads files and describes the cluster that they are about. Files that a compose file names (`extends`,
 * `include`, `env_file`) and its `.env` are read as well, where they are.
 *
 * @throws UsageError with one line that names the file, when one cannot be read or understood.
 */
export function readCluster(
  paths: readonly string[],
  { clients = [], ...options }: ClusterOptions = {},
): ClusterDescription {
  return describedIn([...readConfigFiles(paths), ...clients], options);
}

/**
 * The files by their names and texts.
 *
 * @throws UsageError with one line that names the file, when one cannot be read.
 */
export function readConfigFiles(paths: readonly string[]): readonly ConfigFile[] {
  return paths.map(readConfigFile);
}

/**
 * Describes the cluster that files are about, by their text and by what they name beside them.
 *
 * @throws UsageError with one line that names the file, when one cannot be understood.
 */
export function describedIn(
  files: readonly ConfigFile[],
  options: Omit<DescribeOptions, 'beside'> = {},
): ClusterDescription {
  return clusterIn(files, { ...options, beside: readIfThere });
}

/**
 * Describes the cluster that files are about, by their text: docker-compose files, `server.properties`
 * files and Strimzi resources, in any number. What a compose file names must be among them.
 *
 * @throws UsageError with one line that names the file, when one cannot be understood.
 */
export function clusterIn(
  files: readonly ConfigFile[],
  options: DescribeOptions = {},
): ClusterDescription {
  try {
    return describeCluster(files, options);
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message, 'unclear-cluster');
    throw error;
  }
}

/** What stands for standard input among the files. */
const STANDARD_INPUT = '-';

function readConfigFile(path: string): ConfigFile {
  const isPiped = path === STANDARD_INPUT;
  try {
    const bytes = readBounded(isPiped ? 0 : path, MOST_BYTES);
    return { name: isPiped ? 'standard input' : path, text: new TextDecoder().decode(bytes) };
  } catch (error) {
    if (error instanceof UnreadableFile)
      throw new UsageError(`${path}: ${error.message}`, 'unreadable-input');
    throw error;
  }
}

/** A file that another one names, if it is there and can be read. */
function readIfThere(path: string): ConfigFile | undefined {
  try {
    return readConfigFile(path);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
