import type { ClusterSource } from './clusterSource.ts';

/**
 * What a tool prints, recognised by its lines: one text may have several of them, one after the other, and lines
 * between them that mean nothing.
 */
export interface TextFormat {
  /** Whether a text has some of it. */
  isIn(text: string): boolean;
  /**
   * What it says of a cluster; lines of other tools are passed over.
   *
   * @throws ConfigError if a line of its own is not what the tool prints.
   */
  read(file: string, text: string): ClusterSource;
}
