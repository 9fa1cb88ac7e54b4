import type { ConfigFile } from '../../models/kafkaConfig/configFile.ts';
import { readConfigFiles } from '../check/clusterFiles.ts';
import { askCluster } from './askCluster.ts';
import { connectionConfig } from './clientConfig.ts';

/**
 * What a running cluster tells of itself, as texts that are read like the output of Kafka's tools.
 *
 * @param servers `host:port` of some brokers, separated by commas
 * @param commandConfig a file of client properties, for TLS and SASL; none is a plain connection
 * @throws UsageError when nobody answers, or the properties ask for what cannot be done here.
 */
export async function toldBy(
  servers: string,
  commandConfig: string | undefined,
): Promise<readonly ConfigFile[]> {
  const textOf = (path: string): string =>
    readConfigFiles([path])
      .map(({ text }) => text)
      .join('');
  const config =
    commandConfig === undefined
      ? { tls: undefined, sasl: undefined }
      : connectionConfig(commandConfig, textOf(commandConfig), textOf);
  return askCluster(servers, config);
}
