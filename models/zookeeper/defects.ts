import { controllerDefects } from './defects/controller.ts';
import { requestDefects } from './defects/requests.ts';
import type { ZooKeeperDefect } from './rules.ts';

/** The deliberate defects of the model of clusters with ZooKeeper. */
export const zooKeeperDefects: readonly ZooKeeperDefect[] = [
  ...controllerDefects,
  ...requestDefects,
];
