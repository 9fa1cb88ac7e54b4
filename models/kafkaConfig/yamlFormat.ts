import type { ClusterSource } from './clusterSource.ts';
import type { Located } from './yamlShape.ts';

/** A YAML document that says something of a cluster by itself, whatever stands beside it. */
export interface YamlFormat {
  /** Whether a document is one, by its keys. */
  isIn(document: Located): boolean;
  /** @throws ConfigError if it has the wrong shape. */
  read(document: Located): ClusterSource;
}
