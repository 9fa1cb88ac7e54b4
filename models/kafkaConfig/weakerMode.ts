import type { Release } from '../description/release.ts';
import { isBefore } from './kafkaVersion.ts';

/** What a release is run with, where no file tells. */
interface ModeFacts {
  readonly version: Release | undefined;
  /** Whether anything asks for unclean election. */
  readonly isUnclean: boolean;
}

/**
 * Of the modes that a release has the one that promises less: KRaft, in which a bounce goes unnoticed before 4.0; but
 * ZooKeeper where unclean election is asked for, which KRaft passes over before 3.9 (KAFKA-12670).
 */
export function weakerMode({ version, isUnclean }: ModeFacts): 'kraft' | 'zookeeper' {
  if (isBefore(version, 2, 8)) return 'zookeeper';
  return isUnclean && isBefore(version, 3, 9) ? 'zookeeper' : 'kraft';
}
